package signature

import (
	"crypto/ed25519"
	"encoding/hex"
	"strings"
	"testing"
)

// key gives a private key made of one byte, so that everything below is the
// same every time.
func key(b byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(b), ed25519.SeedSize)))
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

const ruleset = `{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}]}`

func signed(t *testing.T, k ed25519.PrivateKey, name string, version int64, text string) string {
	t.Helper()
	s, err := Sign(k, name, version, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

// The format is fixed: the same key and text give the same signature for ever,
// here and in a page.
func TestASignatureIsTheseBytes(t *testing.T) {
	got := signed(t, key('a'), "ops-2026", 7, ruleset)
	want := `{"sharewise-signature":1,"key":"ops-2026","version":7,"signature":"qXI3SRW+tDLjVmU/MLLYqp3UnTjvCC4aF/9tKwuwIIGMWXlfd1U87ESVOTN1AUlpYwRHU1RWUkxihSVLfrTyBQ=="}`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := hex.EncodeToString(message("ops-2026", 7, []byte("{}"))), hex.EncodeToString([]byte("sharewise ruleset signature 1\nops-2026\n7\n{}")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestARulesetIsTrustedOrRefusedWithAReason(t *testing.T) {
	keys := Keys{"ops-2026": public(key('a')), "ops-2027": public(key('b'))}
	good := signed(t, key('a'), "ops-2026", 7, ruleset)
	for _, c := range []struct {
		name, text, signature string
		minimum               int64
		want                  string
	}{
		{"as it was signed", ruleset, good, 0, ""},
		{"the version that was asked for", ruleset, good, 7, ""},
		{"after the key was changed", ruleset, signed(t, key('b'), "ops-2027", 8, ruleset), 8, ""},
		{"with a line feed after it", ruleset, good + "\n", 0, ""},
		{"another text", ruleset + " ", good, 0, `it is not what was signed with the key "ops-2026"`},
		{"an older version", ruleset, good, 8, "its version 7 is older than 8"},
		{"a version that was written over", ruleset, strings.Replace(good, `"version":7`, `"version":9`, 1), 8, `it is not what was signed with the key "ops-2026"`},
		{"a name that was written over", ruleset, strings.Replace(good, "ops-2026", "ops-2027", 1), 0, `it is not what was signed with the key "ops-2027"`},
		{"a key that is not trusted", ruleset, signed(t, key('c'), "ops-2020", 9, ruleset), 0, `it is signed with the key "ops-2020", which is not trusted`},
		{"somebody else's key under a trusted name", ruleset, signed(t, key('c'), "ops-2026", 9, ruleset), 0, `it is not what was signed with the key "ops-2026"`},
		{"nothing", ruleset, "", 0, "the signature cannot be read"},
		{"half of it", ruleset, good[:60], 0, "the signature cannot be read"},
		{"two of them", ruleset, good + good, 0, "the signature cannot be read"},
		{"another format", ruleset, strings.Replace(good, `signature":1`, `signature":2`, 1), 0, "the signature cannot be read"},
		{"something more in it", ruleset, strings.Replace(good, `{`, `{"x":1,`, 1), 0, "the signature cannot be read"},
		{"a version of its own kind", ruleset, strings.Replace(good, `"version":7`, `"version":"7"`, 1), 0, "the signature cannot be read"},
		{"a version below 1", ruleset, strings.Replace(good, `"version":7`, `"version":-7`, 1), 0, "the signature cannot be read"},
		{"a version that JavaScript would round", ruleset, strings.Replace(good, `"version":7`, `"version":9007199254740992`, 1), 0, "the signature cannot be read"},
		{"written in another way", ruleset, strings.Replace(good, `,"version"`, `, "version"`, 1), 0, "the signature cannot be read"},
		{"two versions", ruleset, strings.Replace(good, `"version":7`, `"version":9,"version":7`, 1), 0, "the signature cannot be read"},
		{"too few bytes", ruleset, `{"sharewise-signature":1,"key":"ops-2026","version":7,"signature":"AAAA"}`, 0, "the signature cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := keys.Verify([]byte(c.text), []byte(c.signature), c.minimum)
			message := ""
			if err != nil {
				message = err.Error()
			} else if keys[got.Key] == nil || got.Version < 7 {
				t.Errorf("got %+v", got)
			}
			if message != c.want {
				t.Errorf("got  %s\nwant %s", message, c.want)
			}
		})
	}
}

func TestKeysAreWrittenAndReadBack(t *testing.T) {
	keys := Keys{"b": public(key('b')), "a": public(key('a'))}
	text := string(keys.AppendJSON(nil))
	if !strings.HasPrefix(text, `{"a":"`) || !strings.Contains(text, `,"b":"`) {
		t.Errorf("got %s", text)
	}
	again, err := ParseKeys([]byte(text))
	if err != nil || len(again) != 2 || !again["a"].Equal(keys["a"]) || !again["b"].Equal(keys["b"]) {
		t.Errorf("got %v, %v", again, err)
	}
	for _, c := range []struct{ text, want string }{
		{``, `want keys as JSON, such as {"ops-2026":"…"}`},
		{`{}`, `want keys as JSON, such as {"ops-2026":"…"}`},
		{`{"a": 1}`, `want keys as JSON, such as {"ops-2026":"…"}`},
		{`{"a": "AAAA"}`, `the key "a" is not 32 bytes in base64`},
		{`{"a": "-"}`, `the key "a" is not 32 bytes in base64`},
		{`{"a key": "AAAA"}`, `the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which "a key" has not`},
	} {
		if _, err := ParseKeys([]byte(c.text)); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.text, err, c.want)
		}
	}
}

func TestWhatCannotBeSigned(t *testing.T) {
	for _, c := range []struct {
		key     ed25519.PrivateKey
		name    string
		version int64
		want    string
	}{
		{nil, "a", 1, "the private key is not one for Ed25519"},
		{key('a'), "a\nb", 1, `the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which "a\nb" has not`},
		{key('a'), "", 1, `the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which "" has not`},
		{key('a'), "a", 0, "a version lies between 1 and 9007199254740991, which 0 does not"},
		{key('a'), "a", 1 << 53, "a version lies between 1 and 9007199254740991, which 9007199254740992 does not"},
	} {
		if _, err := Sign(c.key, c.name, c.version, nil); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}
