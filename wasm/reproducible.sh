#!/bin/sh
# Builds the engine twice, in two folders and without a shared build cache, and
# compares every byte, so that whoever builds a commit gets the published
# modules. It requires the pinned versions of the toolchain, since others make
# other bytes.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
versions=$("$root/wasm/toolchain/pinned.sh")
echo "reproducible: $versions"
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

for folder in first "second, with a longer name"; do
	here="$work/$folder"
	mkdir -p "$here/www" "$here/.cache"
	(cd "$root" && tar cf - go.mod go.sum share wasm www/size.mjs www/package-lock.json) | tar xf - -C "$here"
	ln -s "$root/www/node_modules" "$here/www/node_modules"
	if [ -e "$root/.cache/tinygo" ]; then ln -s "$root/.cache/tinygo" "$here/.cache/tinygo"; fi
	GOCACHE="$here/.cache/go" "$here/wasm/build.sh" >/dev/null
done

for module in engine.wasm bulk.wasm media.wasm engine.go.wasm media.go.wasm inspector.wasm; do
	if ! cmp "$work/first/www/dist/$module" "$work/second, with a longer name/www/dist/$module"; then
		echo "reproducible: $module depends on where it is built" >&2
		exit 1
	fi
	sum=$(sha256sum <"$work/first/www/dist/$module")
	echo "reproducible: $module ${sum%% *}"
done
