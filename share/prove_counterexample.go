package share

import "sharewise/share/internal/text"

// A request that a solver found is written here as JSON.

// consistent tells whether the options chosen so far can go together.
func (s *solver) consistent() bool {
	cost, ranges := 4, 0
	for _, o := range s.chosen {
		cost += 2 + 8*(len(o.known)+len(o.unknown)) + len(o.values)
		ranges += len(o.buckets)
	}
	if !s.spend(cost + ranges*(8+ranges)) {
		return false
	}
	_, ok := s.times()
	if !ok {
		return false
	}
	known, unknown := map[int]bool{}, map[int]bool{}
	id := datum{}
	for _, o := range s.chosen {
		for _, f := range o.known {
			known[f] = true
		}
		for _, f := range o.unknown {
			unknown[f] = true
		}
		for _, v := range o.values {
			if v.fact == factViewerID && v.datum.text != "another" {
				id = v.datum
			}
		}
	}
	for f := range known {
		if unknown[f] {
			return false
		}
		if factMediaCount < f && f <= factMediaDuration && unknown[factMediaCount] {
			return false
		}
	}
	for i, o := range s.chosen {
		for _, b := range o.buckets {
			if n := bucket(b.salt, id.text); id.known && (n < b.from || n >= b.to) {
				return false
			}
			for _, other := range s.chosen[:i] {
				for _, c := range other.buckets {
					if b.salt == c.salt && max(b.from, c.from) >= min(b.to, c.to) {
						return false
					}
				}
			}
		}
		for _, v := range o.values {
			if v.fact == factMediaCount && v.datum.num == 0 {
				for f := factMediaBytes; f <= factMediaDuration; f++ {
					if known[f] {
						return false
					}
				}
			}
		}
	}
	return true
}

// times finds a moment for each time that the chosen options bound, false if
// there is none. Bounds on differences are closed under addition (Floyd and
// Warshall); then each time in turn may be anything its bounds to the ones
// before allow.
func (s *solver) times() (map[int]float64, bool) {
	var facts []int
	at := map[int]int{-1: 0}
	number := func(f int) int {
		if _, ok := at[f]; !ok {
			facts = append(facts, f)
			at[f] = len(facts)
		}
		return at[f]
	}
	for _, o := range s.chosen {
		for _, b := range o.bounds {
			number(b.x)
			number(b.y)
		}
	}
	if len(facts) == 0 {
		return nil, true
	}
	n := len(facts) + 1
	if !s.spend(min(n, 1000) * n * (8 + n) / 8 * 2) {
		return nil, false
	}
	most := make([][]float64, n) // most[i][j]: of time i less time j
	for i := range most {
		most[i] = make([]float64, n)
		for j := range most[i] {
			switch {
			case i == j:
			case j == 0:
				most[i][j] = lastTime
			case i == 0:
				most[i][j] = -firstTime
			default:
				most[i][j] = endless
			}
		}
	}
	limit := func(x, y int, least, greatest float64) {
		most[x][y] = min(most[x][y], greatest)
		most[y][x] = min(most[y][x], -least)
	}
	for _, o := range s.chosen {
		for _, b := range o.bounds {
			limit(at[b.x], at[b.y], b.least, b.most)
		}
	}
	if created, expires := at[factContentCreatedAt], at[factContentExpiresAt]; created > 0 && expires > 0 {
		limit(expires, created, 1, endless)
	}
	for k := range most {
		for i := range most {
			for j := range most {
				most[i][j] = min(most[i][j], most[i][k]+most[k][j])
			}
		}
	}
	out := map[int]float64{}
	for i := range most {
		if most[i][i] < 0 {
			return nil, false
		}
		if i == 0 {
			continue
		}
		least, greatest := -most[0][i], most[i][0]
		for j := 1; j < i; j++ {
			least = max(least, out[facts[j-1]]-most[j][i])
			greatest = min(greatest, out[facts[j-1]]+most[i][j])
		}
		out[facts[i-1]] = min(max(usualNow, least), greatest)
	}
	return out, true
}

// request writes the request that the chosen options describe. Where none was
// found, sure tells that there is none.
func (s *solver) request() (text []byte, sure bool) {
	if !s.spend(200 + 16*len(s.r.facts)) {
		return nil, false
	}
	values := make([]datum, len(s.r.facts))
	times, ok := s.times()
	if !ok {
		return nil, !s.over
	}
	for f, ms := range times {
		values[f] = datum{known: true, num: ms}
	}
	var ranges []bucketRange
	for _, o := range s.chosen {
		for _, v := range o.values {
			values[v.fact] = v.datum
		}
		for _, f := range o.known {
			if !values[f].known {
				values[f] = s.anything(f)
			}
		}
		ranges = append(ranges, o.buckets...)
	}
	if len(ranges) > 0 {
		id, found := s.viewerWithin(ranges, values[factViewerID].text)
		if !found {
			return nil, false
		}
		values[factViewerID] = datum{known: true, text: id}
	}
	text = s.r.appendRequest(nil, values)
	if !s.accepts(text) {
		return nil, false
	}
	// Nothing more than what breaks it.
	for f := range values {
		if values[f].known {
			was := values[f]
			values[f] = datum{}
			if less := s.r.appendRequest(nil, values); s.accepts(less) {
				text = less
			} else {
				values[f] = was
			}
		}
	}
	return text, true
}

// accepts tells whether a request answers the question.
func (s *solver) accepts(text []byte) bool {
	return s.spend(300+8*len(s.r.facts)+4*len(text)+s.tryCost) && s.accept(text)
}

// anything gives some value for a fact that need only be known.
func (s *solver) anything(f int) datum {
	fact := &s.r.facts[f]
	d := datum{known: true, text: "another"}
	switch {
	case fact.values != nil:
		d.num, d.text = 1, fact.values[0]
	case fact.typ == timeType:
		d.num = usualNow
	case fact.typ == textsType:
		d.list = []string{}
	case fact.code == regionCode:
		d.text = "SY"
	case fact.code == localeTag:
		d.text = "qaa"
	case f == factContentURL || f == factContentImageURL || f == factContentEmbedURL:
		d.text = "https://example.com/"
	}
	return d
}

// viewerWithin finds a viewer id in a bucket range of each salt.
func (s *solver) viewerWithin(ranges []bucketRange, wanted string) (string, bool) {
	fits := func(id string) bool {
		for _, r := range ranges {
			s.spend(8 + (len(r.salt)+len(id))/4)
			if n := bucket(r.salt, id); n < r.from || n >= r.to {
				return false
			}
		}
		return true
	}
	if wanted != "" && wanted != "another" {
		return wanted, fits(wanted)
	}
	for i := 0; i < 400000 && !s.over; i++ {
		s.spend(10)
		if id := string(text.AppendNumber([]byte("u-"), float64(i))); fits(id) {
			return id, true
		}
	}
	return "", false
}
