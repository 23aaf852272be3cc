package share

import (
	"time"
)

// What one request may hold. Sizes are bytes of UTF-8, both bounds inclusive.
const (
	maxRequestBytes = 4 << 20
	maxTitle        = 4096
	maxURL          = 8192
)

// Decode reads a request from JSON, strictly: unknown members, names that
// stand twice, wrong kinds, words outside a set, URLs that are not http or
// https, control characters and times that do not exist are all problems, and
// all of them are reported together. A member that is left out is unknown.
//
// The error, if any, is of type Problems, and the request is then nil.
func Decode(text []byte) (*Request, error) {
	return decode(text, nil)
}

// Decode reads a request as the function Decode does, and also checks that
// the attributes which the ruleset declares have the declared kinds.
func (r *Rules) Decode(text []byte) (*Request, error) {
	return decode(text, r)
}

func decode(source []byte, rules *Rules) (*Request, error) {
	d := requestReader{&reader{text: string(source)}, rules}
	req := new(Request)
	if d.parse(maxRequestBytes) {
		d.request(&d.root, req)
	}
	if d.failed() {
		return nil, problems(d.finish())
	}
	return req, nil
}

type requestReader struct {
	*reader
	rules *Rules
}

var (
	requestMembers = []string{"content", "viewer", "device", "page", "now"}
	contentMembers = []string{"id", "kind", "url", "title", "text", "tags", "visibility", "downloadable", "createdAt", "expiresAt", "media", "imageUrl", "embedUrl", "attributes"}
	mediaMembers   = []string{"url", "type", "bytes", "width", "height", "durationSeconds"}
	viewerMembers  = []string{"id", "role", "region", "locale", "ageBand", "attributes"}
	deviceMembers  = []string{"platform", "share", "shareFiles", "clipboard", "inAppBrowser", "bridge"}
	pageMembers    = []string{"appIds", "instances", "via", "redirectUri", "keepTracking", "referral", "startAt", "text"}
)

// Below, members are read in the order of the lists above.

func (d *requestReader) request(n *node, req *Request) {
	m := d.object(n, requestMembers)
	d.content(m.next(), &req.Content)
	d.viewer(m.next(), &req.Viewer)
	d.device(m.next(), &req.Device)
	d.page(m.next(), &req.Page)
	d.time(m.next(), &req.Now)
}

func (d *requestReader) content(n *node, c *Content) {
	m := d.object(n, contentMembers)
	c.ID = d.line(m.next(), maxID)
	c.Kind = Kind(d.word(m.next(), kindValues))
	c.URL = d.url(m.next())
	c.checkedURL = c.URL
	c.Title = d.line(m.next(), maxTitle)
	c.Text = d.prose(m.next())
	if v := m.next(); v != nil {
		c.Tags = []string{}
		for i := range d.list(v) {
			c.Tags = append(c.Tags, d.line(&v.items[i], maxID))
		}
	}
	c.Visibility = Visibility(d.word(m.next(), visibilityValues))
	c.Downloadable = d.truth(m.next())
	d.time(m.next(), &c.CreatedAt)
	expires := m.next()
	d.time(expires, &c.ExpiresAt)
	if v := m.next(); v != nil {
		c.Media = make([]Media, len(d.list(v)))
		for i := range c.Media {
			d.media(&v.items[i], &c.Media[i])
		}
	}
	c.ImageURL = d.url(m.next())
	c.EmbedURL = d.url(m.next())
	c.Attributes = d.attributes(m.next(), contentAttributes)
	if !c.CreatedAt.IsZero() && !c.ExpiresAt.IsZero() && !c.CreatedAt.Before(c.ExpiresAt) {
		d.report(expires.offset, "the content expires before it is created")
	}
}

func (d *requestReader) media(n *node, u *Media) {
	m := d.object(n, mediaMembers)
	u.URL = d.url(m.next())
	u.Type = d.mediaType(m.next())
	u.Bytes = d.whole(m.next())
	u.Width = d.whole(m.next())
	u.Height = d.whole(m.next())
	u.DurationSeconds = d.number(m.next())
	format := formatOf(u)
	u.known.url, u.known.mediaType, u.known.format = u.URL, u.Type, format
}

func (d *requestReader) viewer(n *node, u *Viewer) {
	m := d.object(n, viewerMembers)
	u.ID = d.line(m.next(), maxID)
	u.Role = Role(d.word(m.next(), roleValues))
	u.Region = d.code(m.next(), checkRegion)
	u.Locale = d.code(m.next(), checkLocale)
	u.AgeBand = AgeBand(d.word(m.next(), ageBandValues))
	u.Attributes = d.attributes(m.next(), viewerAttributes)
}

func (d *requestReader) device(n *node, u *Device) {
	m := d.object(n, deviceMembers)
	u.Platform = Platform(d.word(m.next(), platformValues))
	u.Share = d.truth(m.next())
	u.ShareFiles = d.truth(m.next())
	u.Clipboard = d.truth(m.next())
	u.InAppBrowser = d.truth(m.next())
	u.Bridge = d.truth(m.next())
}

func (d *requestReader) page(n *node, p *Page) {
	m := d.object(n, pageMembers)
	p.AppIDs = d.texts(d.named(m.next()), func(v *node) string { return d.line(v, maxID) })
	p.Instances = d.texts(d.named(m.next()), func(v *node) string { return d.code(v, checkInstance) })
	p.Via = d.line(m.next(), maxID)
	p.RedirectURI = d.url(m.next())
	p.KeepTracking = d.truth(m.next()) == Yes
	p.Referral = d.code(m.next(), checkParameter)
	p.StartAt = d.number(m.next())
	p.Text = d.texts(d.named(m.next()), d.prose)
}

// named reports the names of an object that are no targets.
func (d *requestReader) named(n *node) *node {
	if n != nil {
		for i := range n.items {
			m := &n.items[i]
			if _, ok := targetIndex(m.name); !ok {
				if d.full() {
					break
				}
				d.report(m.nameOffset, unknownTarget(m.name))
			}
		}
	}
	return n
}

// checkParameter says what is wrong with the name of a URL parameter.
func checkParameter(s string) string {
	for i := 0; i < len(s); i++ {
		if c := lower(s[i]); (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return quote(s) + " cannot be the name of a parameter; want letters, digits, _ and -"
		}
	}
	return ""
}

// members are the values of an object in the order of the names it may have,
// nil where one is left out. A nil value reads as unknown.
type members []*node

// next gives the next one. It has so many callers that its code in each of
// them would be 1 KB of the engine.
//
//go:noinline
func (m *members) next() *node {
	if len(*m) == 0 {
		return nil
	}
	v := (*m)[0]
	*m = (*m)[1:]
	return v
}

// object looks for the members of an object; a name that is not known is
// reported with the nearest one that is.
func (r *reader) object(n *node, names []string) members {
	if !r.want(n, '{') {
		return nil
	}
	found := make(members, len(names))
	for i := range n.items {
		m := &n.items[i]
		k := index(names, m.name)
		if k < 0 {
			if r.full() {
				break
			}
			r.report(m.nameOffset, "unknown member "+quote(m.name)+didYouMean(r.nearestOf(m.name, names)))
			continue
		}
		if found[k] == nil {
			found[k] = m
		}
	}
	return found
}

// want checks the JSON kind of a value. A value that was left out is not
// wanted, and no mistake.
func (r *reader) want(n *node, kind byte) bool {
	if n == nil {
		return false
	}
	if n.kind == kind || kind == 't' && n.kind == 'f' {
		return true
	}
	message := "want " + kindName(kind) + ", not " + kindName(n.kind)
	if n.kind == 'n' {
		message += "; leave out what is unknown"
	}
	r.report(n.offset, message)
	return false
}

// list gives the entries of an array.
func (r *reader) list(n *node) []node {
	if !r.want(n, '[') || !r.few(n, len(n.items)) {
		return nil
	}
	return n.items
}

// few bounds the entries of a list or map.
func (r *reader) few(n *node, count int) bool {
	if count > maxItems {
		r.report(n.offset, "there are "+itoa(count)+" entries; at most "+itoa(maxItems)+" are read")
		return false
	}
	return true
}

// texts reads an object whose values are texts.
func (r *reader) texts(n *node, each func(v *node) string) map[string]string {
	if !r.want(n, '{') || !r.few(n, len(n.items)) {
		return nil
	}
	texts := make(map[string]string, len(n.items))
	for i := range n.items {
		texts[n.items[i].name] = each(&n.items[i])
	}
	return texts
}

// line reads a text of one line: not empty, within its size, and free of
// control characters.
func (r *reader) line(n *node, limit int) string {
	if n != nil && n.kind == '"' && n.text == "" {
		r.report(n.offset, "the text is empty; leave out what is unknown")
		return ""
	}
	return r.characters(n, limit, false)
}

// prose reads a text that may be empty and may have lines.
func (r *reader) prose(n *node) string { return r.characters(n, maxText, true) }

func (r *reader) characters(n *node, limit int, lines bool) string {
	if !r.want(n, '"') {
		return ""
	}
	if len(n.text) > limit {
		r.report(n.offset, "the text has "+itoa(len(n.text))+" bytes; at most "+itoa(limit)+" are allowed")
		return ""
	}
	for _, c := range n.text {
		if c == 0x7f || c < 0x20 && !(lines && (c == '\n' || c == '\t' || c == '\r')) || 0x80 <= c && c < 0xa0 {
			const hex = "0123456789ABCDEF"
			r.report(n.offset, "the text holds the control character U+00"+string(hex[c>>4])+string(hex[c&15]))
			return ""
		}
	}
	return n.text
}

// code reads a line with rules of its own.
func (r *reader) code(n *node, check func(string) string) string {
	s := r.line(n, maxID)
	if s != "" {
		if problem := check(s); problem != "" {
			r.report(n.offset, problem)
		}
	}
	return s
}

// word reads one of a closed set.
func (r *reader) word(n *node, values []string) string {
	if !r.want(n, '"') {
		return ""
	}
	if index(values, n.text) < 0 {
		r.report(n.offset, quote(n.text)+" is not one of "+joined(values)+didYouMean(r.nearestOf(n.text, values)))
		return ""
	}
	return n.text
}

func (d *requestReader) truth(n *node) Truth {
	if !d.want(n, 't') {
		return Unknown
	}
	return TruthOf(n.kind == 't')
}

// number reads a number that is not below zero.
func (d *requestReader) number(n *node) Number {
	if !d.want(n, '0') {
		return Number{}
	}
	if n.num < 0 {
		d.report(n.offset, "the number is below 0")
		return Number{}
	}
	return NumberOf(n.num)
}

func (d *requestReader) whole(n *node) Number {
	f := d.number(n)
	if f.known && f.value != float64(int64(f.value)) {
		d.report(n.offset, "want a whole number")
		return Number{}
	}
	return f
}

func (d *requestReader) url(n *node) string {
	s := d.line(n, maxURL)
	if s == "" {
		return ""
	}
	clean, problem := checkURL(s)
	if problem != "" {
		d.report(n.offset, problem)
	}
	return clean
}

func (d *requestReader) mediaType(n *node) string { return d.code(n, checkMediaType) }

// checkMediaType says what is wrong with a media type (RFC 6838).
func checkMediaType(s string) string {
	slash := 0
	for i := 0; i < len(s); i++ {
		c := lower(s[i])
		if c == '/' && i > 0 && i < len(s)-1 && slash == 0 {
			slash = i
		} else if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '+' && c != '-' {
			slash = 0
			break
		}
	}
	if slash == 0 {
		return quote(s) + " is not a media type; want one such as video/mp4"
	}
	return ""
}

func (r *reader) time(n *node, t *time.Time) {
	if ms, ok := r.moment(n); ok {
		*t = time.UnixMilli(int64(ms)).UTC()
		if t.IsZero() {
			// The zero time stands for unknown, so this one moment cannot be told.
			r.report(n.offset, quote(n.text)+": the year is out of range")
		}
	}
}

// moment reads a time and gives milliseconds since 1970.
func (r *reader) moment(n *node) (float64, bool) {
	if !r.want(n, '"') {
		return 0, false
	}
	ms, problem := parseTime(n.text)
	if problem != "" {
		r.report(n.offset, quote(n.text)+": "+problem)
	}
	return ms, problem == ""
}

func (d *requestReader) attributes(n *node, prefix string) map[string]Value {
	if !d.want(n, '{') || !d.few(n, len(n.items)) {
		return nil
	}
	attributes := make(map[string]Value, len(n.items))
	for i := range n.items {
		v := &n.items[i]
		var f *fact
		if d.rules != nil {
			if i, ok := d.rules.lookup(prefix + v.name); ok {
				f = &d.rules.facts[i]
			}
		}
		value := Value{}
		switch {
		case v.kind == '"' && f != nil && f.typ == timeType:
			ms, ok := d.moment(v)
			if !ok {
				continue
			}
			value = Value{kind: timeValue, num: ms}
		case v.kind == '"':
			value = TextValue(v.text)
		case v.kind == '0':
			value = NumberValue(v.num)
		case v.kind == 't' || v.kind == 'f':
			value = BoolValue(v.kind == 't')
		case v.kind == '[':
			texts := make([]string, 0, len(v.items))
			for i := range d.list(v) {
				if d.want(&v.items[i], '"') {
					texts = append(texts, v.items[i].text)
				}
			}
			value = TextsValue(texts...)
		default:
			d.report(v.offset, "want a text, a number, a boolean or a list of texts, not "+kindName(v.kind))
			continue
		}
		if f != nil && (!value.fits(f) || f.typ == timeType && v.kind != '"') {
			message := "want " + f.typ.withArticle() + ", not " + kindName(v.kind) + "; the ruleset declares it so"
			if f.values != nil && v.kind == '"' {
				message = quote(v.text) + " is not one of " + joined(f.values) + didYouMean(d.nearestOf(v.text, f.values))
			}
			d.report(v.offset, message)
			continue
		}
		attributes[v.name] = value
	}
	return attributes
}

// maxJoined is how many words a message lists.
const maxJoined = 40

// joined lists words for a message.
func joined(words []string) string {
	s := ""
	for i, w := range words {
		if i == maxJoined {
			return s + " and " + itoa(len(words)-i) + " more"
		}
		if i > 0 {
			s += ", "
		}
		s += w
	}
	return s
}

// index gives the place of a word in a list, or -1.
func index(list []string, s string) int {
	for i := range list {
		if list[i] == s {
			return i
		}
	}
	return -1
}
