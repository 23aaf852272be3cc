package address

import (
	"sharewise/share/internal/text"
	"strings"
)

// SetParameter puts a parameter at the end of the query, in place of those of
// the same name. An app whose address ends in a route behind #/ or #! reads its
// parameters there.
func SetParameter(url, name, value string) string {
	path, query, fragment := SplitURL(url)
	if route, more := Route(fragment); route != "" {
		path, query, fragment = path+query+route, more, ""
	}
	b := append(make([]byte, 0, len(url)+len(name)+len(value)+2), path...)
	sep := byte('?')
	EachParameter(query, func(part, n, _ string) {
		if n != name {
			b = append(append(b, sep), part...)
			sep = '&'
		}
	})
	b = append(append(append(b, sep), name...), '=')
	return string(append(append(b, value...), fragment...))
}

// SplitURL cuts a URL before its ? and before its #.
func SplitURL(s string) (path, query, fragment string) {
	q, f := len(s), len(s)
	for i := 0; i < len(s); i++ {
		if s[i] == '#' {
			f = i
			break
		}
		if s[i] == '?' && q == len(s) {
			q = i
		}
	}
	q = min(q, f)
	return s[:q], s[q:f], s[f:]
}

// Route cuts a fragment that begins with #/ or #!, where some apps have their routes,
// before its ?. Any other is none: the route is "" then.
func Route(fragment string) (route, query string) {
	if len(fragment) > 1 && (fragment[1] == '/' || fragment[1] == '!') {
		route, _ = text.Cut(fragment, '?')
		query = fragment[len(route):]
	}
	return route, query
}

// EachParameter goes through a query with its question mark. Names are given as
// servers read them: without percent-encoding, and without what is left of the & of
// a page's source, however often that was escaped.
func EachParameter(query string, do func(part, name, value string)) {
	if query == "" {
		return
	}
	for query = query[1:]; query != ""; {
		var part string
		part, query = text.Cut(query, '&')
		name, value := text.Cut(part, '=')
		do(part, plainName(name), value)
	}
}

func plainName(s string) string {
	if strings.IndexByte(s, '%') >= 0 {
		s = decoded(s)
	}
	for len(s) > len("amp;") && text.EqualFold(s[:len("amp;")], "amp;") {
		s = s[len("amp;"):]
	}
	return s
}

// decoded returns a text without percent-encoding.
func decoded(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if high, low := hexDigit(s[i+1]), hexDigit(s[i+2]); high|low < 16 {
				c = high<<4 | low
				i += 2
			}
		}
		b = append(b, c)
	}
	return string(b)
}

// hexDigit returns the value of a hexadecimal digit, 16 and more for any other byte.
func hexDigit(c byte) byte {
	if c > '9' {
		return text.Lower(c) - 'a' + 10
	}
	return c - '0'
}

// HostOf gives the host of a checked URL, in lower case and without its port.
func HostOf(url string) string {
	start := len("http://")
	if len(url) > 4 && url[4] == 's' {
		start++
	}
	end := start
	for end < len(url) && strings.IndexByte("/?#", url[end]) < 0 && (url[end] != ':' || url[start] == '[') {
		end++
	}
	return text.LowerText(url[min(start, end):end])
}

// OnSite reports whether a host is a domain or below it. A domain that ends in a dot
// stands for itself under .com and in every country, such as amazon.co.uk.
func OnSite(host, domain string) bool {
	if last := len(domain) - 1; domain[last] == '.' {
		dot := strings.LastIndexByte(host, '.')
		ending := host[dot+1:]
		if dot < 0 || len(ending) != 2 && ending != "com" {
			return false
		}
		host, domain = host[:dot], domain[:last]
		if len(ending) == 2 {
			host = strings.TrimSuffix(strings.TrimSuffix(host, ".com"), ".co")
		}
	}
	n := len(host) - len(domain)
	return n >= 0 && host[n:] == domain && (n == 0 || host[n-1] == '.')
}
