package address

import (
	"sharewise/share/internal/text"
	"strings"
	"unicode/utf8"
)

// Check says whether a text is a URL that can be shared, and gives it back
// as it is shared: without the blanks around it and the tabs and line breaks
// within it, which every browser drops (WHATWG URL, basic URL parser), with its
// scheme in lower case, and with what cannot be seen percent-encoded, as browsers
// send it: a mark that turns the direction of writing would show the rest of an
// address as another one. All else is carried exactly: a host in any script, the
// port, the query, the fragment.
//
// The problem is "" if the URL is good. Only http and https are, with a host,
// without a user name, and without anything that two parsers might read in two
// ways.
func Check(s string) (clean, problem string) {
	if problem = Problem(s); problem == "" && !upperScheme(s) {
		return encodeUnseen(s), ""
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '\t' && c != '\n' && c != '\r' {
			b = append(b, c)
		}
	}
	for len(b) > 0 && b[0] <= ' ' {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	for i := 0; i < len(b) && b[i] != ':'; i++ {
		b[i] = text.Lower(b[i])
	}
	clean = string(b)
	if problem = Problem(clean); problem != "" {
		return "", problem
	}
	return encodeUnseen(clean), ""
}

// encodeUnseen percent-encodes the unseen characters of a good URL. Its host has
// none but joiners, which names in some scripts need.
func encodeUnseen(s string) string {
	path := len("https://")
	for path < len(s) && strings.IndexByte("/?#", s[path]) < 0 {
		path++
	}
	from := 0 // what is not written yet
	var b []byte
	for i, r := range s[min(path, len(s)):] {
		if i += path; unseen(r) {
			b = append(b, s[from:i]...)
			from = i + utf8.RuneLen(r)
			b = Escape(b, s[i:from], false)
		}
	}
	if from == 0 {
		return s
	}
	return string(append(b, s[from:]...))
}

// unseen tells whether a character beyond ASCII has no ink: controls, blanks and
// what Unicode calls Default_Ignorable_Code_Point, marks of direction among them.
func unseen(r rune) bool {
	switch {
	case r < 0x80 || 0xa1 <= r && r <= 0xac || 0xae <= r && r < 0x34f:
	case r <= 0xad, r == 0x34f, r == 0x61c, r == 0x115f, r == 0x1160, r == 0x1680, r == 0x17b4, r == 0x17b5,
		0x180b <= r && r <= 0x180f, 0x2000 <= r && r <= 0x200f, 0x2028 <= r && r <= 0x202f, 0x205f <= r && r <= 0x206f,
		r == 0x2800, r == 0x3000, r == 0x3164, 0xfe00 <= r && r <= 0xfe0f, r == 0xfeff, r == 0xffa0,
		0xfff0 <= r && r <= 0xfffb,
		0x1bca0 <= r && r <= 0x1bca3, 0x1d173 <= r && r <= 0x1d17a, 0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return false
}

// Problem says what is wrong with a URL, and allocates nothing for one that
// is good.
func Problem(s string) string {
	scheme := schemeOf(s)
	if scheme == "" {
		return "want a URL that begins with https:// or http://"
	}
	if !text.EqualFold(scheme, "https") && !text.EqualFold(scheme, "http") {
		return `only http and https URLs can be shared, not "` + clipScheme(scheme) + `"`
	}
	rest := s[len(scheme)+1:]
	if len(rest) < 2 || rest[0] != '/' || rest[1] != '/' {
		if len(rest) > 0 && rest[0] == '\\' {
			return backslashProblem
		}
		return `want "//" after "` + scheme + `:"`
	}
	rest = rest[2:]
	end := len(rest)
	for i := 0; i < len(rest); i++ {
		if c := rest[i]; c == '/' || c == '?' || c == '#' {
			end = i
			break
		}
	}
	if problem := authorityProblem(rest[:end]); problem != "" {
		return problem
	}
	query := false
	for i := end; i < len(rest); {
		c := rest[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := text.FirstRune(rest[i:])
			if r == utf8.RuneError && n == 1 {
				return "the URL is not valid UTF-8"
			}
			i += n
			continue
		case c == ' ':
			return "the URL holds a space; write %20"
		case c < ' ' || c == 0x7f:
			return "the URL holds a control character"
		case c == '?' || c == '#':
			query = true
		case c == '\\' && !query:
			return backslashProblem
		}
		i++
	}
	return ""
}

const backslashProblem = `the URL holds a backslash, which browsers read as /; write / or %5C`

// authorityProblem says what is wrong with a host and port.
func authorityProblem(s string) string {
	host, port, colon := s, "", false
	for i := len(s) - 1; i >= 0; i-- {
		c := s[i]
		if c == '@' {
			return "the URL holds a user name or password; leave it out"
		}
		if c == ':' && !colon && (s[0] != '[' || s[i-1] == ']') {
			host, port, colon = s[:i], s[i+1:], true
		}
	}
	if colon {
		n := 0
		for i := 0; i < len(port); i++ {
			if c := port[i]; c < '0' || c > '9' || n > 65535 {
				n = 65536
				break
			} else {
				n = n*10 + int(c-'0')
			}
		}
		if port == "" || n > 65535 {
			return "want a number from 0 to 65535 as the port, not " + Quote(port)
		}
	}
	if host == "" {
		return "the URL has no host"
	}
	if host[0] == '[' {
		return ipv6Problem(host)
	}
	return hostProblem(host)
}

// hostProblem says what is wrong with the name of a host. It follows the
// forbidden domain code points of WHATWG URL, adds quotes and braces, and refuses
// the characters that UTS #46 turns into one of them: a fullwidth slash in a host
// is a slash.
func hostProblem(host string) string {
	label := 0
	for i := 0; i < len(host); {
		c := host[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := text.FirstRune(host[i:])
			if !hostRune(r) {
				return notHost(host)
			}
			i += n
			label += n
			continue
		case c == '.':
			if label == 0 {
				return notHost(host)
			}
			label = -1
		case c == '\\':
			return backslashProblem
		case c <= ' ' || c == 0x7f || notInHosts[c>>6]>>(c&63)&1 != 0:
			return notHost(host)
		}
		i++
		label++
	}
	return ""
}

// notInHosts has a bit for each of "#%/:<>?@[]^`{|} in ASCII.
var notInHosts = [2]uint64{
	1<<'"' | 1<<'#' | 1<<'%' | 1<<'/' | 1<<':' | 1<<'<' | 1<<'>' | 1<<'?',
	1<<('@'-64) | 1<<('['-64) | 1<<(']'-64) | 1<<('^'-64) | 1<<('`'-64) | 1<<('{'-64) | 1<<('|'-64) | 1<<('}'-64),
}

func notHost(host string) string { return Quote(host) + " cannot be a host" }

// hostRune tells whether a character beyond ASCII may stand in a host.
// U+200C and U+200D may: Persian and Sinhala names need them.
func hostRune(r rune) bool {
	switch {
	case r == utf8.RuneError, r == 0xfeff, r == 0x3000, // replaced, dropped or a blank
		r < 0xa1, // C1 controls, the blank that does not break
		0x2000 <= r && r <= 0x206f && r != 0x200c && r != 0x200d, // blanks, marks of direction, question marks in one
		0x2100 <= r && r <= 0x2106,                               // such as ℀, which becomes a/c
		0xfe50 <= r && r <= 0xfe6f,                               // small forms
		// fullwidth marks, save - . and digits
		0xff01 <= r && r <= 0xff20 && (r < 0xff0d || 0xff0e < r) && (r < 0xff10 || 0xff19 < r),
		0xff3b <= r && r <= 0xff40, 0xff5b <= r && r <= 0xff60,
		0xfff0 <= r && r <= 0xffff, 0xe0000 <= r && r <= 0xe0fff:
		return false
	}
	return true
}

func ipv6Problem(host string) string {
	colons := 0
	for i := 1; i < len(host)-1; i++ {
		c := text.Lower(host[i])
		if c == ':' {
			colons++
		} else if (c < '0' || c > '9') && (c < 'a' || c > 'f') && c != '.' {
			return notHost(host)
		}
	}
	if colons < 2 || host[len(host)-1] != ']' {
		return notHost(host)
	}
	return ""
}

// CheckInstance says what is wrong with the host name of an instance, such as
// mastodon.social: "" is nothing. It takes no scheme, port, path or user name,
// and no address in numbers: an instance is a name with a dot in it.
func CheckInstance(host string) string {
	if hostProblem(host) != "" || host == "" || len(host) > 253 {
		return wantInstance(host)
	}
	for _, r := range host {
		if compatible(r) || unseen(r) && r != 0x200c && r != 0x200d {
			return wantInstance(host)
		}
	}
	label, labels, digits := 0, 1, true
	for i := 0; i < len(host); i++ {
		c := text.Lower(host[i])
		switch {
		case c == '.':
			if host[i-1] == '-' || label > 63 {
				return wantInstance(host)
			}
			label, digits, labels = 0, true, labels+1
			continue
		case c == '-':
			if label == 0 {
				return wantInstance(host)
			}
			digits = false
		case 'a' <= c && c <= 'z' || c >= utf8.RuneSelf:
			digits = false
		case c < '0' || c > '9':
			return wantInstance(host)
		}
		label++
	}
	last := text.LowerText(host[len(host)-label:])
	if labels < 2 || digits || label > 63 || host[len(host)-1] == '-' || hexNumber(last) || Listed(ownNames, last) {
		return wantInstance(host)
	}
	return ""
}

// ownNames are last labels of names that every machine or network has for
// itself (RFC 6761, 6762, 8375; ICANN's internal).
const ownNames = " localhost localdomain local internal arpa "

// hexNumber tells whether a last label makes the whole host an IPv4 address,
// as digits do (WHATWG URL, ends-in-a-number checker).
func hexNumber(s string) bool {
	if len(s) < 2 || s[:2] != "0x" {
		return false
	}
	for _, c := range s[2:] {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// compatible tells whether a character may be another way to write letters,
// digits or dots of ASCII, which a browser takes it for (UTS #46): "１２７" is 127.
// Whole blocks are meant, since no name needs any of them.
func compatible(r rune) bool {
	switch {
	case 0xa0 <= r && r <= 0xbf, 0x132 <= r && r <= 0x133, r == 0x13f, r == 0x140, r == 0x149, r == 0x17f,
		0x1c4 <= r && r <= 0x1cc, 0x1f1 <= r && r <= 0x1f3,
		0x2b0 <= r && r <= 0x2ff, 0x1d2c <= r && r <= 0x1d6a, 0x1d9b <= r && r <= 0x1dbf, r == 0x1e9a,
		0x2000 <= r && r <= 0x2bff && r != 0x200c && r != 0x200d, 0x2c7c <= r && r <= 0x2c7d,
		r == 0x3002, 0x3200 <= r && r <= 0x33ff, 0xa7f2 <= r && r <= 0xa7f4, 0xab5b <= r && r <= 0xab69,
		0xfb00 <= r && r <= 0xfb06, 0xfe10 <= r && r <= 0xfe6f, 0xff00 <= r && r <= 0xffef,
		0x10780 <= r && r <= 0x107ba, 0x1d400 <= r && r <= 0x1d7ff, 0x1f100 <= r && r <= 0x1f2ff,
		0x1fbf0 <= r && r <= 0x1fbf9:
		return true
	}
	return false
}

func wantInstance(host string) string {
	return Quote(host) + " is not the name of an instance; want a host, such as mastodon.social"
}

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

// IsWeb is a quick look at a URL that Decode has already checked.
func IsWeb(s string) bool {
	return len(s) > 8 && s[:4] == "http" && (s[4:7] == "://" || s[4:8] == "s://")
}

func upperScheme(s string) bool {
	for i := 0; s[i] != ':'; i++ {
		if s[i] < 'a' {
			return true
		}
	}
	return false
}

func clipScheme(s string) string {
	if len(s) > 40 {
		s = s[:40]
	}
	b := []byte(s)
	for i := range b {
		b[i] = text.Lower(b[i])
	}
	return string(b)
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
		if r < ' ' || r == 0x7f || r == '"' || !hostRune(r) && r >= utf8.RuneSelf {
			r = utf8.RuneError
		}
		b = append(b, string(r)...)
	}
	return string(append(b, '"'))
}

// InHost and InPath tell whether a character may stand in the host, and behind
// it, of an address that Check gave back, as far as that doesn't depend on the
// characters around it. Colons, brackets and dots are no characters of a host.
func InHost(r rune) bool {
	if r >= utf8.RuneSelf {
		return hostRune(r)
	}
	return r > ' ' && r != 0x7f && r != '\\' && r != '.' && notInHosts[r>>6]>>(r&63)&1 == 0
}

// InPath is described at InHost.
func InPath(r rune) bool {
	if r >= utf8.RuneSelf {
		return !unseen(r)
	}
	return r > ' ' && r != 0x7f
}
