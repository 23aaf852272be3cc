package share

import (
	"fmt"
	"sharewise/share/internal/text"
	"strings"
	"testing"
)

// The worst rulesets of about 100 KB that were found for the functions that
// search: proofs, checks, comparisons, explanations and tests. Each is run through
// all of them.

// worstBytes is their approximate length.
const worstBytes = 100 << 10

// fill calls f as often as its results fit into size bytes, and joins them.
func fill(size int, f func(i int) string) string {
	n := size / (len(f(999)) + 1)
	return times(n, f)
}

func booleans(n int) string {
	return `"facts": {` + times(n, numbered(`"viewer.attributes.b#": {"type": "boolean"}`)) + `}, `
}

// pigeonholes states that n+1 pigeons are in n holes, no two of them in the same,
// as a permit and forbids.
func pigeonholes(n int) (facts string, permit string, forbids []string) {
	at := func(p, h int) string { return fmt.Sprintf(`{"var": "viewer.attributes.b%d"}`, p*n+h) }
	var sits []string
	for p := range n + 1 {
		sits = append(sits, `{"or": [`+times(n, func(h int) string { return at(p, h) })+`]}`)
	}
	for h := range n {
		for p := range n + 1 {
			for q := range p {
				forbids = append(forbids, `{"and": [`+at(p, h)+`, `+at(q, h)+`]}`)
			}
		}
	}
	for _, s := range sits {
		forbids = append(forbids, `{"!": `+s+`}`)
	}
	return booleans(n * (n + 1)), `{"and": [` + strings.Join(sits, ", ") + `]}`, forbids
}

// nestedIfs nests n conditions over many booleans.
func nestedIfs(n, from, of int) string {
	b := func(i int) string { return fmt.Sprintf(`{"var": "viewer.attributes.b%d"}`, (from+i)%of) }
	s := b(from * 7)
	for i := range n {
		s = `{"if": [` + b(3*i) + `, ` + s + `, ` + b(5*i+1) + `]}`
	}
	return s
}

const everywhere = `"reddit", "x", "facebook", "whatsapp", "telegram", "email", "sms", "link.copy", "link.qr", "media.save"`

func allTargets() string {
	return times(len(targets), func(i int) string { return `"` + targets[i].ID + `"` })
}

type worstRuleset struct{ name, text string }

func numberedRule(i int, effect, targets, when string) string {
	return fmt.Sprintf(`{"id": "r%d", "%s": [%s], "when": %s}`, i, effect, targets, when)
}

func worstRulesets() (all []worstRuleset) {
	add := func(name, rest string) { all = append(all, worstRuleset{name, rulesetOf(rest)}) }
	and := func(parts ...string) string { return `{"and": [` + strings.Join(parts, ", ") + `]}` }
	never := `, "never": [{"id": "n", "targets": ["*"]}]`
	nevers := func(n int) string {
		return `, "never": [` + times(n, numbered(`{"id": "n#", "targets": ["*"]}`)) + `]`
	}
	rollouts := func(n int, window bool) string {
		return `"rollouts": {` + times(n, func(i int) string {
			w := ""
			if window {
				w = fmt.Sprintf(`, "from": "20%02d-01-01T00:00:00Z", "until": "20%02d-01-01T00:00:00Z"`, i%40, i%40+20)
			}
			return fmt.Sprintf(`"r%d": {"percent": 50, "hash": "flagd-v2", "salt": "s%d"%s}`, i, i, w)
		}) + `}, `
	}
	each := func(n int, effect string) string {
		return times(n, func(i int) string {
			return fmt.Sprintf(`{"id": "p%d", "%s": ["reddit"], "when": {"rollout": "r%d"}}`, i, effect, i)
		})
	}
	for _, n := range []int{14, 20, 200} {
		holdout := `{"id": "h", "permit": ["reddit"]}, ` + each(n, "forbid")
		add(fmt.Sprintf("%d rollouts", n),
			rollouts(n, true)+`"rules": [`+each(n,
				"permit")+`], "never": [{"id": "n", "targets": ["reddit"], "when": {"===": [{"var": "content.kind"}, "story"]}}]`)
		add(fmt.Sprintf("%d rollouts all at once", n),
			rollouts(n, true)+`"rules": [{"id": "p", "permit": ["reddit"], "when": {"and": [`+times(n,
				numbered(`{"rollout": "r#"}`))+`]}}]`+never)
		add(fmt.Sprintf("a holdout of %d rollouts", n), rollouts(n, false)+`"rules": [`+holdout+`]`+never)
	}
	add("rollouts that reach nearly nobody",
		`"rollouts": {`+times(500, numbered(`"r#": {"percent": 0.001, "hash": "flagd-v2", "salt": "`+strings.Repeat("s",
			40)+`#"}`))+`}, "rules": [`+each(500, "permit")+`]`+never)

	facts, permit, forbids := pigeonholes(8)
	forbid := func(targets string) string {
		return times(len(forbids), func(i int) string { return numberedRule(i, "forbid", targets, forbids[i]) })
	}
	add("pigeonholes", facts+`"rules": [{"id": "p", "permit": [`+allTargets()+`]}, `+forbid(`"*"`)+`]`+nevers(8))
	add("pigeonholes in "+
		"one permit", facts+`"rules": [{"id": "p", "permit": [`+allTargets()+`], "when": `+permit+`}, `+forbid(`"*"`)+`]`+nevers(8))
	add("pigeonholes, target by target",
		facts+`"rules": [`+times(len(targets), func(i int) string {
			return `{"id": "p` + text.Itoa(i) +
				`", "permit": ["` + targets[i].ID + `"]}`
		})+`, `+forbid(`"*"`)+`]`+nevers(100))

	add("nested ifs", booleans(400)+`"rules": [`+fill(worstBytes-20000,
		func(i int) string { return numberedRule(i, "permit", `"reddit"`, nestedIfs(7, i*13, 400)) })+`]`+never)
	add("deeply nested ifs", booleans(400)+`"rules": [`+fill(worstBytes-20000,
		func(i int) string { return numberedRule(i, "permit", `"reddit"`, nestedIfs(30, i*13, 400)) })+`]`+never)
	add("nested ifs that differ by target", booleans(100)+`"rules": [`+fill(worstBytes-20000, func(i int) string {
		return numberedRule(i, "permit", allTargetsOnce(i),
			`{"or": [{"===": [{"var": "target.id"}, "x"]}, `+nestedIfs(7, i*13, 100)+`]}`)
	})+`]`+never)
	for _, n := range []int{2, 6} {
		add(fmt.Sprintf("%d nested ifs that read the target", n),
			booleans(100)+`"rules": [`+fill(worstBytes-20000, func(i int) string {
				return numberedRule(i, "permit", allTargetsOnce(i),
					and(`{"===": [{"var": "content.title"}, {"var": "target.id"}]}`, nestedIfs(n, i*13, 100)))
			})+`]`+never)
	}
	add("equations of booleans", booleans(400)+`"rules": [`+fill(worstBytes-20000, func(i int) string {
		s := `{"var": "viewer.attributes.b` + text.Itoa(i%400) + `"}`
		for k := range 12 {
			s = `{"===": [` + s + `, {"var": "viewer.attributes.b` + text.Itoa((i*7+k*3)%400) + `"}]}`
		}
		return numberedRule(i, "permit", everywhere, s)
	})+`]`+never)
	add("ands of ors", booleans(400)+`"rules": [`+fill(worstBytes-20000, func(i int) string {
		return numberedRule(i, "forbid", `"*"`, `{"and": [`+times(5, func(k int) string {
			return `{"or": [{"var": "viewer.attributes.b` + text.Itoa((i*5+k)%400) +
				`"}, {"var": "viewer.attributes.b` + text.Itoa((i*11+k*17)%400) + `"}]}`
		})+`]}`)
	})+`, {"id": "p", "permit": [`+everywhere+`]}]`+never)

	list := func(n int, form string) string { return `[` + times(n, numbered(form)) + `]` }
	two := func(a, b string) string {
		return `"rules": [` + numberedRule(0, "permit", `"reddit"`, a) + `, ` +
			numberedRule(1, "permit", `"reddit"`, b) + `]` + never
	}
	in := func(fact string, n int, form string) string {
		return `{"in": [{"var": "` + fact + `"}, ` + list(n, form) + `]}`
	}
	add("two lists of 600 texts", two(and(in("content.title", 600, `"a#"`), in("viewer.id", 600, `"a#"`)),
		and(in("content.title", 600, `"b#"`), in("viewer.id", 600, `"b#"`))))
	add("long lists of texts", two(and(in("content.title", 2500, `"a#"`), in("viewer.id", 2500, `"a#"`)),
		and(in("content.title", 2500, `"b#"`), in("viewer.id", 2500, `"b#"`))))
	add("long lists of numbers", two(in("content.media.bytes", 8000, `#`), in("content.media.width", 8000, `#`)))
	add("a list of texts for each of many facts",
		`"facts": {`+times(300, numbered(`"viewer.attributes.t#": {"type": "text"}`))+`}, "rules": [`+fill(worstBytes-15000, func(i int) string {
			return numberedRule(i, "permit", `"reddit"`,
				and(in("viewer.attributes.t"+text.Itoa(i%300), 10, `"`+text.Itoa(i)+`-#"`),
					in("viewer.attributes.t"+text.Itoa((i+1)%300), 10, `"`+text.Itoa(i)+`-#"`)))
		})+`]`+never)
	for _, op := range []string{"all", "some", "none"} {
		add(op+" of a list of texts", `"rules": [`+fill(worstBytes, func(i int) string {
			return numberedRule(i, "permit", `"reddit"`,
				`{"`+op+`": [{"var": "content.tags"}, `+and(`{"starts_with": [{"var": ""}, "a`+text.Itoa(i)+`"]}`,
					`{"!": `+in("", 20, `"`+text.Itoa(i)+`#"`)+`}`)+`]}`)
		})+`]`+never)
	}
	add("all of a long list in a long list", two(`{"all": [`+list(4000, `"#"`)+`, `+in("", 4000, `"#"`)+`]}`,
		`{"and": [{"var": "device.share"}, {"some": [`+list(2000, `"#"`)+`, `+in("", 2000, `"b#"`)+`]}]}`))
	add("some tags in long lists", `"rules": [`+fill(worstBytes, func(i int) string {
		return numberedRule(i, "permit", everywhere,
			`{"some": [{"var": "content.tags"}, `+in("", 500, `"`+text.Itoa(i)+`#"`)+`]}`)
	})+`]`+never)
	add("beginnings and ends", `"rules": [`+fill(worstBytes, func(i int) string {
		return numberedRule(i, "permit", `"reddit"`,
			and(`{"starts_with": [{"var": "content.title"}, "aaaaaaaa`+text.Itoa(i)+`aaaaaaaa"]}`,
				`{"ends_with": [{"var": "content.title"}, "aaaaaaaa`+text.Itoa(i*7)+`aaaaaaaa"]}`))
	})+`]`+never)
	add("long beginnings and ends", `"rules": [`+times(12, func(i int) string {
		return numberedRule(i, "permit", `"reddit"`,
			and(`{"starts_with": [{"var": "content.title"}, "`+strings.Repeat("a", 4000)+text.Itoa(i)+`"]}`,
				`{"ends_with": [{"var": "content.title"}, "`+text.Itoa(i)+strings.Repeat("a", 4000)+`"]}`))
	})+`]`+never)

	moments := `"facts": {` + times(300, numbered(`"viewer.attributes.t#": {"type": "time"}`)) + `}, `
	moment := func(i int) string { return `{"var": "viewer.attributes.t` + text.Itoa(i%300) + `"}` }
	add("a chain of times", moments+`"rules": [`+fill(worstBytes-15000, func(i int) string {
		return numberedRule(i, "forbid", `"reddit"`, `{"before": [`+moment(i)+`, `+moment(i*7+1)+`]}`)
	})+`, {"id": "p", "permit": ["reddit"]}]`+never)
	add("times in one and", moments+`"rules": [{"id": "p", "permit": ["reddit"], "when": {"and": [`+times(300,
		func(i int) string { return `{"before": [` + moment(i) + `, ` + moment(i+1) + `]}` })+`]}}]`+never)
	add("ages", moments+`"rules": [`+fill(worstBytes-15000, func(i int) string {
		return numberedRule(i, "forbid", `"reddit"`, `{"<": [{"age": [`+moment(i)+`]}, `+text.Itoa(i)+`]}`)
	})+`, {"id": "p", "permit": ["reddit"]}]`+never)

	numbers := `"facts": {` + times(300, numbered(`"viewer.attributes.n#": {"type": "number"}`)) + `}, `
	number := func(i int) string { return `{"var": "viewer.attributes.n` + text.Itoa(i%300) + `"}` }
	add("a chain of numbers", numbers+`"rules": [`+fill(worstBytes-15000, func(i int) string {
		return numberedRule(i, "permit", `"reddit"`, `{"<": [`+number(i)+`, `+number(i+1)+`]}`)
	})+`]`+never)
	add("pairs of numbers", numbers+`"rules": [`+fill(worstBytes-15000, func(i int) string {
		return numberedRule(i, "forbid", `"reddit"`,
			`{"<": [{"+": [`+number(2*i)+`, `+text.Itoa(i)+`]}, `+number(2*i+1)+`]}`)
	})+`, {"id": "p", "permit": ["reddit"]}]`+never)
	add("thresholds", `"rules": [`+fill(worstBytes, func(i int) string {
		return numberedRule(i, "permit", everywhere, `{">": [{"var": "content.media.bytes"}, `+text.Itoa(i)+`]}`)
	})+`]`+never)
	add("thresholds of many facts", numbers+`"rules": [`+fill(worstBytes-15000, func(i int) string {
		return numberedRule(i, "forbid", everywhere,
			and(`{">": [`+number(i)+`, `+text.Itoa(i)+`]}`, `{"<": [`+number(i*7)+`, `+text.Itoa(i)+`]}`))
	})+`, {"id": "p", "permit": ["reddit"]}]`+never)

	deep := func(n int, inner string) string {
		s := inner
		for i := range n {
			s = `{"` + []string{"and", "or"}[i%2] + `": [` + s + `, {"var": "viewer.attributes.b` + text.Itoa(i) +
				`"}]}`
		}
		return s
	}
	add("64 levels", booleans(60)+`"rules": [`+fill(worstBytes-3000, func(i int) string {
		return numberedRule(i, "permit", everywhere, deep(29, `{"var": "viewer.attributes.b`+text.Itoa(i%60)+`"}`))
	})+`]`+never)
	add("64 levels around long lists", booleans(60)+`"rules": [`+numberedRule(0, "permit", `"reddit"`,
		deep(28, `{"some": [{"var": "content.tags"}, `+in("", 9000, `"#"`)+`]}`))+`]`+never)
	add("missing facts", booleans(400)+`"rules": [`+fill(worstBytes-20000, func(i int) string {
		return numberedRule(i, "permit", everywhere,
			`{"none": [{"missing": [`+times(20, func(k int) string {
				return `"viewer.attributes.b` +
					text.Itoa((i*20+k)%400) + `"`
			})+`]}, {"===": [{"var": ""}, "a"]}]}`)
	})+`]`+never)
	add("a thousand invariants", `"rules": [`+fill(worstBytes/2, func(i int) string {
		return numberedRule(i, []string{"permit", "forbid"}[i%2], everywhere,
			`{"===": [{"var": "content.title"}, "`+text.Itoa(i)+`"]}`)
	})+`], "never": [`+times(1000, numbered(`{"id": "n#", "targets": ["*"], "when": {"===": [{"var": "content.title"}, "x#"]}}`))+`]`)
	add("a thousand invariants by target",
		`"rules": [{"id": "all", "permit": [`+allTargets()+`], "when": {"===": [{"var": "target.id"}, {"var": "content.title"}]}}], "never": [`+times(1000, numbered(`{"id": "n#", "targets": ["*"], "when": {"===": [{"var": "content.title"}, {"var": "target.id"}]}}`))+`]`)
	add("rules for every target", `"rules": [{"id": "all", "permit": [`+allTargets()+`]}, `+fill(worstBytes,
		func(i int) string {
			return numberedRule(i, []string{"permit", "forbid"}[i%2], `"*"`,
				`{"===": [{"var": "content.title"}, "`+text.Itoa(i)+`"]}`)
		})+`]`+never)
	add("rules that read the target", `"rules": [{"id": "all", "permit": [`+allTargets()+`]}, `+fill(worstBytes,
		func(i int) string {
			return numberedRule(i, []string{"permit", "forbid"}[i%2], `"*"`,
				and(`{"!==": [{"var": "target.id"}, "x`+text.Itoa(i)+`"]}`,
					`{"!==": [{"var": "content.title"}, {"var": "target.id"}]}`,
					`{"===": [{"var": "viewer.id"}, "`+text.Itoa(i)+`"]}`))
		})+`]`+never)
	add("regions", `"rules": [`+fill(worstBytes, func(i int) string {
		return numberedRule(i, []string{"permit", "forbid"}[i%2], everywhere,
			`{"region": [{"var": "viewer.region"}, ["`+[]string{"AE", "BE", "DE", "GE", "IE", "JE", "KE", "NE", "PE",
				"RE", "SE", "VE", "YE"}[i%13]+`", "DE", "`+[]string{"150", "142", "002", "009"}[i%4]+`"]]}`)
	})+`]`+never)
	add("locales", `"rules": [`+fill(worstBytes, func(i int) string {
		return numberedRule(i, "permit", `"reddit"`,
			`{"locale": [{"var": "viewer.locale"}, ["`+string(rune('a'+i%26))+string(rune('a'+i/26%26))+`", "en-GB", "*"]]}`)
	})+`]`+never)
	add("many reasons", `"reasons": {`+times(1000,
		numbered(`"r#": {"aa": "x", "bb": "x", "cc": "x"}`))+`}, "rules": [`+fill(worstBytes/2, func(i int) string {
		return `{"id": "f` + text.Itoa(i) + `", "forbid": ["reddit"], "reason": "r` + text.Itoa(i%1000) + `"}`
	})+`]`+never)
	add("many tests", booleans(20)+`"rules": [`+fill(worstBytes/4, func(i int) string {
		return numberedRule(i, "permit", everywhere,
			`{"some": [{"var": "content.tags"}, `+in("", 100, `"`+text.Itoa(i)+`#"`)+`]}`)
	})+`], "tests": [`+times(500, numbered(`{"name": "#", "request": {"content": {"tags": [`+times(30,
		numbered(`"t#"`))+`]}}, "expect": {"reddit": "not-permitted"}}`))+`]`)
	add("tests of large requests", `"rules": [`+numberedRule(0, "permit", everywhere,
		`{"some": [{"var": "content.tags"}, `+in("", 2000, `"#"`)+`]}`)+`], "tests": [`+times(15,
		numbered(`{"name": "#", "request": {"content": {"text": "`+strings.Repeat("http://a ", 400)+`", "tags": [`+times(900, numbered(`"t"`))+`]}}, "expect": {"reddit": "not-permitted"}}`))+`]`)
	return all
}

func allTargetsOnce(i int) string {
	if i == 0 {
		return allTargets()
	}
	return `"*"`
}

// plainRequest is the request for explanations.
const plainRequest = `{"content": {"kind": "story", "title": "t", "tags": ["a", "b"], "createdAt": "2026-01-01T00:00:00Z"}, "viewer": {"id": "u-1", "role": "owner", "region": "SY", "locale": "ar"}, "now": "2026-01-02T00:00:00Z"}`

// withoutNever removes the invariants, which nearly all of the rulesets break.
func withoutNever(text string) string {
	if i := strings.Index(text, `, "never"`); i >= 0 {
		return text[:i] + "}"
	}
	return text
}

// turned exchanges permits and forbids.
func turned(text string) string {
	return strings.NewReplacer(`"permit": [`, `"forbid": [`, `"forbid": [`, `"permit": [`, `"reason": `,
		`"advice": `).Replace(text)
}

// worstWork lists the functions that search.
var worstWork = []struct {
	name string
	of   func(tb testing.TB, text string) func()
}{
	{"Compile", func(_ testing.TB, text string) func() { return func() { Compile([]byte(text)) } }},
	{"Check", func(_ testing.TB, text string) func() { return func() { Check([]byte(text)) } }},
	{"Diff", func(tb testing.TB, text string) func() {
		before, after := mustCompile(tb, withoutNever(text)), mustCompile(tb, turned(withoutNever(text)))
		return func() { Diff(before, after) }
	}},
	{"Explain", func(tb testing.TB, text string) func() {
		rules := mustCompile(tb, withoutNever(text))
		req, err := rules.Decode([]byte(plainRequest))
		if err != nil {
			tb.Fatal(err)
		}
		return func() { rules.Explain("reddit", req) }
	}},
	{"Test", func(tb testing.TB, text string) func() {
		rules := mustCompile(tb, withoutNever(text))
		return func() { rules.Test() }
	}},
}

// BenchmarkWorstRuleset measures the functions that search on the worst rulesets.
func BenchmarkWorstRuleset(b *testing.B) {
	for _, c := range worstRulesets() {
		for _, w := range worstWork {
			b.Run(strings.ReplaceAll(c.name, " ", "-")+"/"+w.name, func(b *testing.B) {
				work := w.of(b, c.text)
				b.ReportAllocs()
				for b.Loop() {
					work()
				}
			})
		}
	}
}
