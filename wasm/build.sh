#!/bin/sh
# Builds the engine into www/dist: engine.wasm with TinyGo, which pages load, and
# engine.go.wasm with standard Go from the same source. Without TinyGo,
# engine.wasm is a copy of the latter.
#
# bulk.wasm also decides many requests at once, which a page with a sheet alone does
# not need: by more exports, and by tables in place of conditions (share/decide_tables_off.go).
#
# inspector.wasm, for the inspector, is built with the tag "inspector" (see
# inspector.go). It has a garbage collector, since its replies are large and its
# memory is not reset between calls. wasm-opt would make it 2 % smaller in half a
# minute, and is left out.
#
# media.wasm, which cleans files, and media.go.wasm are built in the same way from
# wasm/media.
#
# After TinyGo, wasm-metadce drops the exports that nobody calls, and what
# only they need; wasm-opt then runs over the rest, without the names of
# functions, which would cost 0.15 KB even once they are stripped. TinyGo's own run
# of it before that would take as long, and make the engine 0.1 KB larger.
set -eu
cd "$(dirname "$0")/.."
cache=.cache
dist=www/dist
bin=www/node_modules/.bin
mkdir -p "$cache" "$dist"

echo 'wasm: building with standard Go'
GOOS=js GOARCH=wasm GOWORK=off go build -trimpath -buildvcs=false -ldflags '-s -w' -o "$dist/engine.go.wasm" ./wasm
GOOS=js GOARCH=wasm GOWORK=off go build -trimpath -buildvcs=false -ldflags '-s -w' -o "$dist/media.go.wasm" ./wasm/media

. wasm/toolchain/find.sh
if [ -z "$tinygo" ]; then
	cp "$dist/engine.go.wasm" "$dist/engine.wasm"
	cp "$dist/engine.go.wasm" "$dist/bulk.wasm"
	cp "$dist/media.go.wasm" "$dist/media.wasm"
	GOOS=js GOARCH=wasm GOWORK=off go build -tags inspector -trimpath -buildvcs=false -ldflags '-s -w' -o "$dist/inspector.wasm" ./wasm
	echo 'wasm: no TinyGo ("make toolchain" gets it), so engine.wasm is the one by standard Go: ten times the download and a slower start'
fi

if [ -n "$tinygo" ]; then
	echo 'wasm: building with TinyGo'
	features='--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals'
	# Nothing but the end of a full stack lies in the first kilobyte, so that
	# offsets may be added where they are used: 0.1 KB. And large functions are not
	# inlined where they are called once: 0.3 KB.
	passes=${WASM_OPT_PASSES--O3 --code-folding --local-cse -O3 --low-memory-unused -ocimfs 20 -fimfs 10}
	export WASMOPT="$PWD/wasm/toolchain/no-wasm-opt.sh"
	compile() { # MODULE PACKAGE TAGS
		"$tinygo" build -o "$cache/$1.wasm" -target wasm/target.json -tags "$3" \
			-buildmode c-shared -opt z -no-debug -panic trap ${TINYGO_FLAGS-} "$2"
	}
	finish() { # MODULE
		"$bin/wasm-metadce" $features --graph-file "wasm/exports.$1.json" -g "$cache/$1.wasm" \
			-o "$cache/$1.called.wasm" >/dev/null
		"$bin/wasm-opt" $features $passes --strip-debug --strip-producers --strip-target-features \
			"$cache/$1.called.wasm" -o "$dist/$1.wasm"
	}
	compile engine ./wasm sheets
	compile bulk ./wasm ''
	compile media ./wasm/media ''
	for module in engine bulk media; do finish "$module"; done

	echo 'wasm: building the inspector with TinyGo'
	"$tinygo" build -o "$dist/inspector.wasm" -target wasm/target.json -tags inspector \
		-buildmode c-shared -opt z -no-debug -panic trap -gc conservative ./wasm
fi
# For "make package", which accepts only an engine built with the pinned versions.
wasm/toolchain/pinned.sh >"$cache/built-by" 2>/dev/null || rm -f "$cache/built-by"

node www/size.mjs "$dist/engine.wasm" "$dist/bulk.wasm" "$dist/media.wasm" "$dist/engine.go.wasm"
