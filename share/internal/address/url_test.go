package address

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestOnlyAddressesOfTheWebAreShared(t *testing.T) {
	const (
		relative  = "want a URL that begins with https:// or http://"
		login     = "the URL holds a user name or password; leave it out"
		backslash = `the URL holds a backslash, which browsers read as /; write / or %5C`
	)
	for _, c := range []struct{ in, clean, problem string }{
		{"https://video.example/s/7100", "https://video.example/s/7100", ""},
		{"http://video.example", "http://video.example/", ""},
		{"HTTPS://Video.Example/Path?Q#F", "https://video.example/Path?Q#F", ""},
		{"https://video.example:8443/a?b=c&d=%20e+f#g?h", "https://video.example:8443/a?b=c&d=%20e+f#g?h", ""},
		{"https://مثال.إختبار/قصة?س=١#ع", "https://xn--mgbh0fb.xn--kgbechtv/%D9%82%D8%B5%D8%A9?%D8%B3=%D9%A1#%D8%B9", ""},
		{"https://نامه\u200cای.example/", "https://xn--mgba3gch31f060k.example/", ""},
		{"https://xn--mgbh0fb.xn--kgbechtv/", "https://xn--mgbh0fb.xn--kgbechtv/", ""},
		{"https://[2001:DB8:0::1]:443/", "https://[2001:db8::1]/", ""},
		{"https://[::ffff:192.0.2.1]", "https://[::ffff:c000:201]/", ""},
		{"https://localhost/", "https://localhost/", ""},
		{"https://video.example./", "https://video.example./", ""},
		{"https://video.example/a%zz%", "https://video.example/a%zz%", ""},
		{"https://video.example/?a=\\b", "https://video.example/?a=\\b", ""},
		{"https://video.example/a b?c d#e f", "https://video.example/a%20b?c%20d#e%20f", ""},
		{"https://video.example:/", "https://video.example/", ""},
		{"https://video.example:0443/a/../b/./%2E%2e/c?x/../y", "https://video.example/c?x/../y", ""},
		{"http://video.example:443/..", "http://video.example:443/", ""},
		{"https://1.2.772/", "https://1.2.3.4/", ""},
		{"https://1.2.3.4/", "https://1.2.3.4/", ""},
		{"https://a.1b/", "https://a.1b/", ""},
		{"https://a.1/", "", `"a.1" cannot be a host`},
		{"https://video.example/@lina:x//y", "https://video.example/@lina:x//y", ""},
		{" \t\nhttps://video.example/a\n", "https://video.example/a", ""},
		{"ht\ntps://video.ex\tample/a\r\nb", "https://video.example/ab", ""},
		{"https://video.example/?u=javascript:alert(1)", "https://video.example/?u=javascript:alert(1)", ""},

		{"", "", relative},
		{"video.example/s", "", relative},
		{"//video.example/s", "", relative},
		{"/s/7100", "", relative},
		{"?a", "", relative},
		{`\\video.example\s`, "", relative},
		{"javascript:alert(1)", "", `only http and https URLs can be shared, not "javascript"`},
		{"JavaScript:alert(1)", "", `only http and https URLs can be shared, not "javascript"`},
		{" java\nscript:alert(1)", "", `only http and https URLs can be shared, not "javascript"`},
		{"\x01javascript:alert(1)", "", `only http and https URLs can be shared, not "javascript"`},
		{"data:text/html,x", "", `only http and https URLs can be shared, not "data"`},
		{"blob:https://video.example/1", "", `only http and https URLs can be shared, not "blob"`},
		{"file:///etc/passwd", "", `only http and https URLs can be shared, not "file"`},
		{"ftp://video.example/", "", `only http and https URLs can be shared, not "ftp"`},
		{"view-source:https://video.example/", "", `only http and https URLs can be shared, not "view-source"`},
		{"intent://x#Intent;end", "", `only http and https URLs can be shared, not "intent"`},
		{"localhost:8080/x", "", `only http and https URLs can be shared, not "localhost"`},
		{"https:/video.example/", "", `want "//" after "https:"`},
		{"https:video.example", "", `want "//" after "https:"`},
		{"https:", "", `want "//" after "https:"`},
		{`https:\\video.example`, "", backslash},
		{"https://", "", "the URL has no host"},
		{"https:///s", "", "the URL has no host"},
		{"https://:80/", "", "the URL has no host"},
		{"https://?a", "", "the URL has no host"},
		{"https://lina@video.example/", "", login},
		{"https://lina:secret@video.example/", "", login},
		{"https://@video.example/", "", login},
		{"https://video.example:80@evil.example/", "", login},
		{`https://video.example\@evil.example/`, "", login},
		{`https://video.example\.evil.example/`, "", backslash},
		{`https://video.example/a\b`, "", backslash},
		{"https://video.example:http/", "", `want a number from 0 to 65535 as the port, not "http"`},
		{"https://video.example:65536/", "", `want a number from 0 to 65535 as the port, not "65536"`},
		{"https://video.example:99999999999999999999/", "", `want a number from 0 to 65535 as the port, not "99999999999999999999"`},
		{"https://a b/", "", `"a b" cannot be a host`},
		{"https://a%2eb/", "", `"a%2eb" cannot be a host`},
		{"https://a..b/", "", `"a..b" cannot be a host`},
		{"https://.b/", "", `".b" cannot be a host`},
		{"https://a<b/", "", `"a<b" cannot be a host`},
		{"https://a\"b/", "", "\"a\uFFFDb\" cannot be a host"},
		{"https://a:b:80/", "", `"a:b" cannot be a host`},
		{"https://[1/", "", `"[1" cannot be a host`},
		{"https://[g::1]/", "", `"[g::1]" cannot be a host`},
		{"https://evil.example\uFF0Fvideo.example/", "", "\"evil.example\uFFFDvideo.example\" cannot be a host"},
		{"https://evil.example\u2100video.example/", "", "\"evil.example\u2100video.example\" cannot be a host"},
		{"https://video\u202e.example/", "", "\"video\uFFFD.example\" cannot be a host"},
		{"https://video\uFFFD.example/", "", "\"video\uFFFD.example\" cannot be a host"},
		{"https://vid\u00adeo.example/", "https://video.example/", ""},
		{"https://video.example/a\x00b", "https://video.example/a%00b", ""},
		{"https://video.example/a\x7f", "https://video.example/a%7F", ""},
		{"https://video.example/\xff", "https://video.example/%FF", ""},
	} {
		clean, problem := Serialise(c.in)
		if clean != c.clean || problem != c.problem {
			t.Errorf("%q:\n got %q, %q\nwant %q, %q", c.in, clean, problem, c.clean, c.problem)
		}
	}
}

// Browsers interpret all of these as addresses of this machine, of its network, or
// as invalid.
func TestAnInstanceIsNoAddressInDisguise(t *testing.T) {
	for _, host := range []string{
		"127.0.0.0x1", "127.0.0.0X1", "1.0x", "0x7f.0x0.0x0.0x1", "0177.0.0.01", "127.1", "127.0.0.1.", "127.0.0.0x1.", "a.example.0x7f", "a.example.09", "a.0xg", "a.1b",
		"１２７.０.０.１", "127.0.0.１", "127.0.0.0ｘ1", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "127.0.0.①", "127.0.0.¹", "127.0.0.𝟏", "127.0.0.🄁",
		"a.localhost", "a.LOCALHOST", "localhost.localdomain", "a.ｌｏｃａｌｈｏｓｔ", "a.localho\u00adst", "a.localhoſt", "a.ⓛocalhost", "printer.local", "a.ﬁ.local", "db.internal", "a.home.arpa",
	} {
		if Instance(host) != "" {
			t.Errorf("%q is taken for an instance", host)
		}
	}
	for _, host := range []string{"0x.example", "127.example", "a.0x1.example", "local.example", "a.locale", "مستودون.مثال", "みんな.例え", "mästodon.example"} {
		if Instance(host) == "" {
			t.Errorf("%q is not taken for an instance", host)
		}
	}
}

func TestWhatCannotBeSeenInAnAddressIsEncoded(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://a.example/x\u202egnp.exe?q=\u2066#\u200f", "https://a.example/x%E2%80%AEgnp.exe?q=%E2%81%A6#%E2%80%8F"},
		{"https://a.example/a\u00a0b\u3000c", "https://a.example/a%C2%A0b%E3%80%80c"},
		{"https://a.example?\u00ad\ufeff", "https://a.example/?%C2%AD%EF%BB%BF"},
		{"https://a.example/\U000e0041", "https://a.example/%F3%A0%81%81"},
		{"HTTPS://a.example/\u2028", "https://a.example/%E2%80%A8"},
		{"https://ar.wikipedia.org/wiki/مصر", "https://ar.wikipedia.org/wiki/%D9%85%D8%B5%D8%B1"},
		{`https://news.example/q?f={"a":1}`, "https://news.example/q?f={%22a%22:1}"},
		{"https://a.example/{\"`^'<>}?\"`^'<>{}#\"`^'<>{}", "https://a.example/%7B%22%60%5E'%3C%3E%7D?%22`^%27%3C%3E{}#%22%60^'%3C%3E{}"},
	} {
		got, problem := Serialise(c.in)
		if got != c.want || problem != "" {
			t.Errorf("%+q became %+q: %s", c.in, got, problem)
		}
		if again, _ := Serialise(got); again != got {
			t.Errorf("%+q became %+q", got, again)
		}
	}
}

const usual = "https://video.example/@lina/story/7100?v=1&list=a%20b#t=10"

func TestASerialisedAddressIsGivenBackWithoutAllocating(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { _, _ = Serialise(usual) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkSerialise(b *testing.B) {
	for b.Loop() {
		_, _ = Serialise(usual)
	}
}

func TestInstancesAreHosts(t *testing.T) {
	for _, host := range []string{"mastodon.social", "m.social.example", "xn--mgbh0fb.example", "مثال.إختبار", "a-b.example", "3a.example", strings.Repeat("a", 63) + ".example"} {
		if Instance(host) == "" {
			t.Errorf("%q is not taken for an instance", host)
		}
	}
	for _, host := range []string{
		"", "localhost", "mastodon", "https://mastodon.social", "mastodon.social/", "mastodon.social/share", "@mastodon.social", "lina@mastodon.social",
		"mastodon.social:443", "mastodon.social?", "mastodon.social#", `mastodon.social\`, "mastodon social.example", " mastodon.social", "mastodon.social\n",
		"-a.example", "a-.example", "a.example-", "a..example", ".example", "a.example.", "127.0.0.1", "[::1]", "a_b.example", "a%2e.example", "a.\u202eexample",
		"a\uFF0Fb.example", "a.example\x00", strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 127) + "example", "\xff.example",
	} {
		if Instance(host) != "" {
			t.Errorf("%q is taken for an instance", host)
		}
	}
	for in, want := range map[string]string{"Mastodon.Social": "mastodon.social", "mästodon.example": "xn--mstodon-5wa.example", "مثال.إختبار": "xn--mgbh0fb.xn--kgbechtv"} {
		if got := Instance(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func FuzzCheckURL(f *testing.F) {
	for _, s := range []string{"https://video.example/", "javascript:x", "https://a@b", `http:\\x`, "HTTP://[::1]:1", "https://\uFF0F"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, problem := Serialise(s)
		if problem != "" {
			if clean != "" || !utf8.ValidString(problem) || strings.ContainsAny(problem, "\n\r\t\x00") {
				t.Fatalf("%q: %q, %q", s, clean, problem)
			}
			return
		}
		if again, problem := Serialise(clean); again != clean || problem != "" {
			t.Fatalf("%q became %q, then %q, %q", s, clean, again, problem)
		}
		if !IsWeb(clean + " ") {
			t.Fatalf("%q", clean)
		}
		u, err := url.Parse(clean)
		if err != nil {
			if strings.Contains(err.Error(), "invalid URL escape") || strings.Contains(err.Error(), "ParseAddr") || strings.Contains(err.Error(), "invalid host") {
				return // net/url is stricter here than browsers are
			}
			t.Fatal(err)
		}
		if u.User != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			t.Fatalf("%q: %+v", clean, u)
		}
	})
}
