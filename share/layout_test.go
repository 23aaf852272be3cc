package share_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// below lists, for each package of share/internal, the packages of the module
// that it may import. Nothing in share/internal knows share itself, but the tests
// that are a package of their own, to share no code with it.
var below = map[string][]string{
	"text":    {},
	"address": {"text"},
	"letters": {"text", "address"},
	"place":   {"text"},
	"hash":    {},
	"budget":  {},
	"lines":   {},
	"prove":   {},
	"mutate":  {},
	"checker": {"sharewise/share"},
}

func TestNothingImportsUpwards(t *testing.T) {
	const prefix = "sharewise/share/internal/"
	files, err := filepath.Glob("internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file))
		allowed, ok := below[name]
		if !ok {
			t.Errorf("%s has no place in the layout", file)
		}
		seen[name] = true
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if !strings.HasPrefix(path, "sharewise/") {
				continue
			}
			if path != prefix+name && !slices.Contains(allowed, strings.TrimPrefix(path, prefix)) {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
	if len(seen) != len(below) {
		t.Errorf("the layout lists %d packages, and there are %d", len(below), len(seen))
	}
}
