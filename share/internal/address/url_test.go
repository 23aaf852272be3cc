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
		{"http://video.example", "http://video.example", ""},
		{"HTTPS://Video.Example/Path?Q#F", "https://Video.Example/Path?Q#F", ""},
		{"https://video.example:8443/a?b=c&d=%20e+f#g?h", "https://video.example:8443/a?b=c&d=%20e+f#g?h", ""},
		{"https://مثال.إختبار/قصة?س=١#ع", "https://مثال.إختبار/قصة?س=١#ع", ""},
		{"https://نامه\u200cای.example/", "https://نامه\u200cای.example/", ""},
		{"https://xn--mgbh0fb.xn--kgbechtv/", "https://xn--mgbh0fb.xn--kgbechtv/", ""},
		{"https://[2001:db8::1]:443/", "https://[2001:db8::1]:443/", ""},
		{"https://[::ffff:192.0.2.1]", "https://[::ffff:192.0.2.1]", ""},
		{"https://localhost/", "https://localhost/", ""},
		{"https://video.example./", "https://video.example./", ""},
		{"https://video.example/a%zz%", "https://video.example/a%zz%", ""},
		{"https://video.example/?a=\\b", "https://video.example/?a=\\b", ""},
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
		{"https://video.example:/", "", `want a number from 0 to 65535 as the port, not ""`},
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
		{"https://evil.example\u2100video.example/", "", "\"evil.example\uFFFDvideo.example\" cannot be a host"},
		{"https://video\u202e.example/", "", "\"video\uFFFD.example\" cannot be a host"},
		{"https://video\uFFFD.example/", "", "\"video\uFFFD.example\" cannot be a host"},
		{"https://vid\u00adeo.example/", "https://vid\u00adeo.example/", ""},
		{"https://video.example/a b", "", "the URL holds a space; write %20"},
		{"https://video.example/a\x00b", "", "the URL holds a control character"},
		{"https://video.example/a\x7f", "", "the URL holds a control character"},
		{"https://video.example/\xff", "", "the URL is not valid UTF-8"},
		{"https://video.example/\xed\xa0\xbd", "", "the URL is not valid UTF-8"},
	} {
		clean, problem := Check(c.in)
		if clean != c.clean || problem != c.problem {
			t.Errorf("%q:\n got %q, %q\nwant %q, %q", c.in, clean, problem, c.clean, c.problem)
		}
	}
}

// Browsers interpret all of these as addresses of this machine, of its network, or
// as invalid.
func TestAnInstanceIsNoAddressInDisguise(t *testing.T) {
	for _, host := range []string{
		"127.0.0.0x1", "127.0.0.0X1", "1.0x", "0x7f.0x0.0x0.0x1", "0177.0.0.01", "127.1", "127.0.0.1.", "127.0.0.0x1.", "a.example.0x7f", "a.example.09",
		"１２７.０.０.１", "127.0.0.１", "127.0.0.0ｘ1", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "127.0.0.①", "127.0.0.¹", "127.0.0.𝟏", "127.0.0.🄁",
		"a.localhost", "a.LOCALHOST", "localhost.localdomain", "a.ｌｏｃａｌｈｏｓｔ", "a.localho\u00adst", "a.localhoſt", "a.ⓛocalhost", "printer.local", "a.ﬁ.local", "db.internal", "a.home.arpa",
	} {
		if CheckInstance(host) == "" {
			t.Errorf("%q is taken for an instance", host)
		}
	}
	for _, host := range []string{"0x.example", "127.example", "a.0x1.example", "a.0xg", "local.example", "a.locale", "مستودون.مثال", "みんな.例え", "mästodon.example"} {
		if problem := CheckInstance(host); problem != "" {
			t.Error(problem)
		}
	}
}

func TestWhatCannotBeSeenInAnAddressIsEncoded(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://a.example/x\u202egnp.exe?q=\u2066#\u200f", "https://a.example/x%E2%80%AEgnp.exe?q=%E2%81%A6#%E2%80%8F"},
		{"https://a.example/a\u00a0b\u3000c", "https://a.example/a%C2%A0b%E3%80%80c"},
		{"https://a.example?\u00ad\ufeff", "https://a.example?%C2%AD%EF%BB%BF"},
		{"https://a.example/\U000e0041", "https://a.example/%F3%A0%81%81"},
		{"HTTPS://a.example/\u2028", "https://a.example/%E2%80%A8"},
		{"https://نامه\u200cای.example/نامه\u200cای", "https://نامه\u200cای.example/نامه%E2%80%8Cای"},
		{"https://a.example/قصة/é/日本?ß#😀", "https://a.example/قصة/é/日本?ß#😀"},
	} {
		got, problem := Check(c.in)
		if got != c.want || problem != "" {
			t.Errorf("%+q became %+q: %s", c.in, got, problem)
		}
		if again, _ := Check(got); again != got {
			t.Errorf("%+q became %+q", got, again)
		}
	}
}

func TestInstancesAreHosts(t *testing.T) {
	for _, host := range []string{"mastodon.social", "m.social.example", "xn--mgbh0fb.example", "مثال.إختبار", "a-b.example", "3a.example", strings.Repeat("a", 63) + ".example"} {
		if problem := CheckInstance(host); problem != "" {
			t.Errorf("%q: %s", host, problem)
		}
	}
	for _, host := range []string{
		"", "localhost", "mastodon", "https://mastodon.social", "mastodon.social/", "mastodon.social/share", "@mastodon.social", "lina@mastodon.social",
		"mastodon.social:443", "mastodon.social?", "mastodon.social#", `mastodon.social\`, "mastodon social.example", " mastodon.social", "mastodon.social\n",
		"-a.example", "a-.example", "a.example-", "a..example", ".example", "a.example.", "127.0.0.1", "[::1]", "a_b.example", "a%2e.example", "a.\u202eexample",
		"a\uFF0Fb.example", "a.example\x00", strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 127) + "example", "\xff.example",
	} {
		if CheckInstance(host) == "" {
			t.Errorf("%q is taken for an instance", host)
		}
	}
	const want = `"https://mastodon.social" is not the name of an instance; want a host, such as mastodon.social`
	if got := CheckInstance("https://mastodon.social"); got != want {
		t.Errorf("got %s", got)
	}
}

func FuzzCheckURL(f *testing.F) {
	for _, s := range []string{"https://video.example/", "javascript:x", "https://a@b", `http:\\x`, "HTTP://[::1]:1", "https://\uFF0F"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, problem := Check(s)
		if problem != "" {
			if clean != "" || !utf8.ValidString(problem) || strings.ContainsAny(problem, "\n\r\t\x00") {
				t.Fatalf("%q: %q, %q", s, clean, problem)
			}
			return
		}
		if again, problem := Check(clean); again != clean || problem != "" {
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

// The cases are the ends of each range of characters that may be mapped to ASCII,
// and their neighbours.
func TestCharactersThatLookLikeOthersAreKnownToTheirEnds(t *testing.T) {
	for _, r := range [][2]rune{{0xa0, 0xbf}, {0x132, 0x133}, {0x13f, 0x140}, {0x149, 0x149}, {0x17f, 0x17f},
		{0x1c4, 0x1cc}, {0x1f1, 0x1f3}, {0x2b0, 0x2ff}, {0x1d2c, 0x1d6a}, {0x1d9b, 0x1dbf}, {0x1e9a, 0x1e9a},
		{0x2000, 0x200b}, {0x200e, 0x2bff}, {0x2c7c, 0x2c7d}, {0x3002, 0x3002}, {0x3200, 0x33ff}, {0xa7f2, 0xa7f4},
		{0xab5b, 0xab69}, {0xfb00, 0xfb06}, {0xfe10, 0xfe6f}, {0xff00, 0xffef}, {0x10780, 0x107ba}, {0x1d400, 0x1d7ff},
		{0x1f100, 0x1f2ff}, {0x1fbf0, 0x1fbf9}} {
		for _, c := range []struct {
			r    rune
			want bool
		}{{r[0] - 1, false}, {r[0], true}, {r[1], true}, {r[1] + 1, false}} {
			if got := compatible(c.r); got != c.want {
				t.Errorf("U+%04X: %t", c.r, got)
			}
		}
	}
}
