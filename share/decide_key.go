package share

import "math"

// appendKey writes a key that is the same for equal conditions.
func (e *expr) appendKey(b []byte) []byte {
	const hasFact, hasNumber, hasText, hasList, hasArgs = 1, 2, 4, 8, 16
	has := byte(0)
	if e.fact != 0 {
		has |= hasFact
	}
	if e.num != 0 {
		has |= hasNumber
	}
	if e.text != "" {
		has |= hasText
	}
	if len(e.list())+len(e.nums()) > 0 {
		has |= hasList
	}
	if len(e.args) > 0 {
		has |= hasArgs
	}
	b = append(b, byte(e.op), byte(e.typ), has)
	if has&hasFact != 0 {
		b = appendBits(b, uint64(e.fact))
	}
	if has&hasNumber != 0 {
		b = appendBits(b, math.Float64bits(e.num))
	}
	if has&hasText != 0 {
		b = append(appendBits(b, uint64(len(e.text))), e.text...)
	}
	if has&hasList != 0 {
		b = appendBits(b, uint64(len(e.list())))
		for _, s := range e.list() {
			b = append(appendBits(b, uint64(len(s))), s...)
		}
		b = appendBits(b, uint64(len(e.nums())))
		for _, n := range e.nums() {
			b = appendBits(b, math.Float64bits(n))
		}
	}
	if has&hasArgs != 0 {
		b = appendBits(b, uint64(len(e.args)))
		for _, a := range e.args {
			b = a.appendKey(b)
		}
	}
	return b
}

func (b *builder) key(e *expr) string {
	b.written = e.appendKey(b.written[:0])
	return string(b.written)
}

func appendBits(b []byte, n uint64) []byte {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}
