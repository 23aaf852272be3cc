package share

import (
	"slices"

	"sharewise/share/internal/address"
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
)

// A ruleset declares targets of its own, and corrects those of the registry, in
// its member "targets". What it declares is checked as strictly as a row of the
// registry: a link has a fixed origin and path, and holes for values of known
// kinds among its parameters, so that nothing from outside decides where it
// leads.

// A declared is what a ruleset says of a target beside its row in the table.
type declared struct {
	target int
	offset int
}

const (
	maxTargets  = 1000 // that a ruleset declares
	maxTargetID = 64   // bytes
	maxName     = 128  // bytes of a name
	maxTemplate = 2000 // bytes of the template of a link
	maxLimit    = 1e6  // that a limit says
	webScheme   = "https://"
)

var (
	targetMembers = []string{"name", "category", "method", "link", "phone", "apple", "limit", "needs", "about"}
	limitMembers  = []string{"max", "unit"}
	limitUnits    = []string{string(Weighted), string(Graphemes), string(ShortURLs), string(Characters),
		string(EmojiBytes), string(Bytes)}
	ownMethods  = []string{"link", "host"}
	ownNeeds    = []string{"url", "file", "video", "image", "phone", "computer"}
	ownNeedBits = [...]capability{hasURL, hasFile, hasVideo, hasImage, onPhone, offPhone}
	ownHoles    = []string{"url", "title", "text", "text_url", "prompt_url", "tags", "hashtag", "image", "via"}
)

// declareTargets reads the targets that a ruleset declares or corrects.
func (d *rulesetReader) declareTargets(n *text.Node) {
	if !d.Want(n, '{') {
		return
	}
	if len(n.Items) > maxTargets {
		d.Report(n.Offset, "there are "+text.Itoa(len(n.Items))+" targets; at most "+text.Itoa(maxTargets)+" are read")
		return
	}
	d.r.table = append([]Target(nil), d.r.table...) // that of the registry stays as it is
	for i := range n.Items {
		if d.Full() {
			break
		}
		d.declare(&n.Items[i])
	}
	d.named, d.offered = make([]bool, len(d.r.table)), make([]bool, len(d.r.table))
}

func (d *rulesetReader) declare(n *text.Node) {
	if problem := checkTargetID(n.Name); problem != "" {
		d.Report(n.NameOffset, problem)
		return
	}
	m := d.Object(n, targetMembers)
	if m == nil {
		return
	}
	at, corrects := d.r.target(n.Name)
	t := Target{ID: n.Name}
	if corrects {
		t = d.r.table[at]
	}
	before := t
	if names := m.Next(); names != nil {
		t.names = d.names(names)
	}
	category, method := m.Next(), m.Next()
	links := [...]*text.Node{m.Next(), m.Next(), m.Next()}
	limit, needs := m.Next(), m.Next()
	d.Prose(m.Next())
	if corrects {
		d.onlyCorrects(&before, category, method, needs, links[0])
	} else {
		d.declareOwn(n, &t, category, method, links[0], needs)
	}
	for i, to := range [...]*string{&t.Link, &t.Phone, &t.Apple} {
		if links[i] == nil {
			continue
		}
		if i > 0 && t.Link == "" {
			d.Report(links[i].Offset, `a link for phones needs a "link" beside it`)
			continue
		}
		*to = d.template(links[i], &before)
	}
	d.limit(limit, &t)
	if !corrects {
		at = len(d.r.table)
		d.r.table = append(d.r.table, Target{})
	}
	d.r.table[at] = t
	d.r.declared = append(d.r.declared, declared{at, n.NameOffset})
}

// declareOwn reads what a target of one's own must have.
func (d *rulesetReader) declareOwn(n *text.Node, t *Target, category, method, link, needs *text.Node) {
	t.declared = true
	if n.Get("name") == nil {
		d.Report(n.Offset, `"name" is missing; write {"en": "…"}`)
	}
	if category == nil {
		d.Report(n.Offset, `"category" is missing; want one of `+text.Joined(categories()))
	} else {
		t.Category = d.Word(category, categories())
	}
	t.needs = hasURL
	how := "link"
	if method != nil {
		how = d.Word(method, ownMethods)
	}
	switch {
	case how == "host":
		t.ways, t.needs = byHost, 0
		if link != nil {
			d.Report(link.Offset, `a target of the method "host" has no link`)
		}
	case link == nil:
		d.Report(n.Offset, `"link" is missing, or the method "host"`)
	}
	if needs == nil {
		return
	}
	for i := range d.List(needs) {
		if k := slices.Index(ownNeeds, d.Word(&needs.Items[i], ownNeeds)); k >= 0 {
			t.needs |= ownNeedBits[k]
		}
	}
}

// onlyCorrects reports what no ruleset can change of a target of the registry.
func (d *rulesetReader) onlyCorrects(t *Target, category, method, needs, link *text.Node) {
	for _, n := range [...]*text.Node{category, method, needs} {
		if n != nil {
			d.Report(n.NameOffset, t.ID+" is a target of the registry; only its name, its links and its limit "+
				"can be corrected")
		}
	}
	if link != nil && t.Link == "" {
		d.Report(link.NameOffset, t.ID+" is reached without a link; there is none to correct")
	}
}

// names reads a name in one language or more.
func (d *rulesetReader) names(n *text.Node) (names []place.Localized) {
	if !d.Want(n, '{') || !d.Few(n, len(n.Items)) {
		return nil
	}
	for i := range n.Items {
		l := &n.Items[i]
		if problem := place.CheckLocale(l.Name); problem != "" {
			d.Report(l.NameOffset, problem)
		}
		words := d.Line(l, maxName)
		for _, c := range words {
			if isBidi(c) {
				d.Report(l.Offset, "a name holds no bidirectional control characters")
				break
			}
		}
		names = append(names, place.Localized{Locale: l.Name, Words: words})
	}
	if len(names) == 0 {
		d.Report(n.Offset, "a target has a name in at least one language")
	}
	return names
}

// isBidi tells whether a character changes the direction of a text (UAX #9,
// table 4).
func isBidi(c rune) bool {
	return c == 0x61c || c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069
}

func (d *rulesetReader) limit(n *text.Node, t *Target) {
	m := d.Object(n, limitMembers)
	if m == nil {
		return
	}
	if t.Link == "" {
		d.Report(n.NameOffset, "a limit needs a link")
	}
	most, unit := m.Next(), m.Next()
	if most == nil || unit == nil {
		d.Report(n.Offset, `a limit has "max" and "unit"`)
		return
	}
	if d.Want(most, '0') {
		if most.Number != float64(int64(most.Number)) || most.Number < 1 || most.Number > maxLimit {
			d.Report(most.Offset, "a limit is a whole number between 1 and "+text.Itoa(maxLimit))
		}
		t.Limit.Max, t.Limit.Unit = int(most.Number), Unit(d.Word(unit, limitUnits))
	}
}

// template reads the template of a link; see deliver_link.go for what may stand
// in it. Before is the target as the registry has it.
func (d *rulesetReader) template(n *text.Node, before *Target) string {
	s := d.Line(n, maxTemplate)
	if s == "" {
		return ""
	}
	if problem := templateProblem(s, before); problem != "" {
		d.Report(n.Offset, problem)
	}
	return s
}

func templateProblem(s string, before *Target) string {
	end := firstOf(s, '?', '&')
	head, parameters := s[:end], s[end:]
	if problem := originProblem(head, before); problem != "" {
		return problem
	}
	problem, takesURL := "", false
	address.EachParameter(parameters, func(part, name, value string) {
		switch {
		case problem != "" || firstOf(part, '{', '}') == len(part):
		case value == "" || value[0] != '{' || firstOf(value[1:], '{', '}') != len(value)-2 ||
			firstOf(name, '{', '}') < len(name):
			problem = "in " + text.Quote(part) + " a hole is not the whole value of a parameter; write name={hole}"
		default:
			hole := value[1 : len(value)-1]
			takesURL = takesURL || hole == "url" || hole == "text_url" || hole == "prompt_url"
			if !slices.Contains(ownHoles, hole) && !text.Contains(before.Link+before.Phone, value) {
				problem = "unknown hole " + text.Quote(value) + "; want one of " + text.Joined(ownHoles)
			}
		}
	})
	switch {
	case problem != "":
		return problem
	case firstOf(parameters, '#', '#') < len(parameters):
		return "a link has no fragment"
	case !takesURL:
		return "{url}, {text_url} or {prompt_url} is missing"
	}
	return ""
}

// originProblem returns what is wrong with what stands before the parameters.
func originProblem(head string, before *Target) string {
	for _, known := range [...]string{before.Link, before.Phone, before.Apple} {
		if i := firstOf(known, '?', '&'); i < len(known) && known[:i] == head {
			return "" // the registry has it
		}
	}
	if len(head) < len(webScheme) || head[:len(webScheme)] != webScheme {
		return "a link begins with " + webScheme
	}
	if firstOf(head, '{', '}') < len(head) {
		return "holes stand only behind the ?"
	}
	if clean, problem := address.Serialise(head); problem != "" {
		return problem
	} else if clean != head || firstOf(head, '#', '#') < len(head) {
		return "a link is written as browsers write it: " + text.Quote(clean)
	}
	return ""
}

// firstOf returns the index of the first a or b in a text, its length without any.
func firstOf(s string, a, b byte) int {
	for i := range len(s) {
		if s[i] == a || s[i] == b {
			return i
		}
	}
	return len(s)
}

// checkTargetID returns what is wrong with the id of a target.
func checkTargetID(id string) string {
	ok := id != "" && len(id) <= maxTargetID && id[0] >= 'a' && id[0] <= 'z'
	for i := 0; i < len(id) && ok; i++ {
		ok = id[i] >= 'a' && id[i] <= 'z' || id[i] >= '0' && id[i] <= '9' ||
			(id[i] == '.' || id[i] == '-') && i+1 < len(id) && id[i+1] != '.' && id[i+1] != '-'
	}
	if ok {
		return ""
	}
	return text.Quote(id) + " cannot be the id of a target; want at most " + text.Itoa(maxTargetID) +
		" small letters and digits, with single dots and hyphens between them, such as acme.chat"
}
