package share

import "sharewise/share/internal/hash"

// A rollout is a named, deterministic share of viewers.
//
// Viewers are put into 100,000 buckets exactly as OpenFeature's flagd does
// (its "fractional" operation, second version): the MurmurHash3 x86 32-bit
// hash with seed 0 of the UTF-8 bytes of salt and viewer id, written one after
// the other, times 100,000, without its lower 32 bits. A viewer is in when the
// bucket lies below percent × 1000, so raising the percentage never removes
// anybody.
//
// A rollout may instead be decided by a fact that the ruleset declares, such as
// the answer of a flag system. A viewer without an answer is not in.
type rollout struct {
	name      string
	fact      int // that decides, -1 where the percentage does
	salt      string
	threshold uint32 // percent × 1000: buckets below it are in
	from      datum
	until     datum // the first moment after it
	offset    int
}

// reads visits the facts that decide who is in.
func (r *rollout) reads(visit func(fact int)) {
	if r.fact >= 0 {
		visit(r.fact)
		return
	}
	visit(factViewerID)
	if r.from.known || r.until.known {
		visit(factNow)
	}
}

// includes reports whether a viewer is in: unknown without an id, or without
// the time where the rollout has bounds.
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

// admits reports whether the viewers of a bucket are in. Buckets outside the
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

// ended reports whether a rollout is over for everybody.
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

// bucket returns the bucket of a viewer, from 0 to 99,999.
func bucket(salt, id string) uint32 {
	return uint32(uint64(hash.Murmur3(salt, id)) * buckets >> 32)
}

// Bucket tells which of its 100,000 buckets, from 0 on, a rollout puts a
// viewer into. The viewer is in the rollout, between its times, when the
// bucket lies below the percentage times 1000. It is false where the ruleset
// has no such rollout, or a fact decides it.
func (r *Rules) Bucket(rollout, viewer string) (int, bool) {
	i, ok := r.rollout(rollout)
	if !ok || r.rollouts[i].fact >= 0 {
		return 0, false
	}
	return int(bucket(r.rollouts[i].salt, viewer)), true
}
