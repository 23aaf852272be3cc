package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
)

// Bounds of an embedded player, in pixels.
const (
	embedWidth  = 560
	embedHeight = 640
)

// embedCode returns the HTML of an iframe with the player, without script and with
// every value escaped for its context. The player can run its own scripts and open
// new pages, but cannot affect the page that embeds it.
func embedCode(req *Request) string {
	c := &req.Content
	src := c.EmbedURL
	if c.Kind == Video {
		src = startAt(src, req)
	}
	title := text.OneLine(c.Title)
	if title == "" {
		title = address.HostOf(src)
	}
	width, height := embedSize(c)
	b := append(appendHTML([]byte(`<iframe src="`), src), `" title="`...)
	b = append(appendHTML(b, title), `" width="`...)
	b = append(text.AppendInt(b, int64(width)), `" height="`...)
	b = append(text.AppendInt(b, int64(height)), `" loading="lazy" referrerpolicy="strict-origin-when-cross-origin"`+
		` sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation"`...)
	return string(append(b, ` allow="autoplay; fullscreen; picture-in-picture; web-share; clipboard-write"`+
		` allowfullscreen></iframe>`...))
}

// embedSize fits the first file into the bounds; 16 to 9 where its size is not
// known.
func embedSize(c *Content) (width, height int) {
	w, h := 16.0, 9.0
	if len(c.Media) > 0 {
		mw, _ := c.Media[0].Width.Float()
		mh, _ := c.Media[0].Height.Float()
		if mw >= 1 && mh >= 1 {
			w, h = mw, mh
		}
	}
	scale := min(embedWidth/w, embedHeight/h)
	return max(int(w*scale+0.5), 1), max(int(h*scale+0.5), 1)
}

// appendHTML escapes a text for an attribute in double quotes.
func appendHTML(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '"':
			entity = "&quot;"
		case '\'':
			entity = "&#39;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		default:
			entity = s[i : i+1]
		}
		b = append(b, entity...)
	}
	return b
}
