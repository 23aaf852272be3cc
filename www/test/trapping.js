import binaryen from 'binaryen';

/**
 * Changes a module so that each instance traps on the n-th call of an export.
 *
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {number} nth from 1
 */
export function trapping(wasm, name, nth) {
	return failing(wasm, name, nth, (module) => [module.unreachable()]);
}

/**
 * Changes a module of standard Go so that each instance ends, as after a panic, on
 * the n-th call of an export, which then returns 0 or nothing.
 *
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {number} nth from 1
 */
export function ending(wasm, name, nth) {
	return failing(wasm, name, nth, (module, results) => {
		for (let i = 0; ; i++) {
			const { name, base } = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
			if (base === 'runtime.wasmExit')
				return [
					module.call(name, [module.i32.const(0)], binaryen.none),
					module.return(results === binaryen.none ? undefined : module.i32.const(0)),
				];
		}
	});
}

/**
 * Changes a module so that its memory can grow to at most a multiple of its initial
 * size, which becomes the maximum in the memory section.
 *
 * @param {Uint8Array} wasm
 * @param {number} times
 */
export function confined(wasm, times) {
	let at = 8; // past the magic number and the version
	const number = () => {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = wasm[at++];
			value |= (byte & 0x7f) << shift;
			if (byte < 0x80) return value;
		}
	};
	for (;;) {
		const from = at,
			id = wasm[at++],
			length = number(),
			to = at + length;
		if (id === 5) {
			const [memories, limits] = [number(), number()],
				least = number();
			if (memories !== 1 || limits !== 0) throw new Error('the memory has a maximum already');
			/** @param {number} n below 16384 */
			const two = (n) => [(n & 0x7f) | 0x80, n >> 7];
			return Buffer.concat([
				wasm.subarray(0, from),
				Buffer.from([5, 6, 1, 1, ...two(least), ...two(least * times)]),
				wasm.subarray(to),
			]);
		}
		at = to;
	}
}

/**
 * @param {Uint8Array} wasm
 * @param {string} name
 * @param {number} nth
 * @param {(module: binaryen.Module, results: binaryen.Type) => number[]} fail
 */
function failing(wasm, name, nth, fail) {
	const module = binaryen.readBinary(wasm);
	const { BulkMemory, MutableGlobals, NontrappingFPToInt, SignExt } = binaryen.Features;
	module.setFeatures(BulkMemory | MutableGlobals | NontrappingFPToInt | SignExt);
	const { value } = binaryen.getExportInfo(module.getExport(name));
	const { results } = binaryen.getFunctionInfo(module.getFunction(value));
	const { i32 } = module;
	const calls = 'calls of a trapping export';
	module.addGlobal(calls, binaryen.i32, true, i32.const(0));
	module.addFunction(
		'trapping',
		binaryen.createType([binaryen.i32]),
		results,
		[],
		module.block(
			null,
			[
				module.global.set(calls, i32.add(module.global.get(calls, binaryen.i32), i32.const(1))),
				module.if(
					i32.eq(module.global.get(calls, binaryen.i32), i32.const(nth)),
					module.block(null, fail(module, results)),
				),
				module.call(value, [module.local.get(0, binaryen.i32)], results),
			],
			results,
		),
	);
	module.removeExport(name);
	module.addFunctionExport('trapping', name);
	const bytes = module.emitBinary();
	module.dispose();
	return bytes;
}
