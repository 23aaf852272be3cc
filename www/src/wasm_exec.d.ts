/** Go's own glue, made into a module by the build. */
declare module 'wasm_exec' {
	/** Makes the class Go for programs that see `scope` as their global object. */
	export default function wasmExec(scope: object): {
		new (): {
			importObject: WebAssembly.Imports;
			exited: boolean;
			run(instance: WebAssembly.Instance): Promise<void>;
		};
	};
}
