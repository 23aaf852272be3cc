/**
 * One running engine: passes text into and out of its linear memory. It depends on
 * the compiler that built the module, and not on what the text says.
 *
 * @module
 */
import { constructors, isStandardGo } from './gojs.js';
import { start as startTinyGo } from './tinygo.js';

/**
 * A started module, whichever compiler built it.
 *
 * @typedef {object} Running
 * @property {any} exports
 * @property {WebAssembly.Memory} memory
 * @property {() => any} takeReply    the value that the last call left, if any; throws if the call ended the program
 * @property {() => void} settle      releases what calls have left
 * @property {() => void} beforeLoad
 * @property {() => void} keep         makes what the last call left a part of the ruleset in force
 * @property {() => number} generation changes when what calls have left is dropped
 * @property {(isDone: boolean) => void} afterLoad restores the previous ruleset if the load was refused
 */

/**
 * The result of a call; see wasm/export.go.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} reply      what load reports, or the problems of a refused text
 * @property {string} [text]  the sheet, as JSON
 */

/**
 * The columns, and the targets that they decide (package share, Batch).
 *
 * @typedef {object} Plan
 * @property {number} rows        requests in a call
 * @property {string[]} targets   the ids of the targets, in the order of the verdicts
 * @property {Column[]} columns
 * @property {number} verdicts    address of the verdicts in the engine's memory
 * @property {boolean} files      whether the ruleset reads facts of single files
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
 * Returns a function that starts a module. The glue code of standard Go is loaded
 * only for a module that needs it.
 *
 * @param {WebAssembly.Module} module
 * @returns {Promise<() => Instance>}
 */
export async function starter(module) {
	if (isStandardGo(module)) {
		const { start } = await import('./go.js');
		return () => new Instance(start(module, constructors));
	}
	return () => new Instance(startTinyGo(module));
}

/** Requests in a bulk call: enough for the call itself to cost little, and few enough for the CPU's cache. */
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
	 * Calls an export that takes a text and returns a text.
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

	/** Whether the module decides many requests at once. */
	get hasColumns() {
		return 'batch' in this.#running.exports;
	}

	/**
	 * Makes columns, and returns their description.
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
	 * Calls an export that takes a text and returns a number.
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

	/** Drops all numbers of texts. */
	forget() {
		this.#forgotten++;
		this.#running.exports.forget();
	}
	#forgotten = 0;

	/** Changes when the numbers of texts are no longer valid. */
	get generation() {
		return this.#running.generation() + this.#forgotten;
	}

	/** Releases what calls have left; to be called between calls. */
	settle() {
		this.#running.settle();
	}

	/** The engine's memory; a new buffer whenever it has grown. */
	get buffer() {
		return this.#running.memory.buffer;
	}

	/** Whether the memory can't be doubled, which is how TinyGo's grows. If it can, it stays doubled. */
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

	/** The output of the last call. */
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
	 * @returns {number} their number, -1 if they are too many
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
 * Encodes a text as UTF-8. A lone surrogate, which UTF-8 cannot represent and
 * which TextEncoder would replace silently, becomes an invalid byte, so that the
 * engine refuses it with its place.
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
