#!/bin/sh
# Prints the versions of the tools that build the engine, if they are those that
# releases are built with; otherwise prints the first that differs, and fails.
#
# TinyGo and Go are pinned by go.mod beside this file, binaryen by the lock file
# of www. Of LLVM, which is Debian's, the minor version is pinned here.
set -eu
cd "$(dirname "$0")/../.."
llvm=19.1

fail() { echo "toolchain: $*" >&2; exit 1; }
# check WHAT HAS WANTED
check() { [ "$2" = "$3" ] || fail "a release is built by $1 $3, not ${2:-any other}"; }

. wasm/toolchain/find.sh
[ -n "$tinygo" ] || fail 'TinyGo is missing; "make toolchain" builds it'
version=$("$tinygo" version)
has_tinygo=$(echo "$version" | sed -n 's/^tinygo version \([^ ]*\) .*/\1/p')
has_llvm=$(echo "$version" | sed -n 's/.*LLVM version \([0-9.]*\).*/\1/p')
has_go=$(go env GOVERSION)
has_binaryen=$(www/node_modules/.bin/wasm-opt --version | sed -n 's/^wasm-opt version \([0-9]*\).*/\1/p')

check TinyGo "$has_tinygo" "$(sed -n 's|.*github.com/tinygo-org/tinygo v\([^ ]*\).*|\1|p' wasm/toolchain/go.mod)"
check LLVM "${has_llvm%.*}" "$llvm"
# TinyGo as built by install.sh has no built-in linker.
has_lld=$(wasm-ld-19 --version 2>/dev/null | sed -n 's/.*LLD \([0-9.]*\).*/\1/p')
check wasm-ld "${has_lld%.*}" "$llvm"
check Go "${has_go#go}" "$(sed -n 's/^toolchain go//p' wasm/toolchain/go.mod)"
check binaryen "$has_binaryen" "$(sed -n '/"node_modules\/binaryen"/,/}/s/.*"version": "\([0-9]*\)\..*/\1/p' www/package-lock.json)"
echo "TinyGo $has_tinygo, LLVM $has_llvm, Go ${has_go#go}, binaryen $has_binaryen"
