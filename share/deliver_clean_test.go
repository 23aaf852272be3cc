package share

import (
	"net/url"
	"sharewise/share/internal/address"
	"strings"
	"testing"
)

func TestTrackingIsRemovedWithAReceipt(t *testing.T) {
	for _, c := range []struct{ in, want, removed string }{
		{"https://video.example/s?utm_source=a&id=1&utm_medium=b&UTM_Campaign=c#t", "https://video.example/s?id=1#t",
			"utm_source=a utm_medium=b UTM_Campaign=c"},
		{"https://video.example/s?fbclid=x", "https://video.example/s", "fbclid=x"},
		{"https://video.example/s?fbclid=x#f", "https://video.example/s#f", "fbclid=x"},
		{"https://video.example/s?gclid&b", "https://video.example/s?b", "gclid="},
		{"https://video.example/s?mc_eid=%20a%3D&q=a%20b+c", "https://video.example/s?q=a%20b+c", "mc_eid=%20a%3D"},
		{"https://video.example/s?a=1&a=2&&b", "https://video.example/s?a=1&a=2&&b", ""},
		{"https://video.example/s?FBCLID=x&Gclid=y&a=1", "https://video.example/s?a=1", "FBCLID=x Gclid=y"},
		{"https://video.example/s?utm%5Fsource=x&%75tm_medium=y&amp;utm_term=z&amp;a=1", "https://video.example/s?amp;a=1",
			"utm%5Fsource=x %75tm_medium=y amp;utm_term=z"},
		{"https://video.example/s?utm%5=x&utm%zzsource=y&%=z&utm%5f%=1", "https://video.example/s?utm%5=x&utm%zzsource=y&%=z",
			"utm%5f%=1"},
		{"https://video.example/s?%6:clid=x&%66bclid=y&a=1", "https://video.example/s?%6:clid=x&a=1", "%66bclid=y"},
		{"https://video.example/s?pk_id=1&at_home=2&ir_scan=3&itm_no=4&ga_code=5&hsa_plan=6&mtm_x=7&ss_campaign_=8&hmb_=9&piwik_=0",
			"https://video.example/s?pk_id=1&at_home=2&ir_scan=3&itm_no=4&ga_code=5&hsa_plan=6&mtm_x=7&ss_campaign_=8&hmb_=9&piwik_=0", ""},
		{"https://video.example/s?pk_campaign=1&at_medium=2&irclickid=3&itm_source=4&ga_source=5&mtm_kwd=7&bsft_uid=8&cm_mmca1=9",
			"https://video.example/s",
			"pk_campaign=1 at_medium=2 irclickid=3 itm_source=4 ga_source=5 mtm_kwd=7 bsft_uid=8 cm_mmca1=9"},
		{"https://www.amazon.jobs/en/search?keywords=welder&ref=a", "https://www.amazon.jobs/en/search?keywords=welder&ref=a", ""},
		{"https://www.amazon.com/s?keywords=welder&crid=a", "https://www.amazon.com/s?keywords=welder", "crid=a"},
		{"https://www.ebay.example/itm/1?mkcid=1", "https://www.ebay.example/itm/1?mkcid=1", ""},
		{"https://amazon.com.evil.example/dp/ref=x?tag=a", "https://amazon.com.evil.example/dp/ref=x?tag=a", ""},
		{"https://smile.amazon.com.br/dp/B0?tag=a", "https://smile.amazon.com.br/dp/B0", "tag=a"},
		{"https://blob.example/v?X%2DAmz-Signature=a&utm_source=c", "https://blob.example/v?X%2DAmz-Signature=a&utm_source=c", ""},
		{"https://video.example/s?ref=a&source=b&s=c&t=1&si=d&id=e",
			"https://video.example/s?ref=a&source=b&s=c&t=1&si=d&id=e", ""},
		{"https://video.example/s?fbclidx=1&xutm_source=2", "https://video.example/s?fbclidx=1&xutm_source=2", ""},
		{"https://video.example/s#?utm_source=a", "https://video.example/s#?utm_source=a", ""},
		{"https://app.example/?gclid=z#/watch/1?utm_source=a&v=1&FBCLID=b", "https://app.example/#/watch/1?v=1", "gclid=z utm_source=a FBCLID=b"},
		{"https://app.example/#!/watch?igshid=a", "https://app.example/#!/watch", "igshid=a"},
		{"https://app.example/?a=1#/watch?v=1&&w", "https://app.example/?a=1#/watch?v=1&&w", ""},
		{"https://app.example/?fbclid=a#/watch?", "https://app.example/#/watch", "fbclid=a"},
		{"https://video.example/s?a=1&amp;amp;utm_source=b&AMP;fbclid=c&amp%3Butm_term=d&Amp%3bamp;gclid=e", "https://video.example/s?a=1",
			"amp;amp;utm_source=b AMP;fbclid=c amp%3Butm_term=d Amp%3bamp;gclid=e"},
		{"https://www.youtube.com/watch?v=1&SI=a&Feature=share&amp;PP=b", "https://www.youtube.com/watch?v=1", "SI=a Feature=share amp;PP=b"},
		{"https://www.instagram.com/p/1/?IGSH=a", "https://www.instagram.com/p/1/", "IGSH=a"},
		{"https://www.youtube.com/watch?v=1&si=a&t=10&list=b&feature=share",
			"https://www.youtube.com/watch?v=1&t=10&list=b", "si=a feature=share"},
		{"https://youtu.be/1?si=a&t=10", "https://youtu.be/1?t=10", "si=a"},
		{"https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1", "s=20 t=abc"},
		{"https://notx.com/a?s=20&t=abc", "https://notx.com/a?s=20&t=abc", ""},
		{"https://www.instagram.com/p/1/?igsh=a&img_index=2", "https://www.instagram.com/p/1/?img_index=2", "igsh=a"},
		{"https://m.facebook.com/p?mibextid=a&__cft__[0]=b&__cft__%5B0%5D=c&id=1", "https://m.facebook.com/p?id=1",
			"mibextid=a __cft__[0]=b __cft__%5B0%5D=c"},
		{"https://www.facebook.com/plugins/post.php?href=x&ref=y",
			"https://www.facebook.com/plugins/post.php?href=x&ref=y", ""},
		{"https://www.reddit.com/r/a/comments/1/?share_id=a&utm_name=b&context=3",
			"https://www.reddit.com/r/a/comments/1/?context=3", "share_id=a utm_name=b"},
		{"https://open.spotify.com/track/1?si=a", "https://open.spotify.com/track/1", "si=a"},
		{"HTTPS://WWW.YOUTUBE.COM/watch?v=1&si=a", "https://www.youtube.com/watch?v=1", "si=a"},
		{"https://www.youtube.com:443/watch?v=1&si=a", "https://www.youtube.com/watch?v=1", "si=a"},

		{"https://youtu.be/1?si=a&embeds_referring_euri=b&t=10", "https://youtu.be/1?t=10",
			"si=a embeds_referring_euri=b"},
		{"https://www.amazon.co.uk/dp/B0/ref=sr_1_1?crid=a&keywords=b&th=1&psc=1",
			"https://www.amazon.co.uk/dp/B0?psc=1", "ref=sr_1_1 crid=a keywords=b th=1"},
		{"https://www.amazon.de/dp/B0/ref=x#reviews", "https://www.amazon.de/dp/B0#reviews", "ref=x"},
		{"https://amazon.com/dp/B0", "https://amazon.com/dp/B0", ""},
		{"https://www.amazon.example.com/dp/ref=x?tag=a", "https://www.amazon.example.com/dp/ref=x?tag=a", ""},
		{"https://notamazon.com/dp/ref=x?tag=a", "https://notamazon.com/dp/ref=x?tag=a", ""},
		{"https://video.example/dp/ref=x?tag=a", "https://video.example/dp/ref=x?tag=a", ""},
		{"https://www.ebay.de/itm/1?mkcid=1&_trksid=a&var=2", "https://www.ebay.de/itm/1?var=2", "mkcid=1 _trksid=a"},
		{"https://www.google.com/search?q=a&ved=b&ei=c&hl=ar", "https://www.google.com/search?q=a&hl=ar", "ved=b ei=c"},
		{"https://google.jobs/search?q=a&ved=b", "https://google.jobs/search?q=a&ved=b", ""},
		{"https://www.tiktok.com/@a/video/1?_t=a&_r=1&lang=ar", "https://www.tiktok.com/@a/video/1?lang=ar",
			"_t=a _r=1"},
		{"https://www.threads.com/@a/post/1?xmt=a", "https://www.threads.com/@a/post/1", "xmt=a"},
		{"https://www.linkedin.com/posts/a?rcm=a&trk=b", "https://www.linkedin.com/posts/a", "rcm=a trk=b"},
		{"https://www.bilibili.com/video/1?share_source=a&vd_source=b&p=2", "https://www.bilibili.com/video/1?p=2",
			"share_source=a vd_source=b"},
		{"https://video.example/s?__hstc=a&__hsx=b&hsa_acc=c", "https://video.example/s?__hsx=b", "__hstc=a hsa_acc=c"},

		{"https://id.example/login?next=/&utm_source=a", "https://id.example/login?next=/&utm_source=a", ""},
		{"https://id.example/oauth2/v1/Authorize?utm_source=a", "https://id.example/oauth2/v1/Authorize?utm_source=a",
			""},
		{"https://login.id.example/x?utm_source=a", "https://login.id.example/x?utm_source=a", ""},
		{"https://id.example/login.php?utm_source=a", "https://id.example/login.php?utm_source=a", ""},
		{"https://www.facebook.com/dialog/send?link=a&ref=b", "https://www.facebook.com/dialog/send?link=a&ref=b", ""},
		{"https://id.example/x?client_id=1&redirect_uri=y&fbclid=z",
			"https://id.example/x?client_id=1&redirect_uri=y&fbclid=z", ""},
		{"https://cdn.example/v.mp4?Expires=1&Signature=a&Key-Pair-Id=b&utm_source=c",
			"https://cdn.example/v.mp4?Expires=1&Signature=a&Key-Pair-Id=b&utm_source=c", ""},
		{"https://s3.example/v?X-Amz-Signature=a&utm_source=c", "https://s3.example/v?X-Amz-Signature=a&utm_source=c",
			""},
		{"https://blob.example/v?sv=2020&sig=a&utm_source=c", "https://blob.example/v?sv=2020&sig=a&utm_source=c", ""},
		{"https://video.example/author/lina?utm_source=a", "https://video.example/author/lina", "utm_source=a"},
	} {
		req := &Request{Content: Content{URL: c.in}}
		link := cleanLink(req)
		var removed []string
		for _, p := range link.Removed {
			removed = append(removed, p.Name+"="+p.Value)
		}
		if got := strings.Join(removed, " "); link.URL != c.want || got != c.removed {
			t.Errorf("%s:\n got %s (%s)\nwant %s (%s)", c.in, link.URL, got, c.want, c.removed)
		}
		req.Page.KeepTracking = true
		if kept, _ := address.Serialise(c.in); cleanLink(req).URL != kept || cleanLink(req).Removed != nil {
			t.Errorf("%s: not kept, but %s", c.in, cleanLink(req).URL)
		}
	}
}

func TestNoLinkWithoutAnAddress(t *testing.T) {
	for _, url := range []string{"", "javascript:alert(1)", "/s", "https://a@b/"} {
		if link := cleanLink(&Request{Content: Content{URL: url}}); link.URL != "" || link.Removed != nil {
			t.Errorf("%q: got %+v", url, link)
		}
	}
}

func TestReceiptAsJSON(t *testing.T) {
	for _, c := range []struct {
		link Link
		want string
	}{
		{Link{}, `{}`},
		{Link{URL: "https://a.example/?\"<"}, `{"url":"https://a.example/?\"<"}`},
		{Link{URL: "u", Removed: []Parameter{{"utm_a", "1"}, {"b", ""}}},
			`{"url":"u","removed":[{"name":"utm_a","value":"1"},{"name":"b","value":""}]}`},
	} {
		if got := string(c.link.appendJSON(nil)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestVideosStartAtAMoment(t *testing.T) {
	for _, c := range []struct {
		url  string
		at   float64
		want string
	}{
		{"https://video.example/v/1?a=b#c", 83.9, "https://video.example/v/1?a=b&t=83#c"},
		{"https://video.example/v/1", 83, "https://video.example/v/1?t=83"},
		{"https://video.example/v/1?t=5&a=b", 83, "https://video.example/v/1?a=b&t=83"},
		{"https://www.youtube.com/watch?v=1", 83, "https://www.youtube.com/watch?v=1&t=83"},
		{"https://www.youtube.com/embed/1?start=3", 83, "https://www.youtube.com/embed/1?start=83"},
		{"https://vimeo.com/1", 83, "https://vimeo.com/1#t=83s"},
		{"https://app.example/?a=b#/watch/1", 83, "https://app.example/?a=b#/watch/1?t=83"},
		{"https://app.example/#!/watch?v=1&t=5", 83, "https://app.example/#!/watch?v=1&t=83"},
		{"https://app.example/v/1?%74=5#top", 83, "https://app.example/v/1?t=83#top"},
		{"https://www.dailymotion.com/video/1", 83, "https://www.dailymotion.com/video/1?start=83"},
		{"https://cdn.example/v.mp4", 83, "https://cdn.example/v.mp4#t=83"},
		{"https://cdn.example/v.mp4?a", 83, "https://cdn.example/v.mp4?a#t=83"},
		{"https://x.com/a/status/1", 83, "https://x.com/a/status/1"},
		{"https://video.example/v/1", 0.9, "https://video.example/v/1"},
		{"https://video.example/v/1", 100, "https://video.example/v/1"},
		{"https://video.example/v/1?sig=a", 83, "https://video.example/v/1?sig=a"},
	} {
		req := &Request{Content: Content{Kind: Video, URL: c.url, Media: []Media{{DurationSeconds: NumberOf(100)}}},
			Page: Page{StartAt: NumberOf(c.at)}}
		if got := cleanLink(req).URL; got != c.want {
			t.Errorf("%s at %g:\n got %s\nwant %s", c.url, c.at, got, c.want)
		}
		req.Content.Kind = Photo
		if got := cleanLink(req).URL; got != c.url {
			t.Errorf("a photo starts at a moment: %s", got)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("https://video.example/s?utm_source=a&id=1#t", "utm_source", 12.0)
	f.Fuzz(func(t *testing.T, s, referral string, at float64) {
		req := &Request{Content: Content{URL: s, Kind: Video}, Page: Page{Referral: referral}}
		clean, problem := address.Serialise(s)
		link := cleanLink(req)
		if problem != "" {
			if link.URL != "" {
				t.Fatalf("%q became %q", s, link.URL)
			}
			return
		}
		if _, problem := address.Serialise(link.URL); problem != "" {
			t.Fatalf("%q became %q: %s", s, link.URL, problem)
		}
		size := len(link.URL)
		for _, p := range link.Removed {
			size += len(p.Name) + len(p.Value) + 1
		}
		if size > len(clean)+len(link.Removed) || address.HostOf(link.URL) != address.HostOf(clean) {
			t.Fatalf("%q became %q without %q", clean, link.URL, link.Removed)
		}
		if again := cleanLink(&Request{Content: Content{URL: link.URL}}); again.URL != link.URL {
			t.Fatalf("%q became %q, then %q", s, link.URL, again.URL)
		}
		req.Page.StartAt = NumberOf(at)
		if _, problem := address.Serialise(wordsOf(req, cleanLink(req)).referral.to("x")); problem != "" {
			t.Fatalf("%q: %s", wordsOf(req, cleanLink(req)).referral.to("x"), problem)
		}
	})
}

// The forms below are the same resource to every browser, so that a rule that
// forbids one of them forbids all.
func TestARuleReadsTheAddressAsItIsSerialised(t *testing.T) {
	rules, err := Compile([]byte(rulesetOf(`"rules": [{"id": "all", "permit": ["link.copy"]},
		{"id": "inside", "forbid": ["link.copy"],
			"when": {"starts_with": [{"var": "content.url"}, "https://intranet.example/"]}}]`)))
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"https://intranet.example/a", "https://INTRANET.example/a", "https://intranet.example:443/a",
		"HTTPS://intranet.example", "https://intranet.example/../a", "https://intra\u00adnet.example/a", "https://ｉntranet.example/a"} {
		req, err := rules.Decode([]byte(`{"content": {"url": "` + url + `"}}`))
		if err != nil {
			t.Fatal(err)
		}
		made := &Request{Content: Content{URL: url}} // by a program
		for _, req := range []*Request{req, made} {
			if v := rules.Verdicts(nil, []Request{*req}); rules.Sheet(req).Entries[0].Verdict != Forbidden || v[0] != Forbidden {
				t.Errorf("%s may be shared", url)
			}
		}
	}
}

func TestTheAddressIsNotPutIntoATextTwice(t *testing.T) {
	const wiki = "https://ar.wikipedia.org/wiki/%D9%85%D8%B5%D8%B1"
	for _, c := range []struct{ url, text, want string }{
		{"https://e.example/a", "看这个：https://e.example/a，很好看", "看这个：https://e.example/a，很好看"},
		{"https://e.example/a", "（https://e.example/a）", "（https://e.example/a）"},
		{"https://e.example", "See https://e.example/", "See https://e.example/"},
		{"https://e.example/", "See HTTPS://E.example:443.", "See https://e.example/."},
		{"https://ar.wikipedia.org/wiki/مصر", "https://ar.wikipedia.org/wiki/مصر!", wiki + "!"},
		{wiki, "(https://ar.wikipedia.org/wiki/مصر)", "(" + wiki + ")"},
		{"https://e.example/a_(b)", "See https://e.example/a_(b)", "See https://e.example/a_(b)"},
		{"https://e.example/a?utm_source=x", "See https://e.example/a?utm_source=x", "See https://e.example/a"},
		{"https://e.example/a_(b)", "See https://e.example/a_(b). Good!", "See https://e.example/a_(b). Good!"},
		{"https://e.example/a_(b)", "(See https://e.example/a_(b)).", "(See https://e.example/a_(b))."},
		{"https://e.example/a", "*https://e.example/a*", "*https://e.example/a*"},
		{"https://e.example/a", "`https://e.example/a`,", "`https://e.example/a`,"},
		{"https://e.example/a", "https://e.example/a🔥 yes", "https://e.example/a🔥 yes"},
		{"https://e.example/a", "see https://e.example/a👇👇", "see https://e.example/a👇👇"},
		{"https://e.example/🔥", "https://e.example/🔥!", "https://e.example/%F0%9F%94%A5!"},
		{"https://e.example/a", "دیکھیں https://e.example/a۔", "دیکھیں https://e.example/a۔"},
		{"https://e.example/a", "देखें https://e.example/a।", "देखें https://e.example/a।"},
		{"https://e.example/a", "See https://e.example/a很好", "See https://e.example/a很好\nhttps://e.example/a"},
		{"https://e.example/a", "See https://e.example/ab", "See https://e.example/ab\nhttps://e.example/a"},
		{"https://e.example/a", "https://x.example/?u=https://e.example/a", "https://x.example/?u=https://e.example/a\nhttps://e.example/a"},
	} {
		req, err := Decode([]byte(`{"content": {"url": "` + c.url + `", "text": "` + c.text + `"}, "device": {"platform": "desktop"}}`))
		if err != nil {
			t.Fatal(err)
		}
		href, _ := url.Parse(linkOf(t, "whatsapp", req))
		if got := href.Query().Get("text"); got != c.want {
			t.Errorf("%s in %q:\n got %q\nwant %q", c.url, c.text, got, c.want)
		}
	}
}
