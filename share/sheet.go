package share

import (
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
)

// A Sheet is everything that a view needs: for every target that the ruleset
// names, in display order, whether the content may go there, why, and how it gets
// there.
type Sheet struct {
	Ruleset  string // the id of the ruleset
	Hash     string // the hash of the ruleset
	Link     Link   // the content URL as all deliveries use it, and what was removed from it
	Entries  []Entry
	Messages []Message // words for the reasons and the advice of the ruleset, in the viewer's language
}

// An Entry is the verdict for one target. One that is not permitted has no
// Delivery and always a Reason.
type Entry struct {
	Target   string
	Verdict  Verdict
	Rule     string // the rule that decided; "" where no rule did
	Reason   string // the id of a reason: of the ruleset, or one of those that begin with "no-", "not-" or "needs-"
	Delivery *Delivery
	Advice   string // the id of a word of advice, "" is none
	Name     string // of a target that the ruleset names, in the viewer's language
	Category string // of a target that the ruleset declares

	// Unknown names the facts because of which it cannot be told whether any rule
	// forbids the target, where Reason is "not-known"; Rule is the first of these
	// rules. They are the facts that the request does not tell among those that
	// the unknown parts of the rules' conditions read: at most 8, in the order of
	// the vocabulary, those that the ruleset declares last. It is empty where a
	// division by 0 is all that is unknown.
	Unknown []string
}

// A Message is the words of one reason.
type Message struct{ ID, Words string }

// Reasons that the engine gives where the ruleset has none.
const (
	reasonNoRule    = "no-rule"
	reasonNotYet    = "not-yet"
	reasonForbidden = "forbidden"
	reasonNotKnown  = "not-known" // no forbid is true, and one is unknown
)

// Sheet decides every target for one request. It never fails: what a request
// does not tell is unknown, and unknown never permits.
func (r *Rules) Sheet(req *Request) Sheet {
	d := r.decision(req)
	sheet := Sheet{Ruleset: r.id, Hash: r.hash, Link: d.link, Entries: make([]Entry, 0, len(r.program.targets))}
	for i := range r.program.targets {
		sheet.Entries = append(sheet.Entries, d.entry(i, &sheet))
	}
	return sheet
}

// Decide returns the entry of one target, as Sheet has it. A server calls it
// before it carries out what a page asks for.
//
// Only Permitted allows it. Unavailable means that the rules permit the target,
// but that this content, device or page offers no way to it; a server that
// carries out the action by itself, without the reader's device, decides again
// with the Device and Page that it acts for, and otherwise refuses.
//
// The error is an *UnknownTargetError where the ruleset does not name the
// target, which is most often a misspelt id.
func (r *Rules) Decide(target string, req *Request) (Entry, error) {
	t, ok := r.target(target)
	if !ok || r.program.position == nil || r.program.position[t] < 0 {
		return Entry{}, &UnknownTargetError{Target: target, Ruleset: r.id}
	}
	d := r.decision(req)
	return d.entry(r.program.position[t], &Sheet{}), nil
}

// An UnknownTargetError says that a ruleset was asked about a target that it
// does not name.
type UnknownTargetError struct {
	Target  string
	Ruleset string // the id of the ruleset
}

// Error says whether the target exists at all, and suggests the nearest one
// where it does not.
func (e *UnknownTargetError) Error() string {
	if _, ok := targetIndex(e.Target); !ok {
		return unknownTarget(targets, e.Target)
	}
	return "the ruleset " + e.Ruleset + " does not name the target " + e.Target
}

// Entry returns the entry of a target; false where the ruleset does not name
// it.
func (sheet *Sheet) Entry(target string) (Entry, bool) {
	for i := range sheet.Entries {
		if sheet.Entries[i].Target == target {
			return sheet.Entries[i], true
		}
	}
	return Entry{}, false
}

// A decision has what all entries for one request share.
type decision struct {
	r        *Rules
	req      *Request
	s        *scratch
	verdicts []Verdict // as far as the rules go, by place in the program
	link     Link
	offers   capability
	words    *words  // nil until a delivery needs them
	unknown  [][]int // by condition: the facts that make it unknown; nil until they are needed
}

func (r *Rules) decision(req *Request) *decision {
	w := world{req: req, symbols: &r.symbols}
	d := &decision{r: r, req: req, s: r.scratch(), link: cleanLink(req)}
	r.decide(&w, d.s)
	d.verdicts = r.program.verdicts(d.s)
	d.offers = capabilitiesOf(req) | r.allowed(d.verdicts)
	return d
}

// entry answers for the target at a place of the program, and puts the words
// of its reason into the sheet.
func (d *decision) entry(i int, sheet *Sheet) Entry {
	p := &d.r.program.targets[i]
	t := &d.r.table[p.target]
	e := Entry{Target: t.ID, Verdict: d.verdicts[i]}
	if t.names != nil {
		e.Name = place.LookupLocale(t.names, d.req.Viewer.Locale)
	}
	if t.declared {
		e.Category = t.Category
	}
	var u *rule
	k, sure := d.r.deciding(p, e.Verdict, d.s)
	if k >= 0 {
		u = &d.r.rules[k]
		e.Rule = u.id
	}
	switch e.Verdict {
	case Permitted:
		e.Advice = sheet.say(d.r, u.advice, d.req)
		w, lacks := t.route(d.offers)
		if e.Reason = lacks; lacks != "" {
			e.Verdict, e.Advice = Unavailable, ""
			break
		}
		if d.words == nil {
			d.words = wordsOf(d.req, d.link)
		}
		delivery := t.deliverBy(w, d.req, d.link, d.words, d.offers)
		e.Delivery = &delivery
	case Forbidden:
		if !sure {
			e.Reason, e.Unknown = reasonNotKnown, d.unknownFacts(p)
		} else if e.Reason = sheet.say(d.r, u.reason, d.req); e.Reason == "" {
			e.Reason = reasonForbidden
		}
	case NotYet:
		e.Reason = reasonNotYet
	default:
		e.Reason = reasonNoRule
	}
	return e
}

// unknownFacts returns the names of the facts that make forbids about a target
// unknown. Many targets share a condition, so each is asked once.
func (d *decision) unknownFacts(t *targetProgram) (names []string) {
	if d.unknown == nil {
		d.unknown = make([][]int, len(d.r.conditions))
	}
	w := world{req: d.req, symbols: &d.r.symbols}
	var all []int
	for _, ref := range t.rules {
		if d.r.rules[ref.rule].permit || ref.now < 0 || !d.r.conditions[ref.now].anyClear(d.s.denied) {
			continue
		}
		if d.unknown[ref.now] == nil {
			d.unknown[ref.now] = w.unknown(d.r.conditions[ref.now].e, []int{})
		}
		for _, fact := range d.unknown[ref.now] {
			all = w.addUnknown(all, fact)
		}
	}
	for _, fact := range all {
		names = append(names, d.r.facts[fact].name)
	}
	return names
}

// say puts the words of a reason into the sheet, once, and gives back its id.
func (sheet *Sheet) say(r *Rules, id string, req *Request) string {
	if id == "" {
		return ""
	}
	for i := range sheet.Messages {
		if sheet.Messages[i].ID == id {
			return id
		}
	}
	words := place.LookupLocale(r.reasons[r.reasonIndex[id]].words, req.Viewer.Locale)
	sheet.Messages = append(sheet.Messages, Message{id, words})
	return id
}

// AppendJSON writes the sheet as JSON, without spaces. The same sheet gives the
// same bytes everywhere.
func (sheet Sheet) AppendJSON(b []byte) []byte {
	b = text.AppendMember(append(b, '{'), "ruleset", sheet.Ruleset)
	b = text.AppendMember(b, "hash", sheet.Hash)
	b = sheet.Link.appendJSON(append(b, `,"link":`...))
	b = append(b, `,"entries":[`...)
	for i := range sheet.Entries {
		b = sheet.Entries[i].appendJSON(text.Comma(b))
	}
	b = append(b, ']')
	if len(sheet.Messages) > 0 {
		b = append(b, `,"messages":{`...)
		for _, m := range sheet.Messages {
			b = text.AppendMember(b, m.ID, m.Words)
		}
		b = append(b, '}')
	}
	return append(b, '}')
}

// appendVerdict begins an object with a verdict about a target.
func appendVerdict(b []byte, target string, v Verdict, rule, reason string) []byte {
	b = text.AppendMember(append(b, '{'), "target", target)
	return text.AppendTexts(text.AppendMember(b, "verdict", v.String()), "rule", rule, "reason", reason)
}

// appendUnknown writes the facts that are not known, if there are any.
func appendUnknown(b []byte, facts []string) []byte {
	if len(facts) > 0 {
		b = text.AppendList(b, "unknown", facts)
	}
	return b
}

func (e *Entry) appendJSON(b []byte) []byte {
	b = appendVerdict(b, e.Target, e.Verdict, e.Rule, e.Reason)
	if e.Delivery != nil {
		b = e.Delivery.appendJSON(append(b, `,"delivery":`...))
	}
	b = appendUnknown(b, e.Unknown)
	return append(text.AppendTexts(b, "advice", e.Advice, "name", e.Name, "category", e.Category), '}')
}
