package checker

import (
	"encoding/json"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Verdicts, in the words of the documentation. A device and a page are not known
// here, so nothing is unavailable.
const (
	permitted    = "permitted"
	forbidden    = "forbidden"
	notYet       = "not-yet"
	notPermitted = "not-permitted"
)

// A rollout is who is reached.
type rollout struct {
	fact        string // that decides
	percent     float64
	salt        string
	from, until value
}

// reaches tells whether a rollout reaches the viewer.
func (r *rollout) reaches(w *world) value {
	now := w.facts[factOf["now"]]
	if w.waiting { // until it ends
		if !r.until.known {
			return truth(true)
		}
		return value{known: now.known, yes: now.known && now.num < r.until.num}
	}
	if r.fact != "" {
		return w.facts[factOf[r.fact]]
	}
	in := truth(true) // by the percentage
	switch id := w.facts[factOf["viewer.id"]]; {
	case r.percent == 0:
		in = truth(false)
	case r.percent == 100:
	case !id.known:
		in = value{}
	default:
		in = truth(float64(bucketOf(r.salt+id.text)) < r.percent*1000)
	}
	if r.from.known {
		in = and(in, value{known: now.known, yes: now.known && now.num >= r.from.num})
	}
	if r.until.known {
		in = and(in, value{known: now.known, yes: now.known && now.num < r.until.num})
	}
	return in
}

// bucketOf is MurmurHash3 x86 32-bit with seed 0, scaled to 100,000 buckets.
func bucketOf(s string) uint32 {
	const c1, c2 = 0xcc9e2d51, 0x1b873593
	mix := func(k uint32) uint32 { return bits.RotateLeft32(k*c1, 15) * c2 }
	var h uint32
	i := 0
	for ; i+4 <= len(s); i += 4 {
		k := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
		h = bits.RotateLeft32(h^mix(k), 13)*5 + 0xe6546b64
	}
	var k uint32
	for j := len(s) - 1; j >= i; j-- {
		k = k<<8 | uint32(s[j])
	}
	h ^= mix(k)
	h ^= uint32(len(s))
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	h ^= h >> 16
	return uint32(uint64(h) * 100000 >> 32)
}

// A rule permits or forbids targets.
type rule struct {
	id      string
	permit  bool
	targets []string
	when    *node // nil is always
	rollout string
}

// An invariant says what is never permitted.
type invariant struct {
	id      string
	targets []string
	when    *node
}

// Rules are a ruleset, as it is documented.
type rules struct {
	reading
	rules    []*rule
	never    []*invariant
	rollouts map[string]*rollout
}

// readRules reads a ruleset.
func readRules(text string) *rules {
	var all struct {
		Rollouts map[string]struct {
			Fact, Salt, From, Until string
			Percent                 float64
		}
		Rules []struct {
			ID             string
			Permit, Forbid []string
			Rollout        string
			When           any
		}
		Never []struct {
			ID      string
			Targets []string
			When    any
		}
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		panic(err)
	}
	r := &rules{reading: reading{at: map[string]*node{}}, rollouts: map[string]*rollout{}}
	for name, ro := range all.Rollouts {
		made := &rollout{fact: ro.Fact, percent: ro.Percent, salt: ro.Salt}
		if ro.Salt == "" {
			made.salt = name
		}
		if ro.From != "" {
			made.from = value{known: true, num: moment(ro.From)}
		}
		if ro.Until != "" {
			made.until = value{known: true, num: moment(ro.Until)}
		}
		r.rollouts[name] = made
	}
	for i, u := range all.Rules {
		made := &rule{id: u.ID, permit: u.Permit != nil, targets: slices.Concat(u.Permit, u.Forbid), rollout: u.Rollout}
		if u.When != nil {
			made.when = r.condition(u.When, "/rules/"+strconv.Itoa(i)+"/when")
		}
		r.rules = append(r.rules, made)
	}
	for i, u := range all.Never {
		made := &invariant{id: u.ID, targets: u.Targets}
		if u.When != nil {
			made.when = r.condition(u.When, "/never/"+strconv.Itoa(i)+"/when")
		}
		r.never = append(r.never, made)
	}
	return r
}

// about gives a world in which something is asked about a target. It sets the
// facts about that.
func (r *rules) about(facts []value, target string) *world {
	network, surface, _ := strings.Cut(target, ".")
	facts[factOf["target.id"]] = value{known: true, text: target}
	facts[factOf["target.network"]] = value{known: true, text: network}
	facts[factOf["target.surface"]] = value{known: true, text: surface}
	facts[factOf["target.category"]] = value{known: true, text: categories[target]}
	return &world{facts: facts, rollouts: r.rollouts}
}

// applies tells whether a rule holds.
func (u *rule) applies(w *world) value {
	v := truth(true)
	if u.when != nil {
		v = w.eval(u.when)
	}
	if u.rollout != "" {
		v = and(v, w.rollouts[u.rollout].reaches(w))
	}
	return v
}

// verdict says how the verdict about a target falls, without the rules that skip
// names.
func (r *rules) verdict(facts []value, target string, skip map[string]bool) string {
	w := r.about(facts, target)
	verdict := notPermitted
	for _, u := range r.rules {
		if skip[u.id] || !slices.Contains(u.targets, target) {
			continue
		}
		v := u.applies(w)
		switch {
		case !u.permit && !v.isFalse():
			return forbidden
		case !u.permit || verdict == permitted:
		case v.isTrue():
			verdict = permitted
		default:
			w.waiting = true
			if u.applies(w).isTrue() {
				verdict = notYet
			}
			w.waiting = false
		}
	}
	return verdict
}

// breaks tells whether a request breaks an invariant at a target, and whether that
// is sure, its condition being true and not only unknown.
func (r *rules) breaks(v *invariant, facts []value, target string) (breaks, sure bool) {
	if r.verdict(facts, target, nil) != permitted {
		return false, false
	}
	holds := truth(true)
	if v.when != nil {
		holds = r.about(facts, target).eval(v.when)
	}
	return !holds.isFalse(), holds.isTrue()
}
