package share

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func clip1(t string, m ...Media) *Request {
	r := requestOf("https://video.example/s/7100", "Sunset", "Tonight's sky")
	r.Content.Kind = Kind(t)
	r.Content.Media = m
	return r
}

var (
	mp4 = Media{URL: "https://cdn.example/7100.mp4", Type: "video/mp4", Bytes: NumberOf(2_400_000),
		Width: NumberOf(1080), Height: NumberOf(1920)}
	jpg = Media{URL: "https://cdn.example/7100.jpg?w=1", Type: "image/jpeg"}
)

// methods describes how a target is carried out, in one line.
func methods(d Delivery) string {
	s := string(d.Method)
	if d.Files {
		s += " files"
	}
	for i, m := range d.Alternatives {
		s += []string{" or ", ", "}[min(i, 1)] + string(m)
	}
	for i, id := range d.Steps {
		s += []string{": ", ", "}[min(i, 1)] + id
	}
	return s
}

func TestLadder(t *testing.T) {
	const (
		none     = "needs-file"
		byCode   = "qr or download, copy: scan-code, open-phone"
		story    = "share files or qr, download, copy: copy-link, share-file, pick-app, pick-story, add-sticker"
		reel     = "share files or qr, download, copy: share-file, pick-app, pick-reel"
		post     = "share files or qr, download, copy: share-file, pick-app"
		keep     = "download or qr, copy: copy-link, save-file, pick-app, pick-story, add-sticker"
		keepReel = "download or qr, copy: save-file, pick-app, pick-reel"
		keepPost = "download or qr, copy: save-file, pick-app"
	)
	phone := func(p Platform, files, bridge Truth) Device {
		return Device{Platform: p, Share: files, ShareFiles: files, Bridge: bridge}
	}
	for _, c := range []struct {
		name   string
		device Device
		media  []Media
		change func(*Request)
		want   map[string]string
	}{
		{"phone that shares files", phone(Android, Yes, No), []Media{mp4}, nil, map[string]string{
			"instagram.story": story, "facebook.story": story, "instagram.reels": reel, "facebook.reels": reel,
			"instagram.feed": post, "tiktok": post, "youtube": post}},
		{"iPhone that shares files", phone(IOS, Yes, No), []Media{jpg}, nil, map[string]string{
			"instagram.story": story, "facebook.story": story, "instagram.reels": reel, "facebook.reels": none,
			"instagram.feed": post, "tiktok": post, "youtube": none}},
		{"phone that does not", phone(Android, No, No), []Media{mp4}, nil, map[string]string{
			"instagram.story": keep, "facebook.reels": keepReel, "youtube": keepPost}},
		{"phone of which nothing is known", Device{Platform: IOS}, []Media{mp4}, nil,
			map[string]string{"instagram.story": keep}},
		{"computer", Device{Platform: Desktop, Share: Yes, ShareFiles: Yes, Bridge: Yes}, []Media{mp4}, nil,
			map[string]string{
				"instagram.story": byCode, "facebook.story": byCode, "instagram.reels": byCode, "tiktok": byCode,
				"youtube": byCode}},
		{"computer, and no address", Device{Platform: Desktop}, []Media{mp4}, func(r *Request) { r.Content.URL = "" },
			map[string]string{
				"instagram.story": "download: save-file, pick-app, pick-story"}},
		{"device of which nothing is known", Device{}, []Media{mp4}, nil,
			map[string]string{"instagram.story": keep, "instagram.reels": keepReel}},
		{"no file", phone(IOS, Yes, Yes), nil, nil,
			map[string]string{"instagram.story": none, "instagram.reels": none, "tiktok": none, "media.save": none}},
		{"a sound is no story", phone(IOS, Yes, Yes), []Media{{URL: "https://cdn.example/a.mp3", Type: "audio/mpeg"}},
			nil, map[string]string{"instagram.story": none, "media.save": "download"}},
		{"a file behind a bad address is none", phone(IOS, Yes, Yes),
			[]Media{{URL: "blob:https://a.example/1", Type: "video/mp4"}}, nil,
			map[string]string{"instagram.story": none}},
		{"the host's own app", phone(IOS, Yes, Yes), []Media{mp4}, nil, map[string]string{
			"instagram.story": "bridge or qr, download, copy", "facebook.reels": "bridge or qr, download, copy",
			"tiktok": "bridge or qr, download, copy", "signal": "bridge or share, qr, copy"}},
		{"without the app id of Meta", phone(IOS, Yes, Yes), []Media{mp4}, func(r *Request) { r.Page.AppIDs = nil },
			map[string]string{
				"instagram.story": story, "facebook.reels": reel, "tiktok": "bridge or qr, download, copy"}},
		{"messages on a phone", phone(Android, Yes, No), nil, nil, map[string]string{
			"signal": "share or qr, copy: pick-app", "kakaotalk": "share or qr, copy: pick-app",
			"instagram.direct": "share or qr, copy: pick-app", "wechat": "share or qr, copy: pick-app",
			"discord": "copy or share, qr: copy-link, pick-app, paste-link",
			"slack":   "copy or share, qr: copy-link, pick-app, paste-link"}},
		{"messages on a computer", Device{Platform: Desktop}, nil, nil, map[string]string{
			"signal": "copy or qr: copy-link, pick-app, paste-link", "wechat": "qr or copy: scan-in-app, use-menu",
			"discord": "copy or qr: copy-link, pick-app, paste-link",
			"sms":     "needs-phone", "viber": "needs-phone", "threema": "needs-phone", "gmail": "link"}},
		{"messages where nothing is known", Device{}, nil, nil, map[string]string{
			"signal": "copy or qr: copy-link, pick-app, paste-link", "sms": "needs-phone", "whatsapp": "link",
			"line": "link", "snapchat": "link", "messenger": "link"}},
		{"no app id", Device{Platform: Desktop}, nil, func(r *Request) { r.Page.AppIDs = nil },
			map[string]string{"messenger": "needs-app-id"}},
		{"no app id on a phone", Device{Platform: Android}, nil, func(r *Request) { r.Page.AppIDs = nil },
			map[string]string{"messenger": "link or copy", "gmail": "needs-computer"}},
		{"apps that may not be there", Device{Platform: IOS, Share: Yes}, nil, nil, map[string]string{
			"sms": "link or share, copy", "viber": "link or share, copy", "threema": "link or share, copy",
			"messenger": "link or share, copy", "email": "link or share, copy", "line": "link"}},
		{"no picture", Device{Platform: Desktop}, nil, func(r *Request) { r.Content.ImageURL = "" },
			map[string]string{"pinterest": "needs-image", "vk": "link"}},
		{"a photo is its own picture", Device{Platform: Desktop}, []Media{jpg},
			func(r *Request) { r.Content.ImageURL = "" }, map[string]string{"pinterest": "link"}},
		{"a picture that only the page can see", Device{Platform: Desktop}, nil,
			func(r *Request) { r.Content.ImageURL = "data:image/png;base64,AA" },
			map[string]string{"pinterest": "needs-image"}},
		{"no address", Device{Platform: Android, Share: Yes}, nil, func(r *Request) { r.Content.URL = "" },
			map[string]string{
				"x": "needs-url", "whatsapp": "needs-url", "sms": "needs-url", "link.copy": "needs-url",
				"link.qr": "needs-url", "system": "needs-url", "signal": "needs-url", "friends": "host"}},
		{"an address too long for a code", Device{Platform: Desktop}, []Media{mp4},
			func(r *Request) { r.Content.URL = "https://video.example/" + strings.Repeat("x", 1179) },
			map[string]string{
				"link.qr":         "copy: copy-link",
				"instagram.story": "download or copy: copy-link, save-file, pick-app, pick-story, add-sticker",
				"wechat":          "copy: copy-link, pick-app, paste-link", "link.copy": "copy"}},
		{"the longest that it holds", Device{Platform: Desktop}, []Media{mp4},
			func(r *Request) { r.Content.URL = "https://video.example/" + strings.Repeat("x", 1178) },
			map[string]string{
				"link.qr": "qr", "instagram.story": byCode}},
		{"a bad address is none", Device{Platform: Android}, nil,
			func(r *Request) { r.Content.URL = "javascript:alert(1)" },
			map[string]string{"x": "needs-url", "link.copy": "needs-url"}},
		{"the system", phone(Android, Yes, No), []Media{mp4}, nil, map[string]string{"system": "share or copy"}},
		{"the system takes a file alone", phone(Android, Yes, No), []Media{mp4},
			func(r *Request) { r.Content.URL = "" }, map[string]string{"system": "share files: share-file"}},
		{"the system cannot", Device{Platform: Android, Share: No}, nil, nil,
			map[string]string{"system": "needs-share"}},
		{"the system may not", Device{Platform: Android}, nil, nil, map[string]string{"system": "needs-share"}},
		{"in another app's browser", Device{Platform: Android, InAppBrowser: Yes}, nil, nil,
			map[string]string{"page.print": "needs-browser", "link.embed": "needs-embed"}},
		{"what the page does itself", Device{}, nil, nil, map[string]string{
			"friends": "host", "content.delete": "host", "content.privacy": "host", "page.print": "print",
			"link.copy": "copy", "link.qr": "qr"}},
	} {
		req := clip1("story", c.media...)
		req.Device = c.device
		if c.change != nil {
			c.change(req)
		}
		for id, want := range c.want {
			i, ok := targetIndex(id)
			if !ok {
				t.Fatal(id)
			}
			can := capabilitiesOf(req) | may
			got := ""
			if _, got = targets[i].route(can); got == "" {
				got = methods(targets[i].deliver(req, cleanLink(req), wordsOf(req, cleanLink(req)), can))
			}
			if got != want {
				t.Errorf("%s, %s:\n got %s\nwant %s", c.name, id, got, want)
			}
		}
	}
}

// Chromium's canShare accepts all of these files, but its share refuses some.
func TestOnlyFilesThatTheSystemTakesAreShared(t *testing.T) {
	many := make([]Media, 11)
	for i := range many {
		many[i] = jpg
	}
	file := func(url, kind string, bytes float64) []Media {
		return []Media{{URL: url, Type: kind, Bytes: NumberOf(bytes)}}
	}
	for _, c := range []struct {
		name         string
		media        []Media
		android, ios bool
	}{
		{"mp4", file("https://cdn.example/a.mp4", "video/mp4", 1e6), true, true},
		{"by its name", []Media{{URL: "https://cdn.example/a.MP4?b=c.zip"}}, true, true},
		{"by its other names", []Media{{URL: "https://cdn.example/a.jfif"}, {URL: "https://cdn.example/b.m4v"},
			{URL: "https://cdn.example/c.opus"}, {URL: "https://cdn.example/d.tif"}}, true, true},
		{"a document", file("https://cdn.example/a.csv", "text/csv", 1e3), true, true},
		{"gpx", []Media{{URL: "https://cdn.example/a.gpx"}}, false, false},
		{"json", file("https://cdn.example/a.json", "application/json", 1e3), false, false},
		{"mov", file("https://cdn.example/a.mov", "video/quicktime", 1e6), false, true},
		{"heic", file("https://cdn.example/a.heic", "image/heic", 1e6), false, true},
		{"mkv", file("https://cdn.example/a.mkv", "video/x-matroska", 1e6), false, false},
		{"zip", file("https://cdn.example/a.zip", "application/zip", 1e6), false, false},
		{"no type", file("https://cdn.example/a", "", 1e6), false, false},
		{"50 MiB", file("https://cdn.example/a.mp4", "video/mp4", 50<<20), true, true},
		{"more", file("https://cdn.example/a.mp4", "video/mp4", 50<<20+1), false, false},
		{"10 files", many[:10], true, true},
		{"11 files", many, false, false},
		{"one of two is refused", []Media{jpg, {URL: "https://cdn.example/a.zip"}}, false, false},
	} {
		for platform, want := range map[Platform]bool{Android: c.android, IOS: c.ios} {
			req := clip1("story", c.media...)
			req.Device = Device{Platform: platform, Share: Yes, ShareFiles: Yes}
			if got := capabilitiesOf(req)&canShareFile != 0; got != want {
				t.Errorf("%s on %s: %v", c.name, platform, got)
			}
		}
	}
}

func TestBridgeTellsTheAppAllItNeeds(t *testing.T) {
	for _, c := range []struct {
		id       string
		platform Platform
		media    Media
		want     string
	}{
		{"instagram.story", IOS, mp4, `"scheme":"instagram-stories://share?source_application=1234","pasteboard":"com.instagram.sharedSticker.backgroundVideo","appIdType":"com.instagram.sharedSticker.appID"`},
		{"instagram.story", IOS, jpg, `"scheme":"instagram-stories://share?source_application=1234","pasteboard":"com.instagram.sharedSticker.backgroundImage","appIdType":"com.instagram.sharedSticker.appID"`},
		{"instagram.story", Android, mp4,
			`"action":"com.instagram.share.ADD_TO_STORY","package":"com.instagram.android","extra":"source_application"`},
		{"facebook.story", IOS, mp4, `"scheme":"facebook-stories://share","pasteboard":"com.facebook.sharedSticker.backgroundVideo","appIdType":"com.facebook.sharedSticker.appID"`},
		{"facebook.story", Android, jpg,
			`"action":"com.facebook.stories.ADD_TO_STORY","package":"com.facebook.katana","extra":"com.facebook.platform.extra.APPLICATION_ID"`},
		{"instagram.reels", IOS, mp4, `"scheme":"instagram-reels://share","pasteboard":"com.instagram.sharedSticker.backgroundVideo","appIdType":"com.instagram.sharedSticker.appID"`},
		{"instagram.reels", Android, mp4,
			`"action":"com.instagram.share.ADD_TO_REEL","package":"com.instagram.android","extra":"com.instagram.platform.extra.APPLICATION_ID"`},
		{"facebook.reels", IOS, mp4, `"scheme":"facebook-reels://share","pasteboard":"com.facebook.sharedSticker.backgroundVideo","appIdType":"com.facebook.sharedSticker.appID"`},
		{"facebook.reels", Android, mp4,
			`"action":"com.facebook.reels.SHARE_TO_REEL","package":"com.facebook.katana","extra":"com.facebook.platform.extra.APPLICATION_ID"`},
	} {
		req := clip1("story", c.media)
		req.Device = Device{Platform: c.platform, Bridge: Yes}
		d := deliveryOf(t, c.id, req)
		name, kind := "7100.mp4", "video/mp4"
		if c.media.Type == "image/jpeg" {
			name, kind = "7100.jpg", "image/jpeg"
		}
		file := `"file":{"url":"` + c.media.URL + `","type":"` + kind + `","name":"` + name + `"}`
		want := `{"method":"bridge","url":"https://video.example/s/7100",` + file +
			`,"alternatives":["qr","download","copy"],` +
			`"message":{"target":"` + c.id +
			`","appId":"1234","url":"https://video.example/s/7100","text":"Tonight's sky",` + c.want + `,` + file + `}}`
		if got := string(d.appendJSON(nil)); got != want {
			t.Errorf("%s on %s:\n got %s\nwant %s", c.id, c.platform, got, want)
		}
	}
}

// A link that only opens an app would not carry the content, so there is none.
func TestNoTargetMerelyOpensAnApp(t *testing.T) {
	for i := range targets {
		target := &targets[i]
		for _, link := range []string{target.Link, target.Phone, target.Apple} {
			if link != "" && !strings.Contains(link, "url}") {
				t.Errorf("%s: %s carries no address", target.ID, link)
			}
		}
	}
}

func TestDeliveryAsJSON(t *testing.T) {
	d := Delivery{Method: ByShare, Href: "h", Text: "t\"\n", Title: "i", URL: "u", Files: true,
		File: &File{"f", "", "n"}, Ask: "a",
		Alternatives: []Method{ByQR, ByCopy}, Steps: []string{"one"}, Handoff: &Handoff{Target: "x"},
		Limit: Limit{280, Weighted, 0}, Count: 3}
	const want = `{"method":"share","href":"h","text":"t\"\n","title":"i","url":"u","files":true,"file":{"url":"f","name":"n"},"ask":"a",` +
		`"alternatives":["qr","copy"],"steps":["one"],"message":{"target":"x"},"limit":{"max":280,"unit":"weighted","count":3}}`
	if got := string(d.appendJSON(nil)); got != want {
		t.Errorf("got %s", got)
	}
	if got := string((&Delivery{Method: ByHost}).appendJSON([]byte("x"))); got != `x{"method":"host"}` {
		t.Errorf("got %s", got)
	}
}

func FuzzDeliveryAsJSON(f *testing.F) {
	f.Add("h", "t", "\xff\u2028\x00\"\\")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		d := Delivery{Method: ByLink, Href: a, Text: b, Title: c, Steps: []string{a},
			Handoff: &Handoff{Text: b, File: &File{a, b, c}}}
		var got any
		if err := json.Unmarshal(d.appendJSON(nil), &got); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSharedTextDoesNotHoldTheAddress(t *testing.T) {
	req := clip1("story")
	req.Device = Device{Platform: Android, Share: Yes}
	req.Content.URL = "https://video.example/s/7100?utm_source=a"
	req.Content.Text = "Look: https://video.example/s/7100?utm_source=a !"
	d := deliveryOf(t, "system", req)
	want := Delivery{Method: ByShare, Text: "Look: !", Title: "Sunset", URL: "https://video.example/s/7100",
		Alternatives: []Method{ByCopy}}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("got %+v", d)
	}
}

func TestFilesHaveSafeNames(t *testing.T) {
	for _, c := range []struct{ url, kind, id, want string }{
		{"https://cdn.example/a/clip_1.mp4", "video/mp4", "7", "clip_1.mp4"},
		{"https://cdn.example/clip.MOV?x", "video/mp4", "7", "clip.mp4"},
		{"https://cdn.example/clip", "image/png", "7", "clip.png"},
		{"https://cdn.example/", "image/png", "7", "7.png"},
		{"https://cdn.example/..", "image/png", "../x", "story.png"},
		{"https://cdn.example/%2e%2e%2fx.jpg", "", "7", "7.jpg"},
		{"https://cdn.example/قصة.jpeg", "", "7", "7.jpg"},
		{"https://cdn.example/clip.M4V", "", "7", "clip.mp4"},
		{"https://cdn.example/song.opus", "", "7", "song.ogg"},
		{"https://cdn.example/.htaccess", "text/plain", "", "story.txt"},
		{"https://cdn.example/a.zip", "", "7", "a.zip"},
		{"https://cdn.example/a.zip", "application/zip", "7", "a.zip"},
		{"https://cdn.example/a.exe", "image/png", "7", "a.png"},
		{"https://cdn.example/CON.mp4", "video/mp4", "7", "_CON.mp4"},
		{"https://cdn.example/aux.mp4", "", "7", "_aux.mp4"},
		{"https://cdn.example/com1.tar.mp4", "video/mp4", "7", "_com1.tar.mp4"},
		{"https://cdn.example/lpt9.zip", "", "7", "_lpt9.zip"},
		{"https://cdn.example/.", "video/mp4", "nul", "_nul.mp4"},
		{"https://cdn.example/console.mp4", "video/mp4", "7", "console.mp4"},
		{"https://cdn.example/setup.exe", "application/x-msdownload", "7", "setup"},
		{"https://cdn.example/setup.exe.zip.lnk", "", "7", "setup"},
		{"https://cdn.example/x.lnk", "", "7", "x"},
		{"https://cdn.example/desktop.ini", "", "7", "desktop"},
		{"https://cdn.example/run.bat.", "", "7", "run"},
		{"https://cdn.example/run.bat.", "video/mp4", "7", "run.bat.mp4"},
		{"https://cdn.example/clip.", "", "7", "clip"},
		{"https://cdn.example/trail.GPX", "application/gpx+xml", "7", "trail.gpx"},
		{"https://cdn.example/", "application/x-sh", "run.sh", "run"},
	} {
		content := Content{ID: c.id, Kind: Story, Media: []Media{{URL: c.url, Type: c.kind}}}
		if got := fileName(&Request{Content: content}); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.url, c.kind, got, c.want)
		}
	}
}

func TestEmbedCodeIsEscaped(t *testing.T) {
	req := clip1("video", mp4)
	req.Content.EmbedURL = `https://video.example/e/7100?a=1&b="><script>alert('x')</script>`
	req.Content.Title = `A "sunset" & <b>more</b>`
	req.Page.StartAt = NumberOf(5)
	const want = `<iframe src="https://video.example/e/7100?a=1&amp;b=&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;t=5"` +
		` title="A &quot;sunset&quot; &amp; &lt;b&gt;more&lt;/b&gt;" width="360" height="640" loading="lazy" referrerpolicy="strict-origin-when-cross-origin"` +
		` sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation"` +
		` allow="autoplay; fullscreen; picture-in-picture; web-share; clipboard-write" allowfullscreen></iframe>`
	if got := deliveryOf(t, "link.embed", req).Text; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	req.Content.Title, req.Content.Media, req.Content.EmbedURL = "", nil, "https://Video.example:8080/e"
	if got := deliveryOf(t, "link.embed", req).Text; !strings.Contains(got, `src="https://Video.example:8080/e?t=5" title="video.example" width="560" height="315"`) {
		t.Errorf("got %s", got)
	}
}

func TestRoutesAllocateNothing(t *testing.T) {
	req := clip1("story", mp4)
	req.Device = Device{Platform: Android, Share: Yes, ShareFiles: Yes}
	if n := testing.AllocsPerRun(100, func() {
		c := capabilitiesOf(req) | may
		for i := range targets {
			targets[i].route(c)
		}
	}); n != 0 {
		t.Errorf("%g allocations", n)
	}
}

func BenchmarkCapabilities(b *testing.B) {
	req := clip1("story", mp4)
	for b.Loop() {
		capabilitiesOf(req)
	}
}

func BenchmarkRoutes(b *testing.B) {
	c := capabilitiesOf(clip1("story", mp4)) | may
	for b.Loop() {
		for i := range targets {
			targets[i].route(c)
		}
	}
}

func BenchmarkAllDeliveries(b *testing.B) {
	req := clip1("story", mp4)
	c := capabilitiesOf(req) | may
	for b.Loop() {
		link := cleanLink(req)
		for i := range targets {
			if _, reason := targets[i].route(c); reason == "" {
				targets[i].deliver(req, link, wordsOf(req, link), c)
			}
		}
	}
}

// deliver returns the delivery of a target by its route; the zero Delivery if it
// has none.
func (t *Target) deliver(req *Request, link Link, words *words, c capability) Delivery {
	w, reason := t.route(c)
	if reason != "" {
		return Delivery{}
	}
	return t.deliverBy(w, req, link, words, c)
}

func TestARequestThatIsChangedAfterDecodeIsLookedAtAnew(t *testing.T) {
	req, err := Decode([]byte(`{"content": {"url": "https://video.example/7", "media": [{"url": "https://cdn.example/7.mp4"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Content.URL, req.Content.Media[0].URL = "https://video.example:x/", "https://cdn.example/7.zip"
	if c := capabilitiesOf(req); c&(hasURL|hasVideo|hasFile) != 0 || c&hasMedia == 0 {
		t.Errorf("capabilities are %b", c)
	}
	if link := cleanLink(req); link.URL != "" {
		t.Errorf("the link is %s", link.URL)
	}
}
