/**
 * Starts a module built by standard Go, for tests, debugging and as a
 * fallback. The glue is that of the Go that built the module: the build turns
 * its lib/wasm/wasm_exec.js into an ES module.
 *
 * @module
 */
import wasmExec from 'wasm_exec';

/** @typedef {import('./instance.js').Running} Running */

const ended = 'the Go program has ended';

/**
 * @param {WebAssembly.Module} module
 * @param {typeof import('./gojs.js').constructors} constructors
 * @param {WebAssembly.Imports} [imports]  besides those of Go
 * @returns {Running}
 */
export function start(module, constructors, imports) {
	/** @type {any} */
	const scope = {
		Object,
		Array,
		...constructors,
		Uint8Array,
		Date,
		Error,
		crypto,
		performance,
		TextEncoder,
		TextDecoder,
	};
	const Go = wasmExec(scope);
	const go = new Go();
	const instance = new WebAssembly.Instance(module, { ...go.importObject, ...imports });
	// Runs until main waits. The promise settles when the program ends, which is
	// checked below.
	go.run(instance).catch(() => {});
	if (go.exited) throw new WebAssembly.RuntimeError(ended);
	/** @type {any} */
	const exports = instance.exports;
	return {
		exports,
		memory: exports.mem,
		takeReply() {
			// A panic ends the program without an exception, and the result of the call is
			// then meaningless.
			if (go.exited) throw new WebAssembly.RuntimeError(ended);
			const { reply } = scope;
			scope.reply = undefined;
			return reply;
		},
		settle() {},
		keep() {},
		generation: () => 0,
		beforeLoad() {},
		afterLoad() {},
	};
}
