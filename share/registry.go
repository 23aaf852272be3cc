package share

import "sharewise/share/internal/text"

// AppendRegistry writes, as JSON, all that is known of every target, in the
// order to show: its links, what it takes and cannot do without, the ways to
// it, how sure that is and where it comes from; then the services that are
// gone. It is what reports and documentation are made from; a page does not
// carry it.
//
//	{"staleAfterMonths":18,
//	 "targets":[{"id":"x","name":"X","network":"x","category":"social","status":"link","link":"https://x.com/intent/tweet?…",
//	             "takes":["url","text","tags","via"],"needs":["needs-url"],"methods":["link"],
//	             "limit":{"max":280,"unit":"weighted","of":"message"},"note":"…",
//	             "verified":"2026-08-22","confidence":"high","sources":["https://…",…]},…],
//	 "retired":[{"id":"pocket","name":"Pocket","date":"2025-07-08","successor":"instapaper","note":"…","confidence":"high","sources":[…]},…]}
//
// A member without a value is left out. "surface", "phone" and "apple" stand
// where a target has them, "files" where it takes files and "ask" where it
// asks the reader for something first.
func AppendRegistry(b []byte) []byte {
	b = append(b, `{"staleAfterMonths":`...)
	b = append(text.AppendInt(b, staleAfter), `,"targets":[`...)
	for i := range targets {
		if i > 0 {
			b = append(b, ',')
		}
		b = targets[i].appendRegistry(b, &provenances[i])
	}
	b = append(b, `],"retired":[`...)
	for i, r := range RetiredTargets() {
		why := &endings[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = text.AppendTexts(append(b, '{'), "id", r.ID, "name", r.Name, "date", r.Date, "successor", r.Successor, "note", why.note, "confidence", string(why.confidence))
		b = append(text.AppendList(b, "sources", why.sources), '}')
	}
	return append(b, "]}"...)
}

func (t *Target) appendRegistry(b []byte, p *Provenance) []byte {
	b = text.AppendTexts(append(b, '{'), "id", t.ID, "name", t.Name(), "network", t.Network(), "surface", t.Surface(), "category", t.Category,
		"status", string(p.Status), "link", t.Link, "phone", t.Phone, "apple", t.Apple)
	b = text.AppendList(b, "takes", t.takes())
	b = text.AppendList(b, "files", t.files())
	b = text.AppendList(b, "needs", t.lacks())
	b = text.AppendList(b, "methods", t.methods())
	if text.Contains(t.Link, "{instance}") {
		b = append(b, `,"ask":"instance"`...)
	}
	if t.Limit.Max > 0 {
		b = append(b, `,"limit":{"max":`...)
		b = append(text.AppendTexts(text.AppendInt(b, int64(t.Limit.Max)), "unit", string(t.Limit.Unit), "of", t.limited()), '}')
	}
	b = text.AppendTexts(b, "note", t.Note(), "verified", p.Verified, "confidence", string(p.Confidence))
	return append(text.AppendList(b, "sources", p.Sources), '}')
}

// takes gives what goes to the target, in the order of the values of a
// template.
func (t *Target) takes() []string {
	var all []string
	add := func(name string, can bool) {
		if can {
			all = append(all, name)
		}
	}
	in := func(part string) bool {
		return text.Contains(t.Link, part) || text.Contains(t.Phone, part) || text.Contains(t.Apple, part)
	}
	shares := t.ways == byShare || t.ways == bySystem
	add("url", in("url}") || t.needs&hasURL != 0 || t.ways == bySystem)
	add("title", in("{title}") || shares)
	add("text", in("{text") || shares)
	add("prompt", in("{prompt"))
	add("tags", in("{tags}") || in("{hashtag}"))
	add("image", in("{image}"))
	add("via", in("{via}"))
	add("files", t.files() != nil)
	add("embed", t.ways == embedded)
	return all
}

// files gives the kinds of files that go to the target.
func (t *Target) files() []string {
	switch {
	case t.ways == saved || t.ways == bySystem:
		return []string{"image", "video", "audio", "document"}
	case t.needs&hasVideo != 0:
		return []string{"video"}
	case t.byFile():
		return []string{"image", "video"}
	}
	return nil
}

// lacks gives the reasons for which the target can be unavailable, in the
// order in which they are told.
func (t *Target) lacks() (reasons []string) {
	for i, reason := range lacking {
		if t.needs>>i&1 != 0 {
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

// methods gives the ways to the target, best first.
func (t *Target) methods() (methods []string) {
	for _, r := range ladders[t.ways] {
		if m := string(methodOf[r.way]); text.Index(methods, m) < 0 {
			methods = append(methods, m)
		}
	}
	return methods
}

var methodOf = [...]Method{
	wayLink: ByLink, wayBridge: ByBridge, wayShareFile: ByShare, wayShare: ByShare, wayCode: ByQR,
	waySave: ByDownload, wayCopy: ByCopy, wayEmbed: ByEmbed, wayPrint: ByPrint, wayHost: ByHost,
}

// limited tells what the limit counts: the title, the text, the whole message
// with the address in it, or the finished link.
func (t *Target) limited() string {
	switch {
	case t.Limit.Unit == Bytes:
		return "link"
	case t.Limit.Unit == Weighted, text.Contains(t.Link, "{text_url}"):
		return "message"
	case text.Contains(t.Link, "{text}"):
		return "text"
	}
	return "title"
}
