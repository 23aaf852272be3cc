package share

import (
	"crypto/sha256"
	"encoding/hex"
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
