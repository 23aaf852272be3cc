package share

import "sharewise/share/internal/text"

// AppendQuote writes a string as JSON, with no more escapes than necessary.
// Bytes that are not UTF-8 become U+FFFD.
func AppendQuote(b []byte, s string) []byte { return text.AppendQuote(b, s) }

// AppendVocabulary writes, as JSON, what a ruleset may refer to without declaring
// it: the facts with their types, closed sets of values and units, and the targets
// with their names. These are followed by everything for which a view needs words
// in its own language: the categories, the reasons that no ruleset gives, and the
// steps.
//
//	{"facts":[{"name":"content.kind","type":"text","values":["story",…],"about":"what the content is"},…],
//	 "targets":[{"id":"reddit","name":"Reddit","network":"reddit","category":"social"},…],
//	 "categories":["story",…],"reasons":["no-rule",…],"steps":["share-file",…]}
func AppendVocabulary(b []byte) []byte {
	b = append(b, `{"facts":[`...)
	for i := range facts {
		f := &facts[i]
		b = text.AppendMember(append(text.Comma(b), '{'), "name", f.name)
		b = text.AppendMember(b, "type", declaredName(f.typ))
		if f.values != nil {
			b = append(b, `,"values":[`...)
			for _, v := range f.values {
				b = text.AppendQuote(text.Comma(b), v)
			}
			b = append(b, ']')
		}
		if unit := factNotes[i].unit; unit != "" {
			b = text.AppendMember(b, "unit", unit)
		}
		b = append(text.AppendMember(b, "about", factNotes[i].about), '}')
	}
	b = append(b, `],"targets":[`...)
	for i := range targets {
		t := &targets[i]
		b = text.AppendMember(append(text.Comma(b), '{'), "id", t.ID)
		b = text.AppendMember(b, "name", t.Name())
		b = text.AppendMember(b, "network", t.Network())
		b = append(text.AppendMember(b, "category", t.Category), '}')
	}
	b = text.AppendList(append(b, ']'), "categories", categories())
	b = text.AppendList(b, "reasons", reasons())
	return append(text.AppendList(b, "steps", steps[:]), '}')
}

// steps are the ids of all steps that a delivery may have.
var steps = [...]string{
	"copy-link",   // copy the address
	"share-file",  // hand the file to the system's share sheet
	"save-file",   // save the file
	"scan-code",   // scan the code with a phone
	"open-phone",  // go on there
	"scan-in-app", // scan the code with the target's app
	"use-menu",    // share the page from the menu there
	"pick-app",    // open the target's app
	"pick-story",  // choose its stories
	"add-sticker", // add a link sticker and paste the address
	"pick-reel",   // choose its reels
	"paste-link",  // paste the address
}

// categories returns the categories of the targets, in the order to show.
func categories() (all []string) {
	for i := range targets {
		if c := targets[i].Category; len(all) == 0 || all[len(all)-1] != c {
			all = append(all, c)
		}
	}
	return all
}

// reasons returns the reasons that the engine has where the ruleset has none.
func reasons() []string {
	all := []string{reasonNoRule, reasonNotYet, reasonForbidden, reasonNotKnown}
	for _, reason := range lacking {
		if all[len(all)-1] != reason {
			all = append(all, reason)
		}
	}
	return append(all, reasonNoWay)
}

// declaredName is a type as a ruleset's own facts name it.
func declaredName(t valueType) string {
	switch t {
	case boolType:
		return "boolean"
	case numberType:
		return "number"
	case timeType:
		return "time"
	case textsType:
		return "texts"
	}
	return "text"
}
