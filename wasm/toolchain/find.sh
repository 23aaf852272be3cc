# To be sourced, in the root of the repository, by scripts that build with
# TinyGo: sets tinygo to the compiler, or to '' if there is none, and TINYGOROOT.
#
# The compiler is $TINYGO, or else the pinned one built by install.sh, or else
# the one on PATH.
tinygo=${TINYGO-}
if [ -z "$tinygo" ] && [ -x .cache/tinygo/bin/tinygo ]; then
	tinygo=.cache/tinygo/bin/tinygo
	export TINYGOROOT="$PWD/.cache/tinygo/root"
fi
if [ -z "$tinygo" ]; then
	tinygo=$(command -v tinygo || true)
fi
