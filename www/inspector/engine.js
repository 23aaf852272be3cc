/**
 * The inspector's own build of the engine, for the worker. Every export takes
 * a text and returns a text.
 *
 * @module
 */
import { done, noRuleset, starter } from '../src/instance.js';

/** @typedef {import('../src/instance.js').Instance} Instance */

export class Engine {
	#start;
	/** @type {Instance | undefined} */
	#instance;
	/** The text of the last good ruleset. */
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
	 * Calls a function of the engine. If the instance fails during the call, the
	 * function is called once more on a new instance.
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
