package share

import (
	"strings"
	"testing"
)

// cardRules permits what a picture with a code depends on, and other targets by
// their ids.
func cardRules(t *testing.T, targets string) *Rules {
	t.Helper()
	return mustCompile(t, `{"sharewise":1,"id":"c","rules":[{"id":"r","permit":[`+targets+`]}]}`)
}

func TestACardHasTheAddressTheTitleAndTheWaysOut(t *testing.T) {
	const url = "https://lamha.example/@lina/7100"
	long := url + "?q=" + strings.Repeat("a", 1200)
	for _, c := range []struct{ name, targets, request, want string }{
		{"a phone that shares files", `"card","system"`,
			`{"content":{"id":"7100","url":"` + url + `?utm_source=x","title":" Sunset at sea","text":"More"},` +
				`"device":{"platform":"android","share":true,"shareFiles":true}}`,
			`{"method":"card","href":"` + url + `","text":"Sunset at sea","title":"7100-card.jpg","url":"` + url +
				`","alternatives":["share","download"]}`},
		{"the rules do not permit the share sheet", `"card"`,
			`{"content":{"id":"a/b","url":"` + url + `","text":"Read ` + url + ` now"},` +
				`"device":{"share":true,"shareFiles":true}}`,
			`{"method":"card","href":"` + url + `","text":"Read now","title":"card.jpg","url":"` + url +
				`","alternatives":["download"]}`},
		{"no files can be shared", `"card","system"`,
			`{"content":{"url":"` + url + `"},"device":{"share":true}}`,
			`{"method":"card","href":"` + url + `","title":"card.jpg","url":"` + url +
				`","alternatives":["download"]}`},
		{"an address that is too long for a code", `"card"`, `{"content":{"url":"` + long + `"}}`,
			`{"method":"card","title":"card.jpg","url":"` + long + `","alternatives":["download"]}`},
	} {
		rules := cardRules(t, c.targets)
		req, err := rules.Decode([]byte(c.request))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		e, err := rules.Decide("card", req)
		if err != nil || e.Delivery == nil {
			t.Errorf("%s: %v %v", c.name, e, err)
			continue
		}
		if got := string(e.Delivery.appendJSON(nil)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestACardNeedsAnAddress(t *testing.T) {
	rules := cardRules(t, `"card"`)
	e, _ := rules.Decide("card", &Request{Content: Content{Title: "Sunset"}})
	if e.Verdict != Unavailable || e.Reason != "needs-url" {
		t.Errorf("got %v, %s", e.Verdict, e.Reason)
	}
}

func TestEveryPublicKindHasACardByDefaultAndNothingElseHas(t *testing.T) {
	rules := mustCompile(t, string(Default()))
	for _, kind := range kindValues {
		for _, visibility := range visibilityValues {
			req, err := rules.Decode([]byte(`{"content":{"kind":"` + kind + `","visibility":"` + visibility +
				`","url":"https://lamha.example/1","createdAt":"2026-03-01T18:00:00Z"},` +
				`"viewer":{"role":"public"},"now":"2026-03-01T19:30:00Z"}`))
			if err != nil {
				t.Fatal(err)
			}
			e, err := rules.Decide("card", req)
			want := Forbidden
			if visibility == "public" {
				want = Permitted
			}
			if err != nil || e.Verdict != want {
				t.Errorf("a %s %s: got %v, %s, want %v", visibility, kind, e.Verdict, e.Reason, want)
			}
		}
	}
}
