/**
 * What a module built by TinyGo imports: the part of syscall/js that vert
 * uses, and nothing that looks at the outside. Written against TinyGo 0.41.1
 * (src/syscall/js and targets/wasm_exec.js there, whose calling convention
 * this follows); a test compares the names with those the module asks for.
 *
 * Nothing is freed by the module itself: neither memory, which would cost the
 * download of a collector, nor references to JavaScript values, which TinyGo
 * of this version never lets go. Both is done from here between two calls,
 * when nothing of Go's is on the stack: references are cut back to those of
 * the start after every call, and memory is put back to what it was when the
 * ruleset came into force, once calls have added `room` to it.
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

	// Below the base is the stack, which means nothing between calls.
	const base = exports.__global_base.value;
	const used = () => (exports.top() >>> 0) + 16;
	const copy = () => {
		const end = used();
		return new Uint8Array(exports.memory.buffer).slice(base, end);
	};
	/** @param {Uint8Array} state */
	const putBack = (state) => {
		const end = used();
		const memory = new Uint8Array(exports.memory.buffer);
		memory.set(state, base);
		memory.fill(0, base + state.length, end); // what is allocated is taken to be zero
		exports.resized(memory.length);
	};
	const started = copy();
	let good = started;

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
			if (used() - base - good.length > room) putBack(good);
		},
		beforeLoad: () => putBack(started),
		afterLoad(isDone) {
			if (isDone) good = copy();
			else putBack(good);
		},
	};
}
