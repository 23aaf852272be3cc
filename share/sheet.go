package share

// A Sheet is all that a view needs: for every target that the ruleset names, in
// the order to show, whether the content may go there, why, and how it gets
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
}

// A Message is the words of one reason.
type Message struct{ ID, Words string }

// Reasons that the engine gives where the ruleset has none.
const (
	reasonNoRule    = "no-rule"
	reasonNotYet    = "not-yet"
	reasonForbidden = "forbidden"
)

// Sheet decides every target for one request. It never fails: what a request
// does not tell is unknown, and unknown never permits.
func (r *Rules) Sheet(req *Request) Sheet {
	w := world{req: req, rules: r}
	s := r.scratch()
	r.decide(&w, s)
	link := cleanLink(req)
	verdicts := r.program.verdicts(s)
	c := capabilitiesOf(req) | r.allowed(verdicts)
	var words *words
	sheet := Sheet{Ruleset: r.id, Hash: r.hash, Link: link, Entries: make([]Entry, 0, len(r.program.targets))}
	for i := range r.program.targets {
		p := &r.program.targets[i]
		t := &targets[p.target]
		v := verdicts[i]
		e := Entry{Target: t.ID, Verdict: v}
		var u *rule
		if k := r.deciding(p, v, s); k >= 0 {
			u = &r.rules[k]
			e.Rule = u.id
		}
		switch v {
		case Permitted:
			e.Advice = sheet.say(r, u.advice, req)
			if _, e.Reason = t.route(c); e.Reason != "" {
				e.Verdict, e.Advice = Unavailable, ""
				break
			}
			if words == nil {
				words = wordsOf(req, link)
			}
			d := t.deliver(req, link, words, c)
			e.Delivery = &d
		case Forbidden:
			if e.Reason = sheet.say(r, u.reason, req); e.Reason == "" {
				e.Reason = reasonForbidden
			}
		case NotYet:
			e.Reason = reasonNotYet
		default:
			e.Reason = reasonNoRule
		}
		sheet.Entries = append(sheet.Entries, e)
	}
	return sheet
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
	words := lookupLocale(r.reasons[r.reasonIndex[id]].words, req.Viewer.Locale)
	sheet.Messages = append(sheet.Messages, Message{id, words})
	return id
}

// AppendJSON writes the sheet as JSON, without spaces. The same sheet gives the
// same bytes everywhere.
func (sheet *Sheet) AppendJSON(b []byte) []byte {
	b = appendMember(append(b, '{'), "ruleset", sheet.Ruleset)
	b = appendMember(b, "hash", sheet.Hash)
	b = sheet.Link.appendJSON(append(b, `,"link":`...))
	b = append(b, `,"entries":[`...)
	for i := range sheet.Entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = sheet.Entries[i].appendJSON(b)
	}
	b = append(b, ']')
	if len(sheet.Messages) > 0 {
		b = append(b, `,"messages":{`...)
		for _, m := range sheet.Messages {
			b = appendMember(b, m.ID, m.Words)
		}
		b = append(b, '}')
	}
	return append(b, '}')
}

func (e *Entry) appendJSON(b []byte) []byte {
	b = appendMember(append(b, '{'), "target", e.Target)
	b = appendMember(b, "verdict", e.Verdict.String())
	if e.Rule != "" {
		b = appendMember(b, "rule", e.Rule)
	}
	if e.Reason != "" {
		b = appendMember(b, "reason", e.Reason)
	}
	if e.Delivery != nil {
		b = e.Delivery.appendJSON(append(b, `,"delivery":`...))
	}
	if e.Advice != "" {
		b = appendMember(b, "advice", e.Advice)
	}
	return append(b, '}')
}

// appendMember writes a name and a text, with a comma unless it is the first.
func appendMember(b []byte, name, text string) []byte {
	b = AppendQuote(comma(b), name)
	return AppendQuote(append(b, ':'), text)
}
