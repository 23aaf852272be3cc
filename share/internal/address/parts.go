package address

import (
	"sharewise/share/internal/text"
	"strings"
)

// SetParameter puts a parameter at the end of the query, in place of those of
// the same name.
func SetParameter(url, name, value string) string {
	path, query, fragment := SplitURL(url)
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

// EachParameter goes through a query with its question mark.
func EachParameter(query string, do func(part, name, value string)) {
	if query == "" {
		return
	}
	for query = query[1:]; query != ""; {
		var part string
		part, query = text.Cut(query, '&')
		name, value := text.Cut(part, '=')
		do(part, name, value)
	}
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

// OnSite tells whether a host is a domain or below it. A domain that ends in a
// dot stands for itself in every country, such as amazon.co.uk.
func OnSite(host, domain string) bool {
	if domain[len(domain)-1] == '.' {
		i := text.Find(host, domain)
		return i >= 0 && (i == 0 || host[i-1] == '.') && len(host)-i-len(domain) <= len("com.br")
	}
	n := len(host) - len(domain)
	return n >= 0 && host[n:] == domain && (n == 0 || host[n-1] == '.')
}
