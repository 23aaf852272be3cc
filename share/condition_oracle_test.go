package share

import (
	"encoding/json"
	"math"
	"reflect"
	"sharewise/share/internal/place"
	"slices"
	"strings"
	"time"
)

// The oracle is a second engine, written directly from the definition of the
// language, slow and simple: it evaluates every rule for every target on values
// of encoding/json. It shares no code with the compiled program except the tables
// of targets and areas.

type oracle struct {
	rules   map[string]any
	request map[string]any
	target  *Target
	each    any
	waiting bool // rollouts are open until they end
	rolled  bool // a rollout was read
}

// The oracle represents unknown by nil.

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
				base, _, _ := strings.Cut(strings.ToLower(file["type"].(string)), ";")
				types = append(types, strings.Replace(base, "image/jpg", "image/jpeg", 1))
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
	if s, ok := at.(string); ok && (typ == "time" ||
		slices.Contains([]string{"now", "content.createdAt", "content.expiresAt"}, name)) {
		return oracleTime(s)
	}
	if s, ok := at.(string); ok && (s == "" || name == "viewer.region" && (s == "XX" || s == "T1")) {
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
		if reflect.DeepEqual(then, otherwise) {
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
		if values[i] = o.eval(args[i]); values[i] == nil && len(args) < 3 || values[i] == nil && name != "<" &&
			name != "<=" {
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
		if s, ok := values[1].(string); ok {
			return s != "" && strings.Contains(s, values[0].(string))
		}
		return slices.Contains(values[1].([]any), values[0])
	case "starts_with":
		return strings.HasPrefix(values[0].(string), values[1].(string))
	case "ends_with":
		return strings.HasSuffix(values[0].(string), values[1].(string))
	case "region":
		return slices.ContainsFunc(values[1].([]any),
			func(c any) bool { return place.InArea(values[0].(string), c.(string)) })
	case "locale":
		return slices.ContainsFunc(values[1].([]any), func(c any) bool {
			tag := strings.Split(strings.ToLower(values[0].(string)), "-")
			want := strings.Split(strings.ToLower(c.(string)), "-")
			return (want[0] == "*" || want[0] == tag[0]) && oracleRange(tag[1:], want[1:])
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

// oracleRange reports whether a tag contains the subtags of a range in order,
// without a singleton between them (RFC 4647 section 3.3.2).
func oracleRange(tag, want []string) bool {
	switch {
	case len(want) == 0:
		return true
	case want[0] == "*":
		return oracleRange(tag, want[1:])
	case len(tag) == 0:
		return false
	case tag[0] == want[0]:
		return oracleRange(tag[1:], want[1:])
	}
	return len(tag[0]) > 1 && oracleRange(tag[1:], want)
}

// oracleNumber returns unknown if a calculation has no finite result.
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

// offered reports whether a permit names a target; "*" in a permit stands for all
// of these.
func (o *oracle) offered(t *Target) bool {
	for _, u := range o.rules["rules"].([]any) {
		if list, ok := u.(map[string]any)["permit"].([]any); ok && slices.Contains(list, any(t.ID)) {
			return true
		}
	}
	return false
}

// concerns reports whether a rule is about a target, and whether it permits.
func (o *oracle) concerns(u map[string]any, t *Target) (concerns, permit bool) {
	list, permit := u["permit"].([]any)
	if !permit {
		list = u["forbid"].([]any)
	}
	return slices.Contains(list, any(t.ID)) || slices.Contains(list, any("*")) && (!permit || o.offered(t)), permit
}

// condition returns the condition of a rule together with its rollout.
func (o *oracle) condition(u map[string]any) map[string]any {
	var parts []any
	if w, ok := u["when"]; ok {
		parts = append(parts, w)
	}
	if name, ok := u["rollout"].(string); ok {
		parts = append(parts, map[string]any{"rollout": name})
	}
	return map[string]any{"and": parts}
}

// verdict evaluates the rules for one target.
func (o *oracle) verdict(t *Target) Verdict {
	o.target = t
	forbidden, permitted, wait := false, false, false
	for _, u := range o.rules["rules"].([]any) {
		u := u.(map[string]any)
		concerns, permit := o.concerns(u, t)
		if !concerns {
			continue
		}
		ask := func(waiting bool) any {
			o.waiting, o.rolled = waiting, false
			return o.eval(o.condition(u))
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

// forbids returns why a target is forbidden: the first forbid that is true and its
// reason, or else the first that is unknown, with the facts that make it and others
// so.
func (o *oracle) forbids(t *Target) (rule, reason string, unknown map[string]bool) {
	o.target, o.waiting = t, false
	for _, u := range o.rules["rules"].([]any) {
		u := u.(map[string]any)
		if concerns, permit := o.concerns(u, t); !concerns || permit {
			continue
		}
		switch c := o.condition(u); o.eval(c) {
		case true:
			if reason, _ = u["reason"].(string); reason == "" {
				reason = "forbidden"
			}
			return u["id"].(string), reason, nil
		case nil:
			if rule == "" {
				rule, reason, unknown = u["id"].(string), "not-known", map[string]bool{}
			}
			for name := range o.unknown(c) {
				unknown[name] = true
			}
		}
	}
	return rule, reason, unknown
}

// unknown returns the facts without a value that the unknown parts of a condition
// read.
func (o *oracle) unknown(c any) map[string]bool {
	found := map[string]bool{}
	add := func(from map[string]bool) {
		for name := range from {
			found[name] = true
		}
	}
	read := func(names ...string) {
		for _, name := range names {
			if o.fact(name) == nil {
				found[name] = true
			}
		}
	}
	m, ok := c.(map[string]any)
	if !ok || o.eval(c) != nil {
		return nil
	}
	for op, value := range m {
		args, ok := value.([]any)
		if !ok {
			args = []any{value}
		}
		switch op {
		case "var":
			read(args[0].(string))
			return found
		case "all", "some", "none":
			return o.unknown(args[0])
		case "age":
			read("now")
		case "rollout":
			ro := o.rules["rollouts"].(map[string]any)[args[0].(string)].(map[string]any)
			if fact, ok := ro["fact"].(string); ok {
				read(fact)
			} else if ro["percent"] != 0. && ro["percent"] != 100. {
				read("viewer.id")
			}
			if ro["from"] != nil || ro["until"] != nil {
				read("now")
			}
			return found
		case "if":
			if len(args) > 1 {
				test := o.eval(args[0])
				add(o.unknown(args[0]))
				if test != false {
					add(o.unknown(args[1]))
				}
				if test != true {
					add(o.unknown(map[string]any{"if": args[2:]}))
				}
				return found
			}
		}
		for _, a := range args {
			add(o.unknown(a))
		}
	}
	return found
}
