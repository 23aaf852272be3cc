/**
 * One running engine: text in and out of its linear memory. It knows which
 * compiler built the module and nothing about what the text says.
 *
 * @module
 */
import { start as startTinyGo } from './tinygo.js';

/**
 * A started module, whichever compiler built it.
 *
 * @typedef {object} Running
 * @property {any} exports
 * @property {WebAssembly.Memory} memory
 * @property {() => any} takeReply    the value that the last call left, if any; throws where the call ended the program
 * @property {() => void} settle      to be called when nothing that a call left is needed any more
 * @property {() => void} beforeLoad
 * @property {() => void} keep         makes what the last call left a part of the ruleset in force
 * @property {() => number} generation changes when what calls have left is dropped
 * @property {(isDone: boolean) => void} afterLoad puts back the ruleset from before, where the load was refused
 */

/**
 * How a call ended; wasm/export.go says the same.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} reply      what load reports, or the problems of a refused text
 * @property {string} [text]  the sheet, as JSON
 */

/**
 * What columns there are, and what they decide (package share, Batch).
 *
 * @typedef {object} Plan
 * @property {number} rows        requests to a call
 * @property {string[]} targets   the ids of the targets, in the order of the verdicts
 * @property {Column[]} columns
 * @property {number} verdicts    address of the verdicts in the engine's memory
 * @property {boolean} files      whether the ruleset reads what files say
 *
 * @typedef {object} Column
 * @property {string} fact
 * @property {number} kind
 * @property {string[]} words
 * @property {number} at  address in the engine's memory
 */

export const done = 0;
export const refused = 1;
export const noRuleset = 2;

/**
 * Finds how to start a module. The glue of standard Go is loaded only for a
 * module that asks for it.
 *
 * @param {WebAssembly.Module} module
 * @returns {Promise<() => Instance>}
 */
export async function starter(module) {
	if (WebAssembly.Module.exports(module).some(({ name }) => name === 'mem')) {
		const { start } = await import('./go.js');
		return () => new Instance(start(module));
	}
	return () => new Instance(startTinyGo(module));
}

/** Requests to a call in bulk: enough to hide the call, little enough to stay in a cache. */
const rows = 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Instance {
	#running;

	/** @param {Running} running */
	constructor(running) {
		this.#running = running;
	}

	/**
	 * Puts a ruleset in force.
	 *
	 * @param {string} text
	 * @returns {Answer}
	 */
	load(text) {
		this.#running.beforeLoad();
		const answer = this.#call('load', text);
		this.#running.afterLoad(answer.status === done);
		this.#running.settle();
		return answer;
	}

	/**
	 * Calls an export that answers a text with a text.
	 *
	 * @param {string} name the export, such as `sheet`
	 * @param {string} text
	 * @returns {Answer}
	 */
	ask(name, text) {
		const answer = this.#call(name, text);
		if (answer.status === done) answer.text = this.#output();
		this.#running.settle();
		return answer;
	}

	/**
	 * Makes columns, and tells what they are.
	 *
	 * @returns {Plan}
	 */
	plan() {
		this.#running.exports.batch(rows);
		this.#running.takeReply();
		const plan = JSON.parse(this.#output());
		this.#running.keep();
		return { rows, ...plan };
	}

	/**
	 * Calls an export that answers a text with a number.
	 *
	 * @param {string} name the export, such as `moment`
	 * @param {string} text
	 * @returns {number}
	 */
	number(name, text) {
		const { exports, takeReply } = this.#running;
		const number = exports[name](this.#put(encode(text)));
		takeReply();
		return number;
	}

	/** @param {number} n rows */
	decide(n) {
		this.#running.exports.decide(n);
		this.#running.takeReply();
	}

	/** Lets go of all numbers that were given for texts. */
	forget() {
		this.#forgotten++;
		this.#running.exports.forget();
	}
	#forgotten = 0;

	/** Changes when numbers that were given for texts are no longer good. */
	get generation() {
		return this.#running.generation() + this.#forgotten;
	}

	/** To be called between calls, once nothing that they left is needed. */
	settle() {
		this.#running.settle();
	}

	/** The engine's memory, another one whenever it has grown. */
	get buffer() {
		return this.#running.memory.buffer;
	}

	/** Whether the memory can't become twice as large, which is how TinyGo's grows. It is left larger where it can. */
	get isFull() {
		try {
			this.#running.memory.grow(this.buffer.byteLength >> 16);
			return false;
		} catch {
			return true;
		}
	}

	/** @param {number} at @param {number} length */
	bytes(at, length) {
		return new Uint8Array(this.buffer, at, length);
	}

	/** What the last call wrote. */
	#output() {
		const { exports } = this.#running;
		return decoder.decode(this.bytes(exports.output() >>> 0, exports.outputLength() >>> 0));
	}

	/**
	 * @param {string} name
	 * @param {string} text
	 * @returns {Answer}
	 */
	#call(name, text) {
		const { exports, takeReply } = this.#running;
		const bytes = encode(text);
		const length = this.#put(bytes);
		if (length < 0) return { status: refused, reply: { problems: [tooLarge(bytes.length)] } };
		const status = exports[name](length);
		return { status, reply: takeReply() };
	}

	/**
	 * Writes the input of the next call.
	 *
	 * @param {Uint8Array} bytes
	 * @returns {number} how many, -1 if they are too many
	 */
	#put(bytes) {
		const at = this.#running.exports.input(bytes.length) >>> 0;
		if (at === 0) return -1;
		this.bytes(at, bytes.length).set(bytes);
		return bytes.length;
	}
}

/** @param {number} length */
function tooLarge(length) {
	return {
		line: 1,
		column: 1,
		path: '',
		message: `the text has ${length} bytes, which is more than the engine takes`,
	};
}

/**
 * Encodes as UTF-8. A lone surrogate, which UTF-8 has no form for and a
 * TextEncoder would quietly replace, becomes a byte that is never valid, so
 * that the engine refuses it at its place.
 *
 * @param {string} text
 */
function encode(text) {
	const bytes = encoder.encode(text);
	if (!bytes.includes(0xef)) return bytes; // the first byte of U+FFFD, and of little else
	const parts = text.split(/\p{Surrogate}/u);
	if (parts.length === 1) return bytes;
	const encoded = parts.map((part) => encoder.encode(part));
	const joined = new Uint8Array(encoded.reduce((n, part) => n + part.length, parts.length - 1)).fill(0xff);
	let at = 0;
	for (const part of encoded) {
		joined.set(part, at);
		at += part.length + 1;
	}
	return joined;
}
