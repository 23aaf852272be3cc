package letters

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// The file is the Unicode Consortium's own; its terms are in
// testdata/unicode-license.txt.
func TestClustersAreThoseOfUnicode(t *testing.T) {
	text, err := os.ReadFile("testdata/GraphemeBreakTest.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for _, line := range strings.Split(string(text), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		var want []string
		for _, cluster := range strings.Split(strings.Trim(line, "÷ "), "÷") {
			s := ""
			for _, hex := range strings.Fields(strings.ReplaceAll(cluster, "×", "")) {
				r, err := strconv.ParseUint(hex, 16, 32)
				if err != nil {
					t.Fatal(err)
				}
				s += string(rune(r))
			}
			want = append(want, s)
		}
		cases++
		rest := strings.Join(want, "")
		if strings.Contains(line, "D800") {
			continue // Go strings cannot contain surrogates
		}
		for i, w := range want {
			n := NextCluster(rest)
			if rest[:n] != w {
				t.Errorf("%s: cluster %d is %+q, want %+q", line, i+1, rest[:n], w)
				break
			}
			rest = rest[n:]
		}
	}
	if cases < 600 {
		t.Errorf("only %d cases were read", cases)
	}
}

func FuzzClusters(f *testing.F) {
	f.Add("👨‍👩‍👧‍👦\r\n\xff")
	f.Fuzz(func(t *testing.T, s string) {
		for s != "" {
			n := NextCluster(s)
			if n < 1 || n > len(s) {
				t.Fatalf("%d of %q", n, s)
			}
			s = s[n:]
		}
	})
}
