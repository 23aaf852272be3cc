package share

import (
	"strconv"
	"strings"
	"testing"
)

func BenchmarkCompileDefault(b *testing.B) {
	for b.Loop() {
		if _, err := Compile(defaultText); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompileThousandRules(b *testing.B) {
	text := []byte(manyRules(1000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Compile(text); err != nil {
			b.Fatal(err)
		}
	}
}

// manyRules returns a ruleset in which every target has many rules.
func manyRules(n int) string {
	var s strings.Builder
	s.WriteString(`{"sharewise": 1, "id": "many", "rules": [`)
	for i := 0; i < n; i++ {
		if i > 0 {
			s.WriteByte(',')
		}
		id, target := strconv.Itoa(i), targets[i%len(targets)].ID
		effect := "permit"
		if i%3 == 0 {
			effect = "forbid"
		}
		s.WriteString(`{"id": "r` + id + `", "` + effect + `": ["` + target +
			`"], "when": {"and": [{"===": [{"var": "content.kind"}, "` + kindValues[i%6] +
			`"]}, {"===": [{"var": "viewer.role"}, "` + roleValues[i%4] +
			`"]}, {">": [{"var": "content.media.bytes"}, ` + id + `]}]}}`)
	}
	s.WriteString(`,{"id": "private", "forbid": ["*"], "when": {"===": [{"var": "content.visibility"}, "private"]}}`)
	s.WriteString(`], "never": [{"id": "private-never-leaves", "targets": ["*"], "when": {"===": [{"var": "content.visibility"}, "private"]}}]}`)
	return s.String()
}
