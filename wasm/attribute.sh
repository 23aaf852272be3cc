#!/bin/sh
# Prints what each source file adds to the engine's code, according to the line
# table of a debug build, which maps every instruction to its source line, those
# of inlined functions included.
set -eu
cd "$(dirname "$0")/.."
cache=.cache

. wasm/toolchain/find.sh
if [ -z "$tinygo" ]; then
	echo 'wasm: without TinyGo ("make toolchain" gets it) there is no engine to look into'
	exit 0
fi
dump=$(command -v llvm-dwarfdump || ls /usr/lib/llvm-*/bin/llvm-dwarfdump 2>/dev/null | tail -1)
if [ -z "$dump" ]; then
	echo 'wasm: install llvm-dwarfdump (the package llvm) to see what each source file adds'
	exit 0
fi
echo 'wasm: what each source file adds to the code'
WASMOPT="$PWD/www/node_modules/.bin/wasm-opt" "$tinygo" build -o "$cache/engine.debug.wasm" -target wasm/target.json \
	-tags sheets -buildmode c-shared -opt z -panic trap ./wasm
"$dump" --debug-line "$cache/engine.debug.wasm" 2>/dev/null | node www/size.mjs --files "$PWD"
