package share

import (
	"sharewise/share/internal/place"
	"time"
)

// Targets returns the ids of the targets that the ruleset names, in the order
// to show. Verdicts come in this order.
func (r *Rules) Targets() []string {
	ids := make([]string, len(r.program.targets))
	for i := range ids {
		ids[i] = r.table[r.program.targets[i].target].ID
	}
	return ids
}

// Verdicts decides every target for many requests, and nothing else: the
// answers are those of Sheet, without reasons and links. They are appended to
// dst, request after request, one for each of Targets. Many requests are
// decided on all cores.
//
// With a dst of sufficient capacity nothing is allocated for fewer than 512
// requests, unless the ruleset has more than a thousand distinct conditions.
func (r *Rules) Verdicts(dst []Verdict, requests []Request) []Verdict {
	width := len(r.program.targets)
	start := len(dst)
	need := start + len(requests)*width
	if cap(dst) < need {
		dst = append(make([]Verdict, 0, need), dst...)
	}
	dst = dst[:need]
	if out := dst[start:]; len(requests) < spreadFrom {
		r.verdicts(out, requests)
	} else {
		spread(len(requests), func(from, to int) { r.verdicts(out[from*width:], requests[from:to]) })
	}
	return dst
}

// spreadFrom is the number of requests from which using another core is faster.
const spreadFrom = 512

func (r *Rules) verdicts(out []Verdict, requests []Request) {
	if r.narrow != nil {
		r.narrow.verdicts(r, out, requests)
	} else {
		r.wideVerdicts(out, requests)
	}
	for i := range requests {
		if requests[i].checked.mistaken != nil { // a request read in part has no rows
			for k, e := range r.Sheet(&requests[i]).Entries {
				out[i*len(r.program.targets)+k] = e.Verdict
			}
		}
	}
}

// wideVerdicts decides as Rules.verdicts does, whatever the number of terms.
func (r *Rules) wideVerdicts(out []Verdict, requests []Request) {
	w := world{symbols: &r.symbols}
	width := len(r.program.targets)
	var s scratch
	var bits [64]uint64
	var answers [128]Verdict
	words, row := (r.program.terms+63)/64, r.program.rowWords
	if 2*(words+row) <= len(bits) && width <= len(answers) {
		s = scratch{
			blocked: bits[:words], denied: bits[words : 2*words], row: bits[2*words:],
			verdicts: answers[:width],
		}
	} else {
		s = *r.scratch()
	}
	for i := range requests {
		req := &requests[i]
		w.req = req
		r.decideRequest(&w, &s)
		c, offered := capability(0), false
		verdicts := r.program.verdicts(&s)
		for k, v := range verdicts {
			if v == Permitted {
				if !offered { // many requests permit nothing
					c, offered = capabilitiesOf(req)|r.allowed(verdicts), true
				}
				if _, reason := r.table[r.program.targets[k].target].route(c); reason != "" {
					v = Unavailable
				}
			}
			out[i*width+k] = v
		}
	}
}

// decideRequest is decide with a faster way to the facts that most rulesets
// read. The engine of a page does not have it.
func (r *Rules) decideRequest(w *world, s *scratch) {
	clear(s.blocked)
	clear(s.denied)
	for i := range r.program.inputs {
		in := &r.program.inputs[i]
		in.settle(in.cellIn(w), s)
	}
	r.program.decideLoose(w, s)
}

// cellIn returns the cell of a request, as cell does.
func (in *input) cellIn(w *world) int {
	req := w.req
	switch {
	case in.fact >= builtinFacts || in.kind == spanInput && in.other >= builtinFacts:
		return in.cell(w)
	case in.kind == wordInput:
		return req.word(in.fact)
	case in.kind == spanInput:
		if to, from := req.moment(in.fact), req.moment(in.other); !to.IsZero() && !from.IsZero() {
			return in.cellOfNumber(float64(to.UnixMilli()) - float64(from.UnixMilli()))
		}
		return 0
	case in.kind == regionInput && in.fact == factViewerRegion:
		if n, ok := place.RegionNumber(req.Viewer.Region); ok {
			return int(in.region[n])
		}
		return 0
	}
	return in.cell(w)
}

// moment returns a built-in fact that is a time.
func (req *Request) moment(fact int) time.Time {
	switch fact {
	case factNow:
		return req.Now
	case factContentCreatedAt:
		return req.Content.CreatedAt
	case factContentExpiresAt:
		return req.Content.ExpiresAt
	}
	return time.Time{}
}
