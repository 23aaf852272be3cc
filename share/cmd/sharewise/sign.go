package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"sharewise/share/signature"
)

type keyCommand struct {
	Name string `arg:"" help:"The name of the key in signatures, such as ops-2026."`
	File string `arg:"" help:"${newKey}"`
}

// Run makes a key pair. It prints the public key in the form that verify and a
// page accept.
func (k *keyCommand) Run(c *console) error {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	keys := signature.Keys{k.Name: public}
	if _, err := signature.ParseKeys(keys.AppendJSON(nil)); err != nil {
		return misuse{err.Error()}
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(k.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(pem.Encode(file, &pem.Block{Type: "PRIVATE KEY", Bytes: der}), file.Close())
	if err != nil {
		return err
	}
	return c.line(keys.AppendJSON(nil))
}

type signCommand struct {
	Key     string `required:"" placeholder:"FILE" help:"${signKey}"`
	Name    string `required:"" help:"The name of the key."`
	Version int64  `required:"" placeholder:"N" help:"${signVersion}"`
	Expires string `placeholder:"TIME" help:"${signExpires}"`
	Ruleset string `arg:"" help:"The ruleset; standard input for \"-\"."`
}

// Run prints the signature of a ruleset and its id. A ruleset with mistakes is not
// signed.
func (k *signCommand) Run(c *console) error {
	expires, err := k.expires(c)
	if err != nil {
		return err
	}
	text, name, err := c.read(k.Ruleset)
	if err != nil {
		return err
	}
	rules, err := compile(text, name)
	if err != nil {
		return err
	}
	key, err := readPrivateKey(k.Key)
	if err != nil {
		return err
	}
	says := signature.Signed{Key: k.Name, ID: rules.ID(), Version: k.Version, Expires: expires}
	signed, err := signature.Sign(key, says, text)
	if err != nil {
		return misuse{err.Error()}
	}
	return c.line(signed)
}

// expires reads the time of expiry, which must be in the future.
func (k *signCommand) expires(c *console) (time.Time, error) {
	if k.Expires == "" {
		return time.Time{}, nil
	}
	expires, err := time.Parse(time.RFC3339, k.Expires)
	if err != nil {
		return expires, misuse{"--expires: want a time such as 2027-01-01T00:00:00Z, not " + strconv.Quote(k.Expires)}
	}
	if !c.now().Before(expires) {
		return expires, misuse{"--expires: " + k.Expires + " is past"}
	}
	return expires, nil
}

// readPrivateKey reads an Ed25519 key as PEM.
func readPrivateKey(file string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if block, _ := pem.Decode(text); block != nil {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if private, ok := key.(ed25519.PrivateKey); ok {
				return private, nil
			}
		}
	}
	return nil, fmt.Errorf("%s holds no Ed25519 key as PEM (PKCS #8)", file)
}

type verifyCommand struct {
	Keys      string `required:"" placeholder:"FILE" help:"${verifyKeys}"`
	ID        string `required:"" help:"The expected id, so that no other ruleset signed with this key is accepted."`
	Minimum   int64  `placeholder:"N" help:"The lowest version to accept, so that an old ruleset is refused."`
	Ruleset   string `arg:"" help:"The ruleset; standard input for \"-\"."`
	Signature string `arg:"" optional:"" help:"The signature; RULESET.sig by default."`
}

// Run reports whether a ruleset can be trusted now.
func (k *verifyCommand) Run(c *console) error {
	if k.Signature == "" && k.Ruleset == "-" {
		return misuse{"a ruleset from standard input needs its signature as a file"}
	}
	keyText, err := os.ReadFile(k.Keys)
	if err != nil {
		return err
	}
	keys, err := signature.ParseKeys(keyText)
	if err != nil {
		return misuse{k.Keys + ": " + err.Error()}
	}
	expected := signature.Expected{ID: k.ID, Minimum: k.Minimum, Now: c.now()}
	if err := expected.Check(); err != nil {
		return misuse{err.Error()}
	}
	text, name, err := c.read(k.Ruleset)
	if err != nil {
		return err
	}
	if k.Signature == "" {
		k.Signature = k.Ruleset + ".sig"
	}
	sig, err := os.ReadFile(k.Signature)
	if err != nil {
		return err
	}
	signed, why := keys.Verify(text, sig, expected)
	if err := c.writeVerified(name, signed, why); err != nil {
		return err
	}
	if why != nil {
		return errNo
	}
	return nil
}

// writeVerified writes the data of a signature, or why the ruleset cannot be
// trusted.
func (c *console) writeVerified(name string, signed signature.Signed, why error) error {
	reason := ""
	if why != nil {
		reason = why.Error()
	}
	if c.json {
		return c.encode(c.out, struct {
			File    string    `json:"file"`
			Trusted bool      `json:"trusted"`
			Key     string    `json:"key,omitempty"`
			ID      string    `json:"id,omitempty"`
			Version int64     `json:"version,omitempty"`
			Expires time.Time `json:"expires,omitzero"`
			Reason  string    `json:"reason,omitempty"`
		}{name, why == nil, signed.Key, signed.ID, signed.Version, signed.Expires, reason})
	}
	return c.print(func(w *bufio.Writer) {
		if why != nil {
			fmt.Fprintf(w, "%s\n", c.paint(red, name+" is not to be trusted: "+reason))
			return
		}
		line := fmt.Sprintf("%s is version %d of %s, signed with the key %s", name, signed.Version, signed.ID,
			signed.Key)
		if !signed.Expires.IsZero() {
			line += ", and expires at " + signed.Expires.Format(time.RFC3339)
		}
		fmt.Fprintf(w, "%s\n", c.paint(green, line))
	})
}
