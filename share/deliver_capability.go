package share

import (
	"math/bits"
	"sharewise/share/internal/address"
)

// A capability is one thing that a request offers: something that the content
// has, the device can do or the page has set. Something unknown is not offered.
type capability uint32

// The first of them are those that a target may need, in the order in which
// missing ones are reported; each has its reason in lacking.
const (
	hasURL       capability = 1 << iota // an address
	hasSomething                        // an address, or a file that the system takes
	hasMedia                            // a file of any kind
	hasFile                             // a picture or a video
	hasVideo                            // a video
	hasImage                            // the address of a picture, for a network to fetch
	hasPlayer                           // the address of a player to embed
	hasDialog                           // Messenger: a phone, or an app id for the dialog on a computer
	canShare                            // the system share sheet
	canPrint                            // the page runs in a real browser
	onPhone
	offPhone

	// The rest decide which of a target's ways is open.
	hasShortURL   // an address that a code can hold
	canShareFile  // the device is a phone, and its share sheet takes all the files
	canBridge     // the page runs in the host's own app on a phone
	canBridgeMeta // and Meta's app id is known
	onComputer
	onApple
)

// What the rules permit of the ways to other targets; see governing. These are
// the last bits, so that a shift gives their combination.
const (
	mayCopy capability = 1 << (mayBit + iota)
	mayCode
	maySave
	mayShare

	may    = mayCopy | mayCode | maySave | mayShare
	mayBit = 28
)

// governing has the targets that the ways to others depend on, since those ways
// do the same: nothing is copied where link.copy is not permitted, and no file is
// saved where media.save is not. A file that goes to the system's share sheet
// needs both system and media.save, since people save files from there.
var governing = [...]struct {
	target string
	may    capability
}{{"link.copy", mayCopy}, {"link.qr", mayCode}, {"media.save", maySave}, {"system", mayShare}}

// reasonNoWay is the reason where the rules permit a target and no way to it.
const reasonNoWay = "needs-permission"

// lacking has the reason for each capability that a target may need.
var lacking = [...]string{
	"needs-url", "needs-url", "needs-file", "needs-file", "needs-file", "needs-image", "needs-embed",
	"needs-app-id", "needs-share", "needs-browser", "needs-phone", "needs-computer",
}

// capabilitiesOf gathers what a request offers. It allocates nothing.
func capabilitiesOf(req *Request) capability {
	var c capability
	content, device := &req.Content, &req.Device
	if url := req.url(); url != "" {
		c = hasURL | hasSomething
		if len(url) <= maxCode {
			c |= hasShortURL
		}
	}
	if address.IsWeb(content.EmbedURL) {
		c |= hasPlayer
	}
	if imageOf(req) != "" {
		c |= hasImage
	}
	switch device.Platform {
	case IOS:
		c |= onPhone | onApple | hasDialog
	case Android:
		c |= onPhone | hasDialog
	case Desktop:
		c |= onComputer | offPhone
	default:
		c |= offPhone
	}
	if device.Share == Yes {
		c |= canShare
	}
	if device.InAppBrowser != Yes {
		c |= canPrint
	}
	if device.Bridge == Yes && c&onPhone != 0 {
		c |= canBridge
	}
	if len(req.Page.AppIDs) > 0 && req.Page.AppIDs[metaApp] != "" {
		c |= hasDialog
		if c&canBridge != 0 {
			c |= canBridgeMeta
		}
	}
	if len(content.Media) > 0 {
		c |= mediaCapabilities(req, c)
	}
	return c
}

// maxCode is the longest address, in bytes, that is shown as a QR code. The
// largest code holds 2331 at the usual level of correction (ISO/IEC 18004), but
// a phone that reads it off a screen needs larger squares than those.
const maxCode = 1200

// metaApp is the name under which a page gives its app id for Facebook,
// Messenger and Instagram.
const metaApp = "facebook"

func mediaCapabilities(req *Request, has capability) (c capability) {
	media := req.Content.Media
	m := &media[0]
	if !address.IsWeb(m.URL) {
		return 0
	}
	c = hasMedia
	switch f := req.format(); {
	case f.isVideo():
		c |= hasFile | hasVideo
	case f.isImage():
		c |= hasFile
	}
	if req.Device.ShareFiles == Yes && sharable(req, has&onApple != 0) {
		c |= hasSomething
		if has&onPhone != 0 {
			c |= canShareFile
		}
	}
	return c
}

// Bounds of what the system share sheet takes. Chromium's canShare says yes to
// everything and its share then refuses, so these are looked at first
// (chrome/browser/webshare/share_service_impl.cc, read 2026-08-22).
const (
	maxShareFiles = 10       // files at once
	maxShareBytes = 50 << 20 // of all files together
)

// sharable reports whether the system share sheet takes these files. An unknown
// size counts as small enough; the page checks it when it has the file.
func sharable(req *Request, apple bool) bool {
	media := req.Content.Media
	if len(media) > maxShareFiles {
		return false
	}
	total, first := 0.0, req.format()
	for i := range media {
		f := first
		if i > 0 {
			f = formatOf(&media[i])
		}
		if !address.IsWeb(media[i].URL) || f == 0 || f >= appleFormats && !apple {
			return false
		}
		n, _ := media[i].Bytes.Float()
		total += n
	}
	return total <= maxShareBytes
}

// imageOf returns the address of a picture that a network can fetch: the
// preview, or a photo itself.
func imageOf(req *Request) string {
	c := &req.Content
	if address.IsWeb(c.ImageURL) {
		return c.ImageURL
	}
	if len(c.Media) > 0 && address.IsWeb(c.Media[0].URL) && req.format().isImage() {
		return c.Media[0].URL
	}
	return ""
}

// A ladder is the list of ways to a target, best first. If a request offers what
// the target needs but no way is open, the rules permit none.
type ladder uint8

const (
	byLink  ladder = iota // a link
	byFile                // no address takes the file: hand it to the app itself
	byMeta                // the same, and the app asks who hands it over
	byShare               // no address takes a link: the system's share sheet has the app
	byCode                // the app scans codes
	byCopy                // the app takes what is pasted
	bySystem
	copyLink
	showCode
	drawn
	embedded
	printed
	saved
	byHost
)

// A way is one way to carry out a target.
type way uint8

const (
	wayLink way = iota
	wayBridge
	wayShareFile
	wayShare
	wayCode
	waySave
	wayCopy
	wayCard
	wayEmbed
	wayPrint
	wayHost
)

type rung struct {
	way  way
	with capability
}

var ladders = [...][]rung{
	byLink: {{wayLink, 0}},
	byMeta: {{wayBridge, canBridgeMeta}, {wayShareFile, canShareFile | mayShare | maySave}, onComputerByCode,
		{waySave, maySave}, elsewhereByCode},
	byFile: {{wayBridge, canBridge}, {wayShareFile, canShareFile | mayShare | maySave}, onComputerByCode,
		{waySave, maySave}, elsewhereByCode},
	byShare: {{wayBridge, canBridge}, onPhoneByShare, {wayCopy, mayCopy}, elsewhereByShare, elsewhereByCode},
	byCode: {{wayBridge, canBridge}, onComputerByCode, onPhoneByShare, {wayCopy, mayCopy}, elsewhereByShare,
		elsewhereByCode},
	byCopy:   {{wayBridge, canBridge}, {wayCopy, mayCopy}, elsewhereByShare, elsewhereByCode},
	bySystem: {{wayShare, hasURL}, {wayShareFile, maySave}},
	copyLink: {{wayCopy, 0}},
	showCode: {{wayCode, hasShortURL}, {wayCopy, mayCopy}},
	drawn:    {{wayCard, 0}},
	embedded: {{wayEmbed, 0}},
	printed:  {{wayPrint, 0}},
	saved:    {{waySave, 0}},
	byHost:   {{wayHost, 0}},
}

// Ways that are part of several ladders. A code is scanned with a phone, so it is
// not shown on one.
var (
	onPhoneByShare   = rung{wayShare, onPhone | canShare | mayShare}
	elsewhereByShare = rung{wayShare, canShare | mayShare}
	onComputerByCode = rung{wayCode, onComputer | hasShortURL | mayCode}
	elsewhereByCode  = rung{wayCode, offPhone | hasShortURL | mayCode}
)

// allowed returns what the rules permit of the ways to other targets, by the
// verdicts of all targets.
func (p *program) allowed(verdicts []Verdict) (c capability) {
	for i, k := range p.governs {
		if k >= 0 && verdicts[k] == Permitted {
			c |= governing[i].may
		}
	}
	return c
}

// route returns the way to carry out a target, or the reason why there is none.
func (t *Target) route(c capability) (way, string) {
	if miss := t.needs &^ c; miss != 0 {
		return 0, lacking[bits.TrailingZeros32(uint32(miss))]
	}
	for _, r := range ladders[t.ways] {
		if c&r.with == r.with {
			return r.way, ""
		}
	}
	return 0, reasonNoWay
}

// A permits is a set of combinations of the capabilities that rules permit, with
// one bit for each combination.
type permits uint16

// holding returns the combinations that hold all of some bits.
func holding(bits capability) (set permits) {
	for i := range capability(16) {
		if bits>>mayBit&^i == 0 {
			set |= 1 << i
		}
	}
	return set
}

// holds reports whether a combination is in the set.
func (set permits) holds(allowed capability) bool { return set>>(allowed>>mayBit)&1 != 0 }

// routes returns the combinations of permits with which the target has a route.
func (t *Target) routes(c capability) (set permits) {
	if t.needs&^c != 0 {
		return 0
	}
	for _, r := range ladders[t.ways] {
		if r.with&^(c|may) == 0 {
			set |= holding(r.with & may)
		}
	}
	return set
}

// isGoverned reports whether the ways to a target depend on what the rules say
// of others.
func (t *Target) isGoverned() bool {
	all := ladders[t.ways]
	return all[len(all)-1].with&may != 0
}
