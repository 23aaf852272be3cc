module sharewise

go 1.26.0

require github.com/go-json-experiment/json v1.27.2

require github.com/norunners/vert v0.0.0-20221203075838-106a353d42dd // indirect
