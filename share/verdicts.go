package share

// Targets gives the ids of the targets that the ruleset names, in the order to
// show. Verdicts come in this order.
func (r *Rules) Targets() []string {
	ids := make([]string, len(r.program.targets))
	for i := range ids {
		ids[i] = targets[r.program.targets[i].target].ID
	}
	return ids
}

// Verdicts decides every target for many requests, and nothing else: the
// answers are those of Sheet, without reasons and links. They are appended to
// dst, request after request, one for each of Targets. Many requests are
// decided on all cores.
//
// With a dst of sufficient capacity and fewer than 512 requests nothing is
// allocated but the room for one request.
func (r *Rules) Verdicts(dst []Verdict, requests []Request) []Verdict {
	width := len(r.program.targets)
	start := len(dst)
	need := start + len(requests)*width
	if cap(dst) < need {
		dst = append(make([]Verdict, 0, need), dst...)
	}
	dst = dst[:need]
	spread(len(requests), func(from, to int) {
		w := world{rules: r}
		s := r.scratch()
		for i := from; i < to; i++ {
			req := &requests[i]
			w.req = req
			r.decide(&w, s)
			c := capabilitiesOf(req)
			for k, out := 0, dst[start+i*width:]; k < width; k++ {
				p := &r.program.targets[k]
				out[k] = p.verdict(s)
				if out[k] == Permitted {
					if _, reason := targets[p.target].route(c); reason != "" {
						out[k] = Unavailable
					}
				}
			}
		}
	})
	return dst
}
