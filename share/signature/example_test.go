package signature_test

import (
	"crypto/ed25519"
	"fmt"
	"strings"

	"sharewise/share/signature"
)

// A server takes a ruleset only if somebody trusted has published it, and not
// before the one that it has.
func ExampleKeys_Verify() {
	// Whoever publishes has the private key, here one made of 32 letters.
	private := ed25519.NewKeyFromSeed([]byte(strings.Repeat("k", 32)))
	ruleset := []byte(`{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["reddit"]}]}`)
	signed, err := signature.Sign(private, "ops-2026", 7, ruleset)
	if err != nil {
		panic(err)
	}

	// Everybody else has the public one.
	keys := signature.Keys{"ops-2026": private.Public().(ed25519.PublicKey)}
	fmt.Println(keys.Verify(ruleset, signed, 7))
	fmt.Println(keys.Verify(ruleset, signed, 8))
	fmt.Println(keys.Verify([]byte(`{"sharewise": 1}`), signed, 7))
	// Output:
	// {ops-2026 7} <nil>
	// { 0} its version 7 is older than 8
	// { 0} it is not what was signed with the key "ops-2026"
}
