package share

import "unicode/utf8"

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
// stand before the first ? or & of a link, except the name of an instance, which
// has been checked.

// What a link may weigh, in bytes. A longer text is cut; the address never is.
const (
	maxWebLink    = 8000 // the request line that servers commonly take
	maxSchemeLink = 2000 // what Windows hands to a program, and WhatsApp takes everywhere
)

// maxCarried is the longest text, in bytes, that goes along with an address in
// any way.
const maxCarried = 2 * maxWebLink

// maxTopic is how long a topic may be on Threads, in characters. It has no
// period either (Threads web intents, read 2026-08-22).
const maxTopic = 50

// defaultPrompt is what an assistant is asked where the page gives no words of
// its own as page.text.
const defaultPrompt = "Summarize this page:"

// words are the texts of a request as links take them, worked out once for all
// targets.
type words struct {
	title    string // on one line
	text     string
	bare     string // text without the address, however it is written
	tags     string // with commas between them
	referral referral
}

// wordsOf works out the words of a request.
func wordsOf(req *Request, link Link) *words {
	w := &words{tags: tagsOf(&req.Content), referral: referralOf(req, link.URL)}
	w.title, w.text = oneLine(clipText(req.Content.Title)), paragraph(clipText(req.Content.Text))
	w.bare = dropURL(dropURL(w.text, req.Content.URL), link.URL)
	return w
}

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

// newDraft settles every value of a link.
func newDraft(t *Target, req *Request, link Link, w *words, c capability) *draft {
	d := &draft{target: t, template: t.Link, req: req, url: w.referral.to(t.ID)}
	switch {
	case c&onApple != 0 && t.Apple != "":
		d.template = t.Apple
	case c&onPhone != 0 && t.Phone != "":
		d.template = t.Phone
	}
	if host := req.Page.Instances[t.Network()]; checkInstance(host) == "" {
		d.instance = host
	}
	if d.takes("{tags}") || d.takes("{hashtag}") || d.takes("{topic}") {
		d.tags = w.tags
	}
	d.title, d.text = w.title, w.text
	bare := w.bare
	takesTitle, takesText := d.takes("{title}"), d.takesText()
	if d.takes("{prompt_url}") {
		d.text = defaultPrompt
	} else if d.text == "" && !takesTitle {
		d.text = d.title
	}
	if edited, ok := req.Page.Text[t.ID]; ok {
		if takesText {
			d.text = paragraph(clipText(edited))
		} else {
			d.title = oneLine(clipText(edited))
		}
	}
	if d.text != w.text {
		bare = dropURL(dropURL(d.text, req.Content.URL), link.URL)
	}
	d.fit(link, bare)
	return d
}

// clipText cuts a text to what anything that leaves has room for, before it is
// looked at for every target; a link cuts it again, to what it is cut to itself.
func clipText(s string) string {
	if len(s) <= maxCarried {
		return s
	}
	fits, blank := 0, 0
	for i := 0; i < len(s); i = fits {
		if s[i] == ' ' || s[i] == '\n' {
			blank = i
		}
		if fits = i + nextPiece(s[i:]); fits > maxCarried {
			fits = i
			break
		}
	}
	return ellipsis(s, fits, blank)
}

func (d *draft) takes(name string) bool { return containsText(d.template, name) }

// takesText tells whether the reader's words go where a text goes; else they are
// the title, if anything.
func (d *draft) takesText() bool { return d.takes("{text") || d.takes("{prompt_url}") }

// fit puts text and address together and cuts the text to what the target takes.
// The text without the address is given; it is the whole text where the address
// does not stand in it.
func (d *draft) fit(link Link, bare string) {
	limit := d.target.Limit
	joins := d.takes("_url}")
	max, beside := limit.Max, 0
	switch {
	case !d.takesText():
		d.title, d.count = limit.cut(d.title)
	case joins:
		if bare != d.text {
			d.text = replaceURL(d.text, d.req.Content.URL, d.url)
			d.text = replaceURL(d.text, link.URL, d.url)
		}
		if (bare != d.text || d.url != link.URL) && findURL(d.text, d.url) >= 0 {
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
		beside += n
		d.cutBeside(beside)
		d.joined = joinURL(d.text, d.url)
	default:
		d.text = bare
		if d.url != link.URL {
			d.text = dropURL(d.text, d.url)
		}
		if limit.Unit == Weighted {
			beside = weightOfURL + d.besideOnX()
			if d.text != "" {
				beside++
			}
		}
		d.cutBeside(beside)
	}
	d.trim()
}

// cutBeside cuts the text to what its limit leaves beside the rest of a message.
func (d *draft) cutBeside(beside int) {
	limit := d.target.Limit
	if limit.Unit == Bytes {
		return
	}
	if limit.Max > 0 {
		limit.Max = max(limit.Max-beside, 1)
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
	if !isWeb(d.template) || d.target.Limit.Unit == Bytes {
		limit = maxSchemeLink
	}
	over := d.length() - limit
	if over <= 0 {
		return
	}
	crlf := d.crlf()
	d.text = cutEncoded(d.text, over, crlf)
	if d.joined != "" {
		d.joined = joinURL(dropURL(d.text, d.url), d.url)
	}
	if over = d.length() - limit; over > 0 {
		d.title = cutEncoded(d.title, over, crlf)
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
	eachParameter(parameters, func(part, name, value string) {
		if value == "" || value[0] != '{' {
			n += 1 + len(part)
		} else if value = d.value(value[1 : len(value)-1]); value != "" {
			n += 1 + len(name) + 1 + encodedLength(value, crlf)
		}
	})
	return n
}

// parts gives what stands before the parameters of the link, "" while the
// instance is not known, and the template of those, from ? or & on.
func (d *draft) parts() (head, parameters string) {
	s, end := d.template, 0
	for end < len(s) && s[end] != '?' && s[end] != '&' {
		end++
	}
	head = s[:end]
	if i := indexText(head, "{instance}"); i >= 0 {
		if d.instance == "" {
			return "", ""
		}
		head = head[:i] + d.instance + head[i+len("{instance}"):]
	}
	return head, s[end:]
}

// crlf tells whether line breaks are written as two characters, which only mail
// wants (RFC 6068, section 5).
func (d *draft) crlf() bool { return len(d.template) > 7 && d.template[:7] == "mailto:" }

// href fills in the template. It is "" while the instance is not known.
func (d *draft) href() string {
	head, parameters := d.parts()
	if parameters == "" {
		return head
	}
	crlf, sep := d.crlf(), parameters[0]
	b := append(make([]byte, 0, d.length()), head...)
	eachParameter(parameters, func(part, name, value string) {
		if value != "" && value[0] == '{' {
			if value = d.value(value[1 : len(value)-1]); value == "" {
				return
			}
			b = escape(append(append(append(b, sep), name...), '='), value, crlf)
		} else {
			b = append(append(b, sep), part...)
		}
		sep = '&'
	})
	return string(b)
}

// value gives what stands for a name of a template.
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
		tag, _ := cutText(d.tags, ',')
		switch {
		case name == "topic":
			if utf8.RuneCountInString(tag) <= maxTopic && !hasByte(tag, '.') {
				return tag
			}
		case tag != "":
			return "#" + tag
		}
	case "image":
		return imageOf(&req.Content)
	case "via":
		return handle(req.Page.Via)
	case "app":
		return req.Page.AppIDs[metaApp]
	case "back":
		if isWeb(req.Page.RedirectURI) {
			return req.Page.RedirectURI
		}
		return d.url
	}
	return ""
}

// tagsOf gives the tags with commas between them, as many as any link has room
// for.
func tagsOf(content *Content) string {
	var b []byte
	for _, tag := range content.Tags {
		tag = tagName(tag)
		if len(b)+len(tag) >= maxWebLink {
			break
		}
		if tag != "" && len(b) > 0 {
			b = append(b, ',')
		}
		b = append(b, tag...)
	}
	return string(b)
}

// cutTags leaves out the last tags, so that the rest is shorter by at least so
// many bytes when it is encoded.
func cutTags(tags string, by int) string {
	end := len(tags)
	for i := len(tags) - 1; i >= 0 && by > 0; i-- {
		if i == 0 || tags[i] == ',' {
			by -= encodedLength(tags[i:end], false)
			end = i
		}
	}
	return tags[:end]
}

// escape is the one encoder of values: unreserved characters (RFC 3986, section
// 2.3) stay, all else becomes %XX of its UTF-8. A blank is %20, never +, which
// mail programs and Telegram show as it is. What is not UTF-8 becomes U+FFFD.
func escape(b []byte, s string, crlf bool) []byte {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_', c == '~':
			b = append(b, c)
			continue
		case c == '\n' && crlf:
			b = append(b, "%0D%0A"...)
			continue
		case c >= utf8.RuneSelf:
			if r, n := firstRune(s[i:]); r == utf8.RuneError && n == 1 {
				b = append(b, "%EF%BF%BD"...)
				i += brokenLength(s[i:]) - 1
				continue
			} else {
				for ; n > 1; n-- {
					b = append(b, '%', hex[s[i]>>4], hex[s[i]&15])
					i++
				}
				c = s[i]
			}
		}
		b = append(b, '%', hex[c>>4], hex[c&15])
	}
	return b
}

// encodedLength is how long escape makes a text.
func encodedLength(s string, crlf bool) (n int) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_', c == '~':
			n++
		case c == '\n' && crlf:
			n += len("%0D%0A")
		case c >= utf8.RuneSelf:
			r, size := firstRune(s[i:])
			if r == utf8.RuneError && size == 1 {
				n += len("%EF%BF%BD")
				i += brokenLength(s[i:]) - 1
			} else {
				n += len("%XX") * size
				i += size - 1
			}
		default:
			n += len("%XX")
		}
	}
	return n
}

// brokenLength is how many bytes one U+FFFD replaces: the three of a surrogate
// that was written as if it were a character, else one.
func brokenLength(s string) int {
	if len(s) >= 3 && s[0] == 0xed && s[1] >= 0xa0 && s[1] <= 0xbf && s[2] >= 0x80 && s[2] <= 0xbf {
		return 3
	}
	return 1
}

// paragraph drops control characters and blanks at both ends; every line break
// becomes one line feed.
func paragraph(s string) string { return tidy(s, '\n') }

// oneLine is paragraph with line breaks and tabs as blanks.
func oneLine(s string) string { return tidy(s, ' ') }

func tidy(s string, line byte) string {
	start, end := 0, len(s)
	for start < end && s[start] <= ' ' {
		start++
	}
	for start < end && s[end-1] <= ' ' {
		end--
	}
	s = s[start:end]
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && (c != '\n' || line != '\n') || c == 0x7f || c == 0xc2 || c >= utf8.RuneSelf && !validAt(s[i:]) {
			return rewrite(s, line)
		}
	}
	return s
}

// validAt looks at a text from within a character on as good as from its start.
func validAt(s string) bool { return !utf8.RuneStart(s[0]) || brokenAt(s) == 0 }

func brokenAt(s string) int {
	if r, n := firstRune(s); r == utf8.RuneError && n == 1 {
		return brokenLength(s)
	}
	return 0
}

func rewrite(s string, line byte) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, n := firstRune(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			n = brokenLength(s[i:])
			b = append(b, "\uFFFD"...)
		case r == '\r' && i+1 < len(s) && s[i+1] == '\n':
		case r == '\n' || r == '\r':
			b = append(b, line)
		case r == '\t':
			b = append(b, ' ')
		case r < ' ' || 0x7f <= r && r < 0xa0:
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return string(b)
}

// tagName gives a tag as networks write it: without # and without what ends a
// tag.
func tagName(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > ',' && r != utf8.RuneError && r != 0x7f && r != 0xa0 || r == '\'' {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// handle gives a handle without its @.
func handle(s string) string {
	s = oneLine(s)
	if s != "" && s[0] == '@' {
		s = s[1:]
	}
	return s
}

func joinURL(text, url string) string {
	if text == "" {
		return url
	}
	return text + "\n" + url
}

// findURL finds an address in a text, not as the beginning of a longer one.
func findURL(text, url string) int {
	f := urlFinder{url: url}
	return f.next(text)
}

// A urlFinder finds all places of an address in a text, in time that grows with
// their lengths and not with their product, whatever they repeat (Knuth, Morris
// and Pratt, "Fast pattern matching in strings", 1977).
type urlFinder struct {
	url     string
	borders []uint16 // by length of a beginning: the longest other beginning at its end; made when it is needed
	at      int      // of what is read next
	matched int      // bytes before it that are a beginning of the address
}

// next gives the next place, -1 if there is none. The text must be the same
// every time. An address of more than 65,535 bytes, which Decode refuses, is not
// found.
func (f *urlFinder) next(text string) int {
	if f.url == "" || len(f.url) > min(len(text), 1<<16-1) {
		return -1
	}
	for f.at < len(text) {
		for f.matched > 0 && text[f.at] != f.url[f.matched] {
			f.matched = f.border(f.matched)
		}
		if text[f.at] == f.url[f.matched] {
			f.matched++
		}
		f.at++
		if f.matched == len(f.url) {
			f.matched = f.border(f.matched)
			if endsURL(text[f.at:]) {
				return f.at - len(f.url)
			}
		}
	}
	return -1
}

// border gives the length of the longest beginning of the address that is also
// the end of its first n bytes, all of them aside.
func (f *urlFinder) border(n int) int {
	if n <= len("http") { // as far as many words get
		k := n - 1
		for f.url[:k] != f.url[n-k:n] {
			k--
		}
		return k
	}
	if f.borders == nil {
		f.borders = make([]uint16, len(f.url)+1)
		k := 0
		for i := 1; i < len(f.url); i++ {
			for k > 0 && f.url[i] != f.url[k] {
				k = int(f.borders[k])
			}
			if f.url[i] == f.url[k] {
				k++
			}
			f.borders[i+1] = uint16(k)
		}
	}
	return int(f.borders[n])
}

// endsURL tells whether what follows an address is no part of it.
func endsURL(rest string) bool {
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c <= ' ' || hasByte(`"<>)]}`, c):
			return true
		case !hasByte(".,;:!?'", c):
			r, _ := firstRune(rest[i:])
			return r == 0xa0 || 0x2000 <= r && r <= 0x206f || r == '،' || r == '。'
		}
	}
	return true
}

func replaceURL(text, old, url string) string {
	if old == url {
		return text
	}
	if i := findURL(text, old); i >= 0 {
		return text[:i] + url + text[i+len(old):]
	}
	return text
}

// dropURL takes an address out of a text, wherever it stands, with the blanks
// that it leaves.
func dropURL(s, url string) string {
	f := urlFinder{url: url}
	i := f.next(s)
	if i < 0 {
		return s
	}
	b := make([]byte, 0, len(s)-len(url))
	from := 0 // what is not written yet
	for ; i >= 0; i = f.next(s) {
		if i < from {
			continue // the end of one that was taken out
		}
		b = append(b, s[from:i]...)
		from = i + len(url)
		for len(b) >= len(url) && string(b[len(b)-len(url):]) == url {
			b = b[:len(b)-len(url)] // it was the beginning of a longer one until now
		}
		if len(b) == 0 || b[len(b)-1] == ' ' {
			for from < len(s) && s[from] == ' ' {
				from++
			}
		}
	}
	return paragraph(string(append(b, s[from:]...)))
}
