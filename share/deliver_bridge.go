package share

import "sharewise/share/internal/address"

// A Handoff is all that the host's own app needs to hand the content to another
// app. Its members are named as the platforms name them.
type Handoff struct {
	Target     string
	AppID      string // of Facebook
	File       *File
	URL        string
	Text       string
	Scheme     string // iOS: what to open once the pasteboard is filled
	Pasteboard string // iOS: the type under which the file goes to UIPasteboard.general
	AppIDType  string // iOS: the type under which the app id goes there, in the same item
	Action     string // Android: the action of the intent
	Package    string // Android: the app that the intent is for
	Extra      string // Android: the extra that carries the app id
}

// An app of Meta takes a file from another app, never from a page: on iOS by the
// pasteboard and a scheme, on Android by an intent with a content:// address.
var metaApps = [...]struct{ target, scheme, pasteboard, action, app, extra string }{
	{"instagram.story", "instagram-stories://share?source_application=", "com.instagram.sharedSticker.",
		"com.instagram.share.ADD_TO_STORY", "com.instagram.android", "source_application"},
	{"facebook.story", "facebook-stories://share", "com.facebook.sharedSticker.",
		"com.facebook.stories.ADD_TO_STORY", "com.facebook.katana", "com.facebook.platform.extra.APPLICATION_ID"},
	{"instagram.reels", "instagram-reels://share", "com.instagram.sharedSticker.",
		"com.instagram.share.ADD_TO_REEL", "com.instagram.android", "com.instagram.platform.extra.APPLICATION_ID"},
	{"facebook.reels", "facebook-reels://share", "com.facebook.sharedSticker.",
		"com.facebook.reels.SHARE_TO_REEL", "com.facebook.katana", "com.facebook.platform.extra.APPLICATION_ID"},
}

// handoff says what the host's own app needs.
func (t *Target) handoff(req *Request, d *Delivery, text, url string) *Handoff {
	h := &Handoff{Target: t.ID, File: d.File, URL: url, Text: text}
	for i := range metaApps {
		m := &metaApps[i]
		if m.target != t.ID {
			continue
		}
		h.AppID = req.Page.AppIDs[metaApp]
		if req.Device.Platform == Android {
			h.Action, h.Package, h.Extra = m.action, m.app, m.extra
			break
		}
		h.Scheme = m.scheme
		if h.Scheme[len(h.Scheme)-1] == '=' {
			h.Scheme += string(address.Escape(nil, h.AppID, false))
		}
		h.AppIDType = m.pasteboard + "appID"
		h.Pasteboard = m.pasteboard + "backgroundImage"
		if req.format().isVideo() {
			h.Pasteboard = m.pasteboard + "backgroundVideo"
		}
	}
	return h
}
