package share

import "slices"

// A requestWriter writes the members of a request, in the order in which
// Decode reads them, and leaves out those that are unknown.
type requestWriter []byte

// member writes an object that is not empty.
func (w *requestWriter) member(name string, write func()) {
	before := len(*w)
	*w = append(appendName(*w, name), '{')
	start := len(*w)
	if write(); len(*w) == start {
		*w = (*w)[:before]
		return
	}
	*w = append(*w, '}')
}

func (w *requestWriter) text(name, value string) {
	if value != "" {
		*w = appendQuote(appendName(*w, name), value)
	}
}

func (w *requestWriter) truth(name string, t Truth) {
	if t != Unknown {
		*w = append(appendName(*w, name), truthWords[t]...)
	}
}

func (w *requestWriter) number(name string, n Number) {
	if f, known := n.Float(); known {
		*w = appendNumber(appendName(*w, name), f)
	}
}

func (w *requestWriter) time(name string, d datum) {
	if d.known {
		*w = append(appendTime(append(appendName(*w, name), '"'), d.num), '"')
	}
}

// words writes a list that is known, be it empty.
func (w *requestWriter) words(name string, list []string) {
	if list != nil {
		*w = appendWords(appendName(*w, name), list)
	}
}

// texts writes a map, by name, so that the same map gives the same bytes.
func (w *requestWriter) texts(name string, texts map[string]string) {
	w.member(name, func() {
		for _, key := range sortedKeys(texts) {
			*w = appendQuote(appendName(*w, key), texts[key])
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
		*w = append(appendName(*w, "media"), '[')
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
		for _, name := range sortedKeys(attributes) {
			if v := attributes[name]; v.kind != noValue {
				*w = v.appendJSON(appendName(*w, name))
			}
		}
	})
}

// appendJSON writes a known value.
func (v Value) appendJSON(b []byte) []byte {
	switch v.kind {
	case textValue:
		return appendQuote(b, v.text)
	case numberValue:
		return appendNumber(b, v.num)
	case timeValue:
		return append(appendTime(append(b, '"'), v.num), '"')
	case boolValue:
		return append(b, truthWords[TruthOf(v.num != 0)]...)
	}
	return appendWords(b, v.texts)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
