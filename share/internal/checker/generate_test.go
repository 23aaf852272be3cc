package checker

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// An axis is what a request may say about one of its members, in JSON. The first
// option is that it says nothing.
type axis struct {
	member  string
	options []string
	kind    byte
	words   []string // of a text with a closed set
	facts   []string // that follow from the member; nil is its own
}

// alphabet are the texts that rulesets compare with; requests also have others.
var (
	alphabet = []string{"a", "ab", "abc", "b", "ba", "bx", "sky"}
	moments  = []string{"2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z", "2026-01-02T01:00:00.5+01:00"}
	between  = []string{"2025-12-31T23:59:59.999Z", "2026-01-01T06:00:00Z", "2026-01-02T00:00:00.501Z"}
	constant = []string{"0", "1", "0.1", "0.10000000000000002", "-1", "2.5", "100", "4503599627370496", "4503599627370497"}
	counts   = []string{"0", "1", "2", "5"}
)

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func quoted(list ...string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = quote(s)
	}
	return out
}

func texted(member string, more ...string) axis {
	return axis{member: member, kind: texts, options: append([]string{""}, quoted(append(more, "a", "ab", "abc", "b",
		"ba", "by", "sky", "xa")...)...)}
}

func worded(member string, words ...string) axis {
	return axis{member: member, kind: texts, words: words, options: append([]string{""}, quoted(words...)...)}
}

func axisOf(member string, kind byte, options ...string) axis {
	return axis{member: member, kind: kind, options: append([]string{""}, options...)}
}

// axes are what rulesets here are about.
var axes = []axis{
	texted("content.title"), texted("content.id"), texted("viewer.id", "u-1", "u-2", "u-3"),
	texted("content.attributes.topic", ""),
	axisOf("content.url", texts, quoted("http://a/", "https://a.example/", "https://a.example/b?c=d", "https://b.example/a")...),
	worded("content.kind", "story", "video", "photo", "live", "post", "link"),
	worded("viewer.role", "owner", "friend", "follower", "public"),
	worded("content.visibility", "public", "friends", "private"),
	worded("content.attributes.tier", "gold", "silver"), worded("device.platform", "ios", "android", "desktop"),
	axisOf("content.downloadable", truths, "true", "false"), axisOf("device.share", truths, "true", "false"),
	axisOf("viewer.attributes.first", truths, "true", "false"),
	axisOf("viewer.attributes.n", numbers, "-1", "0", "0.1", "0.10000000000000002", "0.5", "1", "5", "4503599627370496",
		"4503599627370497", "9007199254740991", "1e-305"),
	axisOf("content.attributes.m", numbers, "-2.5", "0", "0.1", "1", "2.5", "3", "100"),
	axisOf("now", times, quoted(append(moments, between...)...)...),
	axisOf("content.createdAt", times, quoted(append(moments, between...)...)...),
	axisOf("content.expiresAt", times, quoted(append(moments, between...)...)...),
	axisOf("viewer.attributes.since", times, quoted(append(moments, between...)...)...),
	axisOf("content.tags", list, `[]`, `["a"]`, `["b"]`, `["ab", "sky"]`, `["a", "a"]`, `["ba", "b", "a"]`, `["by"]`),
	axisOf("viewer.attributes.badges", list, `[]`, `[""]`, `["a"]`, `["ab"]`, `["sky", "b"]`, `["x"]`),
	{member: "content.media", facts: []string{"content.media.count", "content.media.types", "content.media.bytes",
		"content.media.width", "content.media.height", "content.media.durationSeconds"},
		options: []string{"", `[]`, `[{}]`, `[{"type": "Video/MP4", "bytes": 5, "width": 1}]`, `[{"type": "image/png"}, {}]`,
			`[{"type": "a/ab", "bytes": 0, "width": 2, "height": 1, "durationSeconds": 0.5}]`,
			`[{"type": "image/png", "bytes": 1, "durationSeconds": 1}, {"type": "video/mp4", "bytes": 6, "width": 2, "durationSeconds": 5.5}]`,
			`[{"width": 5}, {"bytes": 2}, {}]`}},
	axisOf("viewer.region", texts, quoted("SY", "DE", "FR", "GB", "US", "NG", "JP")...),
	axisOf("viewer.locale", texts, quoted("ar", "AR", "ar-Arab-SY", "de-DE", "de-Latn-DE", "de-x-DE", "en-GB", "rm-Latn-CH")...),
}

// declared is how a ruleset declares a fact.
var declared = map[string]string{
	"content.attributes.topic": `{"type": "text"}`, "content.attributes.tier": `{"type": "text", "values": ["gold", "silver"]}`,
	"content.attributes.m": `{"type": "number"}`, "viewer.attributes.n": `{"type": "number"}`,
	"viewer.attributes.since": `{"type": "time"}`, "viewer.attributes.badges": `{"type": "texts"}`,
	"viewer.attributes.first": `{"type": "boolean"}`,
}

// A maker makes rulesets about a few axes, and requests.
type maker struct {
	*rand.Rand
	axes  []*axis
	facts map[byte][]string // by kind
	words map[string][]string
}

// newMaker draws what a ruleset is about. It depends on the seed and on the number
// of the ruleset alone.
func newMaker(seed, number uint64) *maker {
	g := &maker{Rand: rand.New(rand.NewPCG(seed, number)), facts: map[byte][]string{}, words: map[string][]string{}}
	for _, i := range g.Perm(len(axes))[:1+g.IntN(4)] {
		a := &axes[i]
		g.axes = append(g.axes, a)
		names := a.facts
		if names == nil {
			names = []string{a.member}
		}
		for _, name := range names {
			kind := facts[factOf[name]].kind
			g.facts[kind] = append(g.facts[kind], name)
			if a.words != nil {
				g.words[name] = a.words
			}
		}
	}
	return g
}

func (g *maker) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g *maker) chance(percent int) bool { return g.IntN(100) < percent }

func object(op string, args ...string) string {
	return `{"` + op + `": [` + strings.Join(args, ", ") + `]}`
}

func variable(name string) string { return `{"var": "` + name + `"}` }

// some gives up to three of a list, and one at least.
func (g *maker) some(list []string) []string {
	n := 1 + g.IntN(min(3, len(list)))
	out := make([]string, n)
	for i, k := range g.Perm(len(list))[:n] {
		out[i] = list[k]
	}
	return out
}

func (g *maker) array(list []string) string { return "[" + strings.Join(g.some(list), ", ") + "]" }

// condition makes a condition.
func (g *maker) condition(depth int) string {
	if depth > 0 && g.chance(75) {
		inner := func() string { return g.condition(depth - 1) }
		switch g.IntN(9) {
		case 0, 1, 2:
			return object("and", inner(), inner())
		case 3, 4:
			return object("or", inner(), inner())
		case 5:
			return object("or", inner(), inner(), inner())
		case 6:
			return `{"!": ` + inner() + `}`
		case 7:
			if g.chance(30) {
				return object("if", inner(), inner(), inner(), inner(), inner())
			}
			return object("if", inner(), inner(), inner())
		}
		return object(g.pick("===", "!=="), inner(), inner())
	}
	for {
		if c := g.atom(depth); c != "" {
			return c
		}
	}
}

// atom makes a condition about one or two facts; "" where there are none for the
// one that was drawn.
func (g *maker) atom(depth int) string {
	any := func(kind byte) string {
		if len(g.facts[kind]) == 0 {
			return ""
		}
		return g.pick(g.facts[kind]...)
	}
	var all []string
	for _, kind := range []byte{truths, numbers, texts, times, list} {
		all = append(all, g.facts[kind]...)
	}
	switch g.IntN(24) {
	case 0:
		return `{"known": "` + g.pick(all...) + `"}`
	case 1:
		names := quoted(g.some(all)...)
		missing := g.pick(object("missing", names...), object("missing_some", "1", "["+strings.Join(names, ", ")+"]"),
			object("missing_some", strconv.Itoa(1+g.IntN(len(names))), "["+strings.Join(names, ", ")+"]"))
		if g.chance(50) {
			return object("in", g.pick(names...), missing)
		}
		return object(g.pick("all", "some", "none"), missing, g.element(alphabet))
	case 2:
		if g.chance(25) {
			return g.pick("true", "false")
		}
		return g.pick(`{"===": [{"var": "target.id"}, "friends"]}`, `{"===": [{"var": "target.category"}, "own"]}`,
			`{"in": [{"var": "target.surface"}, ["delete", "x"]]}`, `{"===": [{"var": "target.network"}, "content"]}`)
	case 3:
		if slices.Contains(all, "viewer.id") || slices.Contains(all, "viewer.attributes.first") || slices.Contains(all, "now") {
			return `{"rollout": "` + g.pick(g.rollouts()...) + `"}`
		}
	case 4, 5:
		if f := any(truths); f != "" {
			return variable(f)
		}
	case 6, 7, 8, 9:
		if any(numbers) != "" {
			return g.numbers(depth)
		}
	case 10, 11, 12:
		if f := any(times); f != "" {
			return g.times(f, any)
		}
	case 13, 14, 15:
		if f := any(list); f != "" {
			return g.list(f, any)
		}
	default:
		if f := any(texts); f != "" {
			return g.texts(f, any, depth)
		}
	}
	return ""
}

// rollouts are those that a ruleset has which is about the axes.
func (g *maker) rollouts() []string {
	names := []string{"half", "few", "late", "none", "all"}
	if len(g.facts[truths]) > 0 && slices.Contains(g.facts[truths], "viewer.attributes.first") {
		names = append(names, "flag")
	}
	return names
}

// texts makes a condition about a text.
func (g *maker) texts(f string, any func(kind byte) string, depth int) string {
	switch f {
	case "viewer.region":
		if g.chance(80) {
			return object("region", variable(f), g.array(quoted("SY", "DE", "150", "142", "EU", "US", "001", "155", "019")))
		}
	case "viewer.locale":
		if g.chance(70) {
			return object("locale", variable(f), g.array(quoted("ar", "de-DE", "*", "*-CH", "de-*-DE", "en", "DE", "*-sy")))
		}
	}
	values := alphabet
	switch {
	case g.words[f] != nil:
		values = g.words[f]
	case f == "content.url":
		values = []string{"http://a/", "https://a.example/", "https://"}
	case f == "viewer.locale":
		values = []string{"ar", "de-DE", "AR", "en"}
	case f == "viewer.region":
		values = []string{"SY", "DE"}
	}
	constant := quote(g.pick(values...))
	v := variable(f)
	if depth > 0 && g.chance(10) && g.words[f] == nil {
		v = object("if", g.condition(0), v, g.pick(constant, variable(any(texts))))
	}
	if g.words[f] != nil && g.chance(85) {
		return g.pick(object(g.pick("===", "!=="), v, constant), object("in", v, g.array(quoted(values...))))
	}
	if g.words[f] != nil {
		return object(g.pick("starts_with", "ends_with"), v, quote(g.pick("p", "s", "o", "y", "friend", "")))
	}
	other := constant
	if g.chance(8) {
		if o := any(texts); g.words[o] == nil && o != f {
			other = variable(o)
		}
	}
	switch g.IntN(7) {
	case 0:
		return object("starts_with", v, other)
	case 1:
		return object("ends_with", v, other)
	case 2:
		return object("in", v, g.array(quoted(values...)))
	case 3:
		return object("in", other, v)
	case 4:
		if f != "content.url" {
			return object(g.pick("starts_with", "ends_with", "in"), quote(g.pick("abc", "sky", "ab", "ba")), v)
		}
		return object("in", v, quote("https://a.example/b"))
	}
	return object(g.pick("===", "!=="), v, other)
}

// element makes a condition about an element of a list.
func (g *maker) element(values []string) string {
	each, constant := `{"var": ""}`, quote(g.pick(values...))
	one := func() string {
		switch g.IntN(6) {
		case 0, 1:
			return object(g.pick("===", "!=="), each, constant)
		case 2:
			return object("in", each, g.array(quoted(values...)))
		case 3:
			return object("in", quote(g.pick("a", "b", "k")), each)
		}
		return object(g.pick("starts_with", "ends_with"), each, quote(g.pick("a", "b", "ab")))
	}
	switch g.IntN(6) {
	case 0:
		return object("and", one(), one())
	case 1:
		return `{"!": ` + one() + `}`
	case 2:
		return object("or", one(), one())
	}
	return one()
}

func (g *maker) list(f string, any func(kind byte) string) string {
	values := alphabet
	switch f {
	case "content.media.types":
		values = []string{"video/mp4", "Image/PNG", "a/ab"}
	case "viewer.attributes.badges":
		values = append([]string{""}, alphabet...)
	}
	if g.chance(35) {
		if t := any(texts); t != "" && g.chance(20) && g.words[t] == nil {
			return object("in", variable(t), variable(f))
		}
		return object("in", quote(g.pick(values...)), variable(f))
	}
	return object(g.pick("all", "some", "none"), variable(f), g.element(values))
}

func (g *maker) times(f string, any func(kind byte) string) string {
	other := quote(g.pick(moments...))
	if g.chance(25) {
		if o := any(times); o != f {
			other = variable(o)
		}
	}
	if g.chance(30) {
		return object(g.pick("<", "<=", ">", ">=", "==="), object("age", variable(f)), g.pick("0", "3600", "43200.5", "-60", "86400"))
	}
	if g.chance(30) {
		return object(g.pick("===", "!=="), variable(f), other)
	}
	if g.chance(30) && other[0] == '"' {
		return object(g.pick("before", "after"), other, variable(f))
	}
	return object(g.pick("before", "after"), variable(f), other)
}

func (g *maker) numbers(depth int) string {
	f := g.pick(g.facts[numbers]...)
	values := constant
	if strings.HasPrefix(f, "content.media.") {
		values = counts
	}
	switch g.IntN(8) {
	case 0:
		return object("in", g.term(f, values, depth), g.array(values))
	case 1:
		a, b := g.pick(values...), g.pick(values...)
		return object(g.pick("<", "<="), a, variable(f), b)
	case 2:
		return object(g.pick("<", "<=", ">", ">=", "===", "!=="), g.pick(values...), g.term(f, values, depth))
	case 3:
		return object(g.pick("all", "some", "none"), g.array(values), object(g.pick("<", ">=", "==="), `{"var": ""}`, g.pick(values...)))
	}
	return object(g.pick("<", "<=", ">", ">=", "===", "!=="), g.term(f, values, depth), g.pick(values...))
}

// term makes a number of a fact.
func (g *maker) term(f string, values []string, depth int) string {
	v := variable(f)
	if g.chance(70) {
		return v
	}
	by := g.pick("2", "0.5", "3", "-1", "10")
	if other := g.pick(g.facts[numbers]...); other != f && g.chance(25) {
		by = variable(other)
	}
	switch g.IntN(7) {
	case 0:
		return object(g.pick("+", "*", "min", "max"), v, by)
	case 1:
		return object("-", v, by)
	case 2:
		return object("-", v)
	case 3:
		return object(g.pick("/", "%"), v, by)
	case 4:
		return object("/", g.pick("1", "-2"), v)
	case 5:
		if depth > 0 {
			return object("if", g.condition(0), v, g.pick(values...))
		}
	}
	return object("+", object("*", v, g.pick("2", "0.1")), by)
}

var everyTarget = []string{"friends", "content.delete", "content.privacy"}

// rule makes a rule.
func (g *maker) rule(id string, permit bool) string {
	effect := "forbid"
	if permit {
		effect = "permit"
	}
	b := `{"id": "` + id + `", "` + effect + `": ["` + strings.Join(g.some(everyTarget), `", "`) + `"]`
	if g.chance(92) {
		b += `, "when": ` + g.condition(g.IntN(4))
	}
	if g.chance(12) {
		b += `, "rollout": "` + g.pick(g.rollouts()...) + `"`
	}
	return b + "}"
}

// A draft is a ruleset in parts.
type draft struct {
	facts    string
	rollouts map[string]string
	rules    []string
	never    []string
}

var rollouts = map[string]string{
	"half": `{"percent": 50, "hash": "flagd-v2"}`, "few": `{"percent": 5, "hash": "flagd-v2", "salt": "half"}`,
	"late": `{"percent": 50, "hash": "flagd-v2", "salt": "x", "from": "2026-01-01T00:00:00Z", "until": "2026-01-02T01:00:00.5+01:00"}`,
	"none": `{"percent": 0, "hash": "flagd-v2", "until": "2026-01-01T12:00:00Z"}`,
	"all":  `{"percent": 100, "hash": "flagd-v2", "from": "2026-01-01T12:00:00Z"}`,
	"flag": `{"fact": "viewer.attributes.first"}`,
}

func (g *maker) draft() draft {
	d := draft{rollouts: map[string]string{}}
	var facts []string
	for _, a := range g.axes {
		if declared[a.member] != "" {
			facts = append(facts, quote(a.member)+": "+declared[a.member])
		}
	}
	d.facts = strings.Join(facts, ", ")
	for _, name := range g.rollouts() {
		d.rollouts[name] = rollouts[name]
	}
	for i := range 1 + g.IntN(5) {
		d.rules = append(d.rules, g.rule("r"+strconv.Itoa(i), i == 0 || g.chance(50)))
	}
	for i := range 1 + g.IntN(3) {
		d.never = append(d.never, `{"id": "n`+strconv.Itoa(i)+`", "targets": ["`+strings.Join(g.some(everyTarget), `", "`)+
			`"], "when": `+g.condition(g.IntN(3))+`}`)
	}
	return d
}

// text writes a ruleset.
func (d draft) text(never []string) string {
	var list []string
	for _, name := range []string{"half", "few", "late", "none", "all", "flag"} {
		if d.rollouts[name] != "" {
			list = append(list, `"`+name+`": `+d.rollouts[name])
		}
	}
	text := `{"sharewise": 1, "id": "made", "facts": {` + d.facts + `},
"rollouts": {` + strings.Join(list, ",\n") + `},
"rules": [` + strings.Join(d.rules, ",\n") + `]`
	if len(never) > 0 {
		text += `,
"never": [` + strings.Join(never, ",\n") + `]`
	}
	return text + "}"
}

// changed gives a ruleset with one thing in it changed.
func (g *maker) changed(d draft) draft {
	d.rules = slices.Clone(d.rules)
	i := g.IntN(len(d.rules))
	switch g.IntN(5) {
	case 0:
		d.rules = append(d.rules, g.rule("new", g.chance(50)))
	case 1:
		if len(d.rules) > 1 {
			d.rules = slices.Delete(d.rules, i, i+1)
		}
	case 2:
		d.rules[i] = strings.NewReplacer(`"permit"`, `"forbid"`, `"forbid"`, `"permit"`).Replace(d.rules[i])
	case 3:
		d.rollouts = map[string]string{}
		for name, text := range rollouts {
			if slices.Contains(g.rollouts(), name) {
				d.rollouts[name] = strings.Replace(text, `"percent": 50`, `"percent": 60`, 1)
			}
		}
	default:
		d.rules[i] = g.rule("r"+strconv.Itoa(i), g.chance(50))
	}
	return d
}

// A made request is one of a grid.
type made struct {
	text  []byte
	facts []value
}

// grid gives the requests of a ruleset: all combinations of the options of its
// axes, or, of very many, some.
func (g *maker) grid(most int) (all []made) {
	count := 1
	for _, a := range g.axes {
		count *= len(a.options)
	}
	add := func(n int) {
		request := map[string]any{}
		for _, a := range g.axes {
			option := a.options[n%len(a.options)]
			n /= len(a.options)
			if option != "" {
				put(request, a.member, option)
			}
		}
		text, _ := json.Marshal(request)
		m := made{text, factsOf(request)}
		created, expires := m.facts[factOf["content.createdAt"]], m.facts[factOf["content.expiresAt"]]
		if !created.known || !expires.known || created.num < expires.num { // others are refused
			all = append(all, m)
		}
	}
	if count <= most {
		for n := range count {
			add(n)
		}
		return all
	}
	add(0)
	for range most {
		add(g.IntN(count))
	}
	return all
}

func put(request map[string]any, member, option string) {
	steps := strings.Split(member, ".")
	for _, step := range steps[:len(steps)-1] {
		next, ok := request[step].(map[string]any)
		if !ok {
			next = map[string]any{}
			request[step] = next
		}
		request = next
	}
	var v any
	if err := json.Unmarshal([]byte(option), &v); err != nil {
		panic(err)
	}
	request[steps[len(steps)-1]] = v
}
