/**
 * What a module built by TinyGo imports: the part of syscall/js that vert
 * uses, and nothing that looks at the outside. Written against TinyGo 0.41.1
 * (src/syscall/js and targets/wasm_exec.js there, whose calling convention
 * this follows); a test compares the names with those the module asks for.
 *
 * References to JavaScript values are never let go by TinyGo of this version,
 * so they are cut back to those of the start after every call. A module that
 * was built without a collector (wasm/main_tinygo.go) doesn't free memory
 * either: it is put back to what it was when the ruleset came into force, once
 * calls have added `room` to it. Both is safe between two calls, when nothing
 * of Go's is on the stack.
 *
 * @module
 */

/** @typedef {import('./instance.js').Running} Running */

/** How much calls may add to memory before it is put back, in bytes. */
const room = 1 << 20;

const quietNaN = 0x7ff80000n;

/**
 * References that are the same in every program: NaN's pattern with an index
 * at which the table of values starts out, and zero bits for undefined.
 *
 * @type {Map<any, bigint>}
 */
const fixed = new Map(/** @type {[any, bigint][]} */ ([
	[NaN, quietNaN << 32n],
	[0, (quietNaN << 32n) | 1n],
	[null, (quietNaN << 32n) | 2n],
	[true, (quietNaN << 32n) | 3n],
	[false, (quietNaN << 32n) | 4n],
	[undefined, 0n],
]));

/** @type {Record<string, bigint>} */
const flags = { string: 2n, symbol: 3n, function: 4n };

/**
 * Starts a module built by TinyGo.
 *
 * @param {WebAssembly.Module} module
 * @returns {Running}
 */
export function start(module) {
	/** @type {any} */
	const scope = { Object, Array };
	/** @type {any[]} */
	const values = [NaN, 0, null, true, false, scope, undefined];
	const decoder = new TextDecoder();
	const encoder = new TextEncoder();
	const float = new Float64Array(1);
	const bits = new BigUint64Array(float.buffer);
	/** @type {any} */
	let exports;

	/** @param {any} value */
	const box = (value) => {
		const known = fixed.get(value);
		if (known !== undefined) return known;
		if (typeof value === 'number') {
			float[0] = value;
			return bits[0];
		}
		const flag = flags[typeof value] ?? 1n;
		return ((quietNaN | flag) << 32n) | BigInt(values.push(value) - 1);
	};
	/** @param {bigint} ref */
	const unbox = (ref) => {
		bits[0] = ref;
		if (float[0] === 0) return undefined;
		return Number.isNaN(float[0]) ? values[Number(ref & 0xffffffffn)] : float[0];
	};
	const view = () => new DataView(exports.memory.buffer);
	/** @param {number} at @param {number} length */
	const bytes = (at, length) => new Uint8Array(exports.memory.buffer, at >>> 0, length >>> 0);
	/** @param {number} at @param {number} length */
	const text = (at, length) => decoder.decode(bytes(at, length));

	const instance = new WebAssembly.Instance(module, {
		env: {
			// Seeds the order of maps. Nothing that leaves the engine depends on it.
			arc4random: () => crypto.getRandomValues(new Uint32Array(1))[0],
		},
		gojs: {
			'runtime.ticks': () => 0n, // the engine has no clock
			/** @param {number} at @param {number} length */
			'syscall/js.stringVal': (at, length) => box(text(at, length)),
			/** @param {bigint} ref @param {number} at @param {number} length */
			'syscall/js.valueGet': (ref, at, length) => box(Reflect.get(unbox(ref), text(at, length))),
			/** @param {bigint} ref @param {number} at @param {number} length @param {bigint} value */
			'syscall/js.valueSet': (ref, at, length, value) => {
				Reflect.set(unbox(ref), text(at, length), unbox(value));
			},
			/** @param {bigint} ref @param {number} index @param {bigint} value */
			'syscall/js.valueSetIndex': (ref, index, value) => {
				Reflect.set(unbox(ref), index, unbox(value));
			},
			/** @param {number} to @param {bigint} ref @param {number} at @param {number} length */
			'syscall/js.valueNew': (to, ref, at, length) => {
				const args = Array.from({ length }, (_, i) => unbox(view().getBigUint64(at + 8 * i, true)));
				const made = Reflect.construct(unbox(ref), args);
				view().setBigUint64(to, box(made), true);
				view().setUint8(to + 8, 1); // made; a constructor that throws is a trap
			},
			/** @param {number} to @param {bigint} ref */
			'syscall/js.valuePrepareString': (to, ref) => {
				const encoded = encoder.encode(String(unbox(ref)));
				view().setBigUint64(to, box(encoded), true);
				view().setInt32(to + 8, encoded.length, true);
			},
			/** @param {bigint} ref @param {number} at @param {number} length */
			'syscall/js.valueLoadString': (ref, at, length) => bytes(at, length).set(unbox(ref)),
			'syscall/js.finalizeRef': () => {}, // settle does it
		},
	});
	exports = instance.exports;
	exports._initialize();
	const kept = values.length;

	const memory = exports.top ? new Memory(exports) : undefined;
	return {
		exports,
		memory: exports.memory,
		takeReply() {
			const { reply } = scope;
			scope.reply = undefined;
			return reply;
		},
		settle() {
			values.length = kept;
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
