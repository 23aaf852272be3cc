package text

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// tree writes a node as JSON, for comparison.
func (n *Node) tree(b []byte) []byte {
	switch n.Kind {
	case '{':
		b = append(b, '{')
		for i := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(AppendQuote(b, n.Items[i].Name), ':')
			b = n.Items[i].tree(b)
		}
		return append(b, '}')
	case '[':
		b = append(b, '[')
		for i := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = n.Items[i].tree(b)
		}
		return append(b, ']')
	case '"':
		return AppendQuote(b, n.Text)
	case '0':
		return AppendNumber(b, n.Number)
	case 't':
		return append(b, "true"...)
	case 'f':
		return append(b, "false"...)
	}
	return append(b, "null"...)
}

// sameAsJSONText reads a text with this package and with jsontext. Both must accept
// it with the same value, or refuse it at the same offset.
func sameAsJSONText(t *testing.T, text []byte) {
	t.Helper()
	r := &Reader{Text: string(text)}
	read := r.value(&r.Root, 0)
	if read {
		if r.Space(); r.At < len(r.Text) {
			read = r.syntax()
		}
	}
	if strings.Contains(said(r.Problems), "levels deep") {
		return
	}
	if strings.Contains(said(r.Problems), "no character") {
		read = false // whatever follows half a surrogate pair
	}
	d := jsontext.NewDecoder(bytes.NewBuffer(text))
	value, err := d.ReadValue()
	value = value.Clone()
	if err == nil {
		if _, err = d.ReadToken(); err == io.EOF {
			err = nil
		} else if err == nil {
			err = io.ErrUnexpectedEOF
		}
	}
	twice := strings.Contains(said(r.Problems), "stands twice")
	if twice && err != nil {
		return // jsontext stops at the first duplicate name
	}
	if twice || read != (err == nil) {
		t.Fatalf("%q: read is %v (%v), jsontext says %v", text, read, said(r.Problems), err)
	}
	if !read || r.Failed() {
		return
	}
	var ours, theirs any
	if err := json.Unmarshal(r.Root.tree(nil), &ours); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if err := json.Unmarshal(value, &theirs); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	a, _ := json.Marshal(positive(ours))
	b, _ := json.Marshal(positive(theirs))
	if !bytes.Equal(a, b) {
		t.Fatalf("%q: read %s, jsontext %s", text, a, b)
	}
}

// positive replaces -0 by 0, which no condition can distinguish.
func positive(v any) any {
	switch v := v.(type) {
	case float64:
		return v + 0
	case []any:
		for i := range v {
			v[i] = positive(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = positive(v[name])
		}
	}
	return v
}

var jsonTexts = []string{
	``, ` `, `null`, `true`, `false`, `tru`, `nul`, `0`, `-0`, `01`, `-`, `1.`, `.5`, `1.5`, `1e5`, `1E+5`, `1e-5`,
	`1e`, `1e+`, `+1`,
	`""`, `"a"`, `"\n"`, `"\u0041"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00"`, `"\ud83d\u0041"`, `"\u00g0"`, `"\x"`,
	`"\`, `"a`, "\"\x01\"", "\"\xff\"", "\"\xed\xa0\x80\"", `"é"`, "\"\u2028\"", `"\/"`,
	`[]`, `[1]`, `[1,]`, `[,1]`, `[1 2]`, `[1,2`, `[[]]`, `[}`, `]`,
	`{}`, `{"a":1}`, `{"a":1,}`, `{"a"}`, `{"a":}`, `{a:1}`, `{"a":1 "b":2}`, `{"a":1,"a":2}`, `{"a":1,"b":{"a":1}}`,
	`{"a":1]`, `{`, `{"a":1}}`, `{} {}`, `1 2`,
	"\ufeff{}", "{\"a\"\t:\r\n1}", `{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"10":1,"3":2}`,
}

func TestJSONIsReadAsTheStandardSays(t *testing.T) {
	for _, text := range jsonTexts {
		sameAsJSONText(t, []byte(text))
	}
}

func FuzzJSON(f *testing.F) {
	for _, text := range jsonTexts {
		f.Add([]byte(text))
	}
	f.Add([]byte(`{"a":[1,-0.5e3,true,null,"\u00e9\ud83d\ude00"],"b":{}}`))
	f.Fuzz(func(t *testing.T, text []byte) { sameAsJSONText(t, text) })
}

func TestTextsAreQuotedWithNoMoreEscapesThanNeeded(t *testing.T) {
	for _, s := range []string{"", "a", `"\/`, "\b\f\n\r\t\x00\x1f\x7f", "é\u2028😀", "\xff", "a\xed\xa0\x80b", "<&>"} {
		want, _ := jsontext.AppendQuote(nil, strings.ToValidUTF8(s, "\ufffd"))
		if s == "a\xed\xa0\x80b" {
			want = []byte("\"a\ufffd\ufffd\ufffdb\"")
		}
		if got := AppendQuote(nil, s); !bytes.Equal(got, want) {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// said returns the messages of problems, one per line.
func said(problems []Problem) (lines string) {
	for _, p := range problems {
		lines += p.Message + "\n"
	}
	return lines
}
