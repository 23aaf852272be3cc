package share

import (
	"maps"
	"sharewise/share/internal/text"
	"slices"
	"strings"
)

// A requestWriter writes the members of a request, in the order in which
// Decode reads them, and leaves out those that are unknown.
type requestWriter []byte

// member writes an object that is not empty.
func (w *requestWriter) member(name string, write func()) {
	before := len(*w)
	*w = append(text.AppendName(*w, name), '{')
	start := len(*w)
	if write(); len(*w) == start {
		*w = (*w)[:before]
		return
	}
	*w = append(*w, '}')
}

func (w *requestWriter) text(name, value string) {
	if value != "" {
		*w = text.AppendQuote(text.AppendName(*w, name), value)
	}
}

func (w *requestWriter) truth(name string, t Truth) {
	if t != Unknown {
		*w = append(text.AppendName(*w, name), truthWords[t]...)
	}
}

func (w *requestWriter) number(name string, n Number) {
	if f, known := n.Float(); known {
		*w = text.AppendNumber(text.AppendName(*w, name), f)
	}
}

func (w *requestWriter) time(name string, d datum) {
	if d.known {
		*w = append(text.AppendTime(append(text.AppendName(*w, name), '"'), d.num), '"')
	}
}

// words writes a list that is known, be it empty.
func (w *requestWriter) words(name string, list []string) {
	if list != nil {
		*w = text.AppendWords(text.AppendName(*w, name), list)
	}
}

// texts writes a map, by name, so that the same map gives the same bytes.
func (w *requestWriter) texts(name string, texts map[string]string) {
	w.member(name, func() {
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			*w = text.AppendQuote(text.AppendName(*w, key), texts[key])
		}
	})
}

func (w *requestWriter) content(c *Content) {
	w.text("id", c.ID)
	w.text("kind", string(c.Kind))
	w.text("url", c.URL)
	w.text("title", c.Title)
	w.text("text", c.Text)
	w.words("tags", c.Tags)
	w.text("visibility", string(c.Visibility))
	w.truth("downloadable", c.Downloadable)
	w.time("createdAt", timeDatum(c.CreatedAt))
	w.time("expiresAt", timeDatum(c.ExpiresAt))
	if c.Media != nil {
		*w = append(text.AppendName(*w, "media"), '[')
		for i := range c.Media {
			if i > 0 {
				*w = append(*w, ',')
			}
			*w = append(*w, '{')
			w.media(&c.Media[i])
			*w = append(*w, '}')
		}
		*w = append(*w, ']')
	}
	w.text("imageUrl", c.ImageURL)
	w.text("embedUrl", c.EmbedURL)
	w.attributes(c.Attributes)
}

func (w *requestWriter) media(m *Media) {
	w.text("url", m.URL)
	w.text("type", m.Type)
	w.number("bytes", m.Bytes)
	w.number("width", m.Width)
	w.number("height", m.Height)
	w.number("durationSeconds", m.DurationSeconds)
}

func (w *requestWriter) viewer(u *Viewer) {
	w.text("id", u.ID)
	w.text("role", string(u.Role))
	w.text("region", u.Region)
	w.text("locale", u.Locale)
	w.text("ageBand", string(u.AgeBand))
	w.attributes(u.Attributes)
}

func (w *requestWriter) device(u *Device) {
	w.text("platform", string(u.Platform))
	w.truth("share", u.Share)
	w.truth("shareFiles", u.ShareFiles)
	w.truth("clipboard", u.Clipboard)
	w.truth("inAppBrowser", u.InAppBrowser)
	w.truth("bridge", u.Bridge)
}

func (w *requestWriter) page(p *Page) {
	w.texts("appIds", p.AppIDs)
	w.texts("instances", p.Instances)
	w.text("via", p.Via)
	w.text("redirectUri", p.RedirectURI)
	if p.KeepTracking {
		w.truth("keepTracking", Yes)
	}
	w.text("referral", p.Referral)
	w.number("startAt", p.StartAt)
	w.texts("text", p.Text)
}

func (w *requestWriter) attributes(attributes map[string]Value) {
	w.member("attributes", func() {
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			if v := attributes[name]; v.kind != noValue {
				*w = v.appendJSON(text.AppendName(*w, name))
			}
		}
	})
}

// appendJSON writes a known value.
func (v Value) appendJSON(b []byte) []byte {
	switch v.kind {
	case textValue:
		return text.AppendQuote(b, v.text)
	case numberValue:
		return text.AppendNumber(b, v.num)
	case timeValue:
		return append(text.AppendTime(append(b, '"'), v.num), '"')
	case boolValue:
		return append(b, truthWords[TruthOf(v.num != 0)]...)
	}
	return text.AppendWords(b, v.texts)
}

// appendRequest writes a request with the given facts as JSON.
func (s *symbols) appendRequest(b []byte, values []datum) []byte {
	b = append(b, '{')
	for _, section := range [...]string{"content.", "viewer.", "device."} {
		at := len(b)
		b = append(text.AppendName(b, section[:len(section)-1]), '{')
		inside := len(b)
		b = s.appendFacts(b, values[:builtinFacts], 0, section)
		if section == "content." {
			b = s.appendMedia(b, values)
		}
		before := len(b)
		b = append(text.AppendName(b, "attributes"), '{')
		attributes := len(b)
		if b = s.appendFacts(b, values[builtinFacts:], builtinFacts, section+"attributes."); len(b) == attributes {
			b = b[:before]
		} else {
			b = append(b, '}')
		}
		if len(b) == inside {
			b = b[:at]
		} else {
			b = append(b, '}')
		}
	}
	if d := &values[factNow]; d.known {
		b = s.appendDatum(text.AppendName(b, "now"), factNow, d)
	}
	return append(b, '}')
}

// appendFacts writes those of some facts, the first of which is first, that are
// known and whose names begin with a prefix, but for those about files.
func (s *symbols) appendFacts(b []byte, values []datum, first int, prefix string) []byte {
	for i := range values {
		name, ok := strings.CutPrefix(s.facts[first+i].name, prefix)
		if ok && values[i].known && !ofMedia(first+i) {
			b = s.appendDatum(text.AppendName(b, name), first+i, &values[i])
		}
	}
	return b
}

// appendMedia writes the files that the facts about media describe.
func (s *symbols) appendMedia(b []byte, values []datum) []byte {
	count, types := &values[factMediaCount], values[factMediaTypes].list
	n, any := int(count.num), false
	for f := factMediaCount; f <= factMediaDuration; f++ {
		any = any || values[f].known
	}
	if !any {
		return b
	}
	if !count.known {
		n = 1
		if values[factMediaTypes].known {
			n = len(types)
		}
	}
	b = append(text.AppendName(b, "media"), '[')
	for i := 0; i < min(n, text.MaxItems); i++ {
		b = append(text.Comma(b), '{')
		if i < len(types) {
			b = text.AppendMember(b, "type", types[i])
		}
		for f := factMediaBytes; f <= factMediaDuration; f++ {
			if d := &values[f]; d.known && (i == 0 || f == factMediaBytes || f == factMediaDuration) {
				b = s.appendDatum(text.AppendName(b, strings.TrimPrefix(s.facts[f].name, "content.media.")), f, d)
			}
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendDatum writes the value of a fact that is known.
func (s *symbols) appendDatum(b []byte, f int, d *datum) []byte {
	return d.value(s.facts[f].typ).appendJSON(b)
}

// value returns the value of a fact of a type; the zero Value if it is unknown.
func (d *datum) value(typ valueType) Value {
	switch {
	case !d.known:
		return Value{}
	case typ == boolType:
		return BoolValue(d.num != 0)
	case typ == numberType:
		return NumberValue(d.num)
	case typ == timeType:
		return Value{kind: timeValue, num: d.num}
	case typ == textsType:
		return Value{kind: textsValue, texts: d.list}
	}
	return TextValue(d.text)
}

var truthWords = [...]string{Unknown: "unknown", No: "false", Yes: "true"}
