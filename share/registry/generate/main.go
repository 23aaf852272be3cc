// Generate writes the Go source that package share has from the registry: the
// table of targets, their names and the retired services. It is run by
//
//	go generate ./share
//
// and imports nothing of package share, so that it can put right a table that
// does not compile.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	from := flag.String("from", "registry", "the folder of the registry's JSON")
	to := flag.String("to", ".", "the folder of package share")
	flag.Parse()
	if err := generate(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(from, to string) error {
	files, err := generated(from)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(to, f.name), f.text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// generated returns the generated files for the registry in a folder.
func generated(from string) ([]file, error) {
	var texts [4][]byte
	for i, name := range []string{targetsFile, "targets.schema.json", retiredFile, "retired.schema.json"} {
		text, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return nil, err
		}
		texts[i] = text
	}
	targets, err := readTargets(texts[0], texts[1])
	if err != nil {
		return nil, err
	}
	gone, err := readRetired(texts[2], texts[3], targets)
	if err != nil {
		return nil, err
	}
	return sources(targets, gone)
}
