// Package signature proves who published a ruleset, and that it is not an
// older one than the last.
//
// A signature is a JSON text of its own, in just this form, kept beside the
// ruleset, usually as RULESET.sig:
//
//	{"sharewise-signature":1,"key":"ops-2026","version":7,"signature":"m0d…Cg=="}
//
// "signature" is the Ed25519 signature (RFC 8032), in base64 (RFC 4648, with
// padding), of the bytes
//
//	sharewise ruleset signature 1⏎key⏎version⏎
//
// where ⏎ is a line feed and version is decimal, followed by the ruleset's
// bytes exactly as they are published. So neither the ruleset nor its version
// nor the name of the key can be changed afterwards.
//
// The version rises with every ruleset that is published. Whoever has seen
// version 7 asks for 7 at least, and an old ruleset with its good signature
// cannot be brought back. Keys have names, and several can be trusted at once:
// to change one, publish the new public key beside the old one, sign with the
// new one once it has reached everybody, and then drop the old one.
//
// The engine of a page does not hold this package: the page's own code checks
// the same format with WebCrypto.
package signature

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Bounds, both inclusive.
const (
	maxKeyName = 64
	maxVersion = 1<<53 - 1 // what JavaScript counts exactly
	maxText    = 64 << 20  // bytes of a ruleset
	maxWritten = 4096      // bytes of a signature
)

// A Signed is what a good signature tells about a ruleset.
type Signed struct {
	Key     string // the name of the key
	Version int64
}

// Keys are the public keys that are trusted, by name.
type Keys map[string]ed25519.PublicKey

// written is a signature as JSON.
type written struct {
	Format    int    `json:"sharewise-signature"`
	Key       string `json:"key"`
	Version   int64  `json:"version"`
	Signature string `json:"signature"`
}

// Sign signs a ruleset's text and gives the signature as JSON, without spaces.
// The name of the key has 1 to 64 letters, digits, '.', '_' and '-'; the
// version lies between 1 and 2⁵³-1.
func Sign(key ed25519.PrivateKey, name string, version int64, ruleset []byte) ([]byte, error) {
	if len(key) != ed25519.PrivateKeySize {
		return nil, errors.New("the private key is not one for Ed25519")
	}
	if err := checkName(name); err != nil {
		return nil, err
	}
	if version < 1 || version > maxVersion {
		return nil, fmt.Errorf("a version lies between 1 and %d, which %d does not", int64(maxVersion), version)
	}
	sum := ed25519.Sign(key, message(name, version, ruleset))
	return json.Marshal(written{1, name, version, base64.StdEncoding.EncodeToString(sum)})
}

// Verify checks the signature of a ruleset, and that its version is minimum at
// least; 0 takes any. The error says in words why the ruleset is not to be
// trusted.
func (k Keys) Verify(ruleset, signature []byte, minimum int64) (Signed, error) {
	var w written
	signature = bytes.TrimSpace(signature)
	if len(signature) > maxWritten || json.Unmarshal(signature, &w) != nil || w.Format != 1 || w.Version < 1 || w.Version > maxVersion {
		return Signed{}, errors.New("the signature cannot be read")
	}
	// Only what Sign writes is read, so that nobody reads it in another way.
	if same, err := json.Marshal(w); err != nil || !bytes.Equal(same, signature) {
		return Signed{}, errors.New("the signature cannot be read")
	}
	sum, err := base64.StdEncoding.Strict().DecodeString(w.Signature)
	if err != nil || len(sum) != ed25519.SignatureSize || checkName(w.Key) != nil {
		return Signed{}, errors.New("the signature cannot be read")
	}
	public, ok := k[w.Key]
	if !ok {
		return Signed{}, fmt.Errorf("it is signed with the key %q, which is not trusted", w.Key)
	}
	if len(ruleset) > maxText || len(public) != ed25519.PublicKeySize || !ed25519.Verify(public, message(w.Key, w.Version, ruleset), sum) {
		return Signed{}, fmt.Errorf("it is not what was signed with the key %q", w.Key)
	}
	if w.Version < minimum {
		return Signed{}, fmt.Errorf("its version %d is older than %d", w.Version, minimum)
	}
	return Signed{w.Key, w.Version}, nil
}

// ParseKeys reads public keys from a JSON object: the 32 bytes of each, in
// base64, by name. At least one is needed.
func ParseKeys(text []byte) (Keys, error) {
	var named map[string]string
	if err := strictly(text, &named); err != nil || len(named) == 0 {
		return nil, errors.New(`want keys as JSON, such as {"ops-2026":"…"}`)
	}
	keys := make(Keys, len(named))
	for _, name := range sortedNames(named) {
		if err := checkName(name); err != nil {
			return nil, err
		}
		public, err := base64.StdEncoding.Strict().DecodeString(named[name])
		if err != nil || len(public) != ed25519.PublicKeySize {
			return nil, fmt.Errorf("the key %q is not 32 bytes in base64", name)
		}
		keys[name] = public
	}
	return keys, nil
}

// AppendJSON writes the keys as ParseKeys reads them, in the order of their
// names.
func (k Keys) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	for i, name := range sortedNames(k) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, name), `:"`...)
		b = append(base64.StdEncoding.AppendEncode(b, k[name]), '"')
	}
	return append(b, '}')
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// message is what is signed.
func message(name string, version int64, ruleset []byte) []byte {
	b := make([]byte, 0, len(ruleset)+128)
	b = append(b, "sharewise ruleset signature 1\n"...)
	b = append(append(b, name...), '\n')
	b = append(strconv.AppendInt(b, version, 10), '\n')
	return append(b, ruleset...)
}

// checkName keeps names free of what would have to be quoted, and of line
// feeds, which part the name from the version in what is signed.
func checkName(name string) error {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
	if name == "" || len(name) > maxKeyName || strings.Trim(name, allowed) != "" {
		return fmt.Errorf("the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which %q has not", name)
	}
	return nil
}

// strictly reads JSON of exactly one shape.
func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if len(bytes.TrimSpace(text[d.InputOffset():])) > 0 {
		return errors.New("there is more after it")
	}
	return nil
}
