package signature

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

// key returns a private key made of one byte, so that the tests are
// deterministic.
func key(b byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(b), ed25519.SeedSize)))
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// A reading is a test case: a signature, the keys, and the expected result.
// www/test/trust.test.js reads the same file.
type reading struct {
	Name      string
	Ruleset   string
	Signature string
	Keys      json.RawMessage
	ID        string
	Minimum   int64
	Now       time.Time
	Want      string
}

func readings(t *testing.T) []reading {
	t.Helper()
	text, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var common struct {
		reading
		Cases []json.RawMessage
	}
	if err := json.Unmarshal(text, &common); err != nil {
		t.Fatal(err)
	}
	var all []reading
	for _, c := range common.Cases {
		one := common.reading
		one.Keys = bytes.Clone(one.Keys) // or the case's own would be written into it
		if err := json.Unmarshal(c, &one); err != nil {
			t.Fatalf("%s: %v", c, err)
		}
		all = append(all, one)
	}
	return all
}

func TestARulesetIsTrustedOrRefusedWithAReason(t *testing.T) {
	for _, c := range readings(t) {
		t.Run(c.Name, func(t *testing.T) {
			keys, err := ParseKeys(c.Keys)
			var got Signed
			if err == nil {
				got, err = keys.Verify([]byte(c.Ruleset), []byte(c.Signature), Expected{c.ID, c.Minimum, c.Now})
			}
			message := ""
			if err != nil {
				message = err.Error()
			} else if keys[got.Key] == nil || got.ID != c.ID || got.Version < c.Minimum {
				t.Errorf("got %+v", got)
			}
			if message != c.Want {
				t.Errorf("got  %s\nwant %s", message, c.Want)
			}
			if err != nil && got != (Signed{}) {
				t.Errorf("got %+v beside %v", got, err)
			}
		})
	}
}

// The format is fixed: the same key and text always give the same signature, in Go
// and in a page.
func TestASignatureIsTheseBytes(t *testing.T) {
	c := readings(t)[0]
	got, err := Sign(key('a'), Signed{Key: "ops-2026", ID: "stories", Version: 7}, []byte(c.Ruleset))
	if string(got) != c.Signature || err != nil {
		t.Errorf("got  %s, %v\nwant %s", got, err, c.Signature)
	}
	const want = `{"sharewise-signature":2,"key":"ops-2026","id":"stories","version":7,"expires":"2027-01-01T00:00:00Z",` +
		`"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","signature":"`
	expires := time.Date(2027, 1, 1, 1, 0, 0, 0, time.FixedZone("", 3600))
	got, err = Sign(key('a'), Signed{"ops-2026", "stories", 7, expires}, nil)
	if !strings.HasPrefix(string(got), want) || err != nil {
		t.Errorf("got  %s, %v\nwant %s…", got, err, want)
	}
	read, err := Keys{"ops-2026": public(key('a'))}.Verify(nil, got, Expected{"stories", 7, expires.Add(-1)})
	if read != (Signed{"ops-2026", "stories", 7, expires.UTC()}) || err != nil {
		t.Errorf("got %+v, %v", read, err)
	}
}

func TestASignatureThatExpiresIsNotTrustedWithoutATime(t *testing.T) {
	expires := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	signed, err := Sign(key('a'), Signed{"ops-2026", "stories", 7, expires}, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Keys{"ops-2026": public(key('a'))}.Verify(nil, signed, Expected{ID: "stories"})
	if want := "it expires at 2027-01-01T00:00:00Z, and no time is given"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Keys can also be made without ParseKeys, which checks them.
func TestAKeyThatIsNoneTrustsNothing(t *testing.T) {
	c := readings(t)[0]
	for _, k := range []struct {
		keys Keys
		want string
	}{
		{nil, `no key is trusted; want keys by name, such as {"ops-2026":"…"}`},
		{Keys{"ops-2026": public(key('a')), "next": nil}, `the key "next" is not 32 bytes in base64`},
		{Keys{"ops-2026": public(key('a')), "next": make([]byte, 32)},
			`the key "next" is a point of small order, for which anybody can sign`},
		{Keys{"ops-2026": public(key('a')), "": public(key('b'))},
			`the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which "" has not`},
	} {
		if _, err := k.keys.Verify([]byte(c.Ruleset), []byte(c.Signature), Expected{ID: c.ID}); err == nil ||
			err.Error() != k.want {
			t.Errorf("got %v, want %s", err, k.want)
		}
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
	const none = `no key is trusted; want keys by name, such as {"ops-2026":"…"}`
	for _, c := range []struct{ text, want string }{
		{``, none}, {`{}`, none}, {`[]`, none}, {`"a"`, none}, {`null`, none}, {`{"a"`, none}, {`{"a": `, none},
		{`{"a": 1,}`, none},
		{text + text, none}, {text + "x", none}, {"\ufeff" + text, none},
		{`{"a": "AAAA"}`, `the key "a" is not 32 bytes in base64`},
		{`{"a": ["AAAA"]}`, `the key "a" is not 32 bytes in base64`},
		{text[:len(text)-1] + `,"\u0061":"AAAA"}`, `the key "a" stands twice`},
		{"{\"a\xff\": " +
			"\"AAAA\"}", `the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which "a�" has not`},
	} {
		if keys, err := ParseKeys([]byte(c.text)); err == nil || err.Error() != c.want || keys != nil {
			t.Errorf("%s: got %v, %v, want %s", c.text, keys, err, c.want)
		}
	}
	if _, err := ParseKeys([]byte(" " + strings.ReplaceAll(text, ":", " : ") + "\n")); err != nil {
		t.Errorf("with spaces: %v", err)
	}
}

func TestWhatCannotBeSigned(t *testing.T) {
	type signed = Signed
	for _, c := range []struct {
		key  ed25519.PrivateKey
		says signed
		want string
	}{
		{nil, signed{Key: "a", ID: "r", Version: 1}, "the private key is not one for Ed25519"},
		{key('a'), signed{Key: "a\nb", ID: "r", Version: 1},
			`the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which "a\nb" has not`},
		{key('a'), signed{ID: "r", Version: 1},
			`the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which "" has not`},
		{key('a'), signed{Key: "a", Version: 1},
			`the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which "" has not`},
		{key('a'), signed{Key: "a", ID: `my "rules"`, Version: 1},
			`the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which "my \"rules\"" has not`},
		{key('a'), signed{Key: "a", ID: "r"}, "a version lies between 1 and 9007199254740991, which 0 does not"},
		{key('a'), signed{Key: "a", ID: "r", Version: 1 << 53},
			"a version lies between 1 and 9007199254740991, which 9007199254740992 does not"},
		{key('a'), signed{"a", "r", 1, time.Unix(0, 5e8)},
			"a ruleset expires at a full second of the years 0 to 9999, which 1970-01-01T00:00:00.5Z is not"},
		{key('a'), signed{"a", "r", 1, time.Unix(1<<40, 0)},
			"a ruleset expires at a full second of the years 0 to 9999, which 36812-02-20T00:36:16Z is not"},
	} {
		if got, err := Sign(c.key, c.says, nil); err == nil || err.Error() != c.want || got != nil {
			t.Errorf("got %s, %v, want %s", got, err, c.want)
		}
	}
}

// Signatures with the longest names can be read.
func TestTheLongestSignatureIsRead(t *testing.T) {
	long := strings.Repeat("n", 64)
	signed, err := Sign(key('a'), Signed{long, long, maxVersion, time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Keys{long: public(key('a'))}).Verify(nil, append(signed, '\n'),
		Expected{long, maxVersion, time.Unix(0, 0)}); err != nil {
		t.Errorf("%d bytes: %v", len(signed), err)
	}
	if _, err := (Keys{long: public(key('a'))}).Verify(nil, bytes.Repeat([]byte("{"), 1<<20),
		Expected{ID: long}); err == nil {
		t.Error("a megabyte was read")
	}
}
