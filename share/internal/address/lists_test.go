package address

import (
	"strings"
	"testing"
)

// A site is known by the end of its host, and by nothing that only looks like it.
func TestASiteIsKnownByTheEndOfItsHost(t *testing.T) {
	for host, want := range map[string]string{
		"instagram.com": "igsh", "www.instagram.com": "igsh", "threads.net": "xmt", "www.threads.com": "xmt", "x.com": "cxt",
		"mobile.twitter.com": "cxt", "youtu.be": "kw", "music.youtube.com": "kw", "open.spotify.com": "si",
		"www.ebay.co.uk": "mkcid", "ebay.de": "mkcid", "amazon.com": "qid", "www.amazon.com.br": "qid", "amazon.co.jp": "qid",
		"google.com": "ved", "www.google.de": "ved", "tumblr.com": "source", "medium.com": "source",
		"": "", "notinstagram.com": "", "instagram.com.example": "", "example.com": "", "com": "", "net": "",
		"box.com": "", "notamazon.com": "", "amazon.example.org": "", "myebay.com": "", "amazon.jobs": "", "google.dev": "",
		"amazon.com.example": "", "amazon.com.evil.de": "", "amazon.co": "qid", "google.com.hk": "ved", "amazon.amazon.de": "qid",
		"amazon.co.com": "", "google.": "", "amazon": "", "notamazon.amazon.co.uk": "qid", ".de": "", "com.de": "",
	} {
		site := SiteOf(host)
		if want == "" && site != "" || want != "" && !Listed(site, want) {
			t.Errorf("%s has %q, want one with %q", host, site, want)
		}
		if strings.Contains(site, ".com") || site != "" && !strings.HasPrefix(site, " ") {
			t.Errorf("%s has the hosts of its site among its parameters: %q", host, site)
		}
	}
}

// A word of a list stands for itself, and for all that begin so where it ends in *.
// Names are found in any case; a long list itself is in lower case.
func TestAWordStandsForItselfOrForAllThatBeginSo(t *testing.T) {
	const list = " a utm_* ref_* bc "
	for name, want := range map[string]bool{
		"a": true, "bc": true, "utm_source": true, "utm_": true, "ref_": true, "ref_x": true,
		"": false, "b": false, "bcd": false, "abc": false, "utm": false, "ref": false, "xutm_": false,
	} {
		for _, name := range []string{name, strings.ToUpper(name)} {
			if got := Listed(list, name); got != want {
				t.Errorf("Listed %q: %v", name, got)
			}
			if got := newWordList(list).Has(name); got != want {
				t.Errorf("in a long list %q: %v", name, got)
			}
		}
	}
	if len(newWordList(list)) != 4 {
		t.Errorf("the list has %q", newWordList(list))
	}
	for _, l := range []wordList{Tracking, private, privatePaths} {
		for _, word := range l {
			if word != strings.ToLower(word) {
				t.Errorf("%s is not in lower case, so nothing is found by it", word)
			}
		}
	}
	if Listed("", "a") || newWordList("").Has("a") || Listed(" ", "") {
		t.Error("nothing is in an empty list")
	}
}

func TestParametersThatTellWhoSharedAreKnown(t *testing.T) {
	for name, want := range map[string]bool{
		"utm_source": true, "UTM_MEDIUM": true, "fbclid": true, "gclid": true, "_ga": true, "_openstat": true, "hsa_cam": true,
		"__twitter_impression": true, "ml_subscriber": true, "ttclid": true, "yclid": true,
		"q": false, "id": false, "v": false, "g": false, "utm": false, "fbclid2": false, "page": false, "t": false, "s": false,
	} {
		if got := Tracking.Has(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// An address for one reader or one visit is told by a part of its host or path, or
// by a parameter, whatever their case, and by nothing else.
func TestAnAddressForOneReaderIsPrivate(t *testing.T) {
	for url, want := range map[string]bool{
		"https://a.example/login": true, "https://a.example/Login/x": true, "https://login.example/": true,
		"https://sso.a.example": true, "https://a.example/oauth2/authorize": true, "https://a.example/x.auth": true,
		"https://a.example/f?Signature=1": true, "https://a.example/f?a=1&X-Amz-Date=2": true, "https://a.example/?token": true,
		"https://a.example/f?openid.ns=1": true, "https://a.example/f?x-goog-=1": true,
		"https://a.example/": false, "https://a.example/logins": false, "https://a.example/author": false,
		"https://a.example/f?tokens=1": false, "https://a.example/f?q=token": false, "https://a.example/f?q=login": false,
		"https://a.example/f#token=1": false, "https://a.example/f#/login": false, "https://a.example/f?q=1#?sig=2": false,
	} {
		if got := IsPrivate(url); got != want {
			t.Errorf("%s: %v", url, got)
		}
	}
}
