/**
 * Starts a module built by TinyGo. It imports nearly nothing: the engine sees
 * an object made for it alone (gojs.js) in place of the page's globals.
 *
 * A module that was built without a collector (wasm/memory_tinygo.go) doesn't
 * free memory: it is put back to what it was when the ruleset came into force,
 * once calls have added `room` to it. That is safe between two calls, when
 * nothing of Go's is on the stack.
 *
 * @module
 */
import { Values } from './gojs.js';

/** @typedef {import('./instance.js').Running} Running */

/**
 * How much calls may add to memory before it is put back, in bytes: enough for
 * the texts and lists of a large feed, which have to be numbered again then.
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
			// Seeds the order of maps. Nothing that leaves the engine depends on it.
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

/** The memory of a module that has no collector, with what it is put back to. */
class Memory {
	#exports;
	/** Where data begins. Below it is the stack, which means nothing between calls. */
	#base;
	#good;
	/** How often it was put back. */
	generation = 0;

	/** @param {any} exports */
	constructor(exports) {
		this.#exports = exports;
		this.#base = exports.__global_base.value;
		/** The state before the first call. */
		this.started = this.#copy();
		this.#good = this.started;
	}

	/** How much stands in memory beyond what was kept, in bytes. */
	get added() {
		return this.#end() - this.#base - this.#good.length;
	}

	/** Makes the present state the one to go back to. */
	keep() {
		this.#good = this.#copy();
	}

	putBack(state = this.#good) {
		this.generation++;
		const end = this.#end();
		const memory = new Uint8Array(this.#exports.memory.buffer);
		memory.set(state, this.#base);
		memory.fill(0, this.#base + state.length, end); // what is allocated is taken to be zero
		this.#exports.resized(memory.length);
	}

	#copy() {
		const end = this.#end(); // asked for first, since asking moves it
		return new Uint8Array(this.#exports.memory.buffer).slice(this.#base, end);
	}

	#end() {
		return (this.#exports.top() >>> 0) + 16;
	}
}
