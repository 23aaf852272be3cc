package share

import (
	"errors"
	"sharewise/share/internal/text"
	"slices"
)

// These methods make encoding/json write results as AppendJSON does, and read a
// request as Decode does. json.Marshal additionally escapes <, > and &. Results can
// be written but not read; other types have no JSON form.

// MarshalJSON returns what AppendJSON writes.
func (sheet Sheet) MarshalJSON() ([]byte, error) { return sheet.AppendJSON(nil), nil }

// MarshalJSON returns an entry as a sheet has it.
func (e Entry) MarshalJSON() ([]byte, error) { return e.appendJSON(nil), nil }

// MarshalJSON returns a delivery as an entry has it.
func (d Delivery) MarshalJSON() ([]byte, error) { return d.appendJSON(nil), nil }

// MarshalJSON returns a link as a sheet has it.
func (l Link) MarshalJSON() ([]byte, error) { return l.appendJSON(nil), nil }

// MarshalJSON returns what AppendJSON writes.
func (report TestReport) MarshalJSON() ([]byte, error) { return report.AppendJSON(nil), nil }

// MarshalJSON returns what Decode reads as the same value, null for the zero
// Value.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.Known() {
		return []byte("null"), nil
	}
	return v.appendJSON(nil), nil
}

// String returns the value as JSON has it, "unknown" for the zero Value.
func (v Value) String() string {
	if !v.Known() {
		return "unknown"
	}
	return string(v.appendJSON(nil))
}

// MarshalText returns the word of the verdict, "" for no answer.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the word of a verdict. Any other word is an error.
func (v *Verdict) UnmarshalText(word []byte) error {
	if i := slices.Index(verdictWords, string(word)); i >= 0 {
		*v = Verdict(i)
		return nil
	}
	return errors.New(text.Quote(string(word)) + " is not one of " + text.Joined(verdictWords[1:]))
}

// UnmarshalJSON reads a request strictly, as Decode does. The error, if any,
// is of type Problems, and the request then stays as it was. To have the
// attributes checked that a ruleset declares, call Rules.Decode.
func (req *Request) UnmarshalJSON(text []byte) error {
	read, err := Decode(text)
	if err == nil {
		*req = *read
	}
	return err
}

// MarshalJSON returns a request that Decode reads as the same, what is unknown
// left out. A time is written to the millisecond.
func (req Request) MarshalJSON() ([]byte, error) {
	w := requestWriter{'{'}
	w.member("content", func() { w.content(&req.Content) })
	w.member("viewer", func() { w.viewer(&req.Viewer) })
	w.member("device", func() { w.device(&req.Device) })
	w.member("page", func() { w.page(&req.Page) })
	w.time("now", timeDatum(req.Now))
	return append(w, '}'), nil
}
