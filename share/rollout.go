package share

import "math/bits"

// A rollout is a named, deterministic share of viewers.
//
// Viewers are put into 100,000 buckets exactly as OpenFeature's flagd does
// (its "fractional" operation, second version): the MurmurHash3 x86 32-bit
// hash with seed 0 of the UTF-8 bytes of salt and viewer id, written one after
// the other, times 100,000, without its lower 32 bits. A viewer is in when the
// bucket lies below percent × 1000, so raising the percentage never removes
// anybody.
//
// Or a flag system that the operator already has answers, and the request
// brings its answer as a fact that the ruleset declares. Nobody is in for whom
// there is no answer.
type rollout struct {
	name      string
	fact      int // that answers, -1 where the percentage does
	salt      string
	threshold uint32 // percent × 1000: buckets below it are in
	from      datum
	until     datum // the first moment after it
	offset    int
}

// reads gives the fact that the answer begins with.
func (r *rollout) reads() int {
	if r.fact >= 0 {
		return r.fact
	}
	return factViewerID
}

// includes tells whether a viewer is in: unknown without an id, or without the
// time where the rollout has bounds.
func (r *rollout) includes(id, now datum) value {
	if !id.known {
		switch v := r.admits(0, now); {
		case v.isFalse(), r.threshold >= buckets:
			return v
		}
		return value{}
	}
	return r.admits(bucket(r.salt, id.text), now)
}

// holds is includes for the viewer of a request.
func (r *rollout) holds(req *Request) value {
	if req.Viewer.ID == "" {
		return r.includes(datum{}, timeDatum(req.Now))
	}
	return r.admits(bucket(r.salt, req.Viewer.ID), timeDatum(req.Now))
}

// admits tells whether the viewers of a bucket are in. Those outside the
// percentage are not, whatever the time.
func (r *rollout) admits(bucket uint32, now datum) value {
	if bucket >= r.threshold {
		return boolean(false)
	}
	if r.from.known || r.until.known {
		switch {
		case !now.known:
			return value{}
		case r.from.known && now.num < r.from.num, r.until.known && now.num >= r.until.num:
			return boolean(false)
		}
	}
	return boolean(true)
}

// ended tells whether a rollout is over for everybody.
func (r *rollout) ended(now datum) value {
	if !r.until.known {
		return boolean(false)
	}
	if !now.known {
		return value{}
	}
	return boolean(now.num >= r.until.num)
}

const buckets = 100000

// bucket gives the bucket of a viewer, from 0 to 99,999.
func bucket(salt, id string) uint32 {
	return uint32(uint64(murmur3(salt, id)) * buckets >> 32)
}

// murmur3 is MurmurHash3 x86 32-bit with seed 0 over the bytes of a followed
// by those of b. Source: Austin Appleby, MurmurHash3.cpp (public domain).
func murmur3(a, b string) uint32 {
	const c1, c2 = 0xcc9e2d51, 0x1b873593
	size := len(a) + len(b)
	var h, block uint32
	for i := 0; i < size; i++ {
		var c byte
		if i < len(a) {
			c = a[i]
		} else {
			c = b[i-len(a)]
		}
		block |= uint32(c) << (8 * (i & 3))
		if i&3 == 3 {
			h ^= bits.RotateLeft32(block*c1, 15) * c2
			h = bits.RotateLeft32(h, 13)*5 + 0xe6546b64
			block = 0
		}
	}
	h ^= bits.RotateLeft32(block*c1, 15) * c2 // no-op where nothing is left over
	h ^= uint32(size)
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
