package text

import (
	"math"
	"math/bits"
)

// Numbers are read and written here rather than by strconv, whose tables of
// powers would be a quarter of the engine. Both ways are exact: a number is
// read as the float64 nearest to it, and written with the fewest digits that
// are read as the same again. A test compares them with strconv.

const (
	maxDigits   = 800  // significant digits that can decide how a number is rounded
	minExponent = -324 // a number below 10 to this power is rounded to 0
	smallest    = 1074 // 2 to minus this is the smallest float64
)

// ParseNumber reads a number that has the form of a JSON number. One whose
// magnitude is 2^53 or more gives 2^53 with its sign.
func ParseNumber(text string) float64 {
	sign := 1.0
	if text[0] == '-' {
		sign, text = -1, text[1:]
	}
	digits, exponent := make([]byte, 0, 24), 0 // the number is 0.digits times ten to the exponent
	point, more := false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '.':
			point = true
		case c == 'e' || c == 'E':
			exponent += parseExponent(text[i+1:])
			i = len(text)
		case c == '0' && len(digits) == 0:
			if point {
				exponent--
			}
		default:
			if len(digits) < maxDigits {
				digits = append(digits, c-'0')
			} else {
				more = more || c != '0'
			}
			if !point {
				exponent++
			}
		}
	}
	if more {
		digits = append(digits, 1)
	}
	digits = trimZeros(digits)
	switch {
	case len(digits) == 0 || exponent <= minExponent:
		return sign * 0
	case exponent > 16:
		return sign * (1 << 53)
	}
	return sign * min(nearestFloat(digits, exponent), 1<<53)
}

// parseExponent reads an exponent; one beyond any float64 stays there.
func parseExponent(text string) int {
	sign, n := 1, 0
	for _, c := range []byte(text) {
		switch {
		case c == '-':
			sign = -1
		case c != '+' && n < 1<<20:
			n = n*10 + int(c-'0')
		}
	}
	return sign * n
}

// nearestFloat returns the float64 nearest to 0.digits times ten to the
// exponent, which is at most 16.
func nearestFloat(digits []byte, exponent int) float64 {
	scale := exponent - len(digits) // the number is digits times ten to this
	if len(digits) <= 15 && scale >= -22 {
		n := int64(0)
		for _, d := range digits {
			n = n*10 + int64(d)
		}
		for ; scale > 0; scale-- {
			n *= 10 // at most 16 digits
		}
		p := 1.0
		for ; scale < 0; scale++ {
			p *= 10 // exact up to 10^22
		}
		return float64(n) / p // one rounding of exact numbers
	}

	n, d := natural{}, natural{1}
	for len(digits) > 0 { // nine at a time
		factor, part := uint32(1), uint32(0)
		for ; len(digits) > 0 && factor < 1e9; digits = digits[1:] {
			factor, part = factor*10, part*10+uint32(digits[0])
		}
		n = n.timesPlus(factor, part)
	}
	for ; scale > 0; scale-- {
		n = n.timesPlus(10, 0)
	}
	for ; scale <= -9; scale += 9 {
		d = d.timesPlus(1e9, 0)
	}
	for ; scale < 0; scale++ {
		d = d.timesPlus(10, 0)
	}
	// n·2^shift / d has 63 or 64 bits, more than a float64 holds. A remainder
	// sets the last of them, the sticky bit, so that rounding sees it.
	shift := 63 - (n.bitLen() - d.bitLen())
	if up := n.bitLen() - d.bitLen(); up > 0 {
		d = d.shift(up)
	} else {
		n = n.shift(-up)
	}
	q := uint64(0)
	for range 64 {
		q <<= 1
		if !n.less(d) {
			n = n.minus(d)
			q |= 1
		}
		n = n.timesPlus(2, 0)
	}
	if n.bitLen() > 0 {
		q |= 1
	}
	if bits.Len64(q)-shift < 53-smallest {
		return subnormal(q, shift-smallest)
	}
	return math.Float64frombits(math.Float64bits(float64(q)) - uint64(shift)<<52)
}

// subnormal returns the float64 nearest to q/2^drop times the smallest one,
// which has fewer bits than others.
func subnormal(q uint64, drop int) float64 {
	if drop > 64 {
		return 0 // less than half of it
	}
	m, rest, half := q>>drop, q<<(64-drop), uint64(1)<<63
	if rest > half || rest == half && m&1 == 1 {
		m++
	}
	return math.Float64frombits(m)
}

// A natural is a whole number of any size, the lowest 32 bits first, without
// zeros at the end.
type natural []uint32

func (n natural) timesPlus(factor, carry uint32) natural {
	for i := range n {
		v := uint64(n[i])*uint64(factor) + uint64(carry)
		n[i], carry = uint32(v), uint32(v>>32)
	}
	if carry > 0 {
		n = append(n, carry)
	}
	return n
}

func (n natural) trim() natural {
	for len(n) > 0 && n[len(n)-1] == 0 {
		n = n[:len(n)-1]
	}
	return n
}

func (n natural) bitLen() int {
	n = n.trim()
	if len(n) == 0 {
		return 0
	}
	return 32*(len(n)-1) + bits.Len32(n[len(n)-1])
}

// shift multiplies by two to a power.
func (n natural) shift(bits int) natural {
	shifted := append(make(natural, bits/32, bits/32+len(n)+2), n...)
	return shifted.timesPlus(1<<(bits%32), 0)
}

func (n natural) less(m natural) bool {
	if a, b := n.bitLen(), m.bitLen(); a != b {
		return a < b
	}
	for i := len(n.trim()) - 1; i >= 0; i-- {
		if n[i] != m[i] {
			return n[i] < m[i]
		}
	}
	return false
}

// minus takes m, which is not larger, from n.
func (n natural) minus(m natural) natural {
	borrow := uint32(0)
	for i := range n {
		b := uint32(0)
		if i < len(m) {
			b = m[i]
		}
		n[i], borrow = bits.Sub32(n[i], b, borrow)
	}
	return n.trim()
}

// digit divides by ten and gives the remainder.
func (n natural) digit() (natural, byte) {
	rest := uint64(0)
	for i := len(n) - 1; i >= 0; i-- {
		v := rest<<32 | uint64(n[i])
		n[i], rest = uint32(v/10), v%10
	}
	return n.trim(), byte(rest)
}

// AppendNumber writes a number below 2^53 as JavaScript does.
func AppendNumber(b []byte, f float64) []byte {
	if f == float64(int64(f)) {
		return AppendInt(b, int64(f))
	}
	if f < 0 {
		b, f = append(b, '-'), -f
	}
	// A float64 with a fraction is m/2^k, which is m·5^k with the point moved.
	fbits := math.Float64bits(f)
	m, k := fbits&(1<<52-1), smallest
	if exponent := int(fbits >> 52); exponent > 0 {
		m, k = m|1<<52, smallest+1-exponent
	}
	exact := natural{uint32(m), uint32(m >> 32)}
	exponent := -k
	for range k {
		exact = exact.timesPlus(5, 0)
	}
	var digits []byte // the last first
	for len(exact) > 0 {
		var d byte
		exact, d = exact.digit()
		digits = append(digits, d)
	}
	exponent += len(digits)
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	digits = trimZeros(digits)
	for n := 1; ; n++ { // up to 17 digits, which are always enough
		for _, up := range [...]bool{false, true} {
			// The spacing above a power of two is double that below it, so
			// the next decimal up may round-trip where the nearest does not.
			short, e := roundDigits(digits, n, up), exponent
			if len(short) > n { // 9.9 became 10
				short, e = short[:1], e+1
			}
			if nearestFloat(short, e) == f {
				return appendDigits(b, short, e)
			}
		}
	}
}

func trimZeros(digits []byte) []byte {
	for len(digits) > 0 && digits[len(digits)-1] == 0 {
		digits = digits[:len(digits)-1]
	}
	return digits
}

// roundDigits rounds to n digits, half to even or up. It gives one digit more
// where all were nines.
func roundDigits(digits []byte, n int, up bool) []byte {
	if len(digits) <= n {
		return digits
	}
	up = up || digits[n] > 5 || digits[n] == 5 && (digits[n-1]&1 == 1 || len(digits) > n+1)
	short := append([]byte{0}, digits[:n]...)
	for i := n; up; i-- {
		if short[i]++; short[i] < 10 {
			break
		}
		short[i] = 0
	}
	if short[0] == 0 {
		short = short[1:]
	}
	return short
}

// appendDigits writes 0.digits times ten to the exponent.
func appendDigits(b, digits []byte, exponent int) []byte {
	digits = trimZeros(digits)
	if exponent <= -6 {
		b = append(b, '0'+digits[0])
		if len(digits) > 1 {
			b = append(b, '.')
		}
		for _, d := range digits[1:] {
			b = append(b, '0'+d)
		}
		return AppendInt(append(b, 'e'), int64(exponent-1))
	}
	if exponent <= 0 {
		b = append(b, "0."...)
		for ; exponent < 0; exponent++ {
			b = append(b, '0')
		}
		exponent = -1
	}
	for i, d := range digits {
		if i == exponent {
			b = append(b, '.')
		}
		b = append(b, '0'+d)
	}
	return b
}

// AppendInt writes a whole number.
func AppendInt(b []byte, n int64) []byte {
	u := uint64(n)
	if n < 0 {
		b, u = append(b, '-'), -u
	}
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + u%10)
		if u /= 10; u == 0 {
			return append(b, digits[i:]...)
		}
	}
}

// Itoa writes a whole number.
func Itoa(n int) string { return string(AppendInt(nil, int64(n))) }
