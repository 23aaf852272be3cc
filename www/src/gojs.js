/**
 * The part of syscall/js that vert uses, for a module built by TinyGo, without
 * access to anything outside of the engine. Written for TinyGo 0.41.1
 * (src/syscall/js and targets/wasm_exec.js there, whose calling convention
 * this follows); a test compares the names with those that the module imports.
 *
 * TinyGo 0.41.1 never releases a reference to a JavaScript value. The table of
 * values is therefore cut back after every call, when nothing of Go's is on
 * the stack, to what it held when the module had started.
 *
 * @module
 */

const quietNaN = 0x7ff80000n;

/**
 * References that are the same in every program: the bits of NaN with an index of
 * the table's first values, and zero bits for undefined.
 *
 * @type {Map<any, bigint>}
 */
const fixed = new Map(
	/** @type {[any, bigint][]} */ ([
		[NaN, quietNaN << 32n],
		[0, (quietNaN << 32n) | 1n],
		[null, (quietNaN << 32n) | 2n],
		[true, (quietNaN << 32n) | 3n],
		[false, (quietNaN << 32n) | 4n],
		[undefined, 0n],
	]),
);

/** @type {Record<string, bigint>} */
const flags = { string: 2n, symbol: 3n, function: 4n };

/**
 * The host of a URL as the page's own `URL` reads it: one in another script, in
 * Punycode or in numbers (share/internal/address), since the tables of Unicode
 * are larger than the engine. The engine calls constructors only, and this one
 * never throws.
 */
class Host {
	/** In ASCII; '' where it is none. */
	name = '';

	/** @param {string} host */
	constructor(host) {
		try {
			this.name = new URL(`https://${host}`).hostname;
		} catch {
			// the engine says it
		}
	}
}

/**
 * A text in Unicode Normalization Form C, as the page's own `normalize` composes it:
 * what X counts (share/internal/letters).
 */
class Composed {
	/** @param {string} text */
	constructor(text) {
		this.text = text.normalize();
	}
}

/** What the engine constructs of the page, whichever compiler built it. */
export const constructors = { Host, Composed };

/** Whether standard Go built a module. @param {WebAssembly.Module} module */
export const isStandardGo = (module) => WebAssembly.Module.exports(module).some(({ name }) => name === 'mem');

/** The values that one running module knows. */
export class Values {
	/** @type {any} */
	#scope = { Object, Array, ...constructors };
	/** @type {any[]} */
	#values = [NaN, 0, null, true, false, this.#scope, undefined];
	#kept = 0;
	#decoder = new TextDecoder();
	#encoder = new TextEncoder();
	#float = new Float64Array(1);
	#bits = new BigUint64Array(this.#float.buffer);
	/** @type {WebAssembly.Memory | undefined} */
	#memory;

	/** @param {WebAssembly.Memory} memory of the module, before its first call */
	begin(memory) {
		this.#memory = memory;
	}

	/** Keeps the present values for as long as the module runs. */
	keep() {
		this.#kept = this.#values.length;
	}

	/** The number of values in the table. */
	get size() {
		return this.#values.length;
	}

	/** Releases the values that calls have left. */
	settle() {
		this.#values.length = this.#kept;
	}

	/** The value that the last call left for the page, once. */
	takeReply() {
		const { reply } = this.#scope;
		this.#scope.reply = undefined;
		return reply;
	}

	/** @param {any} value */
	#box(value) {
		const known = fixed.get(value);
		if (known !== undefined) return known;
		if (typeof value === 'number') {
			this.#float[0] = value;
			return this.#bits[0];
		}
		const flag = flags[typeof value] ?? 1n;
		return ((quietNaN | flag) << 32n) | BigInt(this.#values.push(value) - 1);
	}

	/** @param {bigint} ref */
	#unbox(ref) {
		this.#bits[0] = ref;
		if (this.#float[0] === 0) return undefined;
		return Number.isNaN(this.#float[0]) ? this.#values[Number(ref & 0xffffffffn)] : this.#float[0];
	}

	get #view() {
		return new DataView(this.#buffer);
	}

	get #buffer() {
		return /** @type {WebAssembly.Memory} */ (this.#memory).buffer;
	}

	/** @param {number} at @param {number} length */
	#bytes(at, length) {
		return new Uint8Array(this.#buffer, at >>> 0, length >>> 0);
	}

	/** @param {number} at @param {number} length */
	#text(at, length) {
		return this.#decoder.decode(this.#bytes(at, length));
	}

	imports = {
		/** @param {number} at @param {number} length */
		'syscall/js.stringVal': (at, length) => this.#box(this.#text(at, length)),
		/** @param {bigint} ref @param {number} at @param {number} length */
		'syscall/js.valueGet': (ref, at, length) => this.#box(Reflect.get(this.#unbox(ref), this.#text(at, length))),
		/** @param {bigint} ref @param {number} at @param {number} length @param {bigint} value */
		'syscall/js.valueSet': (ref, at, length, value) => {
			Reflect.set(this.#unbox(ref), this.#text(at, length), this.#unbox(value));
		},
		/** @param {bigint} ref @param {number} index @param {bigint} value */
		'syscall/js.valueSetIndex': (ref, index, value) => {
			Reflect.set(this.#unbox(ref), index, this.#unbox(value));
		},
		/** @param {number} to @param {bigint} ref @param {number} at @param {number} length */
		'syscall/js.valueNew': (to, ref, at, length) => {
			const args = Array.from({ length }, (_, i) => this.#unbox(this.#view.getBigUint64(at + 8 * i, true)));
			const made = Reflect.construct(this.#unbox(ref), args);
			this.#view.setBigUint64(to, this.#box(made), true);
			this.#view.setUint8(to + 8, 1); // made; a constructor that throws is a trap
		},
		/** @param {number} to @param {bigint} ref */
		'syscall/js.valuePrepareString': (to, ref) => {
			const encoded = this.#encoder.encode(String(this.#unbox(ref)));
			this.#view.setBigUint64(to, this.#box(encoded), true);
			this.#view.setInt32(to + 8, encoded.length, true);
		},
		/** @param {bigint} ref @param {number} at @param {number} length */
		'syscall/js.valueLoadString': (ref, at, length) => this.#bytes(at, length).set(this.#unbox(ref)),
		/** Imported because of vert, which calls it only to read values; nothing here reads values. */
		'syscall/js.valueCall': () => {
			throw new Error('syscall/js.valueCall is not provided');
		},
		'syscall/js.finalizeRef': () => {}, // settle does it
	};
}
