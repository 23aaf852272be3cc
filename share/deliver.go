package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
)

// A Delivery is how a permitted target is carried out. Members that a method
// does not use are left at their zero value.
type Delivery struct {
	Method       Method
	Href         string   // link: the finished link; qr, card: what the code says; download: the file
	Text         string   // share, copy, embed, card: the text; link: the text as it goes in, for a composer
	Title        string   // share: the title; download, card: the name for the file
	URL          string   // the address of the content, where share, an alternative or a step uses it
	Files        bool     // share: the files of the content, and nothing else
	File         *File    // the first file, where the method or an alternative uses it
	Ask          string   // "instance": ask the reader for their instance, then decide again with page.instances
	Alternatives []Method // other ways for the same target, best first
	Handoff      *Handoff // bridge: what the host's own app gets
	Limit        Limit    // of the text
	Count        int      // of the limit's unit, before the text was cut; more than Limit.Max if it was

	// Steps are the ids of what the reader does, in order. Where "copy-link"
	// stands before another method, the view copies URL first.
	Steps []string
}

// Method is the kind of a delivery.
type Method string

// The methods.
const (
	ByLink     Method = "link"     // open Href
	ByShare    Method = "share"    // the system's share sheet
	ByCopy     Method = "copy"     // put Text on the clipboard
	ByDownload Method = "download" // save Href as Title
	ByQR       Method = "qr"       // show Href as a QR code
	ByEmbed    Method = "embed"    // show Text, which is HTML, to be copied
	ByBridge   Method = "bridge"   // send Handoff to the host's own app
	ByPrint    Method = "print"    // print the page
	ByCard     Method = "card"     // draw a picture with Text and a QR code of Href, to share or save it as Title
	ByHost     Method = "host"     // an event for the page
)

// A File is one file of the content.
type File struct {
	URL  string
	Type string // media type, "" if not known
	Name string // to save it as; letters, digits and - _ . only
}

// deliverBy carries out a target by the way that route has found.
func (t *Target) deliverBy(w way, req *Request, link Link, words *words, c capability) Delivery {
	url := words.referral.to(t.ID)
	d := Delivery{}
	if t.takesFile(w, c) {
		m := &req.Content.Media[0]
		d.File = &File{m.URL, req.format().mediaType(), fileName(req)}
		if d.File.Type == "" {
			d.File.Type = m.Type
		}
	}
	switch w {
	case wayLink:
		t.link(&d, newDraft(t, req, link, url, words, c))
	case wayBridge:
		d.Method = ByBridge
		d.Handoff = t.handoff(req, &d, words.text, url)
	case wayShareFile:
		d.Method, d.Files = ByShare, true
	case wayShare:
		d.Method, d.URL = ByShare, url
		d.Title, d.Text = words.title, t.words(req, link, words, url)
	case wayCode:
		d.Method, d.Href = ByQR, url
	case waySave:
		d.Method, d.Href, d.Title = ByDownload, d.File.URL, d.File.Name
	case wayCopy:
		d.Method, d.Text = ByCopy, url
	case wayEmbed:
		d.Method, d.Text = ByEmbed, embedCode(req)
	case wayPrint:
		d.Method = ByPrint
	case wayCard:
		t.card(&d, req, words, url, c)
	case wayHost:
		d.Method = ByHost
	}
	t.guide(&d, url, c)
	return d
}

// takesFile reports whether a way to the target, or an alternative to it, uses
// the first file.
func (t *Target) takesFile(w way, c capability) bool {
	switch {
	case c&hasMedia == 0:
		return false
	case t.byFile():
		return w != wayCode || c&maySave != 0
	}
	return w == waySave || w == wayShareFile
}

// link fills in a link, or asks for what it still needs.
func (t *Target) link(d *Delivery, draft *draft) {
	d.Method = ByLink
	if d.Href = draft.href(); d.Href == "" {
		d.Ask = "instance"
	}
	if draft.takesText() {
		d.Text = draft.text
	} else if draft.takes("{title}") {
		d.Text = draft.title
	}
	if t.Limit.Unit != Bytes {
		d.Limit, d.Count = t.Limit, draft.count
	}
}

// card fills in a picture with the address. One that no code can hold stands there
// as text alone.
func (t *Target) card(d *Delivery, req *Request, w *words, url string, c capability) {
	d.Method, d.Title, d.URL = ByCard, "card.jpg", url
	if plainName(req.Content.ID) {
		d.Title = req.Content.ID + "-card.jpg"
	}
	if d.Text = w.title; d.Text == "" {
		d.Text = dropURL(w.bare, url)
	}
	if c&hasShortURL != 0 {
		d.Href = url
	}
	if req.Device.ShareFiles == Yes {
		d.also(ByShare, c, canShare|mayShare)
	}
	d.also(ByDownload, c, 0)
}

// words returns the text that is shared beside an address. The text must not
// hold the address too, since Android joins the two.
func (t *Target) words(req *Request, link Link, w *words, url string) string {
	s := w.bare
	if edited, ok := req.Page.Text[t.ID]; ok {
		s = bare(req, link, text.Paragraph(clipText(edited)))
	}
	return dropURL(s, url)
}

// guide adds the other ways that the rules permit, and the steps of a target
// that no link reaches.
func (t *Target) guide(d *Delivery, url string, c capability) {
	files := false
	switch t.ways {
	case byFile, byMeta:
		files = true
	case byShare, byCode, byCopy:
	case byLink:
		// A page cannot tell whether the app of a scheme is installed.
		if d.Href != "" && !address.IsWeb(d.Href) {
			d.also(ByShare, c, canShare|mayShare)
			d.also(ByCopy, c, mayCopy)
			d.addURL(url)
		}
		return
	case showCode:
		if d.Method == ByCopy {
			d.step("copy-link")
		}
		return
	case bySystem:
		d.also(ByCopy, c, hasURL|mayCopy)
		if d.Files {
			d.step("share-file")
		}
		return
	default:
		return
	}
	if !files {
		d.also(ByShare, c, canShare|mayShare)
	}
	d.also(ByQR, c, hasShortURL|mayCode)
	if files {
		d.also(ByDownload, c, maySave)
	}
	d.also(ByCopy, c, hasURL|mayCopy)
	d.addURL(url)
	switch d.Method {
	case ByBridge:
	case ByQR:
		if t.ways == byCode {
			d.step("scan-in-app")
			d.step("use-menu")
		} else {
			d.step("scan-code")
			d.step("open-phone")
		}
	default:
		t.walk(d, c)
	}
}

// walk adds the steps that the reader takes from the page to the target's app.
func (t *Target) walk(d *Delivery, c capability) {
	surface := t.Surface()
	// A story takes no address along, only one that is pasted into a sticker.
	sticker := surface == "story" && c&hasURL != 0 && c&mayCopy != 0
	if sticker || d.Method == ByCopy {
		d.step("copy-link")
	}
	if d.Files {
		d.step("share-file")
	} else if d.Method == ByDownload {
		d.step("save-file")
	}
	d.step("pick-app")
	switch {
	case surface == "story":
		d.step("pick-story")
		if sticker {
			d.step("add-sticker")
		}
	case surface == "reels":
		d.step("pick-reel")
	case d.Method == ByCopy:
		d.step("paste-link")
	}
}

// also adds another method if the request offers all that it needs.
func (d *Delivery) also(m Method, c, needs capability) {
	if c&needs == needs && m != d.Method {
		d.Alternatives = append(d.Alternatives, m)
	}
}

// addURL sets the address of the content if an alternative or a step uses it.
func (d *Delivery) addURL(url string) {
	for _, m := range d.Alternatives {
		if m != ByDownload {
			d.URL = url
		}
	}
}

func (d *Delivery) step(id string) { d.Steps = append(d.Steps, id) }

// appendJSON writes a delivery as JSON, without spaces and empty members, in this
// order.
func (d *Delivery) appendJSON(b []byte) []byte {
	b = text.AppendTexts(append(b, '{'), "method", string(d.Method), "href", d.Href, "text", d.Text,
		"title", d.Title, "url", d.URL)
	if d.Files {
		b = append(text.Comma(b), `"files":true`...)
	}
	b = d.File.appendJSON(b)
	b = text.AppendTexts(b, "ask", d.Ask)
	b = text.AppendList(b, "alternatives", d.Alternatives)
	b = text.AppendList(b, "steps", d.Steps)
	if h := d.Handoff; h != nil {
		b = text.AppendTexts(append(text.Comma(b), `"message":{`...), "target", h.Target, "appId", h.AppID,
			"url", h.URL, "text", h.Text, "scheme", h.Scheme, "pasteboard", h.Pasteboard,
			"appIdType", h.AppIDType, "action", h.Action, "package", h.Package, "extra", h.Extra)
		b = append(h.File.appendJSON(b), '}')
	}
	if d.Limit.Max > 0 {
		b = append(text.Comma(b), `"limit":{"max":`...)
		b = text.AppendTexts(text.AppendInt(b, int64(d.Limit.Max)), "unit", string(d.Limit.Unit))
		b = append(text.AppendInt(append(b, `,"count":`...), int64(d.Count)), '}')
	}
	return append(b, '}')
}

func (f *File) appendJSON(b []byte) []byte {
	if f == nil {
		return b
	}
	return append(text.AppendTexts(append(text.Comma(b), `"file":{`...), "url", f.URL, "type", f.Type, "name", f.Name),
		'}')
}

// appendJSON writes the address and what was removed from it.
func (l *Link) appendJSON(b []byte) []byte {
	b = append(b, '{')
	if l.URL != "" {
		b = text.AppendMember(b, "url", l.URL)
	}
	if len(l.Removed) > 0 {
		b = append(text.AppendName(b, "removed"), '[')
		for _, p := range l.Removed {
			b = text.AppendMember(append(text.Comma(b), '{'), "name", p.Name)
			b = append(text.AppendMember(b, "value", p.Value), '}')
		}
		b = append(b, ']')
	}
	return append(b, '}')
}
