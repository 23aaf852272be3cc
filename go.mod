module sharewise

go 1.26.0

require (
	github.com/alecthomas/kong v1.17.0
	github.com/go-json-experiment/json v1.27.2
	github.com/norunners/vert v0.0.0-20221203075838-106a353d42dd
	golang.org/x/term v0.48.0
)

require golang.org/x/sys v0.50.0 // indirect
