package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/place"
	"slices"
	"time"
)

// A valueType is the type of a fact, or of a part of a condition.
type valueType uint8

const (
	noType valueType = iota
	boolType
	numberType
	textType
	timeType
	textsType
	numbersType
	emptyType // the literal [], which fits every list
)

var typeNames = [...]string{"nothing", "boolean", "number", "text", "time", "list of texts", "list of numbers",
	"empty list"}

func (t valueType) String() string { return typeNames[t] }

// withArticle names the type in a sentence.
func (t valueType) withArticle() string {
	if t == emptyType {
		return "an empty list"
	}
	if t == noType {
		return "nothing"
	}
	return "a " + typeNames[t]
}

// A codeKind is a kind of text with a syntax of its own.
type codeKind uint8

const (
	noCode codeKind = iota
	regionCode
	localeTag
)

// A fact is one typed value of a request that a condition may read.
type fact struct {
	name   string
	typ    valueType
	code   codeKind
	values []string // of a text with a closed set; nil is any text
}

// Indexes into the table of facts. Facts that a ruleset declares come after.
const (
	factContentID = iota
	factContentKind
	factContentURL
	factContentTitle
	factContentText
	factContentTags
	factContentVisibility
	factContentDownloadable
	factContentCreatedAt
	factContentExpiresAt
	factMediaCount
	factMediaTypes
	factMediaBytes
	factMediaWidth
	factMediaHeight
	factMediaDuration
	factContentImageURL
	factContentEmbedURL
	factViewerID
	factViewerRole
	factViewerRegion
	factViewerLocale
	factViewerAgeBand
	factDevicePlatform
	factDeviceShare
	factDeviceShareFiles
	factDeviceClipboard
	factDeviceInAppBrowser
	factDeviceBridge
	factNow
	factTargetID
	factTargetNetwork
	factTargetSurface
	factTargetCategory
	builtinFacts
)

// The values that enumerations may take, in the order of their numbers.
var (
	kindValues       = []string{"story", "video", "photo", "live", "post", "link"}
	visibilityValues = []string{"public", "friends", "private"}
	roleValues       = []string{"owner", "friend", "follower", "public"}
	ageBandValues    = []string{"under-13", "13-17", "18+"}
	platformValues   = []string{"ios", "android", "desktop"}
)

// facts is the table of everything a condition may read.
var facts = [builtinFacts]fact{
	factContentID:           {name: "content.id", typ: textType},
	factContentKind:         {name: "content.kind", typ: textType, values: kindValues},
	factContentURL:          {name: "content.url", typ: textType},
	factContentTitle:        {name: "content.title", typ: textType},
	factContentText:         {name: "content.text", typ: textType},
	factContentTags:         {name: "content.tags", typ: textsType},
	factContentVisibility:   {name: "content.visibility", typ: textType, values: visibilityValues},
	factContentDownloadable: {name: "content.downloadable", typ: boolType},
	factContentCreatedAt:    {name: "content.createdAt", typ: timeType},
	factContentExpiresAt:    {name: "content.expiresAt", typ: timeType},
	factMediaCount:          {name: "content.media.count", typ: numberType},
	factMediaTypes:          {name: "content.media.types", typ: textsType},
	factMediaBytes:          {name: "content.media.bytes", typ: numberType},
	factMediaWidth:          {name: "content.media.width", typ: numberType},
	factMediaHeight:         {name: "content.media.height", typ: numberType},
	factMediaDuration:       {name: "content.media.durationSeconds", typ: numberType},
	factContentImageURL:     {name: "content.imageUrl", typ: textType},
	factContentEmbedURL:     {name: "content.embedUrl", typ: textType},
	factViewerID:            {name: "viewer.id", typ: textType},
	factViewerRole:          {name: "viewer.role", typ: textType, values: roleValues},
	factViewerRegion:        {name: "viewer.region", typ: textType, code: regionCode},
	factViewerLocale:        {name: "viewer.locale", typ: textType, code: localeTag},
	factViewerAgeBand:       {name: "viewer.ageBand", typ: textType, values: ageBandValues},
	factDevicePlatform:      {name: "device.platform", typ: textType, values: platformValues},
	factDeviceShare:         {name: "device.share", typ: boolType},
	factDeviceShareFiles:    {name: "device.shareFiles", typ: boolType},
	factDeviceClipboard:     {name: "device.clipboard", typ: boolType},
	factDeviceInAppBrowser:  {name: "device.inAppBrowser", typ: boolType},
	factDeviceBridge:        {name: "device.bridge", typ: boolType},
	factNow:                 {name: "now", typ: timeType},
	factTargetID:            {name: "target.id", typ: textType},
	factTargetNetwork:       {name: "target.network", typ: textType},
	factTargetSurface:       {name: "target.surface", typ: textType},
	factTargetCategory:      {name: "target.category", typ: textType},
}

// ofTarget reports whether a fact is about the target.
func ofTarget(fact int) bool { return factTargetID <= fact && fact <= factTargetCategory }

// A datum is the value of one fact. A boolean is the number 0 or 1, a time the
// milliseconds since 1970. The zero value is unknown.
type datum struct {
	known bool
	num   float64
	text  string
	list  []string
}

// A source has the values of facts.
type source interface {
	fact(i int) datum
}

// fact returns a built-in fact of the request, by its index.
func (req *Request) fact(i int) datum {
	switch {
	case i == factContentURL:
		return textDatum(req.url())
	case i <= factContentEmbedURL:
		return req.Content.fact(i)
	case i <= factViewerAgeBand:
		return req.Viewer.fact(i)
	case i == factDevicePlatform:
		return enumDatum(string(req.Device.Platform), platformValues)
	case i <= factDeviceBridge:
		return truthDatum(req.Device.truth(i))
	case i == factNow:
		return timeDatum(req.Now)
	}
	return datum{}
}

// url gives the address of the content as Decode does, also where a program has
// made the request; "" if it has none, or one that Decode refuses.
func (req *Request) url() string {
	url := req.Content.URL
	if url != req.checked.url {
		url, _ = address.Serialise(url)
	}
	return url
}

func (c *Content) fact(i int) datum {
	switch i {
	case factContentID:
		return textDatum(c.ID)
	case factContentKind:
		return enumDatum(string(c.Kind), kindValues)
	case factContentTitle:
		return textDatum(c.Title)
	case factContentText:
		return textDatum(c.Text)
	case factContentTags:
		return listDatum(c.Tags)
	case factContentVisibility:
		return enumDatum(string(c.Visibility), visibilityValues)
	case factContentDownloadable:
		return truthDatum(c.Downloadable)
	case factContentCreatedAt:
		return timeDatum(c.CreatedAt)
	case factContentExpiresAt:
		return timeDatum(c.ExpiresAt)
	case factMediaCount:
		return datum{known: c.Media != nil, num: float64(len(c.Media))}
	case factMediaTypes:
		return c.mediaTypes()
	case factMediaBytes:
		return c.largest(func(m *Media) Number { return m.Bytes })
	case factMediaDuration:
		return c.largest(func(m *Media) Number { return m.DurationSeconds })
	case factMediaWidth:
		return c.first(func(m *Media) Number { return m.Width })
	case factMediaHeight:
		return c.first(func(m *Media) Number { return m.Height })
	case factContentImageURL:
		return textDatum(c.ImageURL)
	}
	return textDatum(c.EmbedURL)
}

// mediaTypes returns the types of all files as they are compared, also where a
// program has made the request; unknown where any is.
func (c *Content) mediaTypes() datum {
	if c.Media == nil {
		return datum{}
	}
	types := make([]string, 0, len(c.Media))
	for i := range c.Media {
		if c.Media[i].Type == "" {
			return datum{}
		}
		types = append(types, mediaTypeOf(c.Media[i].Type))
	}
	return datum{known: true, list: types}
}

// regionDatum gives a region; a code that stands for no country, such as XX or T1,
// is unknown.
func regionDatum(s string) datum { return datum{known: place.IsCountry(s), text: s} }

func (v *Viewer) fact(i int) datum {
	switch i {
	case factViewerID:
		return textDatum(v.ID)
	case factViewerRole:
		return enumDatum(string(v.Role), roleValues)
	case factViewerRegion:
		return regionDatum(v.Region)
	case factViewerLocale:
		return textDatum(v.Locale)
	}
	return enumDatum(string(v.AgeBand), ageBandValues)
}

// truth returns what a device can do; Unknown for a fact of anything else.
func (d *Device) truth(fact int) Truth {
	switch fact {
	case factDeviceShare:
		return d.Share
	case factDeviceShareFiles:
		return d.ShareFiles
	case factDeviceClipboard:
		return d.Clipboard
	case factDeviceInAppBrowser:
		return d.InAppBrowser
	case factDeviceBridge:
		return d.Bridge
	}
	return Unknown
}

// word returns the cell of a fact with a closed set of words, or of a boolean; 0 if
// it is unknown. It is a faster way than fact, for the hot path.
func (req *Request) word(i int) int {
	switch i {
	case factContentKind:
		switch req.Content.Kind {
		case Story:
			return 1
		case Video:
			return 2
		case Photo:
			return 3
		case Live:
			return 4
		case Post:
			return 5
		case WebLink:
			return 6
		}
	case factContentVisibility:
		switch req.Content.Visibility {
		case Public:
			return 1
		case Friends:
			return 2
		case Private:
			return 3
		}
	case factViewerRole:
		switch req.Viewer.Role {
		case Owner:
			return 1
		case Friend:
			return 2
		case Follower:
			return 3
		case Stranger:
			return 4
		}
	case factViewerAgeBand:
		switch req.Viewer.AgeBand {
		case Under13:
			return 1
		case Teen:
			return 2
		case Adult:
			return 3
		}
	case factDevicePlatform:
		switch req.Device.Platform {
		case IOS:
			return 1
		case Android:
			return 2
		case Desktop:
			return 3
		}
	case factContentDownloadable:
		return int(req.Content.Downloadable)
	default:
		return int(req.Device.truth(i))
	}
	return 0
}

// largest returns the greatest number among the files; unknown if any is unknown,
// since that one could be greater.
func (c *Content) largest(of func(*Media) Number) datum {
	d := datum{}
	for i := range c.Media {
		n := of(&c.Media[i])
		if !n.known {
			return datum{}
		}
		if !d.known || n.value > d.num {
			d = datum{known: true, num: n.value}
		}
	}
	return d
}

func (c *Content) first(of func(*Media) Number) datum {
	if len(c.Media) == 0 {
		return datum{}
	}
	n := of(&c.Media[0])
	return datum{known: n.known, num: n.value}
}

func textDatum(s string) datum { return datum{known: s != "", text: s} }

func listDatum(s []string) datum { return datum{known: s != nil, list: s} }

func truthDatum(t Truth) datum {
	switch t {
	case Yes:
		return datum{known: true, num: 1}
	case No:
		return datum{known: true}
	}
	return datum{}
}

func timeDatum(t time.Time) datum {
	if t.IsZero() {
		return datum{}
	}
	return datum{known: true, num: float64(t.UnixMilli())}
}

// enumDatum returns the word and, as its number, its place in the set from 1.
func enumDatum(s string, values []string) datum {
	for i, v := range values {
		if v == s {
			return datum{known: true, num: float64(i + 1), text: s}
		}
	}
	return datum{}
}

const (
	contentAttributes = "content.attributes."
	viewerAttributes  = "viewer.attributes."
)

// fits reports whether an attribute has the kind that its fact declares.
func (v Value) fits(f *fact) bool {
	switch f.typ {
	case boolType:
		return v.kind == boolValue
	case numberType:
		return v.kind == numberValue
	case timeType:
		return v.kind == timeValue || v.kind == numberValue
	case textType:
		return v.kind == textValue && (f.values == nil || slices.Contains(f.values, v.text))
	case textsType:
		return v.kind == textsValue
	}
	return false
}
