package share

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

func TestWhatIsReadOfAnOddRequestIsTheRestOfIt(t *testing.T) {
	for _, c := range []struct{ request, rest, problem string }{
		{`{"content": {"title": "x", "kind": "stroy"}}`, `{"content": {"title": "x"}}`,
			`1:36: /content/kind: "stroy" is not one of story, video, photo, live, post, link; did you mean "story"?`},
		{`{"content": {"titel": "x", "id": "7"}}`, `{"content": {"id": "7"}}`,
			`1:14: /content/titel: unknown member "titel"; did you mean "title"?`},
		// The rest of a list would mean something else.
		{`{"content": {"tags": ["a", 7]}}`, `{}`, `1:28: /content/tags/1: want a string, not a number`},
		{`{"content": {"media": [{"type": "video/mp4"}, {"bytes": -1}]}}`, `{}`,
			`1:57: /content/media/1/bytes: the number is below 0`},
		{`{"content": {"attributes": {"a": {}, "b": 1}}}`, `{"content": {"attributes": {"b": 1}}}`,
			`1:34: /content/attributes/a: want a text, a number, a boolean or a list of texts, not an object`},
		{`{"content": {"attributes": 7, "id": "7"}}`, `{"content": {"id": "7"}}`,
			`1:28: /content/attributes: want an object, not a number`},
		{`{"viewer": "lina", "now": "2026-01-01T00:00:00Z"}`, `{"now": "2026-01-01T00:00:00Z"}`,
			`1:12: /viewer: want an object, not a string`},
		{`{"page": {"instances": {"mastodon": "a.example", "diaspora": "/"}, "via": "x"}}`, `{"page": {"via": "x"}}`,
			`1:62: /page/instances/diaspora: "/" is not the name of an instance; want a host, such as mastodon.social`},
		{`{"now": "yesterday", "user": {}}`, `{}`,
			"1:9: /now: \"yesterday\": want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)\n" +
				"1:22: /user: unknown member \"user\""},
		{`{"content": {"createdAt": "2026-01-02T00:00:00Z", "expiresAt": "2026-01-01T00:00:00Z"}}`,
			`{"content": {"createdAt": "2026-01-02T00:00:00Z"}}`,
			`1:64: /content/expiresAt: the content expires before it is created`},
		{`{"content": {"id": "7"}, "page": {"instances": [1]}}`, `{"content": {"id": "7"}}`,
			`1:48: /page/instances: want an object, not an array`},
		{`{"content": {"id": "7"}}`, `{"content": {"id": "7"}}`, ``},

		{`{"content": {"id": "7", "title": "half of \ud83d"}, "viewer": {"id": 9007199254740993}}`,
			`{"content": {"id": "7"}}`,
			"1:43: /content/title: not JSON: this escape stands for no character\n" +
				"1:70: /viewer/id: the number 9007199254740993 is beyond 2^53, where whole numbers are no longer exact\n" +
				"1:70: /viewer/id: want a string, not a number"},

		{`{"page": {"text": {"sms": 7}, "via": 7}}`, ``,
			"1:27: /page/text/sms: want a string, not a number\n1:38: /page/via: want a string, not a number"},
		{`{"content": {"id": "a", "id": "b"}}`, ``, `1:25: /content/id: the name "id" stands twice in one object`},
		{`[]`, ``, `1:1: /: want an object, not an array`},
		{`{"content": `, ``, `1:13: /content: not JSON: the text ends too early`},
	} {
		got, err := DecodePartial([]byte(c.request))
		problem := ""
		if err != nil {
			problem = err.Error()
		}
		if problem != c.problem {
			t.Errorf("%s:\ngot  %s\nwant %s", c.request, problem, c.problem)
		}
		want := ""
		if c.rest != "" {
			rest, err := Decode([]byte(c.rest))
			if err != nil {
				t.Fatal(err)
			}
			want = jsonOf(t, rest)
		}
		if text := ""; got != nil {
			if text = jsonOf(t, got); text != want {
				t.Errorf("%s is read as %s, want %s", c.request, text, want)
			}
		} else if want != "" {
			t.Errorf("%s is not read; want %s", c.request, want)
		}
	}
}

func TestAThousandMistakesAndMoreAreLeftOut(t *testing.T) {
	odd := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`, "m` + strconv.Itoa(i) + `": 1`)
		}
		return `{"content": {"id": "7"` + b.String() + `}}`
	}
	got, err := DecodePartial([]byte(odd(5000)))
	if got == nil || got.Content.ID != "7" || len(err.(Problems)) != 1001 {
		t.Errorf("5,000 unknown members: %v, %d problems", got, len(err.(Problems)))
	}
	if got, err := DecodePartial([]byte(odd(9000))); got != nil || err == nil {
		t.Errorf("9,000 unknown members: %v, %v", got, err)
	}
}

func TestAnAttributeOfAnotherKindThanDeclaredIsUnknown(t *testing.T) {
	rules, err := Compile([]byte(`{"sharewise": 1, "id": "a", "facts": {
		"content.attributes.tier": {"type": "text", "values": ["gold"]},
		"viewer.attributes.age": {"type": "number"}}, "rules": [{"id": "r", "permit": ["reddit"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := rules.DecodePartial([]byte(
		`{"content": {"attributes": {"tier": "iron", "x": 1}}, "viewer": {"attributes": {"age": "7"}}}`))
	want := "1:37: /content/attributes/tier: \"iron\" is not one of gold\n" +
		"1:88: /viewer/attributes/age: want a number, not a string; the ruleset declares it so"
	if got == nil || len(got.Content.Attributes) != 1 || len(got.Viewer.Attributes) != 0 || err.Error() != want {
		t.Errorf("got %v\n%v\nwant %s", got, err, want)
	}
}

// Whatever is wrong with a request, what is read of it permits nothing that the
// request without the mistake does not permit.
func TestARequestReadInPartNeverPermitsMore(t *testing.T) {
	odd := []any{nil, "", 7.0, -1.0, true, map[string]any{}, []any{}, []any{""}, []any{7.0}, "a\nb", "\x85",
		strings.Repeat("x", 5000), "yesterday", "ftp://a.example/", map[string]any{"a": map[string]any{}}}
	refused, permits, lost := 0, 0, 0
	eachPair(t, nil, func(m *made) {
		before := m.verdicts(t)
		places := placesIn(m.request)
		if len(places) == 0 {
			return
		}
		place := places[m.IntN(len(places))]
		if m.IntN(5) == 0 {
			place.name += "s" // a member that there is not
		}
		place.of[place.name] = odd[m.IntN(len(odd))]
		text, err := json.Marshal(m.ruleset)
		if err != nil {
			t.Fatal(err)
		}
		rules, err := Compile(text)
		if err != nil {
			t.Fatal(err)
		}
		text, err = json.Marshal(m.request)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rules.Decode(text); err == nil {
			return // it says something else, and nothing is wrong with that
		}
		refused++
		req, err := rules.DecodePartial(text)
		if req == nil {
			if lost++; !strings.Contains(err.Error(), "/page/text") {
				t.Fatalf("nothing is read of %s: %v", text, err)
			}
			return
		}
		for _, e := range rules.Sheet(req).Entries {
			if e.Verdict != Permitted && e.Verdict != Unavailable {
				continue
			}
			if permits++; before[e.Target] != Permitted {
				t.Fatalf("%s was %v and is %v\n%s", e.Target, before[e.Target], e.Verdict, m.show())
			}
		}
	})
	if refused == 0 || permits == 0 || lost > refused/10 {
		t.Errorf("%d requests were refused, %d of them wholly; %d permits were left", refused, lost, permits)
	}
}

// A memberPlace is a member of an object.
type memberPlace struct {
	of   map[string]any
	name string
}

// placesIn returns the members of an object and of all objects in it, in order.
func placesIn(v any) (places []memberPlace) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			places = append(places, placesIn(item)...)
		}
	case map[string]any:
		for _, name := range sortedNames(v) {
			places = append(append(places, memberPlace{v, name}), placesIn(v[name])...)
		}
	}
	return places
}

// A member with a mistake is there, so nothing is decided as if it were left out:
// whether its fact is known is unknown.
func TestAMistakeNeverCountsAsAFactThatIsLeftOut(t *testing.T) {
	const content = `"kind": "video", "url": "https://video.example/1", "visibility": "public", "createdAt": "2026-01-02T00:00:00Z"`
	for _, rules := range []string{
		`"rules": [{"id": "p", "permit": ["reddit"]}, {"id": "f", "forbid": ["reddit"], "reason": "expired", "when": {"and": [{"known": "content.expiresAt"},
			{"!": [{"before": [{"var": "now"}, {"var": "content.expiresAt"}]}]}]}}], "reasons": {"expired": {"en": "This has expired."}}`,
		`"rules": [{"id": "p", "permit": ["reddit"]}, {"id": "f", "forbid": ["reddit"], "when": {"none": [{"missing": ["content.expiresAt", "content.url"]}, {"===": [{"var": ""}, "content.expiresAt"]}]}}]`,
		`"rules": [{"id": "f", "permit": ["reddit"], "when": {"in": ["content.expiresAt", {"missing_some": [2, ["content.expiresAt", "content.url"]]}]}}]`,
		`"rules": [{"id": "f", "permit": ["reddit"], "when": {"!": [{"known": "content.expiresAt"}]}}]`,
	} {
		r := mustCompile(t, rulesetOf(rules))
		permits := strings.Contains(rules, `"f", "permit"`)
		for expires, isMistake := range map[string]bool{
			`null`: false, `""`: false, `"2026-02-30T00:00:00Z"`: true, `"2026-02-01 00:00:00Z"`: true, `1769904000`: true, `[]`: true, `{}`: true,
			`"2026-01-01T00:00:00Z"`: true, // before it was created
		} {
			text := []byte(`{"content": {` + content + `, "expiresAt": ` + expires + `}, "now": "2026-03-01T00:00:00Z"}`)
			req, err := r.DecodePartial(text)
			if req == nil || (err != nil) != isMistake {
				t.Fatalf("%s: %v", expires, err)
			}
			e, _ := r.Decide("reddit", req)
			want := Entry{Target: "reddit", Verdict: Permitted, Rule: e.Rule, Delivery: e.Delivery}
			if isMistake && permits {
				want = Entry{Target: "reddit", Verdict: NotPermitted, Reason: "no-rule"}
			} else if isMistake {
				want = Entry{Target: "reddit", Verdict: Forbidden, Rule: "f", Reason: "not-known", Unknown: []string{"content.expiresAt"}}
			}
			if got, want := string(e.appendJSON(nil)), string(want.appendJSON(nil)); got != want {
				t.Errorf("%s with %s:\n got %s\nwant %s", rules, expires, got, want)
			}
			if v := r.Verdicts(nil, []Request{*req}); v[0] != want.Verdict {
				t.Errorf("%s with %s: in bulk %s, want %s", rules, expires, v[0], want.Verdict)
			}
		}
	}
}

// Every member of a request about content that has expired is replaced by mistakes.
func TestNoMistakePermitsWhatTheDefaultRulesForbid(t *testing.T) {
	const request = `{"content": {"id": "7", "kind": "KIND", "url": "https://video.example/1", "title": "a", "text": "b", "tags": ["c"], "visibility": "public",
		"downloadable": false, "createdAt": "2026-01-01T00:00:00Z", "expiresAt": "2026-01-02T00:00:00Z", "imageUrl": "https://video.example/1.png",
		"media": [{"url": "https://video.example/1.mp4", "type": "video/mp4", "bytes": 7, "width": 9, "height": 16, "durationSeconds": 5}]},
		"viewer": {"id": "u", "role": "ROLE", "region": "SY", "locale": "ar", "ageBand": "18+"}, "device": {"platform": "android", "share": true,
		"shareFiles": true, "clipboard": true}, "now": "2026-03-01T00:00:00Z"}`
	rules, mistakes := mustCompile(t, string(Default())), 0
	for _, kind := range kindValues {
		for _, role := range roleValues {
			text := strings.NewReplacer("KIND", kind, "ROLE", role).Replace(request)
			whole, err := rules.Decode([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			before := rules.Verdicts(nil, []Request{*whole})
			var places []memberPlace
			for i := 0; i == 0 || i < len(places); i++ {
				for _, odd := range []any{7.5, true, "\u0085", []any{nil}, map[string]any{"a": 1}} {
					var members map[string]any
					if err := json.Unmarshal([]byte(text), &members); err != nil {
						t.Fatal(err)
					}
					places = placesIn(members)
					places[i].of[places[i].name] = odd
					mistaken, _ := json.Marshal(members)
					req, err := rules.DecodePartial(mistaken)
					if err == nil {
						continue // it says something else
					}
					mistakes++
					for k, v := range rules.Verdicts(nil, []Request{*req}) {
						if v == Permitted && before[k] != Permitted {
							t.Errorf("%s was %s and is permitted for %s", rules.Targets()[k], before[k], mistaken)
						}
					}
				}
			}
		}
	}
	if mistakes < 2000 {
		t.Errorf("only %d mistakes were made", mistakes)
	}
}
