package lines

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const limit = 9

func all(t *testing.T, next func() ([]byte, error)) (lines []string) {
	t.Helper()
	for {
		text, err := next()
		if err == io.EOF {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(text))
	}
}

func TestEveryLineIsReadOnceInWhicheverBlocks(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var b strings.Builder
		for range g.IntN(40) {
			b.WriteString([...]string{"a", "bc", "\n", "\n", "\r\n", " ", "0123456789abcdef"}[g.IntN(7)])
		}
		file := b.String()
		var want, got []string
		for line := range strings.SplitSeq(file, "\n") {
			line += "\n"
			if line = line[:min(len(line), limit)]; strings.TrimSpace(line) != "" {
				want = append(want, strings.TrimRight(line, "\r\n"))
			}
		}
		blocks := Blocks(int64(len(file)), 1+int64(g.IntN(20)))
		for _, block := range blocks {
			r, err := NewBlockReader(strings.NewReader(file), block, limit)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, all(t, r.Next)...)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q in %v: got %q, want %q", file, blocks, got, want)
		}
		r := NewReader(strings.NewReader(file), limit)
		if whole := all(t, func() ([]byte, error) { text, _, err := r.Next(); return text, err }); !slices.Equal(whole, want) {
			t.Fatalf("%q: got %q, want %q", file, whole, want)
		}
	}
}

func TestAFileThatHasBecomeShorterIsAnError(t *testing.T) {
	for _, block := range []Block{{0, 9}, {3, 9}, {7, 9}} {
		r, err := NewBlockReader(strings.NewReader("ab\ncd\n"), block, limit)
		for err == nil {
			_, err = r.Next()
		}
		if err != io.ErrUnexpectedEOF {
			t.Errorf("%v: %v", block, err)
		}
	}
}

func TestNumbersCountEmptyLines(t *testing.T) {
	r := NewReader(strings.NewReader("\r\na\n\n\nb"), limit)
	for _, want := range []int{2, 5} {
		if _, number, err := r.Next(); number != want || err != nil {
			t.Errorf("got %d and %v, want %d", number, err, want)
		}
	}
	if r.Bytes != 7 {
		t.Errorf("%d bytes", r.Bytes)
	}
}

func TestWhatIsCompressedIsReadAsItsContent(t *testing.T) {
	var packed bytes.Buffer
	for _, part := range []string{"a\n", "b\n"} { // as "cat one.gz two.gz" makes it
		z := gzip.NewWriter(&packed)
		z.Write([]byte(part))
		z.Close()
	}
	for _, file := range []string{packed.String(), "a\nb\n"} {
		in, compressed, err := Decompressed(strings.NewReader(file))
		if err != nil || compressed != (file == packed.String()) {
			t.Fatal(err, compressed)
		}
		if text, err := io.ReadAll(in); string(text) != "a\nb\n" || err != nil {
			t.Errorf("got %q and %v", text, err)
		}
	}
	for _, cut := range []int{5, 30, packed.Len() - 3} {
		in, _, err := Decompressed(bytes.NewReader(packed.Bytes()[:cut]))
		if err == nil {
			_, err = io.ReadAll(in)
		}
		if want := "can't be decompressed: unexpected EOF"; err == nil || err.Error() != want {
			t.Errorf("cut after %d: got %v", cut, err)
		}
	}
}
