package share

// A narrow is a program whose terms fit into a single word, as those of most
// rulesets do. It is decided without a loop over words: each input takes one
// look-up, and targets with the same masks are decided together.
type narrow struct {
	rows     [][]ruledOut // by input and cell
	loose    []narrowLoose
	classes  []narrowClass         // of targets that are decided alike
	classOf  []uint8               // by target
	needs    []capability          // by target
	governs  [len(governing)]uint8 // classes of the targets of governing, noClass where not named
	governed []uint8               // the targets whose ways depend on those
}

// ruledOut has the terms that one answer rules out.
type ruledOut struct {
	blocked uint64 // terms that are then not true
	denied  uint64 // terms that are then false
}

// A narrowLoose is a looseAtom.
type narrowLoose struct {
	e       *expr
	touches uint64
	by      [3]ruledOut // by unknown, false, true
}

// A narrowClass has the masks of a targetProgram.
type narrowClass struct {
	forbid, permit, wait uint64
}

// maxNarrow is the most targets of a narrow program.
const maxNarrow = 128

// noClass is a class that is never permitted.
const noClass = 2*maxNarrow - 1

// cannot is added to the class of a target that cannot be carried out.
const cannot = maxNarrow

// newNarrow returns the narrow form of a program, nil where it has none.
func newNarrow(r *Rules) *narrow {
	p := &r.program
	if p.terms > 64 || len(p.targets) > maxNarrow {
		return nil
	}
	n := &narrow{}
	for i := range p.inputs {
		in := &p.inputs[i]
		rows := make([]ruledOut, in.cells)
		for cell := range rows {
			s := scratch{blocked: make([]uint64, 1), denied: make([]uint64, 1), row: make([]uint64, 2)}
			in.settle(cell, &s)
			rows[cell] = ruledOut{s.blocked[0], s.denied[0]}
		}
		n.rows = append(n.rows, rows)
	}
	for i := range p.loose {
		a := &p.loose[i]
		l := narrowLoose{e: a.e, touches: onlyWord(a.touches)}
		for k := range l.by {
			l.by[k] = ruledOut{onlyWord(a.blocks[k]), onlyWord(a.denies[k])}
		}
		n.loose = append(n.loose, l)
	}
	class := make([]uint8, len(p.targets))
	for i := range p.targets {
		t := &p.targets[i]
		if t.like == i {
			class[i] = uint8(len(n.classes))
			n.classes = append(n.classes, narrowClass{onlyWord(t.forbid), onlyWord(t.permit), onlyWord(t.wait)})
		}
		n.classOf = append(n.classOf, class[t.like])
		n.needs = append(n.needs, r.table[t.target].needs)
		if r.table[t.target].isGoverned() {
			n.governed = append(n.governed, uint8(i))
		}
	}
	for i, k := range p.governs {
		if n.governs[i] = noClass; k >= 0 {
			n.governs[i] = n.classOf[k]
		}
	}
	return n
}

func onlyWord(masks []mask) uint64 {
	bits := uint64(0)
	for _, m := range masks {
		bits |= m.bits
	}
	return bits
}

// outcomes has the verdict by whether a wait holds, a permit holds and a forbid
// is not false, one bit each. A table avoids mispredicted branches.
var outcomes = [8]Verdict{NotPermitted, NotYet, Permitted, Permitted, Forbidden, Forbidden, Forbidden, Forbidden}

// some is 1 where any bit is set.
func some(bits uint64) uint64 { return (bits | -bits) >> 63 }

// A placement has the indexes of the targets' answers, for requests with the same
// capabilities.
type placement struct {
	answer           [maxNarrow]uint8   // by target
	ways             [maxNarrow]permits // by place in governed
	offered, allowed capability         // the capabilities for which these are valid
}

// allowed returns what the rules permit of the ways to other targets.
func (n *narrow) allowed(answers *[2 * cannot]Verdict) (c capability) {
	for i, class := range n.governs {
		c |= isPermitted[answers[class]] << i
	}
	return c
}

// isPermitted has the first bit of may by verdict. As with outcomes, a table
// avoids mispredicted branches.
var isPermitted = [Unavailable + 1]capability{Permitted: mayCopy}

// place updates a placement for what a request offers and the rules permit.
func (n *narrow) place(at *placement, r *Rules, offered, allowed capability) {
	if offered != at.offered {
		for k, needs := range n.needs {
			at.answer[k] = n.classOf[k]
			if needs&^offered != 0 {
				at.answer[k] |= cannot
			}
		}
		for i, k := range n.governed {
			at.ways[i] = r.table[r.program.targets[k].target].routes(offered)
		}
	}
	at.offered, at.allowed = offered, allowed
	for i, k := range n.governed {
		at.answer[k] = n.classOf[k] | cannot&^(cannot*uint8(at.ways[i]>>(allowed>>mayBit)&1))
	}
}

// verdicts decides as Rules.verdicts does.
func (n *narrow) verdicts(r *Rules, out []Verdict, requests []Request) {
	w := world{symbols: &r.symbols}
	width := len(n.classOf)
	var answers [2 * cannot]Verdict // by class, with and without cannot
	at := placement{offered: ^capability(0)}
	copy(at.answer[:], n.classOf)
	for i := range requests {
		req := &requests[i]
		w.req = req
		blocked, denied := uint64(0), uint64(0)
		for k := range n.rows {
			row := &n.rows[k][r.inputs[k].cellIn(&w)]
			blocked |= row.blocked
			denied |= row.denied
		}
		for k := range n.loose {
			if a := &n.loose[k]; a.touches&^denied != 0 {
				var v value
				if a.e.op == opRollout {
					v = r.rollouts[a.e.fact].holds(req)
				} else {
					v = w.eval(a.e)
				}
				said := &a.by[truthOf(v)]
				blocked |= said.blocked
				denied |= said.denied
			}
		}
		permitted := uint64(0)
		for k := range n.classes {
			c := &n.classes[k]
			yes := some(c.permit &^ blocked)
			permitted |= yes
			v := outcomes[some(c.forbid&^denied)<<2|yes<<1|some(c.wait&^blocked)]
			answers[k] = v
			if v == Permitted {
				v = Unavailable
			}
			answers[k|cannot] = v
		}
		if permitted != 0 { // many requests permit nothing
			if c, allowed := capabilitiesOf(req), n.allowed(&answers); c != at.offered || allowed != at.allowed {
				n.place(&at, r, c, allowed)
			}
		}
		row := out[i*width : (i+1)*width]
		for k, a := range at.answer[:width] {
			row[k] = answers[a]
		}
	}
}
