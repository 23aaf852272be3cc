package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/letters"
	"sharewise/share/internal/text"
	"strings"
	"unicode/utf8"
)

// A template is a fixed origin and path, and after it parameters whose values
// are either written out or one of these in braces:
//
//	url       the address of the content
//	title     its title, on one line
//	text      its text, or the title where the template has no place for one
//	text_url  both: the text, a line break, the address
//	prompt_url  an instruction, a line break, the address
//	tags      tags with commas between them, without #
//	hashtag   the first tag, with #
//	topic     the first tag, where Threads takes it as one
//	image     the address of a picture
//	via       the page's own handle
//	app       the page's app id
//	back      where a dialog returns to
//	instance  the reader's instance, as the host
//
// A parameter without a value is left out. Nothing that comes from outside can
// occur before the first ? or & of a link, except the host of an instance, which
// has been checked.

// The longest links, in bytes. To fit, the text is cut, but never the address.
const (
	maxWebLink    = 8000 // servers commonly accept request lines of this length
	maxSchemeLink = 2000 // Windows passes this to programs, and WhatsApp accepts it everywhere
)

// maxCarried is the longest text, in bytes, that goes along with an address in
// any way.
const maxCarried = maxWebLink

// maxTopic is how long a topic may be on Threads, in characters. It has no
// period either (Threads web intents, read 2026-08-22).
const maxTopic = 50

// defaultPrompt is the prompt for an assistant, unless the page gives another as
// page.text.
const defaultPrompt = "Summarize this page:"

// draft is a link while it is made.
type draft struct {
	target   *Target
	template string
	req      *Request
	url      string // the address as this target gets it
	title    string
	text     string // without the address
	joined   string // the text with the address
	tags     string // with commas between them
	count    int    // what the limit counts, before the text was cut
	instance string
}

// newDraft works out every value of a link.
func newDraft(t *Target, req *Request, link Link, url string, w *words, c capability) *draft {
	d := &draft{target: t, template: t.Link, req: req, url: url}
	switch {
	case c&onApple != 0 && t.Apple != "":
		d.template = t.Apple
	case c&onPhone != 0 && t.Phone != "":
		d.template = t.Phone
	}
	d.instance = address.Instance(req.Page.Instances[t.Network()])
	if d.takes("hashtag") {
		d.tags = w.hashtags
	} else if d.takes("{tags}") || d.takes("{topic}") {
		d.tags = w.tags
	}
	d.title, d.text = w.title, w.text
	without := w.bare
	takesTitle, takesText := d.takes("{title}"), d.takesText()
	if d.takes("{prompt_url}") {
		d.text = defaultPrompt
	} else if d.text == "" && !takesTitle {
		d.text = d.title
	}
	if edited, ok := req.Page.Text[t.ID]; ok {
		if takesText {
			d.text = text.Paragraph(clipText(edited))
		} else {
			d.title = text.OneLine(clipText(edited))
		}
	}
	if d.text != w.text {
		without = bare(req, link, d.text)
	}
	d.fit(link, without)
	return d
}

func (d *draft) takes(name string) bool { return text.Contains(d.template, name) }

// takesText reports whether the template has a place for the text; otherwise the
// reader's words are used as the title, if at all.
func (d *draft) takesText() bool { return d.takes("{text") || d.takes("{prompt_url}") }

// fit joins text and address and cuts the text to the limit of the target. Bare
// is the text without the address.
func (d *draft) fit(link Link, bare string) {
	limit := d.target.Limit
	joins := d.takes("_url}")
	max, beside := limit.Max, 0
	switch {
	case !d.takesText():
		d.title, d.count = limit.cut(d.title)
	case joins:
		if bare != d.text {
			d.text = address.Replace(d.text, d.req.url(), d.url)
			d.text = address.Replace(d.text, link.URL, d.url)
		}
		if (bare != d.text || d.url != link.URL) && holds(d.text, d.url) {
			d.joined = d.text
			if _, d.count = limit.cut(d.text); max == 0 || limit.Unit == Bytes || d.count <= max {
				break
			}
		}
		d.text = dropURL(bare, d.url)
		if d.text != "" {
			beside = 1
		}
		_, n := limit.cut(d.url)
		d.cutBeside(beside+n, beside+len(d.url))
		d.joined = joinURL(d.text, d.url)
	default:
		d.text = bare
		if d.url != link.URL {
			d.text = dropURL(d.text, d.url)
		}
		if limit.Unit == Weighted {
			beside = letters.WeightOfURL + d.besideOnX()
			if d.text != "" {
				beside++
			}
		}
		d.cutBeside(beside, 0)
	}
	d.trim()
}

// cutBeside cuts the text to what its limit leaves beside the rest of a message,
// which has so many bytes.
func (d *draft) cutBeside(beside, bytes int) {
	limit := d.target.Limit
	if limit.Unit == Bytes {
		return
	}
	if limit.Max > 0 {
		limit.Max = max(limit.Max-beside, 1)
	}
	if limit.Bytes > 0 {
		limit.Bytes = max(limit.Bytes-bytes, 1)
	}
	d.text, d.count = limit.cut(d.text)
	d.count += beside
}

// besideOnX is the weight of what X adds to a post: its tags and the handle.
func (d *draft) besideOnX() (n int) {
	if d.tags != "" {
		_, n = Limit{Unit: Weighted}.cut(d.tags)
		n += len(" #")
		for i := range d.tags {
			if d.tags[i] == ',' {
				n += len(" #") - len(",")
			}
		}
	}
	if via := handle(d.req.Page.Via); via != "" {
		n += len(" via @") + len(via)
	}
	return n
}

// trim cuts the text further until the whole link is short enough, or there is
// nothing left to cut.
func (d *draft) trim() {
	limit := maxWebLink
	if !address.IsWeb(d.template) || d.target.Limit.Unit == Bytes {
		limit = maxSchemeLink
	}
	over := d.length() - limit
	if over <= 0 {
		return
	}
	crlf := d.crlf()
	d.text = letters.CutEncoded(d.text, over, crlf)
	if d.joined != "" {
		d.joined = joinURL(dropURL(d.text, d.url), d.url)
	}
	if over = d.length() - limit; over > 0 {
		d.title = letters.CutEncoded(d.title, over, crlf)
	}
	if over = d.length() - limit; over > 0 {
		d.tags = cutTags(d.tags, over)
	}
}

// length is that of href, without making it.
func (d *draft) length() int {
	head, parameters := d.parts()
	n, crlf := len(head), d.crlf()
	if head == "" {
		return 0
	}
	address.EachParameter(parameters, func(part, name, value string) {
		if value == "" || value[0] != '{' {
			n += 1 + len(part)
		} else if value = d.value(value[1 : len(value)-1]); value != "" {
			n += 1 + len(name) + 1 + address.EncodedLength(value, crlf)
		}
	})
	return n
}

// parts returns the link up to its parameters, "" if the instance is not known,
// and the template of the parameters, from ? or & on.
func (d *draft) parts() (head, parameters string) {
	s, end := d.template, 0
	for end < len(s) && s[end] != '?' && s[end] != '&' {
		end++
	}
	head = s[:end]
	if i := text.Find(head, "{instance}"); i >= 0 {
		if d.instance == "" {
			return "", ""
		}
		head = head[:i] + d.instance + head[i+len("{instance}"):]
	}
	return head, s[end:]
}

// crlf reports whether line breaks are written as two characters, which only
// mail wants (RFC 6068, section 5).
func (d *draft) crlf() bool { return len(d.template) > 7 && d.template[:7] == "mailto:" }

// href fills in the template. It is "" while the instance is not known.
func (d *draft) href() string {
	head, parameters := d.parts()
	if parameters == "" {
		return head
	}
	crlf, sep := d.crlf(), parameters[0]
	b := append(make([]byte, 0, d.length()), head...)
	address.EachParameter(parameters, func(part, name, value string) {
		if value != "" && value[0] == '{' {
			if value = d.value(value[1 : len(value)-1]); value == "" {
				return
			}
			b = address.Escape(append(append(append(b, sep), name...), '='), value, crlf)
		} else {
			b = append(append(b, sep), part...)
		}
		sep = '&'
	})
	return string(b)
}

// value returns the value of a name in a template.
func (d *draft) value(name string) string {
	req := d.req
	switch name {
	case "url":
		return d.url
	case "title":
		return d.title
	case "text":
		return d.text
	case "text_url", "prompt_url":
		return d.joined
	case "tags":
		return d.tags
	case "hashtag", "topic":
		tag, _ := text.Cut(d.tags, ',')
		switch {
		case name == "topic":
			if utf8.RuneCountInString(tag) <= maxTopic && strings.IndexByte(tag, '.') < 0 {
				return tag
			}
		case tag != "":
			return "#" + tag
		}
	case "image":
		return imageOf(req)
	case "via":
		return handle(req.Page.Via)
	case "app":
		return req.Page.AppIDs[metaApp]
	case "back":
		if address.IsWeb(req.Page.RedirectURI) {
			return req.Page.RedirectURI
		}
		return d.url
	}
	return ""
}

// cutTags leaves out the last tags, so that the rest is shorter by at least so
// many bytes when it is encoded.
func cutTags(tags string, by int) string {
	end := len(tags)
	for i := len(tags) - 1; i >= 0 && by > 0; i-- {
		if i == 0 || tags[i] == ',' {
			by -= address.EncodedLength(tags[i:end], false)
			end = i
		}
	}
	return tags[:end]
}
