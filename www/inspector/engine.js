/**
 * The inspector's own build of the engine, as its worker sees it: every
 * export takes a text and gives a text.
 *
 * @module
 */
import { done, noRuleset, starter } from '../src/instance.js';

/** @typedef {import('../src/instance.js').Instance} Instance */

export class Engine {
	#start;
	/** @type {Instance | undefined} */
	#instance;
	/** The last ruleset that was good, as text. */
	#inForce = '';

	/** @param {() => Instance} start */
	constructor(start) {
		this.#start = start;
	}

	static async start() {
		const address = new URL('./inspector.wasm', import.meta.url);
		const response = await fetch(address);
		if (!response.ok)
			throw new Error(
				`the engine ${address.href} can't be read: ${response.status} ${response.statusText}`.trim(),
			);
		return new Engine(await starter(await WebAssembly.compile(await response.arrayBuffer())));
	}

	/**
	 * Asks one function of the engine. One that ends in the middle is asked
	 * once more on a fresh instance.
	 *
	 * @param {string} question
	 * @param {any} input
	 * @returns {{ ok: boolean, value: any }}
	 */
	ask(question, input) {
		const text = typeof input === 'string' ? input : JSON.stringify(input);
		try {
			return this.#ask(question, text);
		} catch {
			this.#instance = undefined;
			return this.#ask(question, text);
		}
	}

	/**
	 * @param {string} question
	 * @param {string} text
	 */
	#ask(question, text) {
		if (!this.#instance) {
			this.#instance = this.#start();
			if (this.#inForce) this.#instance.ask('load', this.#inForce);
		}
		const { status, reply, text: output } = this.#instance.ask(question, text);
		if (status === noRuleset) throw new Error('no ruleset is in force');
		if (question === 'load' && status === done) this.#inForce = text;
		return { ok: status === done, value: reply ?? (output ? JSON.parse(output) : undefined) };
	}
}
