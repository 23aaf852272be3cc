package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/letters"
	"sharewise/share/internal/text"
	"unicode/utf8"
)

// words are the texts of a request as links use them, computed once for all
// targets.
type words struct {
	title    string // on one line
	text     string
	bare     string // text without the address, however it is written
	tags     string // with commas between them
	hashtags string // likewise, for networks where a mark ends a tag
	referral referral
}

// wordsOf computes the words of a request.
func wordsOf(req *Request, link Link) *words {
	w := &words{referral: referralOf(req, link.URL)}
	w.tags, w.hashtags = tagsOf(&req.Content, false), tagsOf(&req.Content, true)
	w.title, w.text = text.OneLine(clipText(req.Content.Title)), text.Paragraph(clipText(req.Content.Text))
	w.bare = bare(req, link, w.text)
	return w
}

// bare gives a text without the address of the content, with and without what
// tracks a reader.
func bare(req *Request, link Link, s string) string { return dropURL(dropURL(s, req.url()), link.URL) }

// clipText makes a cheap first cut, to the most that any link has room for. The
// exact cut for each target follows.
func clipText(s string) string {
	if len(s) <= maxCarried {
		return s
	}
	fits, blank := 0, 0
	for i := 0; i < len(s); i = fits {
		if s[i] == ' ' || s[i] == '\n' {
			blank = i
		}
		if fits = i + letters.NextPiece(s[i:]); fits > maxCarried {
			fits = i
			break
		}
	}
	return letters.Ellipsis(s, fits, blank)
}

// tagsOf returns the tags with commas between them, at most as many as fit into
// any link.
func tagsOf(content *Content, hashtags bool) string {
	var b []byte
	for _, tag := range content.Tags {
		tag = tagName(tag, hashtags)
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

// tagName returns a tag as networks read it: without the # before it, blanks and
// what separates tags. A hashtag consists of letters, digits and _, since any other
// mark ends it, and not of digits alone. A tag with a # or + further on, such as C#,
// would be another one without it and is left out.
func tagName(s string, hashtag bool) string {
	b := make([]byte, 0, len(s))
	words := !hashtag
	for _, r := range s {
		switch {
		case r == '+' || (r == '#' || r == '＃') && len(b) > 0:
			return ""
		case r == '\'', r > ',' && r < 0x7f,
			r > 0x7f && r != utf8.RuneError && r != '＃' && (!letters.IsUnseen(r) || keepsShape(r)):
			if hashtag && !letters.InHashtag(r) {
				continue
			}
			words = words || r >= 'A' && r != '_'
			b = utf8.AppendRune(b, r)
		}
	}
	if !words {
		return ""
	}
	return string(b)
}

// keepsShape reports whether an unseen character shapes those beside it.
func keepsShape(r rune) bool { return r == 0x200c || r == 0x200d || r == 0xfe0f }

// handle gives a handle without its @.
func handle(s string) string {
	s = text.OneLine(s)
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

// holds tells whether an address stands in a text.
func holds(s, url string) bool {
	start, _ := address.Find(s, 0, url)
	return start >= 0
}

// dropURL takes an address out of a text, wherever it stands, with the blanks
// that it leaves.
func dropURL(s, url string) string {
	start, end := address.Find(s, 0, url)
	if start < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	from := 0 // what is not written yet
	for ; start >= 0; start, end = address.Find(s, from, url) {
		b = append(b, s[from:start]...)
		from = end
		if len(b) == 0 || b[len(b)-1] == ' ' {
			for from < len(s) && s[from] == ' ' {
				from++
			}
		}
	}
	return text.Paragraph(string(append(b, s[from:]...)))
}
