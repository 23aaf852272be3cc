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

	"sharewise/share/signature"
)

type keyCommand struct {
	ID   string `arg:"" help:"The name that signatures give the key, such as ops-2026."`
	File string `arg:"" help:"Where the private key goes, as PEM (PKCS #8), for nobody else to read. It must not be there yet."`
}

// Run makes a pair of keys. The public one is printed, as verify and a page
// take it.
func (k *keyCommand) Run(c *console) error {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	keys := signature.Keys{k.ID: public}
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
	Key     string `required:"" placeholder:"FILE" help:"The private key, as \"sharewise key\" or \"openssl genpkey -algorithm ed25519\" make one."`
	ID      string `required:"" help:"The name of the key."`
	Version int64  `required:"" placeholder:"N" help:"The version of the ruleset, from 1, higher than the last that was published."`
	Ruleset string `arg:"" help:"The ruleset; standard input for \"-\"."`
}

// Run prints the signature of a ruleset. One that is refused is not signed.
func (k *signCommand) Run(c *console) error {
	text, name, err := c.read(k.Ruleset)
	if err != nil {
		return err
	}
	if _, err := compile(text, name); err != nil {
		return err
	}
	key, err := readPrivateKey(k.Key)
	if err != nil {
		return err
	}
	signed, err := signature.Sign(key, k.ID, k.Version, text)
	if err != nil {
		return misuse{err.Error()}
	}
	return c.line(signed)
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
	Keys      string `required:"" placeholder:"FILE" help:"The public keys that are trusted, as JSON by name, such as {\"ops-2026\":\"…\"}."`
	Minimum   int64  `placeholder:"N" help:"The least version to take, so that an old ruleset cannot be brought back."`
	Ruleset   string `arg:"" help:"The ruleset; standard input for \"-\"."`
	Signature string `arg:"" optional:"" help:"Its signature; RULESET.sig unless given."`
}

func (k *verifyCommand) Run(c *console) error {
	keyText, err := os.ReadFile(k.Keys)
	if err != nil {
		return err
	}
	keys, err := signature.ParseKeys(keyText)
	if err != nil {
		return misuse{k.Keys + ": " + err.Error()}
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
	signed, why := keys.Verify(text, sig, k.Minimum)
	answer := struct {
		File    string `json:"file"`
		Trusted bool   `json:"trusted"`
		Key     string `json:"key,omitempty"`
		Version int64  `json:"version,omitempty"`
		Reason  string `json:"reason,omitempty"`
	}{name, why == nil, signed.Key, signed.Version, ""}
	if why != nil {
		answer.Reason = why.Error()
	}
	if c.json {
		err = c.encode(c.out, answer)
	} else {
		err = c.print(func(w *bufio.Writer) {
			if why != nil {
				fmt.Fprintf(w, "%s\n", c.paint(red, name+" is not to be trusted: "+answer.Reason))
			} else {
				fmt.Fprintf(w, "%s\n", c.paint(green, fmt.Sprintf("%s is version %d, signed with the key %s", name, signed.Version, signed.Key)))
			}
		})
	}
	if err == nil && why != nil {
		err = errNo
	}
	return err
}
