// Package signature proves who published a ruleset, and that it is the ruleset
// that was asked for, not an older version of it and not past its time.
//
// A signature is one line of JSON, in just this form and without spaces, kept
// beside the ruleset, usually as RULESET.sig:
//
//	{"sharewise-signature":2,"key":"ops-2026","id":"stories","version":7,
//	"expires":"2027-01-01T00:00:00Z","sha256":"9f86…0a08","signature":"m0d…Cg=="}
//
// "key" is the name of the key, "id" that of the ruleset, "expires" the moment
// from which the ruleset is no longer taken (RFC 3339, in UTC and whole
// seconds; left out where it never expires), and "sha256" is the hash of the
// ruleset's bytes exactly as they are published, in lower-case hex. "signature"
// is the Ed25519 signature (RFC 8032), in base64 (RFC 4648, with padding), of
// the line up to and without `,"signature"`. So nothing of it can be changed
// afterwards. One line feed may follow; anything else makes it unreadable.
//
// The version rises with every ruleset that is published. Whoever has seen
// version 7 asks for 7 at least, and an old ruleset with its good signature
// cannot be brought back. Keys have names, and several can be trusted at once:
// to change one, publish the new public key beside the old one, sign with the
// new one once it has reached everybody, and then drop the old one.
//
// The engine of a page does not hold this package: the page's own code
// (www/src/signature.js) checks the same format with WebCrypto, and
// testdata/cases.json holds both to the same answers.
package signature

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Bounds, both inclusive.
const (
	maxVersion = 1<<53 - 1 // what JavaScript counts exactly
	maxWritten = 512       // bytes of a signature
)

// A Signed is what a signature says of a ruleset.
type Signed struct {
	Key     string    // the name of the key
	ID      string    // of the ruleset
	Version int64     // from 1
	Expires time.Time // the moment from which the ruleset is no longer taken; zero for never
}

// An Expected is what a ruleset has to be in order to be trusted.
type Expected struct {
	ID      string    // of the ruleset
	Minimum int64     // the lowest version to take; 0 takes any
	Now     time.Time // the time, needed where a signature expires
}

// timeLayout is the one form of a time in a signature.
const timeLayout = "2006-01-02T15:04:05Z"

// www/src/signature.js reads signatures by the same expression. The last letter
// of the base64 is one that leaves no bit over.
var (
	written = regexp.MustCompile(`^\{"sharewise-signature":2,"key":"([\w.-]{1,64})","id":"([\w.-]{1,64})",` +
		`"version":([1-9]\d{0,15}),(?:"expires":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)",)?` +
		`"sha256":"([0-9a-f]{64})","signature":"([A-Za-z0-9+/]{85}[AQgw]==)"\}\n?$`)
	anyFormat = regexp.MustCompile(`^\{"sharewise-signature":(\d{1,9}),`)
	signedEnd = []byte(`,"signature":"`)
	// The year 1 is the zero time, so only the text tells whether it expires.
	expiresBegin = []byte(`,"expires":"`)
)

// Sign signs a ruleset's text and gives the signature as JSON, without spaces.
// The names of the key and of the ruleset have 1 to 64 letters, digits, '.',
// '_' and '-'; the version lies between 1 and 2⁵³-1.
func Sign(key ed25519.PrivateKey, s Signed, ruleset []byte) ([]byte, error) {
	if len(key) != ed25519.PrivateKeySize {
		return nil, errors.New("the private key is not one for Ed25519")
	}
	if err := checkName(s.Key); err != nil {
		return nil, err
	}
	if err := checkID(s.ID); err != nil {
		return nil, err
	}
	if s.Version < 1 || s.Version > maxVersion {
		return nil, fmt.Errorf("a version lies between 1 and %d, which %d does not", int64(maxVersion), s.Version)
	}
	b := fmt.Appendf(nil, `{"sharewise-signature":2,"key":"%s","id":"%s","version":%d`, s.Key, s.ID, s.Version)
	if !s.Expires.IsZero() {
		expires := s.Expires.UTC()
		if expires.Nanosecond() != 0 || expires.Year() < 0 || expires.Year() > 9999 {
			return nil, fmt.Errorf("a ruleset expires at a full second of the years 0 to 9999, which %s is not",
				expires.Format(time.RFC3339Nano))
		}
		b = fmt.Appendf(b, `,"expires":"%s"`, expires.Format(timeLayout))
	}
	b = fmt.Appendf(b, `,"sha256":"%x"`, sha256.Sum256(ruleset))
	sum := ed25519.Sign(key, b)
	b = append(b, signedEnd...)
	return append(base64.StdEncoding.AppendEncode(b, sum), '"', '}'), nil
}

// Verify checks that a signature was made with one of the keys for this very
// ruleset, and that it is the one expected. The error says in words why the
// ruleset is not to be trusted. A key that is none, and an Expected that makes
// no sense, are errors whatever was signed.
func (k Keys) Verify(ruleset, signature []byte, want Expected) (Signed, error) {
	if err := k.check(); err != nil {
		return Signed{}, err
	}
	if err := want.Check(); err != nil {
		return Signed{}, err
	}
	s, hash, err := k.read(signature)
	if err != nil {
		return Signed{}, err
	}
	if sum := sha256.Sum256(ruleset); hex.EncodeToString(sum[:]) != hash {
		return Signed{}, fmt.Errorf("it is not what was signed with the key %q", s.Key)
	}
	if err := s.meets(want, !bytes.Contains(signature, expiresBegin)); err != nil {
		return Signed{}, err
	}
	return s, nil
}

// read checks a signature itself, and gives what it says and the hash of the
// ruleset that it is for.
func (k Keys) read(signature []byte) (s Signed, hash string, err error) {
	unreadable := errors.New("its signature cannot be read")
	if len(signature) > maxWritten {
		return s, "", unreadable
	}
	m := written.FindSubmatch(signature)
	if m == nil {
		if f := anyFormat.FindSubmatch(signature); f != nil && string(f[1]) != "2" {
			return s, "", fmt.Errorf("its signature has the format %s, and only 2 is read: sign the ruleset again",
				f[1])
		}
		return s, "", unreadable
	}
	s.Key, s.ID, hash = string(m[1]), string(m[2]), string(m[5])
	s.Version, err = strconv.ParseInt(string(m[3]), 10, 64)
	if err != nil || s.Version > maxVersion {
		return s, "", unreadable
	}
	if len(m[4]) > 0 {
		if s.Expires, err = time.Parse(timeLayout, string(m[4])); err != nil {
			return s, "", unreadable
		}
	}
	public, ok := k[s.Key]
	if !ok {
		return s, "", fmt.Errorf("it is signed with the key %q, which is not trusted", s.Key)
	}
	sum, err := base64.StdEncoding.DecodeString(string(m[6]))
	if err != nil || !ed25519.Verify(public, signature[:bytes.LastIndex(signature, signedEnd)], sum) {
		return s, "", fmt.Errorf("its signature was not made with the key %q", s.Key)
	}
	return s, hash, nil
}

// meets says in which way a good signature, which may never expire, is not for what
// was expected.
func (s Signed) meets(want Expected, never bool) error {
	switch expires := s.Expires.Format(timeLayout); {
	case s.ID != want.ID:
		return fmt.Errorf("it is signed as the ruleset %q, and not as %q", s.ID, want.ID)
	case s.Version < want.Minimum:
		return fmt.Errorf("its version %d is older than %d", s.Version, want.Minimum)
	case never:
		return nil
	case want.Now.IsZero():
		return fmt.Errorf("it expires at %s, and no time is given", expires)
	case !want.Now.Before(s.Expires):
		return fmt.Errorf("it expired at %s", expires)
	}
	return nil
}

// Check says what makes no sense in what is expected: an id that no signature
// can have, or a version that is out of bounds. Verify begins with it.
func (e Expected) Check() error {
	if err := checkID(e.ID); err != nil {
		return err
	}
	if e.Minimum < 0 || e.Minimum > maxVersion {
		return fmt.Errorf("the lowest version to take lies between 0 and %d, which %d does not", int64(maxVersion),
			e.Minimum)
	}
	return nil
}

// name keeps names free of what would have to be quoted.
var name = regexp.MustCompile(`^[\w.-]{1,64}$`)

func checkName(s string) error {
	if !name.MatchString(s) {
		return fmt.Errorf("the name of a key has 1 to 64 letters, digits, '.', '_' and '-', which %q has not", s)
	}
	return nil
}

func checkID(s string) error {
	if !name.MatchString(s) {
		return fmt.Errorf("the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which %q has not",
			s)
	}
	return nil
}
