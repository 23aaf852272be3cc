package starters

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"sharewise/share"
)

var update = flag.Bool("update", false, "write what comes out over what is expected in testdata")

// Requests of five hosts, one a line, with their sheets.
func TestTheSheetsOfFiveHosts(t *testing.T) {
	for _, kind := range []string{"news", "enterprise", "podcast", "children", "marketplace"} {
		text, _ := Ruleset(kind)
		rules := compiled(t, text)
		requests, err := os.ReadFile("testdata/" + kind + "-requests.ndjson")
		if err != nil {
			t.Fatal(err)
		}
		var got []byte
		for line := range bytes.Lines(requests) {
			req, err := rules.Decode(line)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			sheet := rules.Sheet(req)
			got = append(sheet.AppendJSON(got), '\n')
		}
		got = bytes.ReplaceAll(got, []byte(rules.Hash()), []byte("$HASH"))
		golden := "testdata/" + kind + "-sheets.ndjson"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", kind, err, got, want)
		}
	}
}

// serve is the company's server: it looks up a document and who asks, and decides
// by the rules that the page has too.
func serve(rules *share.Rules, classification map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.PathValue("id")
		request := &share.Request{Content: share.Content{
			ID: id, Kind: share.Post, URL: "https://docs.corp.example/" + id,
			Attributes: map[string]share.Value{"classification": share.TextValue(classification[id])},
		}}
		for _, entry := range rules.Sheet(request).Entries {
			if entry.Target == r.PathValue("target") && entry.Verdict == share.Permitted {
				http.Redirect(w, r, entry.Delivery.Href, http.StatusSeeOther)
				return
			}
		}
		http.Error(w, "this may not be shared there", http.StatusForbidden)
	})
}

// What the page refuses, the server refuses, and the other way round.
func TestTheServerOfAnEnterpriseRefusesWhatItsPageRefuses(t *testing.T) {
	text, _ := Ruleset("enterprise")
	rules := compiled(t, text)
	documents := map[string]string{"press": "public", "plan": "internal", "offer": "confidential", "draft": ""}
	mux := http.NewServeMux()
	mux.Handle("POST /documents/{id}/share/{target}", serve(rules, documents))
	for id, classification := range documents {
		page := fmt.Sprintf(`{"content": {"id": %q, "kind": "post", "url": "https://docs.corp.example/%s", "attributes": {"classification": %q}}}`, id, id, classification)
		if classification == "" {
			page = strings.Replace(page, `"classification": ""`, "", 1)
		}
		for target, verdict := range verdicts(t, rules, page) {
			if !slices.Contains([]string{"huddle", "teams", "linkedin", "x", "email"}, target) {
				continue // an action of the page
			}
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, httptest.NewRequest("POST", "/documents/"+id+"/share/"+target, nil))
			want := http.StatusForbidden
			if verdict == share.Permitted {
				want = http.StatusSeeOther
			}
			if w.Code != want {
				t.Errorf("%s to %s is %v in the page, and %d on the server", id, target, verdict, w.Code)
			}
		}
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest("POST", "/documents/plan/share/huddle", nil))
	if got, want := w.Header().Get("Location"), "https://huddle.corp.example/share?u=https%3A%2F%2Fdocs.corp.example%2Fplan"; w.Code != http.StatusSeeOther || !strings.HasPrefix(got, want) {
		t.Errorf("%d %s", w.Code, got)
	}
}

// A network's new address reaches pages with the ruleset; nothing else changes.
func TestACorrectedLinkIsAllThatDiffers(t *testing.T) {
	before, _ := Ruleset("links")
	after, err := os.ReadFile("testdata/links-corrected.json")
	if err != nil {
		t.Fatal(err)
	}
	d := share.Diff(compiled(t, before), compiled(t, after))
	if !d.Same() || len(d.Targets) != 1 || d.Targets[0].ID != "reddit" || len(d.Rules) != 0 {
		text, _ := json.Marshal(d)
		t.Errorf("%s", text)
	}
	rules := compiled(t, after)
	req, err := rules.Decode([]byte(`{"content": {"kind": "link", "url": "https://a.example/", "title": "A b"}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range rules.Sheet(req).Entries {
		if want := "https://www.reddit.com/submit/?type=LINK&url=https%3A%2F%2Fa.example%2F&title=A%20b"; e.Target == "reddit" && e.Delivery.Href != want {
			t.Errorf("got %s, want %s", e.Delivery.Href, want)
		}
	}
}
