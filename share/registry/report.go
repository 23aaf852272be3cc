package registry

import (
	"encoding/json"
	"strings"

	"sharewise/share"
	"sharewise/share/internal/text"
)

// AppendJSON writes, as JSON, all that is known of every target, in the order
// to show: its links, what it takes and cannot do without, the ways to it, what
// its network asks of files, how sure that is and where it comes from; then the
// services that are gone.
//
//	{"staleAfterMonths":18,
//	 "targets":[{"id":"x","name":"X","network":"x","category":"social","status":"link",
//	             "link":"https://x.com/intent/tweet?…","takes":["url","text","tags","via"],
//	             "needs":["needs-url"],"methods":["link"],
//	             "limit":{"max":280,"unit":"weighted","of":"message"},"note":"…",
//	             "verified":"2026-08-22","confidence":"high","sources":["https://…",…]},…],
//	 "retired":[{"id":"pocket","name":"Pocket","date":"2025-07-08","successor":"instapaper",
//	             "note":"…","confidence":"high","sources":[…]},…]}
//
// A member without a value is left out. "surface", "phone" and "apple" stand
// where a target has them, "files" where it takes files, "media" where the
// network is known to ask something of them, "ask" where it asks the reader for
// something first, and "bytes" in a limit that bounds these too.
func AppendJSON(b []byte) []byte {
	b = append(b, `{"staleAfterMonths":`...)
	b = append(text.AppendInt(b, StaleAfterMonths), `,"targets":[`...)
	for i, t := range targets() {
		if i > 0 {
			b = append(b, ',')
		}
		b = t.AppendJSON(b)
	}
	b = append(b, `],"retired":[`...)
	for i, r := range retired() {
		if i > 0 {
			b = append(b, ',')
		}
		b = r.AppendJSON(b)
	}
	return append(b, "]}"...)
}

// AppendJSON writes the target as it stands in the report.
func (t *Target) AppendJSON(b []byte) []byte {
	b = text.AppendTexts(append(b, '{'), "id", t.ID, "name", t.Name(), "network", t.Network(), "surface", t.Surface(),
		"category", t.Category, "status", string(t.Status), "link", t.Link, "phone", t.Phone, "apple", t.Apple)
	b = text.AppendList(b, "takes", t.Takes())
	b = text.AppendList(b, "files", t.Files())
	b = text.AppendList(b, "needs", t.Needs())
	var methods []string
	for _, m := range t.Methods() {
		methods = append(methods, string(m))
	}
	b = text.AppendList(b, "methods", methods)
	if strings.Contains(t.Link, "{instance}") {
		b = append(b, `,"ask":"instance"`...)
	}
	if t.Limit.Max > 0 {
		b = append(b, `,"limit":{"max":`...)
		b = text.AppendTexts(text.AppendInt(b, int64(t.Limit.Max)), "unit", string(t.Limit.Unit), "of", t.LimitOf())
		if t.Limit.Bytes > 0 {
			b = text.AppendInt(append(b, `,"bytes":`...), int64(t.Limit.Bytes))
		}
		b = append(b, '}')
	}
	if media, _ := json.Marshal(t.Media); len(media) > len("{}") {
		b = append(append(b, `,"media":`...), media...)
	}
	b = text.AppendTexts(b, "note", t.Note, "verified", t.Verified, "confidence", string(t.Confidence))
	return append(text.AppendList(b, "sources", t.Sources), '}')
}

// MarshalJSON returns what AppendJSON writes.
func (t Target) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil), nil }

// AppendJSON writes the service as it stands in the report.
func (r *Retired) AppendJSON(b []byte) []byte {
	b = text.AppendTexts(append(b, '{'), "id", r.ID, "name", r.Name, "date", r.Date, "successor", r.Successor,
		"note", r.Note, "confidence", string(r.Confidence))
	return append(text.AppendList(b, "sources", r.Sources), '}')
}

// MarshalJSON returns what AppendJSON writes.
func (r Retired) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

// LimitOf tells what the limit of the target counts: the title, the text, the
// whole message with the address in it, or the finished link. It is "" where
// there is no limit.
func (t *Target) LimitOf() string {
	switch {
	case t.Limit.Max == 0:
		return ""
	case t.Limit.Unit == share.Bytes:
		return "link"
	case t.Limit.Unit == share.Weighted, strings.Contains(t.Link, "{text_url}"):
		return "message"
	case strings.Contains(t.Link, "{text}"):
		return "text"
	}
	return "title"
}
