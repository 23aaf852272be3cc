package registry

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sharewise/share"
	"sharewise/share/internal/address"
)

type reported struct {
	ID, Name, Network, Surface, Category, Status, Link, Phone, Apple, Ask, Note, Verified, Confidence string

	Takes, Files, Needs, Methods, Sources []string

	Limit struct {
		Max      int
		Unit, Of string
	}
	Media json.RawMessage
}

func reportOf(t *testing.T) (targets map[string]reported, ids []string) {
	t.Helper()
	var all struct{ Targets []reported }
	if err := json.Unmarshal(AppendJSON(nil), &all); err != nil {
		t.Fatal(err)
	}
	targets = map[string]reported{}
	for _, target := range all.Targets {
		targets[target.ID] = target
		ids = append(ids, target.ID)
	}
	return targets, ids
}

func TestReportTellsOfEveryTarget(t *testing.T) {
	report, ids := reportOf(t)
	var want []string
	for _, target := range share.Targets() {
		want = append(want, target.ID)
	}
	if !slices.Equal(ids, want) {
		t.Errorf("the report has\n%q\nwant\n%q", ids, want)
	}
	for id, r := range report {
		if r.Name == "" || r.Network == "" || r.Category == "" || r.Status == "" || r.Verified == "" ||
			r.Confidence == "" || len(r.Methods) == 0 {
			t.Errorf("%s is not described: %+v", id, r)
		}
		if len(r.Takes) == 0 && r.Status != "host" && id != "page.print" {
			t.Errorf("%s takes nothing", id)
		}
		if (r.Status == "link") != (r.Link != "") {
			t.Errorf("%s: status %s, link %q", id, r.Status, r.Link)
		}
		for _, source := range r.Sources {
			if _, problem := address.Serialise(source); problem != "" {
				t.Errorf("%s: %s: %s", id, source, problem)
			}
		}
		if len(r.Media) > 0 && len(r.Files) == 0 {
			t.Errorf("%s asks something of files and takes none", id)
		}
	}
}

func TestWhatTargetsTake(t *testing.T) {
	report, _ := reportOf(t)
	for id, want := range map[string]string{
		"instagram.story": "files; image video; needs-file; bridge share qr download",
		"instagram.reels": "files; image video; needs-file; bridge share qr download",
		"facebook":        "url tags; ; needs-url; link",
		"x":               "url text tags via; ; needs-url; link",
		"reddit":          "url title; ; needs-url; link",
		"pinterest":       "url text image; ; needs-url needs-image; link",
		"tumblr":          "url title text tags; ; needs-url; link",
		"messenger":       "url; ; needs-url needs-app-id; link",
		"sms":             "url text; ; needs-url needs-phone; link",
		"gmail":           "url title text; ; needs-url needs-computer; link",
		"claude":          "url prompt; ; needs-url; link",
		"signal":          "url title text; ; needs-url; bridge share copy qr",
		"wechat":          "url; ; needs-url; bridge qr share copy",
		"discord":         "url; ; needs-url; bridge copy share qr",
		"system":          "url title text files; image video audio document; needs-url needs-share; share",
		"link.copy":       "url; ; needs-url; copy",
		"link.qr":         "url; ; needs-url; qr copy",
		"link.embed":      "embed; ; needs-embed; embed",
		"media.save":      "files; image video audio document; needs-file; download",
		"friends":         "; ; ; host",
	} {
		r := report[id]
		var got []string
		for _, list := range [][]string{r.Takes, r.Files, r.Needs, r.Methods} {
			got = append(got, strings.Join(list, " "))
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", id, got, want)
		}
	}
	for id, want := range map[string]string{
		"x": "weighted of message", "bluesky": "graphemes of message", "threads": "emoji-bytes of text",
		"reddit": "characters of title", "hackernews": "characters of title", "teams": "characters of text",
		"pinterest": "characters of text", "mastodon": "short-urls of message", "viber": "characters of message",
		"email": "bytes of link", "facebook": " of ",
	} {
		if got := report[id].Limit.Unit + " of " + report[id].Limit.Of; got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
	for id, r := range report {
		if (r.Ask == "instance") != strings.Contains(r.Link, "{instance}") {
			t.Errorf("%s: ask %q", id, r.Ask)
		}
	}
}

func TestWhatNetworksAskOfFiles(t *testing.T) {
	report, _ := reportOf(t)
	for id, want := range map[string]string{
		"facebook.reels": `{"video":{"formats":["mp4"],"ratios":["9:16"],"duration":{"min":3,"unit":"seconds"}}}`,
		"tiktok":         `{"video":{"duration":{"max":600,"unit":"seconds"}}}`,
		"system":         `{"together":{"count":{"max":10,"unit":"files"},"size":{"max":52428800,"unit":"bytes"}}}`,
		"facebook.story": `{"together":{"count":{"max":1,"unit":"files"}}}`,
		"reddit":         ``,
	} {
		if got := string(report[id].Media); got != want {
			t.Errorf("%s:\n got %s\nwant %s", id, got, want)
		}
	}
	story, _ := Lookup("instagram.story")
	v := story.Media.Video
	if v.Duration != (Range{Max: 20, Unit: "seconds"}) || v.Width.Min != 720 || v.Height.Min != 1280 {
		t.Errorf("a video for Instagram's stories: %+v", v)
	}
}

// The engine has its own copies of these bounds.
func TestTheSystemTakesAsManyFilesAsTheRegistrySays(t *testing.T) {
	system, _ := Lookup("system")
	together := system.Media.Together
	ruleset := `{"sharewise": 1, "id": "r", "rules": [{"id": "a", "permit": ["system", "media.save"]}]}`
	rules, err := share.Compile([]byte(ruleset))
	if err != nil {
		t.Fatal(err)
	}
	takes := func(files, size int64) bool {
		list := strings.Repeat(`, {"url": "https://cdn.example/a.jpg"}`, int(files)-1)
		text := fmt.Sprintf(`{
			"content": {"kind": "photo", "media": [{"url": "https://cdn.example/a.jpg", "bytes": %d}%s]},
			"device": {"platform": "android", "share": true, "shareFiles": true}}`, size, list)
		req, err := rules.Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		entry, err := rules.Decide("system", req)
		if err != nil {
			t.Fatal(err)
		}
		return entry.Verdict == share.Permitted
	}
	if n := together.Count.Max; !takes(n, 1) || takes(n+1, 1) {
		t.Errorf("the engine does not take exactly %d files", n)
	}
	if n := together.Size.Max; !takes(1, n) || takes(1, n+1) {
		t.Errorf("the engine does not take exactly %d bytes", n)
	}
}

func TestTargetsGoStale(t *testing.T) {
	ids := func(day string) string {
		now, _ := time.Parse(time.DateOnly, day)
		var s []string
		for _, p := range Stale(now) {
			s = append(s, p.ID)
		}
		return strings.Join(s, " ")
	}
	if got := ids("2023-07-14"); got != "" {
		t.Errorf("on the last day of 18 months: %s", got)
	}
	if got := ids("2023-07-15"); got != "viber" {
		t.Errorf("the day after: %s", got)
	}
	if got := ids("2026-09-01"); got != "qzone buffer viber flipboard" {
		t.Errorf("got %s", got)
	}
	now, _ := time.Parse(time.DateOnly, "2128-03-01")
	if got := len(Stale(now)); got != len(Targets()) {
		t.Errorf("%d of %d are stale", got, len(Targets()))
	}
}

func TestLookup(t *testing.T) {
	reddit, ok := Lookup("reddit")
	if !ok || reddit.Name() != "Reddit" || reddit.Confidence != Medium ||
		!strings.HasPrefix(reddit.Link, "https://www.reddit.com/") {
		t.Errorf("got %t, %+v", ok, reddit)
	}
	for _, id := range []string{"pocket", "redit", ""} {
		if _, ok := Lookup(id); ok {
			t.Errorf("%q is a target", id)
		}
	}
	Targets()[0].Note = "changed"
	if Targets()[0].Note == "changed" {
		t.Error("the registry can be changed from outside")
	}
}

func TestReportExplainsWhatIsGone(t *testing.T) {
	var all struct {
		StaleAfterMonths int
		Retired          []struct {
			ID, Name, Date, Successor, Note, Confidence string
			Sources                                     []string
		}
	}
	if err := json.Unmarshal(AppendJSON(nil), &all); err != nil {
		t.Fatal(err)
	}
	if all.StaleAfterMonths != 18 || len(all.Retired) != len(RetiredTargets()) || len(all.Retired) == 0 {
		t.Errorf("%d months, %d retired", all.StaleAfterMonths, len(all.Retired))
	}
	for i, r := range RetiredTargets() {
		got := all.Retired[i]
		if got.ID != r.ID || got.Name != r.Name || got.Note == "" || got.Confidence == "" {
			t.Errorf("%+v", got)
		}
		// A ruleset that names the service gets the same information.
		ruleset := `{"sharewise": 1, "id": "r", "rules": [{"id": "a", "permit": ["` + r.ID + `"]}]}`
		if _, err := share.Compile([]byte(ruleset)); err == nil || !strings.HasSuffix(err.Error(), ": "+r.String()) {
			t.Errorf("%s: %v", r.ID, err)
		}
	}
}

func TestReportIsAppended(t *testing.T) {
	if a, b := AppendJSON(nil), AppendJSON([]byte("x")); string(b) != "x"+string(a) {
		t.Error("it is not appended")
	}
}

func TestTargetsMarshalAsInTheReport(t *testing.T) {
	text, err := json.Marshal(struct {
		StaleAfterMonths int       `json:"staleAfterMonths"`
		Targets          []Target  `json:"targets"`
		Retired          []Retired `json:"retired"`
	}{StaleAfterMonths, Targets(), RetiredTargets()})
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	if json.Unmarshal(AppendJSON(nil), &want) != nil || json.Unmarshal(text, &got) != nil {
		t.Fatal("it is no JSON")
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Error("a target is another when it is marshalled")
	}
}
