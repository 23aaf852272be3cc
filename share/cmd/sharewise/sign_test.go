//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	write("rules.json.sig", run(exitDone, "sign", "--key", in("old.pem"), "--id", "ops-2026", "--version", "7", in("rules.json")))
	rules := in("rules.json")
	verify := func(code int, more ...string) string {
		t.Helper()
		return run(code, append([]string{"verify", "--keys", in("keys.json"), rules}, more...)...)
	}
	if got, want := verify(exitDone, "--minimum", "7"), rules+" is version 7, signed with the key ops-2026\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verify(exitDone, "--json"), `{"file":"`+rules+`","trusted":true,"key":"ops-2026","version":7}`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verify(exitNo, "--minimum", "8"), rules+" is not to be trusted: its version 7 is older than 8\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	write("rules.json", strings.Replace(ruleset1, "reddit", "threads", 1))
	if got, want := verify(exitNo, "--json"), `{"file":"`+rules+`","trusted":false,"reason":"it is not what was signed with the key \"ops-2026\""}`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}

	// Another key takes over: both are trusted, then the new one alone.
	next := run(exitDone, "key", "ops-2027", in("new.pem"))
	write("both.json", strings.TrimSuffix(old, "}\n")+","+strings.TrimPrefix(next, "{"))
	write("new.json", next)
	write("new.sig", run(exitDone, "sign", "--key", in("new.pem"), "--id", "ops-2027", "--version", "8", rules))
	for _, keys := range []string{"both.json", "new.json"} {
		run(exitDone, "verify", "--keys", in(keys), "--minimum", "8", rules, in("new.sig"))
	}
	if got, want := verify(exitNo, in("new.sig")), rules+` is not to be trusted: it is signed with the key "ops-2027", which is not trusted`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const ruleset1 = `{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}]}`

func TestWhatIsNotSigned(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key.pem")
	if got := invoke(t, "", "key", "ops", key); got.code != exitDone {
		t.Fatal(got)
	}
	good, bad, none := written(t, "good.json", ruleset1), written(t, "bad.json", `{"sharewise": 1, "id": "r", "rules": []}`), written(t, "none.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
	for _, c := range []struct {
		name string
		args []string
		code int
		err  string
	}{
		{"a ruleset that is refused", []string{"sign", "--key", key, "--id", "ops", "--version", "1", bad}, exitRefused, bad + ":1:38: /rules: the list is empty; without a rule nothing is permitted\n"},
		{"a key that is none", []string{"sign", "--key", none, "--id", "ops", "--version", "1", good}, exitFailed, "sharewise: " + none + " holds no Ed25519 key as PEM (PKCS #8)\n"},
		{"a name with a space", []string{"sign", "--key", key, "--id", "my key", "--version", "1", good}, exitUsage, "sharewise: the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which \"my key\" has not\n"},
		{"a version below 1", []string{"sign", "--key", key, "--id", "ops", "--version", "0", good}, exitUsage, "sharewise: a version lies between 1 and 9007199254740991, which 0 does not\n"},
		{"no version", []string{"sign", "--key", key, "--id", "ops", good}, exitUsage, "sharewise: missing flags: --version=N\n"},
		{"keys that are none", []string{"verify", "--keys", good, good}, exitUsage, "sharewise: " + good + ": want keys as JSON, such as {\"ops-2026\":\"…\"}\n"},
		{"no signature", []string{"verify", "--keys", written(t, "keys.json", `{"ops": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}`), good}, exitFailed, "sharewise: open " + good + ".sig: no such file or directory\n"},
		{"a name for a new key with a space", []string{"key", "my key", key + "2"}, exitUsage, "sharewise: the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which \"my key\" has not\n"},
	} {
		got := invoke(t, "", c.args...)
		if got.code != c.code || !strings.HasPrefix(got.err, c.err) || got.out != "" {
			t.Errorf("%s: got %+v, want %d %s", c.name, got, c.code, c.err)
		}
	}
}
