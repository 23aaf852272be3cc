package share

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// own is a ruleset with targets of its own, of a company whose documents go to
// its own chat.
const own = `{"sharewise": 1, "id": "documents", "targets": {
	"huddle": {"name": {"en": "Huddle", "ar": "هدل"}, "category": "work",
		"link": "https://huddle.corp.example/share?u={url}&t={title}&v=2", "limit": {"max": 20, "unit": "graphemes"}},
	"gift-link": {"name": {"en": "Gift link"}, "category": "link", "method": "host"},
	"reddit": {"link": "https://www.reddit.com/submit?link={url}&title={title}"},
	"whatsapp": {"name": {"en": "WhatsApp Business"}}},
	"rules": [{"id": "all", "permit": ["huddle", "gift-link", "reddit", "whatsapp", "teams", "link.copy"]},
		{"id": "internal", "forbid": ["*"], "when": {"!": [{"===": [{"var": "target.id"}, "huddle"]}]},
			"reason": "internal"}],
	"reasons": {"internal": {"en": "Internal."}},
	"never": [{"id": "nowhere else", "targets": ["*"], "when": {"!==": [{"var": "target.category"}, "work"]}}],
	"tests": [{"name": "the chat", "request": {"content": {"url": "https://docs.example/1"},
		"page": {"text": {"huddle": "Look"}}}, "expect": {"huddle": "permitted", "reddit": "forbidden"}}]}`

func TestARulesetBringsTargetsOfItsOwn(t *testing.T) {
	rules, err := Compile([]byte(own))
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range rules.Test().Tests {
		if !result.Passed() {
			t.Errorf("%s: %v", result.Name, result.Failures)
		}
	}
	req, err := rules.Decode([]byte(`{"content": {"url": "https://docs.example/1", "title": "A long title of a document"},
		"viewer": {"locale": "ar"}, "device": {"platform": "desktop", "clipboard": true}}`))
	if err != nil {
		t.Fatal(err)
	}
	entry, err := rules.Decide("huddle", req)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"target":"huddle","verdict":"permitted","rule":"all","delivery":{"method":"link",` +
		`"href":"https://huddle.corp.example/share?u=https%3A%2F%2Fdocs.example%2F1&t=A%20long%20title%20of%20a%E2%80%A6&v=2",` +
		`"text":"A long title of a…","limit":{"max":20,"unit":"graphemes","count":26}},"name":"هدل","category":"work"}`
	if got := string(entry.appendJSON(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var order []string
	sheet := rules.Sheet(req)
	for _, e := range sheet.Entries {
		order = append(order, e.Target+" "+e.Verdict.String())
	}
	if want := []string{"reddit forbidden", "whatsapp forbidden", "teams forbidden", "huddle permitted",
		"link.copy forbidden", "gift-link forbidden"}; !slices.Equal(order, want) {
		t.Errorf("got  %v\nwant %v", order, want)
	}
	if got, want := rules.Targets(), []string{"reddit", "whatsapp", "teams", "huddle", "link.copy", "gift-link"}; !slices.Equal(got, want) {
		t.Errorf("Targets gives %v, want %v", got, want)
	}
	x, ok := rules.Explain("huddle", req)
	if !ok || x.Rule != "all" {
		t.Errorf("Explain gives %+v, %v", x, ok)
	}
}

func TestACorrectedLinkIsTheOneThatOpens(t *testing.T) {
	rules, err := Compile([]byte(strings.Replace(own, `"forbid": ["*"]`, `"forbid": ["teams"]`, 1)))
	if rules != nil || err == nil || !strings.Contains(err.Error(), "nowhere else") {
		t.Fatalf("what is never permitted is: %v", err)
	}
	text := strings.Replace(own, `"forbid": ["*"]`, `"forbid": ["teams"]`, 1)
	text = strings.Replace(text, `{"!==": [{"var": "target.category"}, "work"]}`, `{"===": [{"var": "target.id"}, "teams"]}`, 1)
	text = strings.Replace(text, `"reddit": "forbidden"`, `"reddit": "permitted"`, 1)
	if rules, err = Compile([]byte(text)); err != nil {
		t.Fatal(err)
	}
	req, err := rules.Decode([]byte(`{"content": {"url": "https://docs.example/1", "title": "One"}}`))
	if err != nil {
		t.Fatal(err)
	}
	entry, err := rules.Decide("reddit", req)
	if err != nil {
		t.Fatal(err)
	}
	if want := "https://www.reddit.com/submit?link=https%3A%2F%2Fdocs.example%2F1&title=One"; entry.Delivery.Href != want {
		t.Errorf("got %s, want %s", entry.Delivery.Href, want)
	}
	if entry.Name != "" || entry.Category != "" {
		t.Errorf("a correction of the link alone gave the name %q and the category %q", entry.Name, entry.Category)
	}
	if entry, err = rules.Decide("whatsapp", req); err != nil || entry.Name != "WhatsApp Business" || entry.Category != "" {
		t.Errorf("got %+v, %v", entry, err)
	}
	if entry, err = rules.Decide("gift-link", req); err != nil || entry.Delivery.Method != ByHost {
		t.Errorf("got %+v, %v", entry, err)
	}
	if link := targets[must(targetIndex("reddit"))].Link; strings.Contains(link, "link=") {
		t.Error("the correction of one ruleset changed the registry")
	}
}

// Bluesky bounds graphemes and bytes. A text with too many of either counts more
// than the limit.
func TestACorrectedLimitKeepsTheBytesOfTheRegistry(t *testing.T) {
	rules, err := Compile([]byte(`{"sharewise": 1, "id": "a", "targets": {
		"bluesky": {"limit": {"max": 500, "unit": "graphemes"}}}, "rules": [{"id": "r", "permit": ["bluesky"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	const family, beside = "👨\u200d👩\u200d👧", len("\nhttps://docs.example/")
	for _, c := range []struct {
		text  string
		count int
	}{
		{strings.Repeat("a", 478), 478 + beside},
		{strings.Repeat("a", 479), 479 + beside},
		{strings.Repeat(family, 165), 165 + beside},
		{strings.Repeat(family, 166), 502}, // in proportion to 10 bytes too many
	} {
		req := requestOf("https://docs.example/", "", c.text)
		req.Content.Tags = nil
		entry, err := rules.Decide("bluesky", req)
		if err != nil {
			t.Fatal(err)
		}
		if d := entry.Delivery; d.Count != c.count || d.Limit != (Limit{500, Graphemes, 3000}) {
			t.Errorf("%.20q of %d bytes counts %d, want %d, by %v", c.text, len(c.text), d.Count, c.count, d.Limit)
		}
	}
}

func must(i int, ok bool) int {
	if !ok {
		panic("not found")
	}
	return i
}

func TestTargetsAreComparedByTheirIDs(t *testing.T) {
	ruleset := func(targets, permit string) *Rules {
		rules, err := Compile(fmt.Appendf(nil, `{"sharewise": 1, "id": "a", "targets": {%s},
			"rules": [{"id": "r", "permit": [%s]}]}`, targets, permit))
		if err != nil {
			t.Fatal(err)
		}
		return rules
	}
	chat := func(id string) string {
		return fmt.Sprintf(`"%[1]s": {"name": {"en": "%[1]s"}, "category": "message", "link": "https://%[1]s.example/?u={url}"}`, id)
	}
	before := ruleset(chat("one")+","+chat("two"), `"one", "two"`)
	after := ruleset(chat("two")+","+chat("three"), `"two", "three"`)
	d := Diff(before, after)
	if len(d.Gains) != 1 || !slices.Equal(d.Gains[0].Targets, []string{"three"}) ||
		len(d.Losses) != 1 || !slices.Equal(d.Losses[0].Targets, []string{"one"}) || len(d.Others) != 0 {
		t.Errorf("got %s", d.AppendJSON(nil))
	}
	tally := NewTally(before, after)
	if err := tally.Add([]byte(`{"content": {"kind": "post"}}`)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range tally.Changed() {
		got = append(got, fmt.Sprintf("%s +%d -%d", one.Target, one.Gains.Requests, one.Losses.Requests))
	}
	if want := []string{"one +0 -1", "three +1 -0"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestATargetOfOnesOwnIsAsStrictAsTheRegistry(t *testing.T) {
	link := func(link string) string {
		return fmt.Sprintf(`"a": {"name": {"en": "A"}, "category": "work", "link": %q}`, link)
	}
	many := make([]string, maxTargets+1)
	for i := range many {
		many[i] = fmt.Sprintf(`"a%d": {}`, i)
	}
	for _, test := range []struct{ targets, want string }{
		{`"A": {}`, `"A" cannot be the id of a target; want at most 64 small letters and digits, with single dots and ` +
			`hyphens between them, such as acme.chat`},
		{`"a": {}`, `"name" is missing; write {"en": "…"}` + "\n" +
			`"category" is missing; want one of story, video, social, message, mail, bookmark, work, blog, ai, link, friends, own` + "\n" +
			`"link" is missing, or the method "host"`},
		{`"a": {"name": {}, "category": "work", "method": "host"}`, `a target has a name in at least one language`},
		{`"a": {"name": {"en": "a\u202eb"}, "category": "work", "method": "host"}`,
			`a name holds no bidirectional control characters`},
		{`"a": {"name": {"en": "A"}, "category": "work", "method": "host", "link": "https://a.example/?u={url}"}`,
			`a target of the method "host" has no link`},
		{link("http://a.example/?u={url}"), `a link begins with https://`},
		{link("javascript:alert(1)?u={url}"), `a link begins with https://`},
		{link("https://{url}/?u={url}"), `holes stand only behind the ?`},
		{link("https://a.example/{title}?u={url}"), `holes stand only behind the ?`},
		{link("https://a.example@evil.example/?u={url}"), `the URL holds a user name or password; leave it out`},
		{link("https://a.example/?u={url}{title}"), `in "u={url}{title}" a hole is not the whole value of a parameter; write name={hole}`},
		{link("https://a.example/?u=x{url}"), `in "u=x{url}" a hole is not the whole value of a parameter; write name={hole}`},
		{link("https://a.example/?{url}=1"), `in "{url}=1" a hole is not the whole value of a parameter; write name={hole}`},
		{link("https://a.example/?u={adress}"), `unknown hole "{adress}"; want one of url, title, text, text_url, prompt_url, tags, ` +
			`hashtag, image, via`},
		{link("https://a.example/?u={app}"), `unknown hole "{app}"; want one of url, title, text, text_url, prompt_url, tags, ` +
			`hashtag, image, via`},
		{link("https://a.example/?t={title}"), `{url}, {text_url} or {prompt_url} is missing`},
		{link("https://a.example/?u={url}#top"), `in "u={url}#top" a hole is not the whole value of a parameter; write name={hole}`},
		{link("https://a.example/?u={url}&v=2#top"), `a link has no fragment`},
		{`"reddit": {"category": "work"}`, `reddit is a target of the registry; only its name, its links and its limit can be corrected`},
		{`"tiktok": {"link": "https://tiktok.example/?u={url}"}`, `tiktok is reached without a link; there is none to correct`},
		{`"a": {"name": {"en": "A"}, "category": "work", "method": "host", "limit": {"max": 1, "unit": "bytes"}}`,
			`a limit needs a link`},
		{`"reddit": {"limit": {"max": 0.5, "unit": "bytes"}}`, `a limit is a whole number between 1 and 1000000`},
		{`"reddit": {"limit": {"max": 5}}`, `a limit has "max" and "unit"`},
		{`"a": {"name": {"en": "A"}, "category": "work", "method": "host", "icon": "x"}`, `unknown member "icon"`},
		{strings.Join(many, ","), `there are 1001 targets; at most 1000 are read`},
	} {
		_, err := Compile([]byte(`{"sharewise": 1, "id": "a", "targets": {` + test.targets + `},
			"rules": [{"id": "r", "permit": ["link.copy"]}]}`))
		got := ""
		if list, ok := err.(Problems); ok {
			for i, p := range list {
				if !strings.HasPrefix(p.Path, "/targets") {
					t.Errorf("%s: the path is %q", test.targets, p.Path)
				}
				if i > 0 {
					got += "\n"
				}
				got += p.Message
			}
		}
		if got != test.want {
			t.Errorf("%.200s:\ngot  %s\nwant %s", test.targets, got, test.want)
		}
	}
}

func TestWhatARulesetDeclaresIsTold(t *testing.T) {
	rules, _ := Check([]byte(strings.Replace(own, `"reddit", "whatsapp", "teams"`, `"whatsapp", "teams"`, 1)))
	if rules != nil {
		t.Fatal("a test that expects something of a target that no rule names is no mistake")
	}
	text := strings.Replace(own, `"reddit", "whatsapp", "teams"`, `"whatsapp", "teams"`, 1)
	text = strings.Replace(text, `, "reddit": "forbidden"`, "", 1)
	text = strings.Replace(text, `{"en": "Internal."}`, `{"en": "Internal.", "ar": "داخلي."}`, 1)
	rules, problems := Check([]byte(text))
	if rules == nil {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range problems {
		if strings.HasPrefix(p.Path, "/targets") {
			got = append(got, p.Path+": "+p.Message)
		}
	}
	if want := []string{
		`/targets/gift-link: the target "gift-link" has no name in ar, in which reasons have words`,
		`/targets/reddit: no rule names the target "reddit"`,
		`/targets/whatsapp: the target "whatsapp" has no name in ar, in which reasons have words`,
	}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	const huddle = `"Huddle" among work by https://huddle.corp.example/share?u={url}&t={title}&v=2, at most 20 graphemes`
	want := []Edit{
		{"huddle", "", huddle},
		{"gift-link", "", `"Gift link" among link by an event for the page`},
		{"reddit", `"Reddit" by https://www.reddit.com/submit?url={url}&title={title}&type=LINK, at most 300 characters`,
			`"Reddit" by https://www.reddit.com/submit?link={url}&title={title}, at most 300 characters`},
		{"whatsapp", `"WhatsApp" by https://api.whatsapp.com/send?text={text_url}, at most 2000 bytes`,
			`"WhatsApp Business" by https://api.whatsapp.com/send?text={text_url}, at most 2000 bytes`},
	}
	if got := rules.Declared(); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	none, err := Compile([]byte(`{"sharewise": 1, "id": "a", "rules": [{"id": "r", "permit": ["teams"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	d := Diff(none, rules)
	want = []Edit{want[2], want[3], want[0], want[1]}
	if !slices.Equal(d.Targets, want) {
		t.Errorf("got  %q\nwant %q", d.Targets, want)
	}
}
