package share

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// These tests check which effects a change of a ruleset or a request can have, for
// any ruleset and request.

// A made pair is a generated ruleset with one request.
type made struct {
	maker
	ruleset map[string]any
	request map[string]any
}

// eachPair calls test with generated pairs whose rulesets are accepted by accept.
func eachPair(t *testing.T, accept func(text string) bool, test func(m *made)) {
	g := maker{rand.New(rand.NewPCG(*seed, 13))}
	for n := 0; n < pairs()/20; {
		text := g.ruleset()
		if accept != nil && !accept(text) {
			continue
		}
		for range 5 {
			n++
			m := &made{maker: g}
			if err := json.Unmarshal([]byte(text), &m.ruleset); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(g.request()), &m.request); err != nil {
				t.Fatal(err)
			}
			test(m)
		}
	}
}

func (m *made) rules() []any { return m.ruleset["rules"].([]any) }

// sheet decides the current pair.
func (m *made) sheet(t *testing.T) Sheet {
	t.Helper()
	text, err := json.Marshal(m.ruleset)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := Compile(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	request, err := json.Marshal(m.request)
	if err != nil {
		t.Fatal(err)
	}
	req, err := rules.Decode(request)
	if err != nil {
		t.Fatalf("%v\n%s", err, request)
	}
	return rules.Sheet(req)
}

// verdicts returns the verdicts of the rules by target. Availability does not
// matter: Unavailable counts as Permitted.
func (m *made) verdicts(t *testing.T) map[string]Verdict {
	t.Helper()
	verdicts := map[string]Verdict{}
	for _, e := range m.sheet(t).Entries {
		if verdicts[e.Target] = e.Verdict; e.Verdict == Unavailable {
			verdicts[e.Target] = Permitted
		}
	}
	return verdicts
}

func (m *made) show() string {
	text, _ := json.Marshal(m.ruleset)
	request, _ := json.Marshal(m.request)
	return string(text) + "\n" + string(request)
}

func (m *made) condition() any {
	var c any
	if err := json.Unmarshal([]byte(m.truth(2)), &c); err != nil {
		panic(err)
	}
	return c
}

func TestAForbidThatIsAddedNeverPermits(t *testing.T) {
	changed := 0
	eachPair(t, nil, func(m *made) {
		before := m.verdicts(t)
		forbid := map[string]any{"id": "added", "forbid": []any{pick(m.maker, "reddit", "*", "sms", "vk", "link.copy")},
			"when": m.condition()}
		at := m.IntN(len(m.rules()) + 1)
		m.ruleset["rules"] = append(append(append([]any{}, m.rules()[:at]...), forbid), m.rules()[at:]...)
		for target, v := range m.verdicts(t) {
			was := before[target]
			if was == 0 {
				was = NotPermitted
			}
			if v != was && v != Forbidden {
				t.Fatalf("%s was %v and is %v\n%s", target, was, v, m.show())
			}
			if v != was {
				changed++
			}
		}
	})
	if changed == 0 {
		t.Error("nothing was ever forbidden")
	}
}

func TestAPermitThatIsAddedForbidsNothing(t *testing.T) {
	eachPair(t, nil, func(m *made) {
		before := m.verdicts(t)
		m.ruleset["rules"] = append(m.rules(),
			map[string]any{"id": "added", "permit": []any{"reddit", "sms"}, "when": m.condition()})
		after := m.verdicts(t)
		for target, was := range before {
			if v := after[target]; v != was && (was == Permitted || was == Forbidden || v == Forbidden) {
				t.Fatalf("%s was %v and is %v\n%s", target, was, v, m.show())
			}
		}
	})
}

// Except in rules that ask whether a fact is known, knowing less never permits
// more.
func TestAFactThatIsRemovedNeverPermits(t *testing.T) {
	asks := func(text string) bool {
		return !strings.Contains(text, `"known"`) && !strings.Contains(text, `"missing`)
	}
	changed := 0
	eachPair(t, asks, func(m *made) {
		before := m.verdicts(t)
		var names [][]string
		var walk func(path []string, v map[string]any)
		walk = func(path []string, v map[string]any) {
			for _, name := range sortedNames(v) {
				inner := append(path[:len(path):len(path)], name)
				names = append(names, inner)
				if v, ok := v[name].(map[string]any); ok {
					walk(inner, v)
				}
			}
		}
		walk(nil, m.request)
		if len(names) == 0 {
			return
		}
		path := names[m.IntN(len(names))]
		at := m.request
		for _, name := range path[:len(path)-1] {
			at = at[name].(map[string]any)
		}
		delete(at, path[len(path)-1])
		for target, v := range m.verdicts(t) {
			if v == Permitted && before[target] != Permitted {
				t.Fatalf("without %v, %s was %v and is %v\n%s", path, target, before[target], v, m.show())
			}
			if v != before[target] {
				changed++
			}
		}
	})
	if changed == 0 {
		t.Error("nothing ever changed")
	}
}

func sortedNames(m map[string]any) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	for i := range names { // few
		for j := i + 1; j < len(names); j++ {
			if names[j] < names[i] {
				names[i], names[j] = names[j], names[i]
			}
		}
	}
	return names
}

// Raising a rollout that only permits name may permit more, and never less.
func TestARolloutThatIsRaisedTakesNothing(t *testing.T) {
	changed := 0
	plain := func(text string) bool {
		return !strings.Contains(text, `{"rollout": `) && strings.Contains(text, `"rollout": "s"`)
	}
	eachPair(t, plain, func(m *made) {
		for _, u := range m.rules() {
			if u := u.(map[string]any); u["forbid"] != nil {
				delete(u, "rollout")
			}
		}
		ro := m.ruleset["rollouts"].(map[string]any)["s"].(map[string]any)
		low := float64(m.IntN(100001)) / 1000
		ro["percent"] = low
		before := m.verdicts(t)
		ro["percent"] = low + float64(m.IntN(int(100000.5-low*1000)+1))/1000
		if ro["percent"].(float64) > 100 {
			ro["percent"] = 100.0
		}
		ro["percent"] = float64(int(ro["percent"].(float64)*1000+0.5)) / 1000
		for target, v := range m.verdicts(t) {
			was := before[target]
			if v != was && (v != Permitted || was == Forbidden) {
				t.Fatalf("from %v %%, %s was %v and is %v\n%s", low, target, was, v, m.show())
			}
			if v != was {
				changed++
			}
		}
	})
	if changed == 0 {
		t.Error("nobody was ever added")
	}
}

func TestTheOrderOfRulesDecidesNothing(t *testing.T) {
	eachPair(t, nil, func(m *made) {
		before := m.verdicts(t)
		rules := m.rules()
		m.Shuffle(len(rules), func(i, j int) { rules[i], rules[j] = rules[j], rules[i] })
		for target, v := range m.verdicts(t) {
			if v != before[target] {
				t.Fatalf("%s was %v and is %v\n%s", target, before[target], v, m.show())
			}
		}
	})
}

// rename returns other names to rules, groups, rollouts and reasons.
func (m *made) rename() {
	other := func(name any) any { return "renamed " + name.(string) }
	keys := func(section string) {
		was, now := m.ruleset[section].(map[string]any), map[string]any{}
		for name, v := range was {
			now[other(name).(string)] = v
		}
		m.ruleset[section] = now
	}
	groups := m.ruleset["groups"].(map[string]any)
	list := func(list any) {
		for i, name := range list.([]any) {
			if groups[name.(string)] != nil {
				list.([]any)[i] = other(name)
			}
		}
	}
	var inside func(condition any)
	inside = func(condition any) {
		switch c := condition.(type) {
		case []any:
			for i := range c {
				inside(c[i])
			}
		case map[string]any:
			for name, args := range c {
				inside(args)
				if args, ok := args.([]any); ok && name == "rollout" {
					args[0] = other(args[0])
				}
			}
		}
	}
	for _, targets := range groups {
		list(targets)
	}
	for _, u := range m.rules() {
		u := u.(map[string]any)
		for name, v := range u {
			switch name {
			case "id", "rollout", "reason", "advice":
				u[name] = other(v)
			case "permit", "forbid":
				list(v)
			case "when":
				inside(v)
			}
		}
	}
	keys("groups")
	keys("rollouts")
	keys("reasons")
}

func TestNamesDecideNothing(t *testing.T) {
	eachPair(t, nil, func(m *made) {
		m.ruleset["groups"] = map[string]any{"one": []any{"reddit", "x"}, "two": []any{"one", "link.copy"}}
		m.ruleset["rules"] = append(m.rules(),
			map[string]any{"id": "grouped", "forbid": []any{"two"}, "reason": "no", "when": m.condition()})
		m.ruleset["rollouts"].(map[string]any)["s"].(map[string]any)["salt"] = "s" // which is otherwise the name
		before := m.sheet(t)
		m.rename()
		after := m.sheet(t)
		if len(after.Entries) != len(before.Entries) || len(after.Messages) != len(before.Messages) {
			t.Fatalf("%v\n%v\n%s", before, after, m.show())
		}
		own := func(now, was string) bool { return now == was && was == "" || now == "renamed "+was }
		for i, e := range after.Entries {
			was := before.Entries[i]
			reason := e.Reason == was.Reason
			if _, named := m.ruleset["reasons"].(map[string]any)[e.Reason]; named {
				reason = own(e.Reason, was.Reason)
			}
			if e.Target != was.Target || e.Verdict != was.Verdict || !reason || !own(e.Rule, was.Rule) ||
				!own(e.Advice, was.Advice) || (e.Delivery == nil) != (was.Delivery == nil) {
				t.Fatalf("was %v, is %v\n%s", was, e, m.show())
			}
		}
		for i, message := range after.Messages {
			if !own(message.ID, before.Messages[i].ID) || message.Words != before.Messages[i].Words {
				t.Fatalf("was %v, is %v", before.Messages[i], message)
			}
		}
	})
}
