package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
)

// Bounds of a request. Sizes are in bytes of UTF-8, and inclusive.
const (
	maxRequestBytes = 4 << 20
	maxTitle        = 4096
	maxURL          = 8192
)

// Decode reads a request from JSON, strictly: unknown members, names that
// stand twice, wrong kinds, words outside a set, URLs that are not http or
// https, control characters and times that do not exist are all problems, and
// all of them are reported together. A member that is left out, null or an empty
// text is unknown; an attribute may be an empty text.
//
// The error, if any, is of type Problems, and the request is then nil.
func Decode(text []byte) (*Request, error) {
	return decode(text, nil)
}

// Decode reads a request as the function Decode does, and also checks that
// the attributes which the ruleset declares have the declared kinds.
func (r *Rules) Decode(text []byte) (*Request, error) {
	return decode(text, &r.symbols)
}

func decode(source []byte, symbols *symbols) (*Request, error) {
	d := requestReader{Reader: &text.Reader{Text: string(source)}, symbols: symbols}
	req := new(Request)
	if d.Parse(maxRequestBytes) {
		removeEmpty(&d.Root)
		d.request(&d.Root, req)
	}
	if d.Failed() {
		return nil, problems(d.Finish())
	}
	return req, nil
}

type requestReader struct {
	*text.Reader
	symbols  *symbols // nil where no ruleset says which attributes there are
	mistaken []string // the names of the members that were left out
}

var (
	requestMembers = []string{"content", "viewer", "device", "page", "now"}
	contentMembers = []string{"id", "kind", "url", "title", "text", "tags", "visibility", "downloadable", "createdAt",
		"expiresAt", "media", "imageUrl", "embedUrl", "attributes"}
	mediaMembers  = []string{"url", "type", "bytes", "width", "height", "durationSeconds"}
	viewerMembers = []string{"id", "role", "region", "locale", "ageBand", "attributes"}
	deviceMembers = []string{"platform", "share", "shareFiles", "clipboard", "inAppBrowser", "bridge"}
	pageMembers   = []string{"appIds", "instances", "via", "redirectUri", "keepTracking", "referral", "startAt",
		"text"}
)

// removeEmpty removes the members of a request that are null or an empty text. An
// empty text stays in an attribute, whose values are the host's, and in a text for a
// target, which is what the reader has written.
func removeEmpty(request *text.Node) {
	removeMembers(request, func(m, of *text.Node) bool {
		return m.Kind == 'n' || m.Kind == '"' && m.Text == "" && of.Name != "attributes" && of.Name != "text"
	})
}

// removeMembers removes members of an object and of all objects in it.
func removeMembers(n *text.Node, isRemoved func(m, of *text.Node) bool) {
	kept := n.Items[:0]
	for i := range n.Items {
		m := &n.Items[i]
		if n.Kind == '{' && isRemoved(m, n) {
			continue
		}
		removeMembers(m, isRemoved)
		kept = append(kept, *m)
	}
	n.Items = kept
}

// Below, members are read in the order of the lists above.

func (d *requestReader) request(n *text.Node, req *Request) {
	m := d.Object(n, requestMembers)
	d.content(m.Next(), &req.Content)
	req.checked.url = req.Content.URL
	if len(req.Content.Media) > 0 {
		m := &req.Content.Media[0]
		req.checked.fileURL, req.checked.fileType, req.checked.format = m.URL, m.Type, formatOf(m)
	}
	d.viewer(m.Next(), &req.Viewer)
	d.device(m.Next(), &req.Device)
	d.page(m.Next(), &req.Page)
	d.Time(m.Next(), &req.Now)
}

func (d *requestReader) content(n *text.Node, c *Content) {
	m := d.Object(n, contentMembers)
	c.ID = d.Line(m.Next(), text.MaxID)
	c.Kind = Kind(d.Word(m.Next(), kindValues))
	c.URL = d.url(m.Next())
	c.Title = d.Line(m.Next(), maxTitle)
	c.Text = d.Prose(m.Next())
	if v := m.Next(); v != nil {
		c.Tags = []string{}
		for i := range d.List(v) {
			c.Tags = append(c.Tags, d.Line(&v.Items[i], text.MaxID))
		}
	}
	c.Visibility = Visibility(d.Word(m.Next(), visibilityValues))
	c.Downloadable = d.truth(m.Next())
	d.Time(m.Next(), &c.CreatedAt)
	expires := m.Next()
	d.Time(expires, &c.ExpiresAt)
	if v := m.Next(); v != nil {
		c.Media = make([]Media, len(d.List(v)))
		for i := range c.Media {
			d.media(&v.Items[i], &c.Media[i])
		}
	}
	c.ImageURL = d.url(m.Next())
	c.EmbedURL = d.url(m.Next())
	c.Attributes = d.attributes(m.Next(), contentAttributes)
	if !c.CreatedAt.IsZero() && !c.ExpiresAt.IsZero() && !c.CreatedAt.Before(c.ExpiresAt) {
		d.Report(expires.Offset, "the content expires before it is created")
	}
}

func (d *requestReader) media(n *text.Node, u *Media) {
	m := d.Object(n, mediaMembers)
	u.URL = d.url(m.Next())
	u.Type = d.mediaType(m.Next())
	u.Bytes = d.whole(m.Next())
	u.Width = d.whole(m.Next())
	u.Height = d.whole(m.Next())
	u.DurationSeconds = d.number(m.Next())
}

func (d *requestReader) viewer(n *text.Node, u *Viewer) {
	m := d.Object(n, viewerMembers)
	u.ID = d.Line(m.Next(), text.MaxID)
	u.Role = Role(d.Word(m.Next(), roleValues))
	u.Region = d.Code(m.Next(), place.CheckCode)
	u.Locale = d.Code(m.Next(), place.CheckLocale)
	u.AgeBand = AgeBand(d.Word(m.Next(), ageBandValues))
	u.Attributes = d.attributes(m.Next(), viewerAttributes)
}

func (d *requestReader) device(n *text.Node, u *Device) {
	m := d.Object(n, deviceMembers)
	u.Platform = Platform(d.Word(m.Next(), platformValues))
	u.Share = d.truth(m.Next())
	u.ShareFiles = d.truth(m.Next())
	u.Clipboard = d.truth(m.Next())
	u.InAppBrowser = d.truth(m.Next())
	u.Bridge = d.truth(m.Next())
}

func (d *requestReader) page(n *text.Node, p *Page) {
	m := d.Object(n, pageMembers)
	p.AppIDs = d.Texts(d.named(m.Next()), func(v *text.Node) string { return d.Line(v, text.MaxID) })
	p.Instances = d.Texts(d.named(m.Next()), d.instance)
	p.Via = d.Line(m.Next(), text.MaxID)
	p.RedirectURI = d.url(m.Next())
	p.KeepTracking = d.truth(m.Next()) == Yes
	p.Referral = d.Code(m.Next(), checkParameter)
	p.StartAt = d.number(m.Next())
	p.Text = d.Texts(d.named(m.Next()), d.Prose)
}

// named reports the names of an object that are not targets: of the registry, or
// of the ruleset where there is one.
func (d *requestReader) named(n *text.Node) *text.Node {
	table := targets
	if d.symbols != nil && d.symbols.table != nil {
		table = d.symbols.table
	}
	if n != nil && n.Kind == '{' {
		for i := range n.Items {
			m := &n.Items[i]
			if _, ok := findTarget(table, m.Name); !ok {
				if d.Full() {
					break
				}
				d.Report(m.NameOffset, unknownTarget(table, m.Name))
			}
		}
	}
	return n
}

// checkParameter says what is wrong with the name of a URL parameter.
func checkParameter(s string) string {
	for i := 0; i < len(s); i++ {
		if !text.IsWord(s[i], "_-") {
			return text.Quote(s) + " cannot be the name of a parameter; want letters, digits, _ and -"
		}
	}
	return ""
}

func (d *requestReader) truth(n *text.Node) Truth {
	if !d.Want(n, 't') {
		return Unknown
	}
	return TruthOf(n.Kind == 't')
}

// number reads a number that is not below zero.
func (d *requestReader) number(n *text.Node) Number {
	if !d.Want(n, '0') {
		return Number{}
	}
	if n.Number < 0 {
		d.Report(n.Offset, "the number is below 0")
		return Number{}
	}
	return NumberOf(n.Number)
}

func (d *requestReader) whole(n *text.Node) Number {
	f := d.number(n)
	if f.known && f.value != float64(int64(f.value)) {
		d.Report(n.Offset, "want a whole number")
		return Number{}
	}
	return f
}

func (d *requestReader) url(n *text.Node) string {
	s := d.Line(n, maxURL)
	if s == "" {
		return ""
	}
	clean, problem := address.Serialise(s)
	if problem != "" {
		d.Report(n.Offset, problem)
	}
	return clean
}

func (d *requestReader) instance(n *text.Node) string {
	host := d.Line(n, text.MaxID)
	name := address.Instance(host)
	if name == "" && host != "" {
		d.Report(n.Offset, address.Quote(host)+" is not the name of an instance; want a host, such as mastodon.social")
	}
	return name
}

// mediaType reads a media type as it is compared.
func (d *requestReader) mediaType(n *text.Node) string { return mediaTypeOf(d.Code(n, checkMediaType)) }

// checkMediaType returns what is wrong with a media type (RFC 6838). Whatever stands
// behind a semicolon is a parameter.
func checkMediaType(s string) string {
	whole, slash := s, 0
	s = withoutParameters(s)
	for i := 0; i < len(s); i++ {
		if s[i] == '/' && i > 0 && i < len(s)-1 && slash == 0 {
			slash = i
		} else if !text.IsWord(s[i], ".+-") {
			slash = 0
			break
		}
	}
	if slash == 0 {
		return text.Quote(whole) + " is not a media type; want one such as video/mp4"
	}
	return ""
}

func (d *requestReader) attributes(n *text.Node, prefix string) map[string]Value {
	if !d.Want(n, '{') || !d.Few(n, len(n.Items)) {
		return nil
	}
	attributes := make(map[string]Value, len(n.Items))
	for i := range n.Items {
		v := &n.Items[i]
		var f *fact
		if d.symbols != nil {
			if i, ok := d.symbols.lookup(prefix + v.Name); ok {
				f = d.symbols.factAt(i)
			}
		}
		value := Value{}
		switch {
		case v.Kind == '"' && f != nil && f.typ == timeType:
			ms, ok := d.Moment(v)
			if !ok {
				continue
			}
			value = Value{kind: timeValue, num: ms}
		case v.Kind == '"':
			value = TextValue(v.Text)
		case v.Kind == '0':
			value = NumberValue(v.Number)
		case v.Kind == 't' || v.Kind == 'f':
			value = BoolValue(v.Kind == 't')
		case v.Kind == '[':
			texts := make([]string, 0, len(v.Items))
			for i := range d.List(v) {
				if d.Want(&v.Items[i], '"') {
					texts = append(texts, v.Items[i].Text)
				}
			}
			value = TextsValue(texts...)
		default:
			d.Report(v.Offset, "want a text, a number, a boolean or a list of texts, not "+text.KindName(v.Kind))
			continue
		}
		if f != nil && (!value.fits(f) || f.typ == timeType && v.Kind != '"') {
			message := "want " + f.typ.withArticle() + ", not " + text.KindName(v.Kind) + "; the ruleset declares it so"
			if f.values != nil && v.Kind == '"' {
				message = text.Quote(v.Text) + " is not one of " + text.Joined(f.values) +
					text.DidYouMean(d.NearestOf(v.Text, f.values))
			}
			d.Report(v.Offset, message)
			continue
		}
		attributes[v.Name] = value
	}
	return attributes
}
