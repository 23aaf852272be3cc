# To be sourced by what builds with TinyGo, in the root of the repository: sets
# tinygo to the compiler, or to nothing where there is none, and TINYGOROOT.
#
# It is the one that is told in TINYGO, or else the one built here by
# install.sh, which is pinned, or else one on PATH.
tinygo=${TINYGO-}
if [ -z "$tinygo" ] && [ -x .cache/tinygo/bin/tinygo ]; then
	tinygo=.cache/tinygo/bin/tinygo
	export TINYGOROOT="$PWD/.cache/tinygo/root"
fi
if [ -z "$tinygo" ]; then
	tinygo=$(command -v tinygo || true)
fi
