package signature

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// Each fuzz target takes arbitrary bytes, as an attacker without the key might
// send them.

const ruleset = `{"sharewise": 1, "id": "stories", "rules": [{"id": "p", "permit": ["reddit"]}]}`

var now = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

var trusted = Keys{"ops-2026": public(key('a')), "ops-2027": public(key('b'))}

// FuzzVerify checks that a text is trusted only with the signature made for it
// with the key. Ed25519 signatures are deterministic, so there is only one.
func FuzzVerify(f *testing.F) {
	for _, k := range []byte("abc") {
		for _, name := range []string{"ops-2026", "ops-2027", "ops-2020"} {
			s, err := Sign(key(k), Signed{Key: name, ID: "stories", Version: 7}, []byte(ruleset))
			if err != nil {
				f.Fatal(err)
			}
			f.Add([]byte(ruleset), s, int64(7))
			f.Add([]byte(ruleset), append(s, '\n'), int64(8))
			f.Add([]byte(ruleset+" "), s, int64(0))
			f.Add([]byte(ruleset), bytes.Replace(s, []byte(`":7`), []byte(`":8`), 1), int64(8))
			f.Add([]byte(ruleset), bytes.ToUpper(s), int64(-1))
		}
	}
	f.Add([]byte(nil), []byte(`{"sharewise-signature":2,"key":"ops-2026","id":"stories","version":1,"sha256":"`+strings.Repeat("0", 64)+`","signature":"`+strings.Repeat("A", 86)+`=="}`), int64(0))
	f.Add([]byte("\xff"), []byte(`{"sharewise-signature":1e0,"key":"\u006fps-2026","version":7,"signature":null}`),
		int64(0))
	f.Add([]byte("{}"), []byte(strings.Repeat("[", maxWritten)), int64(0))
	f.Fuzz(func(t *testing.T, text, signature []byte, minimum int64) {
		was := string(signature)
		got, err := trusted.Verify(text, signature, Expected{"stories", minimum, now})
		if string(signature) != was {
			t.Fatalf("%q became %q", was, signature)
		}
		if err != nil {
			if got != (Signed{}) || err.Error() == "" || strings.ContainsAny(err.Error(), "\n\x00") {
				t.Fatalf("%q: %+v, %v", signature, got, err)
			}
			return
		}
		holder := map[string]byte{"ops-2026": 'a', "ops-2027": 'b'}[got.Key]
		if holder == 0 || got.ID != "stories" || got.Version < minimum || minimum < 0 {
			t.Fatalf("%q with %q is taken as %+v", text, signature, got)
		}
		want, err := Sign(key(holder), got, text)
		if err != nil || !bytes.Equal(bytes.TrimSuffix(signature, []byte("\n")), want) {
			t.Fatalf("%q is trusted with %q, which %q did not make: %s, %v", text, signature, got.Key, want, err)
		}
	})
}

// FuzzSigned checks that a signed text is trusted, and no longer if any byte of it
// or of its signature is changed.
func FuzzSigned(f *testing.F) {
	f.Add([]byte(ruleset), "ops-2026", int64(7), uint(3), byte(1), int64(7))
	f.Add([]byte(nil), "ops-2026", int64(1), uint(40), byte(0x20), int64(2))
	f.Add([]byte("\xff\x00\n"), "ops-2027", int64(maxVersion), uint(100), byte(0xff), int64(0))
	f.Add([]byte(ruleset), "ops\n2026", int64(0), uint(1), byte(1), int64(0))
	f.Fuzz(func(t *testing.T, text []byte, name string, version int64, at uint, flip byte, minimum int64) {
		says := Signed{Key: name, ID: "stories", Version: version}
		if version%2 == 0 {
			says.Expires = now.Add(time.Duration(version%1000) * time.Second)
		}
		s, err := Sign(key('a'), says, text)
		if (err == nil) != (checkName(name) == nil && version >= 1 && version <= maxVersion) {
			t.Fatalf("%q, version %d: %v", name, version, err)
		}
		if err != nil {
			return
		}
		keys := Keys{name: public(key('a')), "other": public(key('b'))}
		if name == "other" {
			return
		}
		got, err := keys.Verify(text, s, Expected{"stories", minimum, now})
		isGood := minimum >= 0 && version >= minimum && (says.Expires.IsZero() || says.Expires.After(now))
		if (err == nil) != isGood || isGood && got != says {
			t.Fatalf("%q: %+v, %v, where %d is asked for", s, got, err, minimum)
		}
		if flip == 0 {
			return
		}
		both := append(bytes.Clone(text), s...)
		both[at%uint(len(both))] ^= flip
		if got, err := keys.Verify(both[:len(text)], both[len(text):],
			Expected{ID: "stories", Now: time.Unix(0, 0)}); err == nil {
			t.Fatalf("%q is trusted with %q as %+v", both[:len(text)], both[len(text):], got)
		}
		if got, err := (Keys{name: public(key('b'))}).Verify(text, s,
			Expected{ID: "stories", Now: time.Unix(0, 0)}); err == nil {
			t.Fatalf("another key is taken for %q: %+v", name, got)
		}
	})
}

// FuzzKeys checks that keys are read as written, or refused.
func FuzzKeys(f *testing.F) {
	f.Add(trusted.AppendJSON(nil))
	f.Add([]byte(`{"a":"","a":"AAAA"}`))
	f.Add([]byte(` {"\u0061": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="} `))
	f.Add([]byte(`[[[[`))
	f.Fuzz(func(t *testing.T, text []byte) {
		keys, err := ParseKeys(text)
		if err != nil {
			if keys != nil || strings.ContainsAny(err.Error(), "\n\x00") {
				t.Fatalf("%q: %v, %v", text, keys, err)
			}
			return
		}
		again, err := ParseKeys(keys.AppendJSON(nil))
		if err != nil || len(again) != len(keys) || len(keys) == 0 {
			t.Fatalf("%q is read as %v, then as %v: %v", text, keys, again, err)
		}
		for name, k := range keys {
			if !k.Equal(again[name]) {
				t.Fatalf("%q: the key %q changed", text, name)
			}
		}
		if _, err := keys.Verify(text, text, Expected{ID: "stories", Now: now}); err == nil {
			t.Fatalf("%q signs itself", text)
		}
	})
}
