#!/bin/sh
# Makes TinyGo ready to build the engine.
#
# A tinygo on PATH is good enough, unless "--pinned" asks for what a release is
# built by. Otherwise the compiler that go.mod beside this file pins is built from the Go module proxy against Debian's LLVM, and
# its library is laid out as TINYGOROOT, both under .cache/tinygo. Nothing
# else of the machine changes but the Debian packages, which are named before
# they are installed.
#
# The module's archive lacks src/net, a submodule, of which only the folder
# has to exist. wasi-libc and compiler-rt are not needed: target.json links
# neither.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/.cache/tinygo
packages='llvm-19-dev libclang-19-dev clang-19 lld-19 g++'

say() { echo "toolchain: $*"; }
fail() { echo "toolchain: $*" >&2; exit 1; }

if [ -n "${TINYGO-}" ]; then
	say "using $TINYGO, as told"
	exit 0
fi
command -v go >/dev/null || fail 'Go is missing; install Go 1.26 or later from https://go.dev/dl/'

if [ -x "$out/bin/tinygo" ] && cmp -s "$here/go.sum" "$out/go.sum"; then
	say "ready: $("$out/bin/tinygo" version 2>/dev/null || echo "$out/bin/tinygo")"
	exit 0
fi

if [ "${1-}" != --pinned ] && path=$(command -v tinygo); then
	say "using $path, $(tinygo version)"
	exit 0
fi

if [ ! -x /usr/bin/clang-19 ] || [ ! -x /usr/bin/wasm-ld-19 ] || [ ! -e /usr/lib/llvm-19/include/clang-c/Index.h ] || [ ! -e /usr/lib/llvm-19/include/llvm-c/Core.h ] || ! command -v g++ >/dev/null; then
	"$root/.ci/apt.sh" $packages || fail "TinyGo needs LLVM 19; install the Debian packages $packages"
fi

say 'building TinyGo from the Go module proxy, about a minute on two cores'
mkdir -p "$out/bin"
cd "$here"
CGO_ENABLED=1 go build -trimpath -tags llvm19 -o "$out/bin/tinygo" github.com/tinygo-org/tinygo
source=$(go list -m -f '{{.Dir}}' github.com/tinygo-org/tinygo)
rm -rf "$out/root"
mkdir -p "$out/root"
cp -R "$source/src" "$source/targets" "$source/LICENSE" "$out/root/"
chmod -R u+w "$out/root"
mkdir -p "$out/root/src/net"
cp go.sum "$out/go.sum"
say "ready: $(TINYGOROOT=$out/root "$out/bin/tinygo" version)"
