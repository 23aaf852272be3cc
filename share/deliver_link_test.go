package share

import (
	"net/url"
	"sharewise/share/internal/address"
	"sharewise/share/internal/letters"
	"sharewise/share/internal/text"
	"strings"
	"testing"
	"unicode/utf8"
)

// linkOf returns the link of a target, "" if it has none.
func linkOf(t testing.TB, id string, req *Request) string {
	t.Helper()
	return deliveryOf(t, id, req).Href
}

func deliveryOf(t testing.TB, id string, req *Request) Delivery {
	t.Helper()
	i, ok := targetIndex(id)
	if !ok {
		t.Fatalf("no target %q", id)
	}
	c := capabilitiesOf(req) | may
	if _, reason := targets[i].route(c); reason != "" {
		t.Fatalf("%s: no route: %s", id, reason)
	}
	return targets[i].deliver(req, cleanLink(req), wordsOf(req, cleanLink(req)), c)
}

// pageOf returns a page with every setting that a target may need.
func pageOf() Page {
	p := Page{AppIDs: map[string]string{"facebook": "1234"}, Instances: map[string]string{}, Via: "@lamha"}
	for _, id := range []string{"mastodon", "misskey", "friendica", "hubzilla", "gnusocial", "diaspora"} {
		p.Instances[id] = "social.example"
	}
	return p
}

// encoded is an independent encoder.
func encoded(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// wantLinks is the link of every target that has one, on a computer unless said
// otherwise. U is the address, T the title, W the text, J text and address, I the
// picture, G the tags.
var wantLinks = map[string]string{
	"snapchat":         "https://www.snapchat.com/share?link=U",
	"facebook":         "https://www.facebook.com/sharer/sharer.php?u=U&hashtag=%23sky",
	"x":                "https://x.com/intent/tweet?text=W&url=U&hashtags=G&via=lamha",
	"threads":          "https://www.threads.com/intent/post?text=W&url=U&tag=sky",
	"reddit":           "https://www.reddit.com/submit?url=U&title=T&type=LINK",
	"bluesky":          "https://bsky.app/intent/compose?text=J",
	"mastodon":         "https://social.example/share?text=J",
	"linkedin":         "https://www.linkedin.com/sharing/share-offsite/?url=U",
	"pinterest":        "https://www.pinterest.com/pin/create/button/?url=U&media=I&description=W",
	"tumblr":           "https://www.tumblr.com/widgets/share/tool?posttype=link&canonicalUrl=U&content=U&title=T&caption=W&tags=G",
	"hackernews":       "https://news.ycombinator.com/submitlink?u=U&t=T",
	"lobsters":         "https://lobste.rs/stories/new?url=U&title=T",
	"misskey":          "https://social.example/share?text=J",
	"friendica":        "https://social.example/compose?body=J",
	"hubzilla":         "https://social.example/rpost?body=J",
	"gnusocial":        "https://social.example/notice/new?status_textarea=J",
	"diaspora":         "https://social.example/bookmarklet?url=U&title=T",
	"vk":               "https://vk.com/share.php?url=U&title=T&image=I",
	"odnoklassniki":    "https://connect.ok.ru/offer?url=U&title=T&description=W&imageUrl=I",
	"xing":             "https://www.xing.com/spi/shares/new?url=U",
	"weibo":            "https://service.weibo.com/share/share.php?url=U&title=T&pic=I",
	"qzone":            "https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url=U&title=T&summary=W&pics=I",
	"douban":           "https://www.douban.com/share/service?href=U&name=T&text=W&image=I",
	"gab":              "https://gab.com/compose?url=U&text=T",
	"mewe":             "https://mewe.com/share?link=U",
	"livejournal":      "https://www.livejournal.com/update.bml?subject=T&event=J",
	"buffer":           "https://buffer.com/add?text=W&url=U",
	"whatsapp":         "https://api.whatsapp.com/send?text=J",
	"telegram":         "https://t.me/share/url?url=U&text=W",
	"messenger":        "https://www.facebook.com/dialog/send?app_id=1234&link=U&redirect_uri=U",
	"line":             "https://social-plugins.line.me/lineit/share?url=U&text=W",
	"email":            "mailto:?subject=T&body=J",
	"gmail":            "https://mail.google.com/mail/?view=cm&fs=1&su=T&body=J",
	"outlook":          "https://outlook.live.com/mail/0/deeplink/compose?subject=T&body=J",
	"outlook.work":     "https://outlook.office.com/mail/deeplink/compose?subject=T&body=J",
	"yahoomail":        "https://compose.mail.yahoo.com/?subject=T&body=J",
	"instapaper":       "https://www.instapaper.com/hello2?url=U&title=T&description=W",
	"raindrop":         "https://app.raindrop.io/add?link=U&title=T",
	"pinboard":         "https://pinboard.in/add?url=U&title=T&description=W",
	"flipboard":        "https://share.flipboard.com/bookmarklet/popout?v=2&title=T&url=U",
	"hatena":           "https://b.hatena.ne.jp/entry/panel/?url=U&btitle=T",
	"evernote":         "https://www.evernote.com/clip.action?url=U&title=T",
	"teams":            "https://teams.microsoft.com/share?href=U&msgText=W&preview=true",
	"trello":           "https://trello.com/add-card?mode=popup&url=U&name=T&desc=W",
	"google.classroom": "https://classroom.google.com/share?url=U&title=T&body=W",
	"wordpress":        "https://wordpress.com/wp-admin/press-this.php?u=U&t=T&s=W&i=I",
	"blogger":          "https://www.blogger.com/blog-this.g?u=U&n=T&t=W",
	"chatgpt":          "https://chatgpt.com/?prompt=P",
	"claude":           "https://claude.ai/new?q=P",
	"perplexity":       "https://www.perplexity.ai/search?q=P",
	"grok":             "https://x.com/i/grok?text=P",
	"google.ai":        "https://www.google.com/search?udm=50&aep=11&q=P",

	"ios sms":           "sms:&body=J",
	"android sms":       "sms:?body=J",
	"ios viber":         "viber://forward?text=J",
	"android threema":   "threema://compose?text=J",
	"ios line":          "https://line.me/R/share?text=J",
	"android line":      "https://line.me/R/share?text=J",
	"android snapchat":  "https://www.snapchat.com/scan?attachmentUrl=U",
	"android messenger": "fb-messenger://share/?link=U&app_id=1234",
	"ios messenger":     "fb-messenger://share/?link=U&app_id=1234",
}

// awkward are the values that broke other libraries.
var awkward = map[string]struct{ url, title, text string }{
	"plain": {"https://video.example/s/7100", "Sunset", "Tonight's sky"},
	"marks": {"https://video.example/s/7100", `A & B = C? #1 100% + "q" 'q' <b> (x)!*`,
		"a&b#c%d+e=f;g/h:i@j$k,l"},
	"query, fragment": {"https://video.example/w?v=1&list=a%20b&q=c+d#t=1?x", "T", "W"},
	"emoji":           {"https://video.example/s/7100", "Family 👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇸🇾 ❤️‍🔥"},
	"right to left":   {"https://video.example/s/7100", "غروب \u200fالشمس\u200e", "سماء الليلة\u061c"},
	"line breaks":     {"https://video.example/s/7100", "Sunset", "one\ntwo\n\nthree"},
	"host in Arabic":  {"https://مثال.إختبار/قصة?س=١", "Sunset", "W"},
	"port":            {"http://video.example:8080/s/7100", "Sunset", "W"},
	"address in IPv6": {"http://[2001:db8::1]:80/s", "Sunset", "W"},
	"encoded twice":   {"https://video.example/a%2520b?u=https%3A%2F%2Fx.example%2F%3Fy%3D1", "50%25", "%0A"},
}

// serialised has the addresses above that the URL standard writes in another way.
var serialised = map[string]string{
	"https://مثال.إختبار/قصة?س=١": "https://xn--mgbh0fb.xn--kgbechtv/%D9%82%D8%B5%D8%A9?%D8%B3=%D9%A1",
	"http://[2001:db8::1]:80/s":   "http://[2001:db8::1]/s",
}

func requestOf(u, title, text string) *Request {
	return &Request{
		Content: Content{ID: "7100", Kind: Story, URL: u, Title: title, Text: text, Tags: []string{"#sky", "night sky"},
			ImageURL: "https://video.example/7100.jpg?w=1&h=2"},
		Device: Device{Platform: Desktop},
		Page:   pageOf(),
	}
}

func TestEveryLinkCarriesItsValues(t *testing.T) {
	seen := map[string]bool{}
	for id, want := range wantLinks {
		platform, id, phone := cutPlatform(id)
		seen[id] = true
		for name, v := range awkward {
			req := requestOf(v.url, v.title, v.text)
			if u, ok := serialised[v.url]; ok {
				v.url = u
			}
			if phone {
				req.Device.Platform = platform
			}
			joined := encoded(v.text + "\n" + v.url)
			if id == "email" {
				joined = strings.ReplaceAll(joined, "%0A", "%0D%0A")
				if name == "encoded twice" {
					joined = encoded(v.text) + "%0D%0A" + encoded(v.url)
				}
			}
			start := strings.IndexAny(want, "?&")
			var b strings.Builder
			b.WriteString(want[:start])
			for _, part := range strings.SplitAfter(want[start:], "=") {
				value, rest := part, ""
				if i := strings.IndexByte(part, '&'); i >= 0 {
					value, rest = part[:i], part[i:]
				}
				switch value {
				case "U":
					value = encoded(v.url)
				case "T":
					value = encoded(v.title)
				case "W":
					value = encoded(v.text)
				case "J":
					value = joined
				case "P":
					value = encoded("Summarize this page:\n" + v.url)
				case "I":
					value = encoded("https://video.example/7100.jpg?w=1&h=2")
				case "G":
					value = "sky%2Cnightsky"
				}
				b.WriteString(value + rest)
			}
			if got := linkOf(t, id, req); got != b.String() {
				t.Errorf("%s %s, %s:\n got %s\nwant %s", platform, id, name, got, b.String())
			}
		}
	}
	for i := range targets {
		if targets[i].Link != "" && !seen[targets[i].ID] {
			t.Errorf("no case for %s", targets[i].ID)
		}
	}
}

func cutPlatform(s string) (Platform, string, bool) {
	if p, id, ok := strings.Cut(s, " "); ok {
		return Platform(p), id, true
	}
	return Desktop, s, false
}

// These bugs were found in other libraries; the sources are in
// registry/targets.json.
func TestBugsOfOthers(t *testing.T) {
	const u = "https://video.example/s/7100"
	for _, c := range []struct {
		name, id, want string
		change         func(*Request)
	}{
		{"Facebook's one tag has its #", "facebook", "https://www.facebook.com/sharer/sharer.php?u=" + encoded(u) +
			"&hashtag=%23ab", func(r *Request) { r.Content.Tags = []string{"a=b&", "c"} }},
		{"Facebook gets no quote, title or description", "facebook", "https://www.facebook.com/sharer/sharer.php?u=" +
			encoded(u), func(r *Request) { r.Content.Tags = nil }},
		{"tags are encoded", "x", "https://x.com/intent/tweet?url=" + encoded(u) + "&hashtags=%C3%A9t%C3%A9%2Cab",
			func(r *Request) { r.Content.Tags = []string{"été", "a=b", "#", ""} }},
		{"empty parameters leave no && and no =&", "x", "https://x.com/intent/tweet?url=" + encoded(u),
			func(r *Request) { r.Content.Tags = nil }},
		{"an empty title leaves nothing", "reddit", "https://www.reddit.com/submit?url=" + encoded(u) + "&type=LINK",
			nil},
		{"an empty text leaves no blank before the address", "whatsapp", "https://api.whatsapp.com/send?text=" +
			encoded(u), nil},
		{"nor in mail", "email", "mailto:?body=" + encoded(u), nil},
		{"sms has no //", "sms", "sms:?body=" + encoded(u), func(r *Request) { r.Device.Platform = Android }},
		{"sms on iOS is & and not &?", "sms", "sms:&body=" + encoded(u), func(r *Request) { r.Device.Platform = IOS }},
		{"Telegram's path ends in /url", "telegram", "https://t.me/share/url?url=" + encoded(u), nil},
		{"@ : $ , ; = ? / are encoded too", "threads",
			"https://www.threads.com/intent/post?text=%40%20%3A%20%24%20%2C%20%3B%20%3D%20%3F%20%2F&url=" + encoded(u),
			func(r *Request) { r.Content.Text = "@ : $ , ; = ? /" }},
		{"Hatena gets encoded values", "hatena", "https://b.hatena.ne.jp/entry/panel/?url=" + encoded(u) +
			"&btitle=a%26b", func(r *Request) { r.Content.Title = "a&b" }},
		{"LiveJournal gets the address", "livejournal", "https://www.livejournal.com/update.bml?event=" +
			encoded("words\n"+u), func(r *Request) { r.Content.Text = "words" }},
		{"LinkedIn gets no title and no summary", "linkedin", "https://www.linkedin.com/sharing/share-offsite/?url=" +
			encoded(u), func(r *Request) { r.Content.Title, r.Content.Text = "T", "W" }},
		{"the body of a mail has the text too", "email", "mailto:?subject=T&body=words%0D%0A" + encoded(u),
			func(r *Request) { r.Content.Title, r.Content.Text = "T", "words" }},
		{"the text stands before the address", "viber", "viber://forward?text=words%0A" + encoded(u),
			func(r *Request) { r.Content.Text, r.Device.Platform = "words", IOS }},
		{"a tag is not a title", "tumblr", "https://www.tumblr.com/widgets/share/tool?posttype=link&canonicalUrl=" +
			encoded(u) + "&content=" + encoded(u) + "&title=%40tu&tags=t%2Cu",
			func(r *Request) { r.Content.Title, r.Content.Tags = "@tu", []string{"t", "u"} }},
		{"Threads takes one tag as its topic", "threads", "https://www.threads.com/intent/post?url=" + encoded(u) +
			"&tag=nightsky", func(r *Request) { r.Content.Tags = []string{"#", "night\tsky&", "b"} }},
		{"of at most 50 characters", "threads", "https://www.threads.com/intent/post?url=" + encoded(u) + "&tag=" +
			strings.Repeat("%D8%B3", 50), func(r *Request) { r.Content.Tags = []string{strings.Repeat("س", 50)} }},
		{"and a longer one is none", "threads", "https://www.threads.com/intent/post?url=" + encoded(u),
			func(r *Request) { r.Content.Tags = []string{strings.Repeat("س", 51), "b"} }},
		{"nor is one with a period", "threads", "https://www.threads.com/intent/post?url=" + encoded(u),
			func(r *Request) { r.Content.Tags = []string{"a.b", "b"} }},
		{"X gets its tags with commas, and each empty one is dropped", "x",
			"https://x.com/intent/tweet?text=My%20Title&url=" + encoded(u) + "&hashtags=foo%2Cbar&via=myuser",
			func(r *Request) {
				r.Content.Title, r.Content.Tags, r.Page.Via = "My Title", []string{"foo", "#", "bar"}, "@myuser"
			}},
		{"a title that is missing is not the word undefined", "hackernews",
			"https://news.ycombinator.com/submitlink?u=" + encoded(u), nil},
		{"Pinterest gets the picture", "pinterest", "https://www.pinterest.com/pin/create/button/?url=" + encoded(u) +
			"&media=" + encoded("https://video.example/7100.jpg?w=1&h=2"), nil},
		{"WhatsApp gets text, line break, address, in this order", "whatsapp",
			"https://api.whatsapp.com/send?text=words%0A" + encoded(u), func(r *Request) { r.Content.Text = "words" }},
		{"on iOS the body of a message is text, line break, address", "sms", "sms:&body=words%0A" + encoded(u),
			func(r *Request) { r.Content.Text, r.Device.Platform = "words", IOS }},
		{"a mail is text, line break in two characters, address", "email", "mailto:?subject=T&body=one%0D%0Atwo%0D%0A" +
			encoded(u), func(r *Request) { r.Content.Title, r.Content.Text = "T", "one\ntwo" }},
		{"a + stays one", "telegram", "https://t.me/share/url?url=" + encoded(u) + "&text=1%2B1",
			func(r *Request) { r.Content.Text = "1+1" }},
		{"an address is not encoded twice", "xing",
			"https://www.xing.com/spi/shares/new?url=https%3A%2F%2Fvideo.example%2Fa%2520b",
			func(r *Request) { r.Content.URL = "https://video.example/a%20b" }},
		{"a query and a fragment go along", "linkedin",
			"https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fvideo.example%2Fw%3Fv%3D1%26t%3D2%23c",
			func(r *Request) { r.Content.URL = "https://video.example/w?v=1&t=2#c" }},
		{"words in braces are words", "threads",
			"https://www.threads.com/intent/post?text=%7Burl%7D%20%7Btitle%7D&url=" + encoded(u),
			func(r *Request) { r.Content.Text = "{url} {title}" }},
		{"Instapaper saves, it does not show", "instapaper", "https://www.instapaper.com/hello2?url=" + encoded(u),
			nil},
		{"Reddit stays at /submit with its type", "reddit", "https://www.reddit.com/submit?url=" + encoded(u) +
			"&title=T&type=LINK", func(r *Request) { r.Content.Title = "T" }},
		{"Messenger returns to the page's own address", "messenger",
			"https://www.facebook.com/dialog/send?app_id=1234&link=" + encoded(u) +
				"&redirect_uri=https%3A%2F%2Fvideo.example%2Fdone%3Fa%3D1",
			func(r *Request) { r.Page.RedirectURI = "https://video.example/done?a=1" }},
		{"a text with the address gets no second one", "whatsapp", "https://api.whatsapp.com/send?text=" +
			encoded("see "+u+" now"), func(r *Request) { r.Content.Text = "see " + u + " now" }},
		{"nor where the address has a place of its own", "x", "https://x.com/intent/tweet?text=see%20now&url=" +
			encoded(u) + "&via=lamha", func(r *Request) {
			r.Content.Text, r.Content.Tags, r.Page.Via = "see "+u+" now",
				nil, "lamha"
		}},
		{"a longer address is another one", "whatsapp", "https://api.whatsapp.com/send?text=" +
			encoded("see "+u+"1\n"+u), func(r *Request) { r.Content.Text = "see " + u + "1" }},
		{"an address at the end of a sentence is the same", "bluesky", "https://bsky.app/intent/compose?text=" +
			encoded("see "+u+"."), func(r *Request) { r.Content.Text = "see " + u + "." }},
		{"lone surrogates become U+FFFD", "threads", "https://www.threads.com/intent/post?text=a%EF%BF%BDb&url=" +
			encoded(u), func(r *Request) { r.Content.Text = "a\xed\xa0\xbdb" }},
		{"bytes that are no text too", "hackernews", "https://news.ycombinator.com/submitlink?u=" + encoded(u) +
			"&t=a%EF%BF%BDb", func(r *Request) { r.Content.Title = "a\xffb" }},
		{"control characters are dropped", "reddit", "https://www.reddit.com/submit?url=" + encoded(u) +
			"&title=a%20b%20cd&type=LINK", func(r *Request) { r.Content.Title = "\x00a\tb\nc\x1b\u0085d\x7f " }},
		{"line breaks of all systems are one", "bluesky", "https://bsky.app/intent/compose?text=" +
			encoded("a\nb\nc\n"+u), func(r *Request) { r.Content.Text = "a\r\nb\rc" }},
		{"the reader's own words go in", "threads", "https://www.threads.com/intent/post?text=mine&url=" + encoded(u),
			func(r *Request) { r.Content.Text, r.Page.Text = "theirs", map[string]string{"threads": "mine"} }},
		{"and may be none", "threads", "https://www.threads.com/intent/post?url=" + encoded(u),
			func(r *Request) { r.Content.Text, r.Page.Text = "theirs", map[string]string{"threads": ""} }},
		{"where only a title is taken they are it", "reddit", "https://www.reddit.com/submit?url=" + encoded(u) +
			"&title=mine&type=LINK", func(r *Request) {
			r.Content.Title, r.Page.Text = "theirs",
				map[string]string{"reddit": "mine"}
		}},
		{"an assistant is asked in the page's words", "claude", "https://claude.ai/new?q=" +
			encoded("لخّص هذه الصفحة\n"+u),
			func(r *Request) { r.Page.Text = map[string]string{"claude": "لخّص هذه الصفحة"} }},
		{"a title stands in for a text", "whatsapp", "https://api.whatsapp.com/send?text=T%0A" + encoded(u),
			func(r *Request) { r.Content.Title = "T" }},
		{"but not where both have a place", "pinboard", "https://pinboard.in/add?url=" + encoded(u) + "&title=T",
			func(r *Request) { r.Content.Title = "T" }},
	} {
		req := requestOf(u, "", "")
		req.Page.Via, req.Content.Tags = "", nil
		if c.change != nil {
			c.change(req)
		}
		if got := linkOf(t, c.id, req); got != c.want {
			t.Errorf("%s (%s):\n got %s\nwant %s", c.name, c.id, got, c.want)
		}
	}
}

// Libraries disagree about these networks; these are the forms that work.
func TestWhereLibrariesDisagree(t *testing.T) {
	req := requestOf("https://video.example/s/7100", "T", "W")
	for _, c := range []struct {
		id       string
		platform Platform
		begins   string
		not      []string // forms that other libraries use
	}{
		{"whatsapp", Desktop, "https://api.whatsapp.com/send?text=", []string{"wa.me", "whatsapp://"}},
		{"x", Desktop, "https://x.com/intent/tweet?", []string{"twitter.com", "intent/post"}},
		{"threads", Desktop, "https://www.threads.com/intent/post?", []string{"threads.net"}},
		{"linkedin", Desktop, "https://www.linkedin.com/sharing/share-offsite/?url=",
			[]string{"shareArticle", "mini=", "title=", "summary=", "source="}},
		{"telegram", Desktop, "https://t.me/share/url?url=", []string{"telegram.me", "t.me/share?"}},
		{"reddit", Desktop, "https://www.reddit.com/submit?url=",
			[]string{"/web/submit", "new.reddit.com", "type=TEXT"}},
		{"facebook", Desktop, "https://www.facebook.com/sharer/sharer.php?u=",
			[]string{"quote=", "title=", "description=", "picture=", "s=100"}},
		{"messenger", Desktop, "https://www.facebook.com/dialog/send?app_id=1234&", []string{"fb-messenger"}},
		{"messenger", Android, "fb-messenger://share/?link=", []string{"dialog/send"}},
		{"tumblr", Desktop, "https://www.tumblr.com/widgets/share/tool?posttype=link&", []string{"share/link"}},
		{"odnoklassniki", Desktop, "https://connect.ok.ru/offer?", []string{"st.cmd"}},
		{"xing", Desktop, "https://www.xing.com/spi/shares/new?url=", []string{"social/share"}},
		{"instapaper", Desktop, "https://www.instapaper.com/hello2?", []string{"/edit", "/text?"}},
		{"line", Desktop, "https://social-plugins.line.me/lineit/share?url=", []string{"R/msg", "line://"}},
		{"line", IOS, "https://line.me/R/share?text=", []string{"R/msg", "line://"}},
		{"sms", Android, "sms:?body=", []string{"//?", "&?", "?&"}},
		{"sms", IOS, "sms:&body=", []string{"//?", "&?", "?&"}},
		{"mastodon", Desktop, "https://social.example/share?text=",
			[]string{"toot.kytta.dev", "mastodonshare", "web+mastodon"}},
		{"hatena", Desktop, "https://b.hatena.ne.jp/entry/panel/?url=", []string{"mode=confirm"}},
		{"snapchat", Desktop, "https://www.snapchat.com/share?link=", []string{"scan?"}},
		{"snapchat", IOS, "https://www.snapchat.com/scan?attachmentUrl=", []string{"share?"}},
	} {
		req.Device.Platform = c.platform
		got := linkOf(t, c.id, req)
		if !strings.HasPrefix(got, c.begins) {
			t.Errorf("%s on %s: %s does not begin with %s", c.id, c.platform, got, c.begins)
		}
		for _, form := range c.not {
			if strings.Contains(got, form) {
				t.Errorf("%s on %s: %s holds %s", c.id, c.platform, got, form)
			}
		}
	}
	for i := range targets {
		for _, link := range []string{targets[i].Link, targets[i].Phone, targets[i].Apple} {
			if strings.HasPrefix(link, "http://") {
				t.Errorf("%s goes by http: %s", targets[i].ID, link)
			}
		}
	}
}

func TestBadInputIsRefusedWithAReasonOrSerialised(t *testing.T) {
	const scheme = "only http and https URLs can be shared, not "
	for value, want := range map[string]string{
		"javascript:alert(1)":          `1:21: /content/url: ` + scheme + `"javascript"`,
		"JaVaScRiPt:alert(1)":          `1:21: /content/url: ` + scheme + `"javascript"`,
		"data:text/html,<script>":      `1:21: /content/url: ` + scheme + `"data"`,
		"blob:https://video.example/1": `1:21: /content/url: ` + scheme + `"blob"`,
		"https://lina:secret@video.example/": "1:21: /content/url: the URL holds a user name or password; " +
			"leave it out",
		"https://video.example:99999/":                `1:21: /content/url: want a number from 0 to 65535 as the port, not "99999"`,
		"https://video\u202e.example/":                "1:21: /content/url: \"video\uFFFD.example\" cannot be a host",
		"https://مثال.إختبار:8443/قصة?س=١&ص=%20+#ع":   "",
		"https://xn--mgbh0fb.xn--kgbechtv/":           "",
		"https://video.example:8443/a?b=c&d=%26e+f#g": "",
		"https://video.example/it's?q=\\\"x\\\"":      "",
		"https://video.example/a b":                   "",
	} {
		req, err := Decode([]byte(`{"content": {"url": "` + value + `"}}`))
		if want != "" {
			if err == nil || err.Error() != want {
				t.Errorf("%s:\n got %v\nwant %s", value, err, want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", value, err)
			continue
		}
		req.Page.KeepTracking, req.Device.Platform = true, Desktop
		exact, ok := map[string]string{
			"https://مثال.إختبار:8443/قصة?س=١&ص=%20+#ع": "https://xn--mgbh0fb.xn--kgbechtv:8443/%D9%82%D8%B5%D8%A9?" +
				"%D8%B3=%D9%A1&%D8%B5=%20+#%D8%B9",
			"https://video.example/it's?q=\\\"x\\\"": "https://video.example/it's?q=%22x%22",
			"https://video.example/a b":              "https://video.example/a%20b",
		}[value]
		if !ok {
			exact = value
		}
		parsed, err := url.Parse(linkOf(t, "reddit", req))
		if err != nil || parsed.Query().Get("url") != exact || deliveryOf(t, "link.copy", req).Text != exact ||
			deliveryOf(t, "link.qr", req).Href != exact {
			t.Errorf("%s came out as %s: %v", value, parsed, err)
		}
	}
	for name, text := range map[string]string{
		"quotes, & and #":      `"a" 'b' & #c %d +e <f> \g/`,
		"emoji with joiners":   "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️‍🔥",
		"marks of direction":   "\u200fسماء\u200e \u202bالليلة\u202c",
		"what looks like code": "{{url}} ${x} %s <script>alert(1)</script>",
	} {
		req := requestOf("https://video.example/s/7100", text, text)
		for id, member := range map[string]string{"reddit": "title", "threads": "text", "telegram": "text",
			"pinboard": "description"} {
			parsed, err := url.Parse(linkOf(t, id, req))
			if err != nil || parsed.Query().Get(member) != text {
				t.Errorf("%s, %s: %q came out as %q: %v", name, id, text, parsed.Query().Get(member), err)
			}
		}
	}
	for _, control := range []string{`\u0000`, `\u001b`, `\u007f`, `\u0085`} {
		want := "1:22: /content/text: the text holds the control character U+00" +
			strings.ToUpper(control[len(control)-2:])
		if _, err := Decode([]byte(`{"content": {"text": "a` + control + `b"}}`)); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", control, err, want)
		}
	}
	long := strings.Repeat("سماء ", 100<<10/9)
	req, err := Decode([]byte(`{"content": {"url": "https://video.example/s/7100", "text": "` + long + `"}}`))
	if err != nil || req.Content.Text != long {
		t.Fatalf("a text of 100 KB: %v", err)
	}
	for _, host := range []string{"https://mastodon.social", "mastodon.social/share", "lina@mastodon.social",
		"mastodon.social:443", "localhost", "127.0.0.1", "a b.example"} {
		want := `1:37: /page/instances/mastodon: ` + address.Quote(host) +
			` is not the name of an instance; want a host, such as mastodon.social`
		if _, err := Decode([]byte(`{"page": {"instances": {"mastodon": "` + host + `"}}}`)); err == nil ||
			err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestEncoder(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"AZaz09-._~":                "AZaz09-._~",
		" !\"#$%&'()*+,/:;<=>?@[]^": "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B%5D%5E",
		"\\`{|}\x00\x7f":            "%5C%60%7B%7C%7D%00%7F",
		"é€😀":                       "%C3%A9%E2%82%AC%F0%9F%98%80",
		"\xed\xa0\xbd":              "%EF%BF%BD", // one lone surrogate is one replacement
		"\xed\xa0\xbd\xed\xb8\x80":  "%EF%BF%BD%EF%BF%BD",
		"\xff\xfea":                 "%EF%BF%BD%EF%BF%BDa",
		"a\xe2\x82":                 "a%EF%BF%BD%EF%BF%BD",
		"\n":                        "%0A",
	} {
		if got := string(address.Escape(nil, in, false)); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
	if got := string(address.Escape([]byte("x"), "a\nb", true)); got != "xa%0D%0Ab" {
		t.Errorf("in mail: %s", got)
	}
}

func TestInstanceIsAskedForOnce(t *testing.T) {
	for _, id := range []string{"mastodon", "misskey", "friendica", "hubzilla", "gnusocial", "diaspora"} {
		req := requestOf("https://video.example/s/7100", "T", "W")
		for _, host := range []string{"", "evil.example/x", "user@evil.example", "localhost", "a.example:80",
			"https://a.example", "127.0.0.1"} {
			req.Page.Instances = map[string]string{id: host}
			if d := deliveryOf(t, id, req); d.Ask != "instance" || d.Href != "" || d.Method != ByLink {
				t.Errorf("%s at %q: got %+v", id, host, d)
			}
		}
		req.Page.Instances = map[string]string{id: "social.example"}
		if d := deliveryOf(t, id, req); d.Ask != "" || !strings.HasPrefix(d.Href, "https://social.example/") {
			t.Errorf("%s: got %+v", id, d)
		}
	}
}

func TestLongTextIsCutAndTheAddressIsNot(t *testing.T) {
	const u = "https://video.example/s/7100?a=1#b"
	long := strings.Repeat("سماء الليلة 🌅 ", 8000)
	for i := range targets {
		target := &targets[i]
		if target.Link == "" {
			continue
		}
		for _, p := range []Platform{Desktop, IOS, Android} {
			req := requestOf(u, long[:4096], long)
			req.Device.Platform = p
			c := capabilitiesOf(req) | may
			if _, reason := target.route(c); reason != "" {
				continue
			}
			d := target.deliver(req, cleanLink(req), wordsOf(req, cleanLink(req)), c)
			if !strings.Contains(d.Href, encoded(u)) {
				t.Errorf("%s on %s: the address is gone from %.300s", target.ID, p, d.Href)
			}
			limit := maxWebLink
			if !address.IsWeb(d.Href) || target.ID == "whatsapp" {
				limit = maxSchemeLink
			}
			if len(d.Href) > limit {
				t.Errorf("%s on %s: the link has %d bytes", target.ID, p, len(d.Href))
			}
			if strings.Contains(d.Href, "%EF%BF%BD") || !utf8.ValidString(d.Text) {
				t.Errorf("%s on %s: a character is cut apart", target.ID, p)
			}
		}
	}
}

// A mark ends a hashtag on X and Facebook; Tumblr and Threads take most of them.
func TestATagIsWrittenAsItsNetworkReadsIt(t *testing.T) {
	for _, c := range []struct{ tag, hashtag, other string }{
		{"sky", "sky", "sky"}, {"#sky", "sky", "sky"}, {"＃東京", "東京", "東京"}, {"東京　タワー", "東京タワー", "東京タワー"},
		{"rock-n-roll", "rocknroll", "rock-n-roll"}, {"Rock ’n’ Roll", "RocknRoll", "Rock’n’Roll"}, {"C#", "", ""}, {"C++", "", ""},
		{"C＃", "", ""}, {"##sky", "sky", "sky"}, {"snake_case", "snake_case", "snake_case"}, {"2026", "", ""}, {"2026年", "2026年", "2026年"},
		{"a, b", "ab", "ab"}, {"#", "", ""}, {"سماء", "سماء", "سماء"}, {"نیم\u200cفاصله", "نیم\u200cفاصله", "نیم\u200cفاصله"},
		{"スター・ウォーズ", "スター・ウォーズ", "スター・ウォーズ"}, {"café!", "café", "café"}, {"हिन्दी", "हिन्दी", "हिन्दी"},
		{"e\u0301te\u0301", "e\u0301te\u0301", "e\u0301te\u0301"}, {"sky☀️", "sky", "sky☀️"}, {"sky🙂", "sky", "sky🙂"},
		{"，、。", "", "，、。"}, {"\u202esky", "sky", "sky"}, {"…", "", "…"}, {"--", "", "--"},
	} {
		req := requestOf("https://video.example/", "", "")
		req.Content.Tags, req.Device.Platform = []string{c.tag}, Desktop
		for id, parameter := range map[string]string{"x": "hashtags", "tumblr": "tags"} {
			want := map[string]string{"x": c.hashtag, "tumblr": c.other}[id]
			if c.tag == "2026" && id == "tumblr" {
				want = "2026"
			}
			if got := hrefParameter(t, linkOf(t, id, req), parameter); got != want {
				t.Errorf("%s: %+q is %+q, want %+q", id, c.tag, got, want)
			}
		}
		want := ""
		if c.hashtag != "" {
			want = "#" + c.hashtag
		}
		if got := hrefParameter(t, linkOf(t, "facebook", req), "hashtag"); got != want {
			t.Errorf("facebook: %+q is %+q, want %+q", c.tag, got, want)
		}
	}
}

func TestManyTagsAreLeftOutAndTheAddressIsNot(t *testing.T) {
	const u = "https://video.example/s/7100?a=1#b"
	for _, id := range []string{"x", "tumblr", "facebook", "threads"} {
		req := requestOf(u, "Sunset", "Tonight’s sky")
		req.Device.Platform, req.Content.Tags = Desktop, nil
		for i := range 1000 {
			req.Content.Tags = append(req.Content.Tags, "سماء_"+text.Itoa(i))
		}
		href := deliveryOf(t, id, req).Href
		if len(href) > maxWebLink || !strings.Contains(href, encoded(u)) {
			t.Errorf("%s: the link has %d bytes: %.300s", id, len(href), href)
		}
		if first := encoded("سماء_0"); !strings.Contains(href, first) {
			t.Errorf("%s: the first tag is gone", id)
		}
		tags := hrefParameter(t, href, map[string]string{"x": "hashtags", "tumblr": "tags"}[id])
		for i, tag := range strings.Split(tags, ",") {
			if tags != "" && tag != "سماء_"+text.Itoa(i) {
				t.Errorf("%s: tag %d is %q", id, i, tag)
			}
		}
	}
}

func hrefParameter(t *testing.T, href, name string) string {
	t.Helper()
	parsed, err := url.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Query().Get(name)
}

func TestLimitsAreKeptInTheirOwnUnit(t *testing.T) {
	const u = "https://video.example/s/7100"
	for _, c := range []struct {
		id, text string
		size     func(message string) int
	}{
		{"x", strings.Repeat("word ", 100), nil},
		{"bluesky", strings.Repeat("🇸🇾", 400), clusters},
		{"threads", strings.Repeat("é", 600), utf8.RuneCountInString},
		{"mastodon", strings.Repeat("word ", 200), func(message string) int {
			return clusters(strings.Replace(message, u, strings.Repeat("x", 23), 1))
		}},
		{"teams", strings.Repeat("word ", 100), utf8.RuneCountInString},
		{"pinterest", strings.Repeat("word ", 200), utf8.RuneCountInString},
	} {
		req := requestOf(u, "", c.text)
		d := deliveryOf(t, c.id, req)
		if d.Count <= d.Limit.Max {
			t.Errorf("%s: a text that is too long counts %d of %d", c.id, d.Count, d.Limit.Max)
		}
		parsed, err := url.Parse(d.Href)
		if err != nil {
			t.Fatal(err)
		}
		q := parsed.Query()
		message := q.Get("text") + q.Get("msgText") + q.Get("description")
		if c.size != nil {
			if n := c.size(message); n > d.Limit.Max || n < d.Limit.Max-5 {
				t.Errorf("%s: the message has %d of %d", c.id, n, d.Limit.Max)
			}
		}
		if !strings.Contains(message, "…") {
			t.Errorf("%s: nothing shows that the text was cut: %s", c.id, message)
		}
	}
	req := requestOf(u, strings.Repeat("t", 400), "")
	for id, max := range map[string]int{"reddit": 300, "hackernews": 80} {
		parsed, _ := url.Parse(linkOf(t, id, req))
		if title := parsed.Query().Get("title") + parsed.Query().Get("t"); utf8.RuneCountInString(title) != max {
			t.Errorf("%s: the title has %d characters, want %d", id, utf8.RuneCountInString(title), max)
		}
	}
}

// Each text is one that its network takes as long as the limit lets it be, with
// what it counts there.
func TestATextIsCutOnlyWhereItsNetworkRefusesIt(t *testing.T) {
	long := "https://news.example/" + strings.Repeat("a", 299)
	for _, c := range []struct {
		id, url, text string
		count         int
	}{
		{"mastodon", long, strings.Repeat("a", 300), 300 + 1 + 23},
		{"mastodon", long, strings.Repeat("é", 400) + " " + long, 400 + 1 + 23},
		{"mastodon", long, strings.Repeat("👨\u200d👩\u200d👧", 100) + strings.Repeat("a", 376), 476 + 1 + 23},
		{"mastodon", long, strings.Repeat("example.com ", 38) + "a", 38*12 + 1 + 1 + 23},
		{"threads", long, strings.Repeat("a", 500), 500},
		{"threads", long, strings.Repeat("😀", 125), 500},
		{"threads", long, strings.Repeat("é", 250) + strings.Repeat("👨\u200d👩\u200d👧", 13) + strings.Repeat("日", 16), 250 + 13*18 + 16},
		{"x", long, strings.Repeat("e\u0301", 200), 200 + 1 + 23},
		{"x", long, strings.Repeat("e\u0301", 256), 256 + 1 + 23},
		{"x", long, "https://news.example/1" + strings.Repeat("日", 116), 23 + 2*116 + 1 + 23},
		{"x", long, strings.Repeat("ASP.NET ", 9) + "we.de", 10*23 + 9 + 1 + 23},
		{"bluesky", "https://news.example/", strings.Repeat("a", 278), 278 + 1 + 21},
	} {
		req := requestOf(c.url, "", c.text)
		req.Content.Tags, req.Page.Via = nil, ""
		d := deliveryOf(t, c.id, req)
		if d.Count != c.count || d.Text != c.text && !strings.Contains(c.text, c.url) || strings.Contains(d.Text, "…") {
			t.Errorf("%s: %.60q counts %d of %d, want %d, and becomes %q", c.id, c.text, d.Count, d.Limit.Max, c.count, d.Text)
		}
	}
}

func TestATextIsCutWhereItsNetworkRefusesIt(t *testing.T) {
	for _, c := range []struct {
		id, text string
		count    int
		want     string
	}{
		{"mastodon", strings.Repeat("a", 477), 501, strings.Repeat("a", 475) + "…"},
		{"mastodon", strings.Repeat("https://b.example/ ", 20) + "a", 20*24 + 1 + 1 + 23, strings.TrimSpace(strings.Repeat("https://b.example/ ", 19)) + "…"},
		{"threads", strings.Repeat("😀", 300), 1200, strings.Repeat("😀", 124) + "…"},
		{"x", strings.Repeat("e\u0301", 257), 281, strings.Repeat("é", 254) + "…"},
		{"x", "https://news.example/1" + strings.Repeat("日", 206), 459, "https://news.example/1" + strings.Repeat("日", 115) + "…"},
		{"x", strings.Repeat("ASP.NET ", 20), 20*24 - 1 + 1 + 23, strings.TrimSpace(strings.Repeat("ASP.NET ", 10)) + "…"},
		{"bluesky", strings.Repeat("👨\u200d👩\u200d👧", 100) + strings.Repeat("a", 179), 301,
			strings.Repeat("👨\u200d👩\u200d👧", 100) + strings.Repeat("a", 177) + "…"},
	} {
		req := requestOf("https://news.example/", "", c.text)
		req.Content.Tags, req.Page.Via = nil, ""
		d := deliveryOf(t, c.id, req)
		if d.Count != c.count || d.Text != c.want {
			t.Errorf("%s: %q counts %d of %d, want %d, and becomes\n%q, want\n%q",
				c.id, c.text, d.Count, d.Limit.Max, c.count, d.Text, c.want)
		}
	}
}

func TestXCountsTagsHandleAndAddress(t *testing.T) {
	req := requestOf("https://video.example/a-very-long-address/"+strings.Repeat("x", 200), "", "four")
	req.Content.Tags, req.Page.Via = []string{"sky"}, "lamha"
	// "four" + blank + 23 + " #sky" + " via @lamha"
	if d := deliveryOf(t, "x", req); d.Count != 4+1+23+5+11 {
		t.Errorf("got %d", d.Count)
	}
	req.Content.Text = strings.Repeat("é", 300)
	parsed, _ := url.Parse(linkOf(t, "x", req))
	text := parsed.Query().Get("text")
	if n := utf8.RuneCountInString(text); n != 280-1-23-5-11-1 {
		t.Errorf("%d characters are left, the last one %q", n, text[len(text)-3:])
	}
}

func TestReferralTellsTheTargetApart(t *testing.T) {
	req := requestOf("https://video.example/s/7100?a=1#b", "T", "")
	req.Page.Referral = "utm_source"
	want := "https://www.reddit.com/submit?url=" + encoded("https://video.example/s/7100?a=1&utm_source=reddit#b") +
		"&title=T&type=LINK"
	if got := linkOf(t, "reddit", req); got != want {
		t.Errorf("got %s", got)
	}
	if d := deliveryOf(t, "link.copy", req); d.Text != "https://video.example/s/7100?a=1&utm_source=link.copy#b" {
		t.Errorf("got %s", d.Text)
	}
	req.Content.URL = "https://video.example/s/7100?utm_source=theirs"
	if d := deliveryOf(t, "link.copy", req); d.Text != "https://video.example/s/7100?utm_source=link.copy" {
		t.Errorf("got %s", d.Text)
	}
	req.Page.KeepTracking = true
	if d := deliveryOf(t, "link.copy", req); d.Text != req.Content.URL {
		t.Errorf("a parameter of that name is replaced: %s", d.Text)
	}
	req.Content.URL = "https://video.example/s/7100?sig=abc"
	if d := deliveryOf(t, "link.copy", req); d.Text != req.Content.URL {
		t.Errorf("a signed address is changed: %s", d.Text)
	}
}

// checkBuilt compares a link with its template: there is no input before the
// parameters, every parameter is one of the template's, in the same order, and
// decoding returns the address unchanged.
func checkBuilt(t testing.TB, target *Target, template, href, address string) {
	t.Helper()
	head, query := template, ""
	if i := strings.IndexAny(template, "?&"); i >= 0 {
		head, query = template[:i+1], template[i+1:]
	}
	head = strings.Replace(head, "{instance}", "social.example", 1)
	if !strings.HasPrefix(href, head) {
		t.Fatalf("%s: %q does not begin with %q", target.ID, href, head)
	}
	if _, err := url.Parse(href); err != nil {
		t.Fatalf("%s: %v", target.ID, err)
	}
	names := strings.Split(query, "&")
	found := false
	for _, part := range strings.Split(href[len(head):], "&") {
		name, value, _ := strings.Cut(part, "=")
		for len(names) > 0 && !strings.HasPrefix(names[0], name+"=") {
			names = names[1:]
		}
		if len(names) == 0 {
			t.Fatalf("%s: %q is not a parameter of the template, or not in its order: %s", target.ID, name, href)
		}
		names = names[1:]
		for i := 0; i < len(value); i++ {
			if c := value[i]; (c|32 < 'a' || c|32 > 'z') && (c < '0' || c > '9') &&
				!strings.ContainsRune("%-._~", rune(c)) {
				t.Fatalf("%s: %q stands bare in %s", target.ID, c, href)
			}
		}
		if value == "" {
			t.Fatalf("%s: %q is empty in %s", target.ID, name, href)
		}
		plain, err := url.PathUnescape(value)
		if err != nil || !utf8.ValidString(plain) {
			t.Fatalf("%s: %q: %v", target.ID, value, err)
		}
		found = found || strings.Contains(plain, address)
	}
	if !found {
		t.Fatalf("%s: %q is not in %q", target.ID, address, href)
	}
}

// checkValues decodes a link: every parameter has the value put into it.
func checkValues(t testing.TB, d *draft, href string) {
	t.Helper()
	got := map[string]string{}
	for _, part := range strings.Split(href[strings.IndexAny(href, "?&")+1:], "&") {
		name, value, _ := strings.Cut(part, "=")
		got[name], _ = url.PathUnescape(value)
	}
	for _, part := range strings.Split(d.template[strings.IndexAny(d.template, "?&")+1:], "&") {
		name, value, _ := strings.Cut(part, "=")
		if strings.HasPrefix(value, "{") {
			value = d.value(strings.Trim(value, "{}"))
			if !utf8.ValidString(value) {
				continue // see TestEncoder
			}
			if d.crlf() {
				value = strings.ReplaceAll(value, "\n", "\r\n")
			}
		}
		if got[name] != value {
			t.Fatalf("%s: %s is %q, want %q, in %s", d.target.ID, name, got[name], value, href)
		}
	}
}

func FuzzLinks(f *testing.F) {
	for _, v := range awkward {
		f.Add(v.url, v.title, v.text, "tag", "handle", uint8(0))
	}
	f.Add("https://a.example/\ud7ff?&&==#", "\xed\xa0\x80", strings.Repeat("x ", 5000)+"https://a.example/", "#,", "@@",
		uint8(1))
	f.Fuzz(func(t *testing.T, raw, title, text, tag, via string, platform uint8) {
		clean, problem := address.Serialise(raw)
		if problem != "" || len(clean) > maxURLForTest {
			return
		}
		req := requestOf(clean, title, text)
		req.Content.Tags, req.Page.Via, req.Page.KeepTracking = []string{tag}, via, true
		req.Device.Platform = [...]Platform{Desktop, IOS, Android, ""}[platform%4]
		c := capabilitiesOf(req) | may
		link := cleanLink(req)
		if link.URL != clean {
			t.Fatalf("%q became %q", clean, link.URL)
		}
		for i := range targets {
			target := &targets[i]
			if _, reason := target.route(c); reason != "" || target.Link == "" {
				continue
			}
			d := target.deliver(req, link, wordsOf(req, link), c)
			w := wordsOf(req, link)
			draft := newDraft(target, req, link, w.referral.to(target.ID), w, c)
			if href := draft.href(); draft.length() != len(href) {
				t.Fatalf("%s: %d bytes, measured %d: %s", target.ID, len(href), draft.length(), href)
			}
			checkBuilt(t, target, draft.template, d.Href, clean)
			checkValues(t, draft, d.Href)
		}
	})
}

const maxURLForTest = 8192

// clusters counts characters as readers see them.
func clusters(s string) (n int) {
	for ; s != ""; n++ {
		s = s[letters.NextCluster(s):]
	}
	return n
}

func TestNoMarkOfDirectionLeavesWithAnAddress(t *testing.T) {
	req := requestOf("https://a.example/x\u202egnp.exe", "", "")
	req.Device = Device{Platform: Android, Share: Yes}
	rules := everything(t)
	sheet := rules.Sheet(req)
	if text := string(sheet.AppendJSON(nil)); strings.Contains(text, "\u202e") || !strings.Contains(text, "x%E2%80%AEgnp.exe") {
		t.Errorf("a mark of direction leaves with the address: %s", text)
	}
}
