#!/bin/sh
# Installs Debian packages, as root or through sudo, and says so first.
# Exits with 1 if that is not possible.
set -eu
command -v apt-get >/dev/null || exit 1
as=
if [ "$(id -u)" != 0 ]; then
	sudo -n true 2>/dev/null || exit 1
	as='sudo -n'
fi
echo "apt: installing $*"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { $as apt-get update -q && $as apt-get install -y -q --no-install-recommends "$@"; } >"$log" 2>&1; then
	tail -5 "$log" >&2
	rm -f "$log"
	exit 1
fi
rm -f "$log"
