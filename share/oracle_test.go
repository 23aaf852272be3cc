package share

import (
	"encoding/json"
	"flag"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// The oracle is a second engine, as slow and as obvious as can be: it walks
// every rule for every target over what encoding/json gives, straight from the
// definition of the language, and shares no code with the compiled program but
// the tables of targets, areas and locales.

var pairs = flag.Int("pairs", 20000, "pairs of ruleset and request that the oracle checks")

type oracle struct {
	rules   map[string]any
	request map[string]any
	target  *Target
	each    any
	waiting bool // rollouts are open until they end
	rolled  bool // a rollout was read
}

// unknown is nil.

func (o *oracle) fact(name string) any {
	if rest, ok := strings.CutPrefix(name, "target."); ok {
		id := o.target.ID
		network, surface, _ := strings.Cut(id, ".")
		return map[string]any{"id": id, "network": network, "surface": surface, "category": o.target.Category}[rest]
	}
	if rest, ok := strings.CutPrefix(name, "content.media."); ok {
		content, _ := o.request["content"].(map[string]any)
		files, ok := content["media"].([]any)
		if !ok {
			return nil
		}
		var types []any
		var largest any
		for i, f := range files {
			file := f.(map[string]any)
			switch v := file[rest]; rest {
			case "width", "height":
				if i == 0 {
					return v
				}
			case "bytes", "durationSeconds":
				if v == nil {
					return nil
				}
				if largest == nil || v.(float64) > largest.(float64) {
					largest = v
				}
			case "types":
				if file["type"] == nil {
					return nil
				}
				types = append(types, file["type"])
			}
		}
		switch rest {
		case "count":
			return float64(len(files))
		case "types":
			if types == nil {
				types = []any{}
			}
			return types
		}
		return largest
	}
	var at any = o.request
	for _, step := range strings.Split(name, ".") {
		m, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = m[step]
	}
	typ := ""
	if declared, ok := o.rules["facts"].(map[string]any); ok {
		if f, ok := declared[name].(map[string]any); ok {
			typ = f["type"].(string)
		}
	}
	if s, ok := at.(string); ok && (typ == "time" || slices.Contains([]string{"now", "content.createdAt", "content.expiresAt"}, name)) {
		return oracleTime(s)
	}
	if s, ok := at.(string); ok && s == "" {
		return nil
	}
	return at
}

func oracleTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func (o *oracle) eval(c any) any {
	m, ok := c.(map[string]any)
	if !ok {
		return c
	}
	for name, value := range m {
		args, ok := value.([]any)
		if !ok {
			args = []any{value}
		}
		return o.operate(name, args)
	}
	panic("empty")
}

func (o *oracle) operate(name string, args []any) any {
	switch name {
	case "var":
		if args[0] == "" {
			return o.each
		}
		return o.fact(args[0].(string))
	case "known":
		return o.fact(args[0].(string)) != nil
	case "and", "or":
		result := any(name == "and")
		for _, a := range args {
			switch v := o.eval(a); v {
			case nil:
				result = nil
			case name == "or":
				return v
			}
		}
		return result
	case "!":
		if v := o.eval(args[0]); v != nil {
			return !v.(bool)
		}
		return nil
	case "if":
		if len(args) == 1 {
			return o.eval(args[0])
		}
		then, otherwise := o.eval(args[1]), o.operate("if", args[2:])
		switch o.eval(args[0]) {
		case true:
			return then
		case false:
			return otherwise
		}
		if _, list := then.([]any); !list && then == otherwise {
			return then
		}
		return nil
	case "all", "some", "none":
		list, ok := o.eval(args[0]).([]any)
		if !ok {
			return nil
		}
		if len(list) == 0 {
			return name == "none"
		}
		result := any(name != "some")
		for _, o.each = range list {
			v := o.eval(args[1])
			if v == nil {
				result = nil
			} else if v == (name != "all") {
				return name == "some"
			}
		}
		return result
	case "missing", "missing_some":
		names, need := args, math.Inf(1)
		if name == "missing_some" {
			need, names = args[0].(float64), args[1].([]any)
		}
		gone := []any{}
		for _, n := range names {
			if o.fact(n.(string)) == nil {
				gone = append(gone, n)
			}
		}
		if float64(len(names)-len(gone)) >= need {
			return []any{}
		}
		return gone
	case "rollout":
		return o.rollout(args[0].(string))
	case "age":
		args = []any{map[string]any{"var": "now"}, args[0]}
	}
	values := make([]any, len(args))
	for i := range args {
		if values[i] = o.eval(args[i]); values[i] == nil && len(args) < 3 || values[i] == nil && name != "<" && name != "<=" {
			return nil
		}
	}
	if (name == "<" || name == "<=") && len(args) == 3 {
		return o.operate("and", []any{map[string]any{name: args[:2]}, map[string]any{name: args[1:]}})
	}
	moment := func(i int) time.Time {
		if s, ok := values[i].(string); ok {
			return oracleTime(s)
		}
		return values[i].(time.Time)
	}
	number := func(i int) float64 { return values[i].(float64) }
	isTime := false
	for _, v := range values {
		if _, ok := v.(time.Time); ok {
			isTime = true
		}
	}
	switch name {
	case "===", "!==":
		same := false
		if isTime {
			same = moment(0).Equal(moment(1))
		} else {
			same = values[0] == values[1]
		}
		return same == (name == "===")
	case "<":
		return number(0) < number(1)
	case "<=":
		return number(0) <= number(1)
	case ">":
		return number(0) > number(1)
	case ">=":
		return number(0) >= number(1)
	case "before":
		return moment(0).Before(moment(1))
	case "after":
		return moment(0).After(moment(1))
	case "age":
		return float64(moment(0).UnixMilli()-moment(1).UnixMilli()) / 1000
	case "in":
		return slices.Contains(values[1].([]any), values[0])
	case "starts_with":
		return strings.HasPrefix(values[0].(string), values[1].(string))
	case "ends_with":
		return strings.HasSuffix(values[0].(string), values[1].(string))
	case "region":
		return slices.ContainsFunc(values[1].([]any), func(c any) bool { return inArea(values[0].(string), c.(string)) })
	case "locale":
		return slices.ContainsFunc(values[1].([]any), func(c any) bool {
			tag, pattern := strings.ToLower(values[0].(string)), strings.ToLower(c.(string))
			return pattern == "*" || tag == pattern || strings.HasPrefix(tag, pattern+"-")
		})
	case "/":
		return oracleNumber(number(0) / number(1))
	case "%":
		return oracleNumber(math.Mod(number(0), number(1)))
	}
	sum := number(0)
	if name == "-" && len(values) == 1 {
		return -sum
	}
	for i := range values[1:] {
		switch n := number(i + 1); name {
		case "+":
			sum += n
		case "-":
			sum -= n
		case "*":
			sum *= n
		case "min":
			sum = min(sum, n)
		case "max":
			sum = max(sum, n)
		}
	}
	return oracleNumber(sum)
}

// oracleNumber is unknown where a calculation has no finite result.
func oracleNumber(n float64) any {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil
	}
	return n
}

func (o *oracle) rollout(name string) any {
	o.rolled = true
	ro := o.rules["rollouts"].(map[string]any)[name].(map[string]any)
	now := o.fact("now")
	bound := func(name string, otherwise bool, test func(t, now time.Time) bool) any {
		s, ok := ro[name].(string)
		switch {
		case !ok:
			return otherwise
		case now == nil:
			return nil
		}
		return test(oracleTime(s), now.(time.Time))
	}
	until := bound("until", true, func(t, now time.Time) bool { return now.Before(t) })
	if o.waiting {
		return until
	}
	if fact, ok := ro["fact"].(string); ok {
		return o.fact(fact)
	}
	from := bound("from", true, func(t, now time.Time) bool { return !now.Before(t) })
	percent := ro["percent"].(float64)
	in := any(nil)
	if id, ok := o.fact("viewer.id").(string); ok {
		salt, given := ro["salt"].(string)
		if !given {
			salt = name
		}
		in = float64(uint64(oracleMurmur(salt+id))*100000>>32) < math.Round(percent*1000)
	} else if percent == 0 || percent == 100 {
		in = percent == 100
	}
	return o.operate("and", []any{from, until, in})
}

// oracleMurmur is MurmurHash3 x86 32-bit with seed 0, as its author wrote it.
func oracleMurmur(s string) uint32 {
	rotl := func(x uint32, r uint) uint32 { return x<<r | x>>(32-r) }
	h, data := uint32(0), []byte(s)
	for len(data) >= 4 {
		k := uint32(data[0]) | uint32(data[1])<<8 | uint32(data[2])<<16 | uint32(data[3])<<24
		h = rotl(h^rotl(k*0xcc9e2d51, 15)*0x1b873593, 13)*5 + 0xe6546b64
		data = data[4:]
	}
	k := uint32(0)
	for i := len(data) - 1; i >= 0; i-- {
		k = k<<8 | uint32(data[i])
	}
	h ^= rotl(k*0xcc9e2d51, 15) * 0x1b873593
	h ^= uint32(len(s))
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

// verdict walks the rules for one target.
func (o *oracle) verdict(t *Target) Verdict {
	o.target = t
	forbidden, permitted, wait := false, false, false
	for _, u := range o.rules["rules"].([]any) {
		u := u.(map[string]any)
		list, permit := u["permit"].([]any)
		if !permit {
			list = u["forbid"].([]any)
		}
		if !slices.Contains(list, any(t.ID)) && !slices.Contains(list, any("*")) {
			continue
		}
		ask := func(waiting bool) any {
			o.waiting, o.rolled = waiting, false
			var parts []any
			if w, ok := u["when"]; ok {
				parts = append(parts, w)
			}
			if name, ok := u["rollout"].(string); ok {
				parts = append(parts, map[string]any{"rollout": name})
			}
			return o.operate("and", parts)
		}
		holds := ask(false)
		switch {
		case !permit:
			forbidden = forbidden || holds != false
		case holds == true:
			permitted = true
		default:
			text, _ := json.Marshal(u)
			if strings.Contains(string(text), `"rollout"`) {
				wait = wait || ask(true) == true
			}
		}
	}
	switch {
	case forbidden:
		return Forbidden
	case permitted:
		return Permitted
	case wait:
		return NotYet
	}
	return NotPermitted
}

// A maker makes random rulesets and requests that are well typed.
type maker struct{ *rand.Rand }

func pick[T any](g maker, list ...T) T { return list[g.IntN(len(list))] }

func (g maker) quoted(s string) string { return string(AppendQuote(nil, s)) }

func (g maker) op(name string, args ...string) string {
	return `{"` + name + `": [` + strings.Join(args, ", ") + `]}`
}

func (g maker) name(s string) string { return `{"var": "` + s + `"}` }

var (
	madeTexts   = []string{"content.title", "content.kind", "viewer.role", "content.visibility", "viewer.locale", "content.attributes.topic", "content.attributes.tier", "target.id", "target.network", "target.category", "viewer.id"}
	madeNumbers = []string{"content.media.count", "content.media.bytes", "content.media.width", "content.media.height", "content.media.durationSeconds", "viewer.attributes.score"}
	madeTimes   = []string{"now", "content.createdAt", "content.expiresAt", "viewer.attributes.since"}
	madeBools   = []string{"content.downloadable", "device.share", "device.inAppBrowser", "content.attributes.sponsored"}
	madeLists   = []string{"content.tags", "content.media.types", "viewer.attributes.badges"}
	madeWords   = map[string][]string{"content.kind": kindValues, "viewer.role": roleValues, "content.visibility": visibilityValues, "content.attributes.tier": {"gold", "silver"}, "viewer.locale": {"ar", "ar-SY", "en", "en-GB"}, "viewer.id": {"u-1", "u-2", "ليلى"}, "target.id": {"reddit", "x"}, "target.network": {"instagram", "x"}, "target.category": {"social", "story"}}
	madeTexture = []string{"a", "ab", "abc", "b", "sky", ""}
	madeMoments = []string{"2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z", "2026-01-02T00:00:00.5Z", "2025-06-01T00:00:00+02:00"}
)

func (g maker) text(depth int) string {
	if depth > 0 && g.IntN(8) == 0 {
		return g.op("if", g.truth(depth-1), g.text(depth-1), g.text(depth-1))
	}
	return g.name(pick(g, "content.title", "content.attributes.topic", "viewer.locale"))
}

func (g maker) number(depth int) string {
	if depth > 0 && g.IntN(3) == 0 {
		switch g.IntN(4) {
		case 0:
			return g.op("if", g.truth(depth-1), g.number(depth-1), g.number(depth-1))
		case 1:
			return g.op("-", g.number(depth-1))
		case 2:
			by := pick(g, "2", "3", g.number(depth-1))
			if by == "0" { // refused
				by = "0.5"
			}
			return g.op(pick(g, "/", "%", "-"), g.number(depth-1), by)
		}
		return g.op(pick(g, "+", "*", "min", "max"), g.number(depth-1), g.number(depth-1), pick(g, "1", "0.5"))
	}
	if g.IntN(4) == 0 {
		return g.op("age", g.name(pick(g, madeTimes...)))
	}
	if g.IntN(6) == 0 {
		return pick(g, "0", "1", "1000", "86400", "0.25")
	}
	return g.name(pick(g, madeNumbers...))
}

func (g maker) list(depth int) string {
	switch g.IntN(6) {
	case 0:
		return `["a", "sky"]`
	case 1:
		return g.op("missing", `"content.kind"`, `"viewer.role"`, `"content.title"`)
	case 2:
		return g.op("missing_some", "1", `["content.kind", "viewer.role"]`)
	}
	return g.name(pick(g, madeLists...))
}

func (g maker) truth(depth int) string {
	if depth > 0 && g.IntN(2) == 0 {
		switch g.IntN(7) {
		case 0, 1:
			return g.op("and", g.truth(depth-1), g.truth(depth-1), g.truth(depth-1))
		case 2, 3:
			return g.op("or", g.truth(depth-1), g.truth(depth-1))
		case 4:
			return g.op("!", g.truth(depth-1))
		case 5:
			return g.op(pick(g, "===", "!=="), g.truth(depth-1), g.truth(depth-1))
		}
		return g.op("if", g.truth(depth-1), g.truth(depth-1), g.truth(depth-1))
	}
	switch g.IntN(16) {
	case 0:
		return pick(g, "true", "false")
	case 1:
		return g.name(pick(g, madeBools...))
	case 2:
		return `{"known": "` + pick(g, pick(g, madeTexts...), pick(g, madeTimes...), pick(g, madeNumbers...)) + `"}`
	case 3:
		return g.op("rollout", g.quoted(pick(g, "r", "s", "none", "all", "flag")))
	case 4:
		return g.op("region", g.name("viewer.region"), pick(g, `["SY", "DE"]`, `["150"]`, `["001"]`, `["EU", "142"]`))
	case 5:
		return g.op("locale", g.name("viewer.locale"), pick(g, `["ar"]`, `["en-GB", "de"]`, `["*"]`))
	case 6:
		return g.op(pick(g, "starts_with", "ends_with"), g.text(depth), g.quoted(pick(g, madeTexture...)))
	case 7:
		return g.op("in", g.quoted(pick(g, madeTexture...)), g.list(depth))
	case 8:
		body := pick(g, g.op("===", g.name(""), `"sky"`), g.op("starts_with", g.name(""), `"a"`), g.op("in", g.name(""), `["a", "b"]`))
		return g.op(pick(g, "all", "some", "none"), g.list(depth), body)
	case 9, 10:
		return g.op(pick(g, "before", "after", "===", "!=="), g.name(pick(g, madeTimes...)), pick(g, g.name(pick(g, madeTimes...)), g.quoted(pick(g, madeMoments...))))
	case 11:
		if g.IntN(2) == 0 {
			return g.op(pick(g, "<", "<="), pick(g, "0", "1"), g.number(depth), g.number(depth))
		}
		return g.op(pick(g, "<", "<=", ">", ">=", "===", "!=="), g.number(depth), g.number(depth))
	case 12:
		return g.op("in", g.number(depth), "[0, 1, 100]")
	}
	f := pick(g, madeTexts...)
	values := madeWords[f]
	if values == nil {
		values = madeTexture
	}
	if g.IntN(3) == 0 {
		return g.op("in", g.name(f), "["+g.quoted(pick(g, values...))+", "+g.quoted(pick(g, values...))+"]")
	}
	return g.op(pick(g, "===", "!=="), g.name(f), g.quoted(pick(g, values...)))
}

func (g maker) ruleset() string {
	var b strings.Builder
	b.WriteString(`{"sharewise": 1, "id": "made", "facts": {"content.attributes.topic": {"type": "text"}, "content.attributes.tier": {"type": "text", "values": ["gold", "silver"]},
"viewer.attributes.score": {"type": "number"}, "viewer.attributes.since": {"type": "time"}, "content.attributes.sponsored": {"type": "boolean"}, "viewer.attributes.badges": {"type": "texts"}, "viewer.attributes.first": {"type": "boolean"}},
"rollouts": {"r": {"percent": 30, "hash": "flagd-v2", "salt": "x", "from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}, "s": {"percent": 60.5, "hash": "flagd-v2"}, "none": {"percent": 0, "hash": "flagd-v2", "until": "2026-01-01T12:00:00Z"}, "all": {"percent": 100, "hash": "flagd-v2", "from": "2026-01-01T12:00:00Z"}, "flag": {"fact": "viewer.attributes.first"}},
"rules": [`)
	for i := range 1 + g.IntN(6) {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(`{"id": "` + string(rune('a'+i)) + `", "` + pick(g, "permit", "permit", "forbid") + `": ` + pick(g, `["reddit"]`, `["*"]`, `["x", "instagram.story"]`, `["instagram.story", "reddit", "link.copy"]`))
		if g.IntN(8) > 0 {
			b.WriteString(`, "when": ` + g.truth(g.IntN(4)))
		}
		if g.IntN(5) == 0 {
			b.WriteString(`, "rollout": "` + pick(g, "r", "s", "none", "all", "flag") + `"`)
		}
		b.WriteString("}")
	}
	b.WriteString("]}")
	return b.String()
}

func (g maker) request() string {
	object := func(pairs ...string) string {
		var out []string
		for i := 0; i < len(pairs); i += 2 {
			if g.IntN(4) > 0 {
				out = append(out, `"`+pairs[i]+`": `+pairs[i+1])
			}
		}
		return "{" + strings.Join(out, ", ") + "}"
	}
	word := func(list ...string) string { return g.quoted(pick(g, list...)) }
	truth := func() string { return pick(g, "true", "false") }
	number := func() string { return pick(g, "0", "1", "2", "100", "1000", "86400") }
	var files []string
	for range g.IntN(3) {
		files = append(files, object("type", word("video/mp4", "image/png"), "bytes", number(), "width", number(), "height", number(), "durationSeconds", pick(g, "0.25", "1", "14.5")))
	}
	return object(
		"content", object("kind", word(kindValues...), "visibility", word(visibilityValues...), "title", word("a", "abc", "sky", "other"), "tags", pick(g, `[]`, `["sky"]`, `["a", "b"]`), "downloadable", truth(),
			"createdAt", word("2025-12-31T00:00:00Z", "2025-06-01T00:00:00+02:00", "2024-01-01T00:00:00Z"), "expiresAt", word("2026-01-01T12:00:00Z", "2026-01-02T00:00:00.5Z", "2027-01-01T00:00:00Z"),
			"media", "["+strings.Join(files, ", ")+"]",
			"attributes", object("topic", word("a", "b", "sky"), "tier", word("gold", "silver"), "sponsored", truth())),
		"viewer", object("id", word("u-1", "u-2", "u-3", "u-4", "ليلى", "é", "x"), "role", word(roleValues...), "region", word("SY", "DE", "US", "GB", "AQ"), "locale", word("ar", "ar-SY", "en-gb", "de", "fr"),
			"attributes", object("score", number(), "since", word(madeMoments...), "badges", pick(g, `[]`, `["a"]`, `["sky", "b"]`), "first", truth())),
		"device", object("share", truth(), "inAppBrowser", truth()),
		"now", word(madeMoments...))
}

func TestTheProgramAgreesWithTheOracle(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(1, 2))}
	var counts [6]int
	for n := 0; n < *pairs; {
		text := g.ruleset()
		rules, err := Compile([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		o := &oracle{}
		if err := json.Unmarshal([]byte(text), &o.rules); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			n++
			made := g.request()
			req, err := rules.Decode([]byte(made))
			if err != nil {
				t.Fatalf("%v\n%s", err, made)
			}
			o.request = nil
			if err := json.Unmarshal([]byte(made), &o.request); err != nil {
				t.Fatal(err)
			}
			w := world{req: req, rules: rules}
			s := rules.scratch()
			rules.decide(&w, s)
			for i := range rules.program.targets {
				p := &rules.program.targets[i]
				got, want := p.verdict(s), o.verdict(&targets[p.target])
				counts[got]++
				if got != want {
					t.Fatalf("%s: got %v, want %v\n%s\n%s", targets[p.target].ID, got, want, text, made)
				}
			}
		}
	}
	for v := Permitted; v <= NotYet; v++ {
		if counts[v] == 0 {
			t.Errorf("no verdict was ever %v", v)
		}
	}
	t.Logf("%d pairs; permitted %d, forbidden %d, not permitted %d, not yet %d", *pairs, counts[1], counts[2], counts[3], counts[4])
}
