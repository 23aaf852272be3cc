import binaryen from 'binaryen';

/**
 * Makes an engine that traps: each instance on the n-th call of one of its
 * exports.
 *
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {number} nth from 1
 */
export function trapping(wasm, name, nth) {
	return failing(wasm, name, nth, (module) => [module.unreachable()]);
}

/**
 * Makes an engine by standard Go that ends as a panic would have it: each
 * instance on the n-th call of one of its exports, which returns 0 then.
 *
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {number} nth from 1
 */
export function ending(wasm, name, nth) {
	return failing(wasm, name, nth, (module) => {
		for (let i = 0; ; i++) {
			const { name, base } = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
			if (base === 'runtime.wasmExit') return [module.call(name, [module.i32.const(0)], binaryen.none), module.return(module.i32.const(0))];
		}
	});
}

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {number} nth
 * @param {(module: binaryen.Module) => number[]} fail
 */
function failing(wasm, name, nth, fail) {
	const module = binaryen.readBinary(wasm);
	const { BulkMemory, MutableGlobals, NontrappingFPToInt, SignExt } = binaryen.Features;
	module.setFeatures(BulkMemory | MutableGlobals | NontrappingFPToInt | SignExt);
	const { value } = binaryen.getExportInfo(module.getExport(name));
	const { i32 } = module;
	const calls = 'calls of a trapping export';
	module.addGlobal(calls, binaryen.i32, true, i32.const(0));
	module.addFunction('trapping', binaryen.createType([binaryen.i32]), binaryen.i32, [], module.block(null, [
		module.global.set(calls, i32.add(module.global.get(calls, binaryen.i32), i32.const(1))),
		module.if(i32.eq(module.global.get(calls, binaryen.i32), i32.const(nth)), module.block(null, fail(module))),
		module.call(value, [module.local.get(0, binaryen.i32)], binaryen.i32),
	], binaryen.i32));
	module.removeExport(name);
	module.addFunctionExport('trapping', name);
	const bytes = module.emitBinary();
	module.dispose();
	return bytes;
}
