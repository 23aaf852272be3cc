package share

import "testing"

const flagged = `{"sharewise": 1, "id": "flagged", "facts": {"viewer.attributes.first": {"type": "boolean"}},
"rollouts": {"stories": {"fact": "viewer.attributes.first"}},
"rules": [{"id": "stories", "permit": ["instagram.story"], "rollout": "stories"},
 {"id": "saving", "permit": ["media.save"]}, {"id": "not-while-tested", "forbid": ["reddit"], "when": {"!": [{"rollout": "stories"}]}}, {"id": "reddit", "permit": ["reddit"]}]}`

func TestAFlagSystemAnswersARollout(t *testing.T) {
	r, err := Compile([]byte(flagged))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ viewer, story, reddit string }{
		{`{"id": "u-1", "attributes": {"first": true}}`, "permitted", "permitted"},
		{`{"id": "u-1", "attributes": {"first": false}}`, "not-yet", "forbidden"},
		{`{"id": "u-1"}`, "not-yet", "forbidden"}, // without an answer nothing is permitted, and no forbid is lifted
		{`{}`, "not-yet", "forbidden"},
	} {
		req, err := Decode([]byte(`{"content": {"kind": "story", "url": "https://v.example/1", "media": [{"url": "https://v.example/1.mp4", "type": "video/mp4"}]}, "viewer": ` + c.viewer + `}`))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, e := range r.Sheet(req).Entries {
			got[e.Target] = e.Verdict.String()
		}
		if got["instagram.story"] != c.story || got["reddit"] != c.reddit {
			t.Errorf("%s: %v", c.viewer, got)
		}
		x, _ := r.Explain("instagram.story", req)
		if ro := x.Rules[0].Rollout; ro == nil || ro.Fact != "viewer.attributes.first" ||
			(ro.Applies == Yes) != (c.story == "permitted") {
			t.Errorf("%s: explained by %+v", c.viewer, ro)
		}
	}
	if _, ok := r.Bucket("stories", "u-1"); ok {
		t.Error("who is answered by a fact is in no bucket")
	}
}

func TestARolloutByAFactIsReadStrictly(t *testing.T) {
	for _, c := range []struct{ rollout, problem string }{
		{`{"fact": "viewer.attributes.frist"}`,
			`1:169: /rollouts/stories/fact: unknown fact "viewer.attributes.frist"; did you mean "viewer.attributes.first"?`},
		{`{"fact": "device.share"}`, `1:169: /rollouts/stories/fact: a rollout is answered by a boolean that the ruleset declares, which "device.share" is not`},
		{`{"fact": "viewer.attributes.age"}`,
			`1:169: /rollouts/stories/fact: a rollout is answered by a boolean that the ruleset declares, which "viewer.attributes.age" is not`},
		{`{"fact": 1}`, `1:169: /rollouts/stories/fact: want a string, not a number`},
		{`{"fact": "viewer.attributes.first", "percent": 5}`,
			`1:196: /rollouts/stories/percent: "percent" has no place beside "fact", which answers by itself`},
	} {
		_, err := Compile([]byte(`{"sharewise": 1, "id": "f", "facts": {"viewer.attributes.first": {"type": "boolean"}, "viewer.attributes.age": {"type": "number"}},"rollouts": {"stories":     ` + c.rollout + `}, "rules": [{"id": "a", "permit": ["reddit"], "rollout": "stories"}]}`))
		if err == nil || err.Error() != c.problem {
			t.Errorf("%s\ngot  %v\nwant %s", c.rollout, err, c.problem)
		}
	}
}
