package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
)

// A Link is the address of the content as all deliveries use it, and what was
// taken out of it.
type Link struct {
	URL     string // "" if the content has none
	Removed []Parameter
}

// A Parameter is one part of a query, or of that of a route, exactly as it stood in
// the URL.
type Parameter struct{ Name, Value string }

// cleanLink returns the address of the content: without tracking parameters,
// and with the moment at which a video starts. The receipt lists what was
// removed.
func cleanLink(req *Request) Link {
	url := req.url()
	if url == "" {
		return Link{}
	}
	l := Link{URL: url}
	if address.IsPrivate(url) {
		return l
	}
	if !req.Page.KeepTracking {
		l.clean()
	}
	if req.Content.Kind == Video {
		l.URL = startAt(l.URL, req)
	}
	return l
}

func (l *Link) clean() {
	path, query, fragment := address.SplitURL(l.URL)
	host := address.HostOf(path)
	site := address.SiteOf(host)
	amazon := address.OnSite(host, "amazon.")
	// What was searched for, which beside a product tells how it was found.
	found := amazon && text.Contains(path, "/dp/")
	switch {
	case address.OnSite(host, "facebook.com"):
		if text.Contains(path, "/dialog/") || text.Contains(path, "/plugins/") {
			site = ""
		}
	case amazon:
		// Amazon also has a tracking parameter in the path.
		if i := text.Find(path, "/ref="); i >= 0 {
			l.Removed = append(l.Removed, Parameter{"ref", path[i+len("/ref="):]})
			path = path[:i]
		}
	}
	b := append(make([]byte, 0, len(l.URL)), path...)
	sep := byte('?')
	keep := func(part, name, value string) {
		if address.Tracking.Has(name) || address.Listed(site, name) || found && name == "keywords" {
			name, _ = text.Cut(part, '=')
			l.Removed = append(l.Removed, Parameter{name, value})
			return
		}
		b = append(append(b, sep), part...)
		sep = '&'
	}
	address.EachParameter(query, keep)
	if route, more := address.Route(fragment); more != "" {
		b, sep, fragment = append(b, route...), '?', ""
		address.EachParameter(more, keep)
	}
	if l.Removed != nil {
		l.URL = string(append(b, fragment...))
	}
}

// A referral makes the addresses for targets if the page wants to tell targets
// apart: they get the page's own parameter, unless the address is private or has a
// parameter of that name.
type referral struct {
	url         string
	name        string // "" if every target gets the same address
	end         string // of url, from its fragment on
	hasQuestion bool
}

func referralOf(req *Request, url string) referral {
	r := referral{url: url, name: req.Page.Referral}
	if r.name == "" || url == "" || address.IsPrivate(url) {
		return referral{url: url}
	}
	path, query, fragment := address.SplitURL(url)
	there := false
	address.EachParameter(query, func(_, n, _ string) { there = there || n == r.name })
	if there {
		return referral{url: url}
	}
	r.name, r.end = string(address.Escape(nil, r.name, false)), fragment
	if n := len(query); n > 1 && query[n-1] == '&' || n == 1 {
		query = query[:n-1] // the parameter begins with its own
	}
	r.url, r.hasQuestion = path+query, query != ""
	return r
}

// to returns the address for one target.
func (r *referral) to(target string) string {
	switch {
	case r.name == "":
		return r.url
	case r.hasQuestion:
		return r.url + "&" + r.name + "=" + target + r.end
	}
	return r.url + "?" + r.name + "=" + target + r.end
}

// startAt returns the address of a video with the second at which it starts:
// as t, which most sites read, or as the site of the video wants it.
func startAt(url string, req *Request) string {
	at, known := req.Page.StartAt.Float()
	if !known || at < 1 || at >= 1e6 {
		return url
	}
	if len(req.Content.Media) > 0 {
		if d, known := req.Content.Media[0].DurationSeconds.Float(); known && at >= d {
			return url
		}
	}
	second := text.Itoa(int(at))
	path, query, fragment := address.SplitURL(url)
	host, name := address.HostOf(path), "t"
	switch {
	case address.OnSite(host, "vimeo.com"):
		return path + query + "#t=" + second + "s"
	case address.OnSite(host, "dailymotion.com"),
		text.Contains(host, "youtube") && text.Contains(path, "/embed/"):
		name = "start"
	case address.Listed(address.SiteOf(host), name):
		return url // there it tells who shared the link
	default:
		// A file has no page to read a query: W3C Media Fragments, section 4.2.1.
		if m := (Media{URL: path}); formatOf(&m).isVideo() && fragment == "" {
			return url + "#t=" + second
		}
	}
	return address.SetParameter(url, name, second)
}
