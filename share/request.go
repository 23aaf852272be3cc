package share

import (
	"sharewise/share/internal/text"
	"time"
)

// A Request is the whole input of a decision: what is shared, who looks at
// the sheet, what their device can do, what the embedding page has set, and
// the moment it happens. Nothing else is looked at.
//
// A member with its zero value is unknown. Unknown never permits: a permit needs
// its condition to be true, and a forbid holds when its condition is true or
// unknown. An enumeration with a word outside its set counts as unknown too;
// Decode reports such a word instead.
//
// Unless stated otherwise, a text that Decode accepts is one line without control
// characters (U+0000 to U+001F and U+007F to U+009F) and at most 512 bytes of
// UTF-8.
type Request struct {
	Content Content
	Viewer  Viewer
	Device  Device
	Page    Page
	Now     time.Time // the moment of the decision; the package reads no clock

	checked checked
}

// checked stores what Decode found out about the address and the first file of a
// request, so that decisions need not repeat it. It is valid for the texts in it;
// if the request was changed since, the new texts are checked again.
type checked struct {
	url               string // a good address
	fileURL, fileType string
	format            fileFormat // of the file with these

	// mistaken are the names of the members that DecodePartial has left out, such
	// as expiresAt. Whether the facts from them are known is not known.
	mistaken []string
}

// isMistaken reports whether a fact may be from a member that DecodePartial has
// left out, by the name alone: content.id and viewer.id are not told apart.
func (req *Request) isMistaken(fact string) bool {
	for _, name := range req.checked.mistaken {
		if text.Contains("."+fact+".", "."+name+".") {
			return true
		}
	}
	return false
}

// Content is the thing to be shared.
type Content struct {
	ID           string
	Kind         Kind
	URL          string   // absolute http or https URL of its public page
	Title        string   // at most 4,096 bytes
	Text         string   // a caption, without the URL; it may have line breaks and tabs, at most 256 KiB
	Tags         []string // without #
	Visibility   Visibility
	Downloadable Truth // whether the creator lets others save it
	CreatedAt    time.Time
	ExpiresAt    time.Time
	Media        []Media
	ImageURL     string           // absolute http or https URL of a public preview picture
	EmbedURL     string           // absolute http or https URL of an embeddable player
	Attributes   map[string]Value // facts that a ruleset declares under content.attributes
}

// Media is one file of the content.
type Media struct {
	URL             string // absolute http or https URL
	Type            string // media type, such as video/mp4 (RFC 6838); its case and parameters make no difference
	Bytes           Number // size, in bytes
	Width           Number // in pixels
	Height          Number // in pixels
	DurationSeconds Number // length, in seconds
}

// Viewer is the person who looks at the sheet.
type Viewer struct {
	ID         string // what rollouts are counted by, byte for byte
	Role       Role   // what the viewer is to this content
	Region     string // ISO 3166-1 alpha-2, upper case; XK is Kosovo, and what stands for no country is unknown
	Locale     string // BCP 47 language tag
	AgeBand    AgeBand
	Attributes map[string]Value // facts that a ruleset declares under viewer.attributes
}

// Device is what the page found the device to be able to do.
type Device struct {
	Platform     Platform
	Share        Truth // the system share sheet can be opened
	ShareFiles   Truth // the system share sheet takes files
	Clipboard    Truth // text can be written to the clipboard
	InAppBrowser Truth // the page runs in another app's browser
	Bridge       Truth // the page runs in the host's own app, which answers messages
}

// Page is what the embedding page has set once for all its content.
type Page struct {
	AppIDs       map[string]string // by network, such as facebook
	Instances    map[string]string // host name by network, such as mastodon
	Via          string            // the page's own handle on X, without @
	RedirectURI  string            // where Facebook's dialogs return to
	KeepTracking bool              // leave known tracking parameters, in any case and encoding, in the content URL
	Referral     string            // name of a parameter that tells the target apart, such as utm_source; "" adds none
	StartAt      Number            // where a video starts, in seconds; an app with a route behind #/ or #! has it there
	Text         map[string]string // the reader's own text, by target; as Content.Text
}

// Kind is what a piece of content is.
type Kind string

// The kinds of content.
const (
	Story   Kind = "story"
	Video   Kind = "video"
	Photo   Kind = "photo"
	Live    Kind = "live"
	Post    Kind = "post"
	WebLink Kind = "link"
)

// Visibility is who may see a piece of content.
type Visibility string

// The visibilities.
const (
	Public  Visibility = "public"
	Friends Visibility = "friends"
	Private Visibility = "private"
)

// Role is what a viewer is to the content.
type Role string

// The roles.
const (
	Owner    Role = "owner"
	Friend   Role = "friend"
	Follower Role = "follower"
	Stranger Role = "public"
)

// AgeBand is a range of ages; the exact age is not asked for.
type AgeBand string

// The age bands.
const (
	Under13 AgeBand = "under-13"
	Teen    AgeBand = "13-17"
	Adult   AgeBand = "18+"
)

// Platform is the family of the device.
type Platform string

// The platforms.
const (
	IOS     Platform = "ios"
	Android Platform = "android"
	Desktop Platform = "desktop"
)

// Truth is yes, no or unknown. The zero value is unknown.
type Truth uint8

// The truths.
const (
	Unknown Truth = iota
	No
	Yes
)

// TruthOf returns Yes or No.
func TruthOf(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

// Number is a number or unknown. The zero value is unknown.
type Number struct {
	value float64
	known bool
}

// NumberOf returns a known number. A number that is not finite is unknown.
func NumberOf(f float64) Number {
	if f-f != 0 {
		return Number{}
	}
	return Number{f, true}
}

// Float returns the number, and whether it is known.
func (n Number) Float() (float64, bool) { return n.value, n.known }

// Value is an attribute: a text, a number, a truth, a time or a list of texts.
// The zero value is unknown.
type Value struct {
	kind  valueKind
	text  string
	num   float64
	texts []string
}

type valueKind uint8

const (
	noValue valueKind = iota
	textValue
	numberValue
	boolValue
	textsValue
	timeValue // milliseconds since 1970
)

// TextValue returns a text attribute.
func TextValue(s string) Value { return Value{kind: textValue, text: s} }

// NumberValue returns a number attribute. A number that is not finite is
// unknown.
func NumberValue(f float64) Value {
	if f-f != 0 {
		return Value{}
	}
	return Value{kind: numberValue, num: f}
}

// BoolValue returns a yes-or-no attribute.
func BoolValue(b bool) Value {
	v := Value{kind: boolValue}
	if b {
		v.num = 1
	}
	return v
}

// TimeValue returns a time attribute, to the millisecond. The zero time is
// unknown.
func TimeValue(t time.Time) Value {
	if d := timeDatum(t); d.known {
		return Value{kind: timeValue, num: d.num}
	}
	return Value{}
}

// Text returns a text attribute; false for any other.
func (v Value) Text() (string, bool) { return v.text, v.kind == textValue }

// Float returns a number attribute; false for any other.
func (v Value) Float() (float64, bool) {
	if v.kind != numberValue {
		return 0, false
	}
	return v.num, true
}

// Bool returns a yes-or-no attribute; false, false for any other.
func (v Value) Bool() (b, known bool) { return v.kind == boolValue && v.num != 0, v.kind == boolValue }

// Texts returns a list attribute, which must not be changed; false for any
// other.
func (v Value) Texts() ([]string, bool) { return v.texts, v.kind == textsValue }

// Time returns a time attribute in UTC; false for any other.
func (v Value) Time() (time.Time, bool) {
	if v.kind != timeValue {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(v.num)).UTC(), true
}

// Known reports whether there is any value.
func (v Value) Known() bool { return v.kind != noValue }

// TextsValue returns a list attribute.
func TextsValue(s ...string) Value { return Value{kind: textsValue, texts: s} }
