package signature_test

import (
	"crypto/ed25519"
	"fmt"
	"strings"
	"time"

	"sharewise/share/signature"
)

// A server accepts a ruleset only if it was signed with a trusted key and is not
// older than the current one.
func ExampleKeys_Verify() {
	// The publisher has the private key, which is made of 32 letters here.
	private := ed25519.NewKeyFromSeed([]byte(strings.Repeat("k", 32)))
	ruleset := []byte(`{"sharewise": 1, "id": "stories", "rules": [{"id": "p", "permit": ["reddit"]}]}`)
	signed, err := signature.Sign(private, signature.Signed{
		Key: "ops-2026", ID: "stories", Version: 7,
		Expires: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
	}, ruleset)
	if err != nil {
		panic(err)
	}

	// The server has the public key, and remembers the latest version.
	keys := signature.Keys{"ops-2026": private.Public().(ed25519.PublicKey)}
	want := signature.Expected{ID: "stories", Minimum: 7, Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}
	got, err := keys.Verify(ruleset, signed, want)
	fmt.Println(got.Version, err)

	want.Minimum = 8
	_, err = keys.Verify(ruleset, signed, want)
	fmt.Println(err)
	_, err = keys.Verify([]byte(`{"sharewise": 1}`), signed, want)
	fmt.Println(err)
	// Output:
	// 7 <nil>
	// its version 7 is older than 8
	// it is not what was signed with the key "ops-2026"
}

// The publisher signs a ruleset with its id and an increasing version.
func ExampleSign() {
	private := ed25519.NewKeyFromSeed([]byte(strings.Repeat("k", 32)))
	ruleset := []byte(`{"sharewise": 1, "id": "stories", "rules": [{"id": "p", "permit": ["reddit"]}]}`)
	signed, err := signature.Sign(private, signature.Signed{Key: "ops-2026", ID: "stories", Version: 7}, ruleset)
	fmt.Println(strings.HasPrefix(string(signed), "{"), err)

	_, err = signature.Sign(private, signature.Signed{Key: "ops-2026", ID: "stories"}, ruleset)
	fmt.Println(err)
	// Output:
	// true <nil>
	// a version lies between 1 and 9007199254740991, which 0 does not
}
