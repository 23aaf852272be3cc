/**
 * Runs media.wasm: asks it of which parts the cleaned file consists, and gives it
 * the bytes that it looks at.
 *
 * @module
 */
import { constructors, Values } from './gojs.js';

/**
 * @typedef {object} Plan
 * @property {number} status   see wasm/media/media.go
 * @property {any} reply       the receipt, or why the file cannot be read
 * @property {Float64Array} columns  size, offset and address of each part
 * @property {(Uint8Array<ArrayBuffer> | undefined)[]} bytes  of the parts that are not copied
 * @property {unknown} [failure]  what reading has thrown
 */

export const done = 0;
export const refused = 1;
const unread = 2;

/**
 * Starts a module.
 *
 * @typedef {(module: WebAssembly.Module, given: typeof constructors, imports: WebAssembly.Imports) =>
 *   import('./instance.js').Running} Start
 */

/**
 * @param {WebAssembly.Module} module
 * @param {number} size  of the file, in bytes
 * @param {(at: number, length: number) => Uint8Array} read  returns so many bytes
 * @param {Start} [start]  the way of another compiler than TinyGo
 * @returns {Plan}
 */
export function plan(module, size, read, start = startTinyGo) {
	/** @type {unknown} */
	let failure;
	/** @type {WebAssembly.Memory} */
	let memory;
	const page = {
		/** @param {number} at @param {number} length @param {number} to */
		read(at, length, to) {
			try {
				new Uint8Array(memory.buffer, to >>> 0, length).set(read(at, length >>> 0));
				return 1;
			} catch (error) {
				failure = error;
				return 0;
			}
		},
	};
	const running = start(module, constructors, { page });
	({ memory } = running);
	const { exports } = running;
	const status = exports.plan(size);
	const reply = running.takeReply();
	if (status === unread) return { status, reply, columns: new Float64Array(), bytes: [], failure };
	const columns = new Float64Array(memory.buffer, exports.columns() >>> 0, exports.columnsLength() >>> 0).slice();
	/** @type {Plan['bytes']} */
	const bytes = [];
	for (let i = 0; i < columns.length; i += 3) {
		const address = columns[i + 2];
		bytes.push(address ? new Uint8Array(memory.buffer, address, columns[i]).slice() : undefined);
	}
	return { status, reply, columns, bytes };
}

/**
 * As tinygo.js does, for a module that reads one file and needs no memory back.
 *
 * @param {WebAssembly.Module} module
 * @param {unknown} _
 * @param {WebAssembly.Imports} imports
 * @returns {import('./instance.js').Running}
 */
function startTinyGo(module, _, imports) {
	const values = new Values();
	/** @type {any} */
	const { exports } = new WebAssembly.Instance(module, {
		gojs: { 'runtime.ticks': () => 0n, ...values.imports },
		env: { arc4random: () => 0 },
		...imports,
	});
	values.begin(exports.memory);
	exports._initialize();
	return /** @type {any} */ ({ exports, memory: exports.memory, takeReply: () => values.takeReply() });
}
