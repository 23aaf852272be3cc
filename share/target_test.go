package share

import (
	"regexp"
	"strings"
	"testing"
)

func TestTargetsAreWellFormed(t *testing.T) {
	seen, ids := map[string]bool{}, map[string]bool{}
	last, order := "", map[string]bool{}
	for i, target := range Targets() {
		name := target.Name()
		if !regexp.MustCompile(`^[a-z]+(\.[a-z]+)?$`).MatchString(target.ID) || ids[target.ID] || seen[name] || name == target.ID {
			t.Errorf("%q, %q: malformed or twice", target.ID, name)
		}
		ids[target.ID], seen[name] = true, true
		if target.Network()+"."+target.Surface() != target.ID && (target.Network() != target.ID || target.Surface() != "") {
			t.Errorf("%s: network %q, surface %q", target.ID, target.Network(), target.Surface())
		}
		if target.Category != last {
			if order[target.Category] {
				t.Errorf("%s: %s targets do not stand together", target.ID, target.Category)
			}
			last = target.Category
			order[last] = true
		}
		if (target.Link != "") != (target.ways == byLink) {
			t.Errorf("%s: a link and no way to it, or the other way round", target.ID)
		}
		for _, link := range []string{target.Link, target.Phone, target.Apple} {
			if link == "" {
				continue
			}
			if !regexp.MustCompile(`^(https://([a-z0-9.-]+|\{instance\})/[^{}]*\?|(mailto|sms|viber|threema|fb-messenger):[a-z/]*[?&])[^/]*$`).MatchString(link) {
				t.Errorf("%s: %s varies before its parameters", target.ID, link)
			}
			for _, value := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(link, -1) {
				if !strings.Contains(" url title text text_url prompt_url tags hashtag topic image via app back instance ", " "+value[1]+" ") {
					t.Errorf("%s: no value is named %s", target.ID, value[1])
				}
			}
		}
		if j, ok := targetIndex(target.ID); j != i || !ok {
			t.Errorf("%s is found at %d", target.ID, j)
		}
		if _, ok := retiredTarget(target.ID); ok {
			t.Errorf("%s is retired too", target.ID)
		}
	}
	if _, ok := targetIndex("myspace"); ok {
		t.Error("myspace is found")
	}
	Targets()[0].ID = "changed"
	if targets[0].ID == "changed" {
		t.Error("the table can be changed from outside")
	}
}

func TestRetired(t *testing.T) {
	for id, want := range map[string]string{
		"pocket":          `"pocket" is retired: Pocket took links until 2025-07-08; use instapaper`,
		"googleplus":      `"googleplus" is retired: Google+ took links until 2019`,
		"yummly":          `"yummly" is retired: Yummly took links until 2024-12`,
		"google.calendar": `"google.calendar" is retired: Google Calendar takes no links; use email`,
	} {
		r, ok := retiredTarget(id)
		if got := r.String(); !ok || got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
	if _, ok := retiredTarget("reddit"); ok {
		t.Error("reddit is retired")
	}
}

// everyRetired returns the closed services in the table that Compile and Decode
// use.
func everyRetired() (all []Retired) {
	for rest := retired; rest != ""; {
		var r Retired
		r, rest = nextRetired(rest)
		all = append(all, r)
	}
	return all
}

func TestNamingARetiredServiceSaysSo(t *testing.T) {
	rulesetOf := func(target string) string {
		return `{"sharewise": 1, "id": "r", "rules": [{"id": "a", "permit": ["` + target + `"]}]}`
	}
	for _, r := range everyRetired() {
		_, err := Compile([]byte(rulesetOf(r.ID)))
		want := "1:62: /rules/0/permit/0: " + r.String()
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	for text, want := range map[string]string{
		`{"page": {"text": {"pocket": "words"}}}`:                  `1:20: /page/text/pocket: "pocket" is retired: Pocket took links until 2025-07-08; use instapaper`,
		`{"page": {"appIds": {"workplace": "1"}}}`:                 `1:22: /page/appIds/workplace: "workplace" is retired: Workplace from Meta took links until 2026-06-01; use teams`,
		`{"page": {"instances": {"googleplus": "plus.example"}}}`:  `1:25: /page/instances/googleplus: "googleplus" is retired: Google+ took links until 2019`,
		`{"page": {"instances": {"mastadon": "mastodon.social"}}}`: `1:25: /page/instances/mastadon: unknown target "mastadon"; did you mean "mastodon"?`,
		`{"page": {"appIds": {"facebok": "1"}}}`:                   `1:22: /page/appIds/facebok: unknown target "facebok"; did you mean "facebook"?`,
	} {
		if _, err := Decode([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", text, err, want)
		}
	}
}
