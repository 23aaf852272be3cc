package share

// A program of many terms has nearly all of its bits set when a request is decided:
// few of the rules hold. Its targets are therefore asked about the few words in which
// a bit is clear, rather than for all of their masks.

// wideWords is the length of a row from which on this is faster.
const wideWords = 16

// openWords lists the words of a row in which a bit is clear. There is room for all.
func openWords(open []int32, row []uint64) []int32 {
	open = open[:0]
	for i, w := range row {
		if ^w != 0 {
			open = append(open, int32(i))
		}
	}
	return open
}

// anyOpen is anyClear for masks that are ordered by word.
func anyOpen(row []uint64, open []int32, masks []mask) bool {
	if len(open)*8 > len(masks) {
		return anyClear(row, masks)
	}
	for _, word := range open {
		lo, hi := 0, len(masks)
		for lo < hi {
			mid := (lo + hi) / 2
			if masks[mid].word < word {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		if lo < len(masks) && masks[lo].word == word && ^row[word]&masks[lo].bits != 0 {
			return true
		}
	}
	return false
}

// wideVerdicts is verdicts for a program of many terms.
func (p *program) wideVerdicts(s *scratch) []Verdict {
	unblocked, undenied := openWords(s.unblocked, s.blocked), openWords(s.undenied, s.denied)
	for i := range s.verdicts {
		t := &p.targets[i]
		switch {
		case t.like < i:
			s.verdicts[i] = s.verdicts[t.like]
		case anyOpen(s.denied, undenied, t.forbid):
			s.verdicts[i] = Forbidden
		case anyOpen(s.blocked, unblocked, t.permit):
			s.verdicts[i] = Permitted
		case anyOpen(s.blocked, unblocked, t.wait):
			s.verdicts[i] = NotYet
		default:
			s.verdicts[i] = NotPermitted
		}
	}
	return s.verdicts
}

// orderMasks orders masks by word, each of which they then have once. The bits are
// a row of zeros, and are left so.
func orderMasks(masks []mask, bits []uint64) []mask {
	if len(masks) <= 1 {
		return masks
	}
	first, last := masks[0].word, masks[0].word
	for _, m := range masks {
		bits[m.word] |= m.bits
		first, last = min(first, m.word), max(last, m.word)
	}
	out := masks[:0]
	for word := first; word <= last; word++ {
		if bits[word] != 0 {
			out = append(out, mask{word, bits[word]})
			bits[word] = 0
		}
	}
	return out
}
