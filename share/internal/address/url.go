package address

import (
	"sharewise/share/internal/text"
	"strings"
	"unicode/utf8"
)

// Serialise gives a URL as the URL standard serialises it (WHATWG URL, basic URL
// parser and URL serializer): scheme and host in lower case, a host of any script
// in its ASCII form, no default port, no dot segments, and percent-encoded what
// is to be in path, query and fragment. The result is ASCII, and is serialised to
// itself; a URL that is in this form already is given back without allocating.
//
// The problem is "" if the URL is good. Only http and https are, absolute, with a
// host, without a user name, and without what other parsers read in another way
// than the standard does: a backslash before the query, a host without "//" before
// it, and in a host a percent sign, quotes, braces or an empty label.
func Serialise(s string) (url, problem string) {
	for s != "" && s[0] <= ' ' {
		s = s[1:]
	}
	for s != "" && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	for i := 0; i < len(s); i++ {
		if isBreak(s[i]) {
			s = withoutBreaks(s)
			break
		}
	}
	scheme := schemeOf(s)
	if scheme == "" {
		return "", "want a URL that begins with https:// or http://"
	}
	w := writer{s: s}
	for i := range len(scheme) + 1 {
		w.put(text.Lower(s[i]))
	}
	port := "80"
	if text.EqualFold(scheme, "https") {
		port = "443"
	} else if !text.EqualFold(scheme, "http") {
		return "", "only http and https URLs can be shared, not " + Quote(text.LowerText(scheme))
	}
	rest := s[w.n:]
	if len(rest) < 2 || rest[0] != '/' || rest[1] != '/' {
		if rest != "" && rest[0] == '\\' {
			return "", backslashProblem
		}
		return "", `want "//" after "` + scheme + `:"`
	}
	w.puts("//")
	rest = rest[2:]
	end := 0
	for end < len(rest) && !endsHost(rest[end]) {
		end++
	}
	if problem = w.authority(rest[:end], port); problem != "" {
		return "", problem
	}
	if problem = w.path(rest[end:]); problem != "" {
		return "", problem
	}
	return w.text(), ""
}

const backslashProblem = `the URL holds a backslash, which browsers read as /; write / or %5C`

func isBreak(c byte) bool { return c == '\t' || c == '\n' || c == '\r' }

func withoutBreaks(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if !isBreak(s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

func endsHost(c byte) bool { return c == '/' || c == '?' || c == '#' }

// A writer allocates only once what is written differs from the beginning of s.
type writer struct {
	s string
	n int    // bytes written
	b []byte // what was written; nil while that is s[:n]
}

func (w *writer) put(c byte) {
	if w.b == nil {
		if w.n < len(w.s) && w.s[w.n] == c {
			w.n++
			return
		}
		w.b = append(make([]byte, 0, len(w.s)+16), w.s[:w.n]...)
	}
	w.b = append(w.b, c)
	w.n++
}

func (w *writer) puts(s string) {
	for i := range len(s) {
		w.put(s[i])
	}
}

func (w *writer) encode(c byte) {
	const hex = "0123456789ABCDEF"
	w.put('%')
	w.put(hex[c>>4])
	w.put(hex[c&15])
}

// cut takes back all but the first n bytes.
func (w *writer) cut(n int) {
	w.n = n
	if w.b != nil {
		w.b = w.b[:n]
	}
}

// at gives a byte that was written.
func (w *writer) at(i int) byte {
	if w.b == nil {
		return w.s[i]
	}
	return w.b[i]
}

func (w *writer) text() string {
	if w.b == nil {
		return w.s[:w.n]
	}
	return string(w.b)
}

// authority writes a host and its port, unless that is the one of the scheme.
func (w *writer) authority(s, standard string) (problem string) {
	host, port := s, ""
	for i := len(s) - 1; i >= 0; i-- {
		switch {
		case s[i] == '@':
			return "the URL holds a user name or password; leave it out"
		case s[i] == ':' && len(host) == len(s) && (s[0] != '[' || s[i-1] == ']'):
			host, port = s[:i], s[i+1:]
		}
	}
	for len(port) > 1 && port[0] == '0' {
		port = port[1:]
	}
	n := 0
	for i := range len(port) {
		if n = n*10 + int(port[i]-'0'); port[i] < '0' || port[i] > '9' || n > 65535 {
			return "want a number from 0 to 65535 as the port, not " + Quote(port)
		}
	}
	if host == "" {
		return "the URL has no host"
	}
	if problem = w.host(host); problem == "" && port != "" && port != standard {
		w.put(':')
		w.puts(port)
	}
	return problem
}

// The sets of what is percent-encoded, beside blanks, controls and what is not in
// ASCII, by the part of a URL: the path percent-encode set, the special-query
// one and the fragment one.
const (
	inPath = iota
	inQuery
	inFragment
)

var encodedIn = [...][2]uint64{
	inPath:     {1<<'"' | 1<<'<' | 1<<'>', 1<<('^'-64) | 1<<('`'-64) | 1<<('{'-64) | 1<<('}'-64)},
	inQuery:    {1<<'"' | 1<<'<' | 1<<'>' | 1<<'\'', 0},
	inFragment: {1<<'"' | 1<<'<' | 1<<'>', 1 << ('`' - 64)},
}

// path writes what stands behind a host.
func (w *writer) path(s string) (problem string) {
	w.put('/')
	if s != "" && s[0] == '/' {
		s = s[1:]
	}
	first := w.n
	segment, from := first, 0 // where the last segment of the path begins, as written and in s
	in := inPath
	for i := 0; ; i++ {
		next := in // what begins here
		if i == len(s) {
			next = inFragment + 1
		} else if c := s[i]; c == '#' {
			next = inFragment
		} else if c == '?' && in == inPath {
			next = inQuery
		}
		if in == inPath && (next != in || s[i] == '/') {
			if dots := dotsOf(s[from:i]); dots > 0 {
				for dots > 1 && segment > first {
					if segment--; w.at(segment-1) == '/' {
						break
					}
				}
				w.cut(segment)
			} else if next == in {
				w.put('/')
			}
			segment, from = w.n, i+1
			if next == in {
				continue
			}
		}
		if i == len(s) {
			return ""
		}
		c := s[i]
		switch {
		case c == '\\' && in == inPath:
			return backslashProblem
		case c >= 0x7f || c <= ' ' || next == in && encodedIn[in][c>>6]>>(c&63)&1 != 0:
			w.encode(c)
		default:
			w.put(c)
		}
		in = next
	}
}

// dotsOf tells whether a segment of a path is one of dots, 1 or 2, else 0.
func dotsOf(s string) (n int) {
	for ; s != ""; n++ {
		if s[0] == '.' {
			s = s[1:]
		} else if len(s) > 2 && s[0] == '%' && s[1] == '2' && text.Lower(s[2]) == 'e' {
			s = s[3:]
		} else {
			return 0
		}
	}
	if n > 2 {
		return 0
	}
	return n
}

// host writes the name of a host in ASCII and in lower case.
func (w *writer) host(host string) (problem string) {
	name, kind := host, kindOf(host)
	if kind == oddHost {
		if name = readHost(host); name != "" && name[0] != '[' {
			kind = kindOf(name)
		}
	}
	if kind == noHost || name == "" {
		if strings.IndexByte(host, '\\') >= 0 {
			return backslashProblem
		}
		return Quote(host) + " cannot be a host"
	}
	for i := range len(name) {
		w.put(text.Lower(name[i]))
	}
	return ""
}

// The kinds of hosts.
const (
	noHost = iota
	plainHost
	oddHost // to be read as the standard says: in another script, Punycode or numbers
)

// kindOf looks at the characters of a host. Refused are the forbidden domain code
// points of the standard, quotes and braces.
func kindOf(host string) int {
	if host[0] == '[' {
		if host[len(host)-1] != ']' {
			return noHost
		}
		return oddHost
	}
	kind, label := plainHost, 0
	for i := range len(host) {
		switch c := host[i]; {
		case c >= utf8.RuneSelf:
			kind = oddHost
		case c == '.':
			if label == i {
				return noHost
			}
			label = i + 1
		case c <= ' ' || c == 0x7f || notInHosts[c>>6]>>(c&63)&1 != 0:
			return noHost
		case c == '-' && i == label+3 && host[i-1] == '-' && text.EqualFold(host[label:i-1], "xn"):
			kind = oddHost
		}
	}
	if c := lastLabel(host)[0]; '0' <= c && c <= '9' {
		return oddHost // an IPv4 address, or nearly one
	}
	return kind
}

// notInHosts has a bit for each of "#%/:<>?@[\]^`{|} in ASCII.
var notInHosts = [2]uint64{
	1<<'"' | 1<<'#' | 1<<'%' | 1<<'/' | 1<<':' | 1<<'<' | 1<<'>' | 1<<'?',
	1<<('@'-64) | 1<<('['-64) | 1<<('\\'-64) | 1<<(']'-64) | 1<<('^'-64) | 1<<('`'-64) | 1<<('{'-64) | 1<<('|'-64) |
		1<<('}'-64),
}

// lastLabel gives the last label of a host, without the dot that may end it.
func lastLabel(host string) string {
	if host[len(host)-1] == '.' {
		host = host[:len(host)-1]
	}
	return host[strings.LastIndexByte(host, '.')+1:]
}

// Instance gives the host name of an instance, such as mastodon.social, as it
// stands in a URL; "" if it is none. It takes no scheme, port, path or user name,
// and no address in numbers: an instance is a name with a dot in it.
func Instance(host string) string {
	w := writer{s: host}
	if host == "" || w.host(host) != "" {
		return ""
	}
	name := w.text()
	if c := lastLabel(name)[0]; '0' <= c && c <= '9' || name[0] == '[' || len(name) > 253 {
		return ""
	}
	label, labels := 0, 1
	for i := 0; i <= len(name); i++ {
		switch {
		case i == len(name) || name[i] == '.':
			if i == label || i-label > 63 || name[label] == '-' || name[i-1] == '-' {
				return ""
			}
			if i < len(name) {
				label, labels = i+1, labels+1
			}
		case !text.IsWord(name[i], "-"):
			return ""
		}
	}
	if labels < 2 || Listed(ownNames, name[label:]) {
		return ""
	}
	return name
}

// ownNames are last labels of names that every machine or network has for
// itself (RFC 6761, 6762, 8375; ICANN's internal).
const ownNames = " localhost localdomain local internal arpa "

// schemeOf gives what stands before the first colon, if that is a scheme
// (RFC 3986, section 3.1), else "".
func schemeOf(s string) string {
	for i := 0; i < len(s); i++ {
		c := text.Lower(s[i])
		switch {
		case 'a' <= c && c <= 'z':
		case i > 0 && (c == '+' || c == '-' || c == '.' || '0' <= c && c <= '9'):
		case i > 0 && c == ':':
			return s[:i]
		default:
			return ""
		}
	}
	return ""
}

// IsWeb is a quick look at a URL that Decode has already serialised.
func IsWeb(s string) bool {
	return len(s) > 8 && s[:4] == "http" && (s[4:7] == "://" || s[4:8] == "s://")
}

// Quote quotes what was given, for a message: cut to 60 bytes, without what
// would break a line or turn its direction.
func Quote(s string) string {
	b := []byte{'"'}
	for _, r := range s {
		if len(b) > 60 {
			b = append(b, "…"...)
			break
		}
		if r < ' ' || 0x7f <= r && r <= 0xa0 || r == '"' || r == 0x61c || 0x2000 <= r && r <= 0x206f || r >= 0xfe00 {
			r = utf8.RuneError
		}
		b = append(b, string(r)...)
	}
	return string(append(b, '"'))
}
