#!/bin/sh
# Installs TinyGo for building the engine.
#
# A tinygo on PATH is used as it is, except with "--pinned", which requires the
# version that releases are built with. Otherwise the version pinned by go.mod
# beside this file is built from the Go module proxy against Debian's LLVM, with
# its library as TINYGOROOT, both under .cache/tinygo. Outside that folder only
# Debian packages are installed, which are named before.
#
# The module's archive lacks the submodule src/net, but an empty folder is
# enough. wasi-libc and compiler-rt are not needed, since target.json links
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
