//go:build !js

package address

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// domains is the domain to ASCII of the URL standard, not strict.
var domains = idna.New(idna.MapForLookup(), idna.CheckHyphens(false), idna.CheckJoiners(true), idna.BidiRule(),
	idna.StrictDomainName(false), idna.Transitional(false), idna.VerifyDNSLength(false))

// readHost gives an odd host as the URL standard serialises it, "" if it is none.
func readHost(host string) string {
	if host[0] == '[' {
		return ipv6(host[1 : len(host)-1])
	}
	name, err := domains.ToASCII(host)
	if err != nil || name == "" || !utf8.ValidString(host) {
		return ""
	}
	if kindOf(name) != noHost && endsInNumber(name) {
		return ipv4(name)
	}
	return name
}

// endsInNumber tells whether a host is an IPv4 address or nothing (WHATWG URL,
// ends-in-a-number checker).
func endsInNumber(host string) bool {
	last := strings.ToLower(lastLabel(host))
	if hex, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

// ipv4 reads up to four numbers, decimal, octal or hexadecimal, of which the last
// fills what the others leave (WHATWG URL, IPv4 parser).
func ipv4(host string) string {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if len(parts) > 4 {
		return ""
	}
	var address uint64
	for i, part := range parts {
		base := 10
		switch {
		case strings.HasPrefix(part, "0x") || strings.HasPrefix(part, "0X"):
			if part, base = part[2:], 16; part == "" {
				part = "0"
			}
		case len(part) > 1 && part[0] == '0':
			part, base = part[1:], 8
		}
		n, err := strconv.ParseUint(part, base, 32)
		room := 8
		if i == len(parts)-1 {
			room = 8 * (4 - i)
		}
		if err != nil || n >= 1<<room {
			return ""
		}
		address = address<<room | n
	}
	octets := [4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}
	return netip.AddrFrom4(octets).String()
}

// ipv6 reads an address without its brackets. An IPv4 address at its end is
// written in hexadecimal as the rest is, which package netip does not do.
func ipv6(s string) string {
	a, err := netip.ParseAddr(s)
	if err != nil || !a.Is6() || a.Zone() != "" {
		return ""
	}
	b := a.As16()
	var pieces [8]uint64
	for i := range pieces {
		pieces[i] = uint64(b[2*i])<<8 | uint64(b[2*i+1])
	}
	start, length := 0, 1 // of the longest run of zeros, from two on
	for i := range pieces {
		n := 0
		for i+n < len(pieces) && pieces[i+n] == 0 {
			n++
		}
		if n > length {
			start, length = i, n
		}
	}
	out := []byte("[")
	for i := 0; i < len(pieces); i++ {
		if length > 1 && i == start {
			if out = append(out, ':'); i == 0 {
				out = append(out, ':')
			}
			i += length - 1
			continue
		}
		if out = strconv.AppendUint(out, pieces[i], 16); i < len(pieces)-1 {
			out = append(out, ':')
		}
	}
	return string(append(out, ']'))
}
