#!/bin/sh
# Stands in for wasm-opt, which TinyGo runs as "wasm-opt -Oz -g IN --output OUT"
# over what it has linked: copies IN to OUT. build.sh optimises what is left of a
# module once the exports that nobody calls are gone.
set -eu
if [ "$1" = --version ]; then
	echo 'wasm-opt version 132'
	exit
fi
while [ $# -gt 0 ]; do
	case $1 in
	-o | --output) out=$2; shift ;;
	-*) ;;
	*) in=$1 ;;
	esac
	shift
done
cp "$in" "$out"
