package hash

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

func TestTheHashIsSHA256(t *testing.T) {
	text := make([]byte, 300)
	for i := range text {
		text[i] = byte(i * 7)
	}
	for n := range text { // all lengths up to four blocks
		want := sha256.Sum256(text[:n])
		if got := SHA256(string(text[:n])); got != hex.EncodeToString(want[:]) {
			t.Fatalf("hash of %d bytes = %s, want %x", n, got, want)
		}
	}
}
