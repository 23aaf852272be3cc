module sharewise

go 1.26.0

// Packages of npm bring Go files of their own.
ignore (
	./www/bench
	./www/bench-ux
	./www/consumers
	./www/node_modules
)

require (
	github.com/alecthomas/kong v1.17.0
	github.com/go-json-experiment/json v1.27.2
	github.com/norunners/vert v0.0.0-20221203075838-106a353d42dd
	github.com/schollz/progressbar/v3 v3.19.1
	golang.org/x/net v0.62.0
	golang.org/x/term v0.48.0
	golang.org/x/text v0.43.0
)

require (
	github.com/mitchellh/colorstring v0.0.0-20190213212951-d06e56a500db // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	golang.org/x/sys v0.50.0 // indirect
)
