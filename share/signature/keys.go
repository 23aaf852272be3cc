package signature

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Keys are the public keys that are trusted, by name.
type Keys map[string]ed25519.PublicKey

// ParseKeys reads public keys from a JSON object: the 32 bytes of each, in
// base64, by name. At least one is needed, and each name stands once. What
// anybody could sign for is no key.
func ParseKeys(text []byte) (Keys, error) {
	named, err := members(text)
	if err != nil {
		return nil, err
	}
	keys := make(Keys, len(named))
	for _, m := range named {
		if _, ok := keys[m.name]; ok {
			return nil, fmt.Errorf("the key %q stands twice", m.name)
		}
		keys[m.name] = decode(m.value)
	}
	if err := keys.check(); err != nil {
		return nil, err
	}
	return keys, nil
}

// decode reads base64 in its one canonical form, and gives nil for any other:
// a decoder of Go that is strict still passes over line breaks.
func decode(text string) []byte {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(b) != text {
		return nil
	}
	return b
}

var errNoKeys = errors.New(`no key is trusted; want keys by name, such as {"ops-2026":"…"}`)

// check says what is wrong with the first key, by name, that is none.
func (k Keys) check() error {
	if len(k) == 0 {
		return errNoKeys
	}
	for _, name := range k.names() {
		if err := checkName(name); err != nil {
			return err
		}
		if err := checkKey(name, k[name]); err != nil {
			return err
		}
	}
	return nil
}

// lowOrder are the y-coordinates of the eight points of small order, in hex.
// With such a point for a key, such as one of zeros that was to be filled in,
// anybody can make signatures ("Taming the many EdDSAs", Chalkias, Garillot and
// Nikolaenko, 2020, table 1).
var lowOrder = []string{
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}

// highest is the greatest coordinate of a point, 2²⁵⁵-20.
var highest = lowOrder[4]

// checkKey refuses what is no public key: another length, a coordinate that is
// not below 2²⁵⁵-19 (RFC 8032, section 5.1.3), a point of small order.
func checkKey(name string, public ed25519.PublicKey) error {
	if len(public) != ed25519.PublicKeySize {
		return fmt.Errorf("the key %q is not 32 bytes in base64", name)
	}
	b := bytes.Clone(public)
	b[31] &= 0x7f // without the sign of x
	y := hex.EncodeToString(b)
	if y[2:] == highest[2:] && y > highest {
		return fmt.Errorf("the key %q is not written in the canonical way of RFC 8032", name)
	}
	if slices.Contains(lowOrder, y) {
		return fmt.Errorf("the key %q is a point of small order, for which anybody can sign", name)
	}
	return nil
}

// AppendJSON writes the keys as ParseKeys reads them, in the order of their
// names.
func (k Keys) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	for i, name := range k.names() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, name), `:"`...)
		b = append(base64.StdEncoding.AppendEncode(b, k[name]), '"')
	}
	return append(b, '}')
}

func (k Keys) names() []string {
	names := make([]string, 0, len(k))
	for name := range k {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

type member struct{ name, value string }

// members reads a JSON object in the order of its members. A value that is no
// text is "".
func members(text []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errNoKeys
	}
	var all []member
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, errNoKeys
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return nil, errNoKeys
		}
		s, _ := value.(string)
		all = append(all, member{name.(string), s})
	}
	if _, err := d.Token(); err != nil {
		return nil, errNoKeys
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errNoKeys
	}
	return all, nil
}
