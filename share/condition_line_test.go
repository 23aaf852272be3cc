package share

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func scope(t testing.TB) *Rules {
	r, err := Compile([]byte(`{"sharewise": 1, "id": "s", "facts": {"content.attributes.topic": {"type": "text"}, "content.attributes.tier": {"type": "text", "values": ["gold", "silver"]},
"viewer.attributes.score": {"type": "number"}, "viewer.attributes.since": {"type": "time"}, "content.attributes.sponsored": {"type": "boolean"}, "viewer.attributes.badges": {"type": "texts"}, "viewer.attributes.first": {"type": "boolean"}, "content.attributes.a \"b\"": {"type": "text"}},
"rollouts": {"flag": {"fact": "viewer.attributes.first"}, "r": {"percent": 30, "hash": "flagd-v2"}, "s": {"percent": 60.5, "hash": "flagd-v2"}, "none": {"percent": 1, "hash": "flagd-v2"}, "all": {"percent": 99, "hash": "flagd-v2"}}, "rules": [{"id": "a", "permit": ["reddit"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAConditionReadsAsALine(t *testing.T) {
	r := scope(t)
	for _, c := range []struct{ json, line string }{
		{`{"===":[{"var":"content.kind"},"story"]}`, `content.kind is "story"`},
		{`{"and":[{"===":[{"var":"content.kind"},"story"]},{"<":[{"age":[{"var":"content.createdAt"}]},86400]}]}`,
			`content.kind is "story" and age(content.createdAt) < 24h`},
		{`{"!":[{"known":"viewer.role"}]}`, `not viewer.role is known`},
		{`{"or":[{"and":[true,false]},true]}`, `true and false or true`},
		{`{"and":[{"or":[true,false]},true]}`, `(true or false) and true`},
		{`{"and":[{"and":[true,false]},true]}`, `(true and false) and true`},
		{`{"and":[true]}`, `and(true)`},
		{`{"<":[1,{"var":"content.media.bytes"},3]}`, `1 < content.media.bytes < 3`},
		{`{"region":[{"var":"viewer.region"},["SY","EU"]]}`, `viewer.region within ["SY", "EU"]`},
		{`{"locale":[{"var":"viewer.locale"},["ar"]]}`, `viewer.locale matches ["ar"]`},
		{`{"locale":[{"var":"viewer.locale"},["*-CH","de-*-DE"]]}`, `viewer.locale matches ["*-CH", "de-*-DE"]`},
		{`{"in":["ad",{"var":"content.title"}]}`, `"ad" in content.title`},
		{`{"!":[{"in":[{"var":"content.kind"},"story video"]}]}`, `not content.kind in "story video"`},
		{`{"some":[{"var":"content.tags"},{"in":["ad",{"var":""}]}]}`, `some(content.tags, "ad" in each)`},
		{`{"in":["a",{"missing":["content.kind","viewer.role"]}]}`, `"a" in missing(content.kind, viewer.role)`},
		{`{"in":["a",{"missing_some":[1,["content.kind","viewer.role"]]}]}`,
			`"a" in missing_some(1; content.kind, viewer.role)`},
		{`{"some":[{"var":"content.tags"},{"starts_with":[{"var":""},"a"]}]}`,
			`some(content.tags, each starts with "a")`},
		{`{"if":[true,{"rollout":"r"},false,true,{"known":"now"}]}`,
			`if true then rollout("r") else if false then true else now is known`},
		{`{"===":[{"-":[{"+":[1,2]},{"-":[3]}]},-4]}`, `(1 + 2) - -(3) is -4`},
		{`{"before":[{"var":"now"},"2026-01-01T00:00:00Z"]}`, `now before "2026-01-01T00:00:00Z"`},
		{`{"!==":[{"var":"content.attributes.a \"b\""},""]}`, `fact("content.attributes.a \"b\"") is not ""`},
	} {
		line, err := r.FormatCondition([]byte(c.json))
		if err != nil || line != c.line {
			t.Errorf("got  %s (%v)\nwant %s", line, err, c.line)
		}
		back, err := r.ParseCondition(c.line)
		want := canonical(t, r, c.json)
		if err != nil || string(back) != want {
			t.Errorf("%s\ngot  %s (%v)\nwant %s", c.line, back, err, want)
		}
	}
}

func canonical(t testing.TB, r *Rules, json string) string {
	e, d := r.readCondition([]byte(json))
	if d.Failed() {
		t.Fatal(d.Finish(), json)
	}
	return string(e.appendJSON(nil, &r.symbols))
}

func TestALineMayBeWrittenFreely(t *testing.T) {
	r := scope(t)
	for _, c := range []struct{ line, json string }{
		{`  ((content.kind is "story"))`, `{"===":[{"var":"content.kind"},"story"]}`},
		{`1 + 2 - 3 + 4 > 0`, `{">":[{"+":[{"-":[{"+":[1,2]},3]},4]},0]}`},
		{`age(content.createdAt)<=90m`, `{"<=":[{"age":[{"var":"content.createdAt"}]},5400]}`},
		{`not not device.share`, `{"!":[{"!":[{"var":"device.share"}]}]}`},
		{`content.kind in ["story","video"]`, `{"in":[{"var":"content.kind"},["story","video"]]}`},
	} {
		got, err := r.ParseCondition(c.line)
		if err != nil || string(got) != c.json {
			t.Errorf("%s\ngot  %s (%v)\nwant %s", c.line, got, err, c.json)
		}
	}
}

func TestAMistakeInALineHasItsColumn(t *testing.T) {
	r := scope(t)
	for _, c := range []struct{ line, want string }{
		{``, `1:1: /: want a fact, a value or a condition, not the end`},
		{`content.kind is "storie"`, `1:17: /: content.kind is never "storie"; it is one of story, video, photo, live, post, link; did you mean "story"?`},
		{`content.knd is "story"`, `1:1: /: unknown fact "content.knd"; did you mean "content.kind"?`},
		{`content.kind is "story" and`, `1:28: /: want a fact, a value or a condition, not the end`},
		{`content.kind is "story" adn true`, `1:25: /: want the end, not "adn"`},
		{`(device.share`, `1:14: /: want ")", not the end`},
		{`device.share and rolout("r")`, `1:18: /: unknown function "rolout"; did you mean "rollout"?`},
		{`age(content.kind) > 3`, `1:5: /: "age" wants a time, not a text`},
		{`content.kind is "story`, `1:23: /: not JSON: the text ends too early`},
		{`if true then false`, `1:19: /: want "else", not the end`},
		{`content.media.bytes`, `1:1: /: want a condition that is true or false, not a number`},
		{`1 < 2 > 1`, `1:7: /: ">" follows what binds less tightly; put one of them in parentheses`},
		{`content.kind == "story"`, `1:14: /: want the end, not "="`},
	} {
		_, err := r.ParseCondition(c.line)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v\nwant %s", c.line, err, c.want)
		}
	}
}

func roundTrip(t testing.TB, r *Rules, json string) {
	want := canonical(t, r, json)
	line, err := r.FormatCondition([]byte(json))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(line, "\n") {
		t.Fatalf("%q is not one line", line)
	}
	got, err := r.ParseCondition(line)
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, line, json)
	}
	if string(got) != want {
		t.Fatalf("%s\ngot  %s\nwant %s", line, got, want)
	}
	if again := canonical(t, r, want); again != want {
		t.Fatalf("got  %s\nwant %s", again, want)
	}
}

func TestEveryConditionParsesBackToItself(t *testing.T) {
	r := scope(t)
	g := maker{rand.New(rand.NewPCG(3, 4))}
	for range shorter(5000) {
		roundTrip(t, r, g.truth(4))
	}
}

// FuzzCondition checks that every condition accepted as JSON has a line that
// parses back, and that no line crashes the parser.
func FuzzCondition(f *testing.F) {
	r := scope(f)
	g := maker{rand.New(rand.NewPCG(5, 6))}
	for range 50 {
		json := g.truth(3)
		f.Add(json)
		line, _ := r.FormatCondition([]byte(json))
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := r.FormatCondition([]byte(text)); err == nil {
			roundTrip(t, r, text)
		}
		if json, err := r.ParseCondition(text); err == nil {
			roundTrip(t, r, string(json))
		}
	})
}
