package share

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write what comes out over what is expected in testdata")

// The same cases run natively here, and with both engines in Node and in
// browsers; all must give the same bytes.
func TestSheetsAreTheSameBytesEverywhere(t *testing.T) {
	rules, err := Compile(Default())
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob("testdata/cases/*")
	if err != nil || len(folders) < 20 {
		t.Fatalf("%d cases: %v", len(folders), err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(folder, "request.json"))
			if err != nil {
				t.Fatal(err)
			}
			req, err := rules.Decode(text)
			if err != nil {
				t.Fatal(err)
			}
			sheet := rules.Sheet(req)
			got := append(sheet.AppendJSON(nil), '\n')
			golden := filepath.Join(folder, "sheet.json")
			if *update {
				text := bytes.Replace(got, []byte(rules.Hash()), []byte("$HASH"), 1)
				if err := os.WriteFile(golden, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			// The hash changes with every edit of the default ruleset.
			want = bytes.Replace(want, []byte("$HASH"), []byte(rules.Hash()), 1)
			if !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
