/**
 * Starts a module built by TinyGo. The module imports little: instead of the
 * page's globals, the engine sees an object made for it (gojs.js).
 *
 * A module without a garbage collector (wasm/memory_tinygo.go) doesn't free
 * memory. Instead, once calls have allocated `room` bytes, its memory is restored
 * to the state in which the ruleset came into force. That is safe between two
 * calls, when the stack is empty.
 *
 * @module
 */
import { Values } from './gojs.js';

/** @typedef {import('./instance.js').Running} Running */

/**
 * How much calls may allocate before memory is restored, in bytes: enough for the
 * texts and lists of a large feed, whose numbers are lost then.
 */
const room = 2 << 20;

/**
 * Starts a module built by TinyGo.
 *
 * @param {WebAssembly.Module} module
 * @returns {Running}
 */
export function start(module) {
	const values = new Values();
	/** @type {any} */
	const { exports } = new WebAssembly.Instance(module, {
		env: {
			// The seed of the order of maps. No result of the engine depends on it.
			arc4random: () => crypto.getRandomValues(new Uint32Array(1))[0],
		},
		gojs: {
			'runtime.ticks': () => 0n, // the engine has no clock
			...values.imports,
		},
	});
	values.begin(exports.memory);
	exports._initialize();
	values.keep();

	const memory = exports.top ? new Memory(exports) : undefined;
	return {
		exports,
		memory: exports.memory,
		takeReply: () => values.takeReply(),
		settle() {
			values.settle();
			if (memory && memory.added > room) memory.putBack();
		},
		keep() {
			memory?.keep();
		},
		generation: () => memory?.generation ?? 0,
		beforeLoad() {
			memory?.putBack(memory.started);
		},
		afterLoad(isDone) {
			if (isDone) memory?.keep();
			else memory?.putBack();
		},
	};
}

/** The memory of a module without a garbage collector, and the state to restore. */
class Memory {
	#exports;
	/** The start of the data. Below it is the stack, which is empty between calls. */
	#base;
	#good;
	/** How often memory was restored. */
	generation = 0;

	/** @param {any} exports */
	constructor(exports) {
		this.#exports = exports;
		this.#base = exports.__global_base.value;
		/** The state before the first call. */
		this.started = this.#copy();
		this.#good = this.started;
	}

	/** How much was allocated since the kept state, in bytes. */
	get added() {
		return this.#end() - this.#base - this.#good.length;
	}

	/** Makes the present state the one to restore. */
	keep() {
		this.#good = this.#copy();
	}

	putBack(state = this.#good) {
		this.generation++;
		const end = this.#end();
		const memory = new Uint8Array(this.#exports.memory.buffer);
		memory.set(state, this.#base);
		memory.fill(0, this.#base + state.length, end); // the allocator expects zeros
		this.#exports.resized(memory.length);
	}

	#copy() {
		const end = this.#end(); // first, since the call itself may allocate
		return new Uint8Array(this.#exports.memory.buffer).slice(this.#base, end);
	}

	#end() {
		return (this.#exports.top() >>> 0) + 16;
	}
}
