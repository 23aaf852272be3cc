//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sharewise/share/signature"
)

func TestARulesetIsSignedAndVerified(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	run := func(code int, args ...string) string {
		t.Helper()
		got := invoke(t, "", args...)
		if got.code != code {
			t.Fatalf("%v ended with %d: %s%s", args, got.code, got.out, got.err)
		}
		return got.out + got.err
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(in(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := run(exitDone, "key", "ops-2026", in("old.pem"))
	write("keys.json", old)
	if info, err := os.Stat(in("old.pem")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the private key: %v, %v", info.Mode(), err)
	}
	if got := run(exitFailed, "key", "ops-2026", in("old.pem")); !strings.Contains(got, "file exists") {
		t.Errorf("a key was written over: %s", got)
	}

	write("rules.json", ruleset1)
	write("rules.json.sig", run(exitDone, "sign", "--key", in("old.pem"), "--name", "ops-2026", "--version", "7",
		in("rules.json")))
	rules := in("rules.json")
	verify := func(code int, more ...string) string {
		t.Helper()
		return run(code, append([]string{"verify", "--keys", in("keys.json"), "--id", "r", rules}, more...)...)
	}
	if got, want := verify(exitDone, "--minimum", "7"),
		rules+" is version 7 of r, signed with the key ops-2026\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verify(exitDone, "--json"),
		`{"file":"`+rules+`","trusted":true,"key":"ops-2026","id":"r","version":7}`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verify(exitNo, "--minimum", "8"),
		rules+" is not to be trusted: its version 7 is older than 8\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verify(exitNo, "--id", "s"),
		rules+` is not to be trusted: it is signed as the ruleset "r", and not as "s"`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	write("rules.json", strings.Replace(ruleset1, "reddit", "threads", 1))
	if got, want := verify(exitNo, "--json"),
		`{"file":"`+rules+`","trusted":false,"reason":"it is not what was signed with the key \"ops-2026\""}`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}

	// When the key is replaced, both are trusted for a while, then only the new one.
	next := run(exitDone, "key", "ops-2027", in("new.pem"))
	write("both.json", strings.TrimSuffix(old, "}\n")+","+strings.TrimPrefix(next, "{"))
	write("new.json", next)
	write("new.sig", run(exitDone, "sign", "--key", in("new.pem"), "--name", "ops-2027", "--version", "8", rules))
	for _, keys := range []string{"both.json", "new.json"} {
		run(exitDone, "verify", "--keys", in(keys), "--id", "r", "--minimum", "8", rules, in("new.sig"))
	}
	if got, want := verify(exitNo, in("new.sig")),
		rules+` is not to be trusted: it is signed with the key "ops-2027", which is not trusted`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const ruleset1 = `{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}]}`

func TestWhatIsNotSigned(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key.pem")
	if got := invoke(t, "", "key", "ops", key); got.code != exitDone {
		t.Fatal(got)
	}
	good, bad, none := written(t, "good.json", ruleset1),
		written(t, "bad.json", `{"sharewise": 1, "id": "r", "rules": []}`),
		written(t, "none.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
	odd := written(t, "odd.json", `{"id": "my rules", "sharewise": 1, "rules": [{"id": "p", "permit": ["reddit"]}]}`)
	keys, zero := written(t, "keys.json", `{"ops": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}`),
		written(t, "zero.json", `{"ops": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`)
	for _, c := range []struct {
		name string
		args []string
		code int
		err  string
	}{
		{"a ruleset that is refused", []string{"sign", "--key", key, "--name", "ops", "--version", "1", bad},
			exitRefused, bad + ":1:38: /rules: the list is empty; without a rule nothing is permitted\n"},
		{"a key that is none", []string{"sign", "--key", none, "--name", "ops", "--version", "1", good}, exitFailed,
			"sharewise: " + none + " holds no Ed25519 key as PEM (PKCS #8)\n"},
		{"a name with a space", []string{"sign", "--key", key, "--name", "my key", "--version", "1", good}, exitUsage,
			"sharewise: the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which \"my key\" has not\n"},
		{"a version below 1", []string{"sign", "--key", key, "--name", "ops", "--version", "0", good}, exitUsage,
			"sharewise: a version lies between 1 and 9007199254740991, which 0 does not\n"},
		{"no version", []string{"sign", "--key", key, "--name", "ops", good}, exitUsage,
			"sharewise: missing flags: --version=N\n"},
		{"an id that is not to be signed", []string{"sign", "--key", key, "--name", "ops", "--version", "1", odd},
			exitUsage, "sharewise: the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which " +
				"\"my rules\" has not\n"},
		{"an expiry that is no time", []string{"sign", "--key", key, "--name", "ops", "--version", "1", "--expires",
			"2027-01-01", good}, exitUsage,
			"sharewise: --expires: want a time such as 2027-01-01T00:00:00Z, not \"2027-01-01\"\n"},
		{"an expiry that is past", []string{"sign", "--key", key, "--name", "ops", "--version", "1", "--expires",
			"2020-01-01T00:00:00Z", good}, exitUsage, "sharewise: --expires: 2020-01-01T00:00:00Z is past\n"},
		{"an expiry within a second", []string{"sign", "--key", key, "--name", "ops", "--version", "1", "--expires",
			"2927-01-01T00:00:00.5Z", good}, exitUsage,
			"sharewise: a ruleset expires at a full second of the years 0 to 9999, which 2927-01-01T00:00:00.5Z " +
				"is not\n"},
		{"keys that are none", []string{"verify", "--keys", odd, "--id", "r", good}, exitUsage, "sharewise: " + odd +
			": the key \"id\" is not 32 bytes in base64\n"},
		{"a key that was to be filled in", []string{"verify", "--keys", zero, "--id", "r", good}, exitUsage,
			"sharewise: " + zero + ": the key \"ops\" is a point of small order, for which anybody can sign\n"},
		{"no id to verify", []string{"verify", "--keys", keys, good}, exitUsage,
			"sharewise: missing flags: --id=STRING\n"},
		{"an empty id to verify", []string{"verify", "--keys", keys, "--id=", good}, exitUsage,
			"sharewise: the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which \"\" " +
				"has not\n"},
		{"a lowest version below 0", []string{"verify", "--keys", keys, "--id", "r", "--minimum=-1", good}, exitUsage,
			"sharewise: the lowest version to take lies between 0 and 9007199254740991, which -1 does not\n"},
		{"a lowest version that is no number", []string{"verify", "--keys", keys, "--id", "r", "--minimum", "8x", good},
			exitUsage, "sharewise: --minimum: expected a valid 64 bit int but got \"8x\"\n"},
		{"standard input without a signature", []string{"verify", "--keys", keys, "--id", "r", "-"}, exitUsage,
			"sharewise: a ruleset from standard input needs its signature as a file\n"},
		{"no signature", []string{"verify", "--keys", keys, "--id", "r", good}, exitFailed, "sharewise: open " + good +
			".sig: no such file or directory\n"},
		{"a name for a new key with a space", []string{"key", "my key", key + "2"}, exitUsage,
			"sharewise: the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which \"my key\" has not\n"},
	} {
		got := invoke(t, "", c.args...)
		if got.code != c.code || !strings.HasPrefix(got.err, c.err) || got.out != "" {
			t.Errorf("%s: got %+v, want %d %s", c.name, got, c.code, c.err)
		}
	}
}

func TestARulesetThatExpiresIsTakenUntilThen(t *testing.T) {
	pem := filepath.Join(t.TempDir(), "key.pem")
	made := invoke(t, "", "key", "ops", pem)
	rules, keys := written(t, "rules.json", ruleset1), written(t, "keys.json", made.out)
	verify := func(signed string, args ...string) string {
		t.Helper()
		return invoke(t, "", append(args, "verify", "--keys", keys, "--id", "r", rules,
			written(t, "rules.sig", signed))...).out
	}
	signed := invoke(t, "", "sign", "--key", pem, "--name", "ops", "--version", "7", "--expires",
		"2027-01-01T02:00:00+02:00", rules).out
	if got, want := verify(signed), rules+" is version 7 of r, signed with the key ops, and expires at "+
		"2027-01-01T00:00:00Z\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verify(signed, "--json"),
		`{"file":"`+rules+`","trusted":true,"key":"ops","id":"r","version":7,"expires":"2027-01-01T00:00:00Z"}`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}

	key, err := readPrivateKey(pem)
	if err != nil {
		t.Fatal(err)
	}
	past, err := signature.Sign(key, signature.Signed{Key: "ops", ID: "r", Version: 7, Expires: present},
		[]byte(ruleset1))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := verify(string(past)),
		rules+" is not to be trusted: it expired at 2026-11-24T12:00:00Z\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
