package share

import (
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"testing"
)

// Editors of Windows write a byte order mark before a text (RFC 8259 section 8.1).
// It is passed over, but it is one of the bytes of the ruleset.
func TestAByteOrderMarkIsPassedOver(t *testing.T) {
	const rules = `{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}]}`
	plain, err := Compile([]byte(rules))
	if err != nil {
		t.Fatal(err)
	}
	marked, err := Compile([]byte("\ufeff" + rules))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("\ufeff" + rules))
	if marked.Hash() != hex.EncodeToString(sum[:]) || marked.Hash() == plain.Hash() {
		t.Errorf("the hash is %s", marked.Hash())
	}
	if req, err := marked.Decode([]byte("\ufeff" + `{"content": {"kind": "story"}}`)); err != nil || req.Content.Kind != Story {
		t.Errorf("%v, %v", req, err)
	}
	for text, want := range map[string]string{
		"\ufeff{\"sharewise\": 1, \"id\": \"r\", \"rules\": [}": `1:39: /rules/0: not JSON: "}" cannot stand here`,
		"\ufeff\ufeff" + rules: "1:1: /: not JSON: \"\ufeff\" cannot stand here",
		" \ufeff" + rules:      "1:2: /: not JSON: \"\ufeff\" cannot stand here",
		"\xff\xfe{\x00}\x00":   "1:1: /: not JSON: the bytes here are not UTF-8",
		`{"sharewise": 1, "id": "caf` + "\xe9" + `", "rules": []}`: "1:28: /id: not JSON: the bytes here are not UTF-8",
	} {
		if _, err := Compile([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// A tree of a text takes ten times its room, so that of the largest rulesets would
// take most of the memory of their compilation.
func TestALargeRulesetIsReadWithoutATreeOfIt(t *testing.T) {
	const size = 4 << 20
	source := differingRules(size)
	live := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := live()
	r, d := reading(source, true)
	took := live() - before
	if len(r.rules) < 40000 || d.Failed() {
		t.Fatalf("%d rules, %v", len(r.rules), d.Finish())
	}
	if most := int64(7 * size); took > most {
		t.Errorf("reading %d bytes keeps %d, want at most %d", size, took, most)
	}
	runtime.KeepAlive(d)
	t.Logf("reading keeps %.1f bytes for each of the text", float64(took)/size)
}

// What is wrong in an entry that is read a second time is reported once, and with
// the path that it has in the whole text.
func TestEveryEntryOfALargeRulesetIsReportedAtItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		`{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}, {"id": "q", "permit": ["x"], "when": {"in": [{"var": "content.kind"}, ["story", "vidio"]]}}]}`: `1:154: /rules/1/when/in/1/1: content.kind is never "vidio"; it is one of story, video, photo, live, post, link; did you mean "video"?`,
		`{"sharewise": 1, "id": "r", "rules": [{"id": "p", "id": "q", "permit": ["reddit"]}]}`:                                                                                   `1:51: /rules/0/id: the name "id" stands twice in one object`,
		`{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}], "never": [7]}`:                                                                                `1:85: /never/0: want an object, not a number`,
		`{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}], "tests": [{"name": "n", "request": {"content": {"kind": 9007199254740993}}, "expect": {}}]}`:  "1:131: /tests/0/request/content/kind: the number 9007199254740993 is beyond 2^53, where whole numbers are no longer exact\n1:131: /tests/0/request/content/kind: want a string, not a number",
		`{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"], "when": {"region": [{"var": "viewer.region"}, ["SY", "S"]]}}]}`:                                 `1:126: /rules/0/when/region/1/1: "S" is not a country or region of ISO 3166-1; want two capital letters such as SY; an area may be named by its M.49 number, or EU`,
	} {
		_, err := Compile([]byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
}
