// Package budget bounds work by counting it. A step is counted, never timed,
// so that the same input meets its bound at the same place on every machine
// and in every build.
package budget

// A Budget is a number of steps that may be taken, of a call or of a part of
// one. A step is the smallest piece of work that is counted, about ten
// nanoseconds on a server of 2026.
//
// A nil Budget has no bound. A Budget is not safe for concurrent use.
type Budget struct {
	left  int64
	whole *Budget // of which this is a part, nil if of none
}

// New returns a budget of so many steps.
func New(steps int64) *Budget { return &Budget{left: max(steps, 0)} }

// Part returns at most so many of the steps that are left. Steps that a part
// takes are taken from the whole too; those it leaves stay with the whole.
func (b *Budget) Part(steps int64) *Budget {
	return &Budget{left: min(max(steps, 0), b.Left()), whole: b}
}

// Share returns one of n equal shares of what is left, but never more than
// most, so that the first leaves enough to those after it.
func (b *Budget) Share(n int, most int64) *Budget {
	return b.Part(min(b.Left()/int64(max(n, 1)), most))
}

// Spend takes steps, of the whole as well, and tells whether there were that
// many. Otherwise nothing is left.
func (b *Budget) Spend(steps int) bool {
	enough := true
	for ; b != nil; b = b.whole {
		if b.left -= int64(steps); b.left < 0 {
			b.left, enough = 0, false
		}
	}
	return enough
}

// Left tells how many steps can be taken yet, by the whole as well.
func (b *Budget) Left() int64 {
	left := int64(1<<63 - 1)
	for ; b != nil; b = b.whole {
		left = min(left, b.left)
	}
	return left
}

// Spent reports whether nothing is left.
func (b *Budget) Spent() bool { return b.Left() == 0 }
