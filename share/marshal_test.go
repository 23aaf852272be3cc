package share

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// plain is json.Marshal without the escaping of HTML.
func plain(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func caseRequests(t *testing.T, rules *Rules) map[string]*Request {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*/request.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	requests := map[string]*Request{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if requests[file], err = rules.Decode(text); err != nil {
			t.Fatal(err)
		}
	}
	return requests
}

func TestEncodingJSONWritesWhatIsDocumented(t *testing.T) {
	skipIfShort(t)
	rules := mustCompile(t, string(Default()))
	for file, req := range caseRequests(t, rules) {
		sheet := rules.Sheet(req)
		if got, want := plain(t, sheet), string(sheet.AppendJSON(nil)); got != want {
			t.Fatalf("%s: a sheet is %s, want %s", file, got, want)
		}
		var parts struct{ Entries []json.RawMessage }
		if err := json.Unmarshal(sheet.AppendJSON(nil), &parts); err != nil {
			t.Fatal(err)
		}
		for i, e := range sheet.Entries {
			if got, want := plain(t, e), string(parts.Entries[i]); got != want {
				t.Fatalf("%s: an entry is %s, want %s", file, got, want)
			}
			if got := plain(t, struct{ V Verdict }{e.Verdict}); got != `{"V":"`+e.Verdict.String()+`"}` {
				t.Fatalf("a verdict is %s", got)
			}
			if e.Delivery != nil && !bytes.Contains(parts.Entries[i], []byte(plain(t, e.Delivery))) {
				t.Fatalf("%s: a delivery is %s, want that of %s", file, plain(t, e.Delivery), parts.Entries[i])
			}
			x, _ := rules.Explain(e.Target, req)
			if got, want := plain(t, x), string(x.AppendJSON(nil)); got != want {
				t.Fatalf("%s: an explanation is %s, want %s", file, got, want)
			}
		}
	}
	other := mustCompile(t, `{"sharewise": 1, "id": "other", "rules": [{"id": "a", "permit": ["reddit"]}]}`)
	d := Diff(rules, other)
	if got, want := plain(t, d), string(d.AppendJSON(nil)); got != want {
		t.Errorf("a difference is %s, want %s", got, want)
	}
	report := rules.Test()
	if got, want := plain(t, report), string(report.AppendJSON(nil)); got != want {
		t.Errorf("a report of tests is %s, want %s", got, want)
	}
}

func TestARequestThatIsWrittenIsReadAsTheSame(t *testing.T) {
	rules := mustCompile(t, `{"sharewise": 1, "id": "a", "facts": {"viewer.attributes.since": {"type": "time"}},
		"rules": [{"id": "a", "permit": ["reddit"], "when": {"before": [{"var": "viewer.attributes.since"}, {"var": "now"}]}}]}`)
	requests := caseRequests(t, rules)
	requests["every kind of attribute"] = &Request{
		Content: Content{Tags: []string{},
			Media: []Media{{}, {URL: "https://video.example/1.mp4", Bytes: NumberOf(0)}}},
		Viewer: Viewer{Attributes: map[string]Value{
			"a": TextValue(`"<&>`), "b": NumberValue(-0.5), "c": BoolValue(false), "d": TextsValue("x", ""),
			"since": TimeValue(time.Date(2026, 3, 1, 18, 0, 0, 5e6, time.UTC)), "none": {},
		}},
		Page: Page{KeepTracking: true, StartAt: NumberOf(7), Text: map[string]string{"x": "a\nb", "email": ""}},
		Now:  time.Date(2026, 3, 1, 18, 0, 0, 0, time.UTC),
	}
	for name, req := range requests {
		text, err := json.Marshal(req)
		if err != nil {
			t.Fatal(err)
		}
		got, err := rules.Decode(text)
		if err != nil {
			t.Fatalf("%s: %s: %v", name, text, err)
		}
		again, err := json.Marshal(*got)
		if err != nil || string(again) != string(text) {
			t.Errorf("%s: read and written again it is\n%s, %v, want\n%s", name, again, err, text)
		}
		if want, got := rules.Sheet(req), rules.Sheet(got); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the sheet is %v, want %v", name, got, want)
		}
	}
	if got := plain(t, Request{}); got != "{}" {
		t.Errorf("an empty request is %s", got)
	}
}

func TestEncodingJSONReadsARequestStrictly(t *testing.T) {
	for text, want := range map[string]string{
		`{"content":{"visibilty":"private"}}`:   `1:13: /content/visibilty: unknown member "visibilty"; did you mean "visibility"?`,
		`{"Content":{}}`:                        `1:2: /Content: unknown member "Content"; did you mean "content"?`,
		`{"content":{"downloadable":"yes"}}`:    `1:28: /content/downloadable: want a boolean, not a string`,
		`{"device":{"share":true},"now":"now"}`: `1:32: /now: "now": want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)`,
	} {
		req := Request{Content: Content{Title: "kept"}}
		err := json.Unmarshal([]byte(text), &req)
		var problems Problems
		if !errors.As(err, &problems) || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
		if req.Content.Title != "kept" {
			t.Errorf("%s: a refused text has changed the request", text)
		}
	}
	var req Request
	if err := json.Unmarshal([]byte(`{"content":{"media":[{"bytes":5}],"downloadable":false}}`), &req); err != nil {
		t.Fatal(err)
	}
	if n, _ := req.Content.Media[0].Bytes.Float(); n != 5 || req.Content.Downloadable != No {
		t.Errorf("bytes %v, downloadable %v", n, req.Content.Downloadable)
	}
}

func TestAVerdictIsReadByItsWord(t *testing.T) {
	var v struct{ V Verdict }
	for _, verdict := range []Verdict{Permitted, Forbidden, NotPermitted, NotYet, Unavailable} {
		if err := json.Unmarshal([]byte(`{"V":"`+verdict.String()+`"}`), &v); err != nil || v.V != verdict {
			t.Errorf("%v: %v, %v", verdict, v.V, err)
		}
	}
	err := json.Unmarshal([]byte(`{"V":"allowed"}`), &v)
	if want := `"allowed" is not one of permitted, forbidden, not-permitted, not-yet, unavailable`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestDecideIsTheSheetForOneTarget(t *testing.T) {
	rules := mustCompile(t, string(Default()))
	for file, req := range caseRequests(t, rules) {
		sheet := rules.Sheet(req)
		for _, want := range sheet.Entries {
			got, err := rules.Decide(want.Target, req)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %s is %v, %v, want %v", file, want.Target, got, err, want)
			}
			if got, ok := sheet.Entry(want.Target); !ok || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: the entry of %s is %v, want %v", file, want.Target, got, want)
			}
		}
	}
}

func TestATargetThatIsNotNamedIsAnError(t *testing.T) {
	rules := mustCompile(t, `{"sharewise": 1, "id": "one", "rules": [{"id": "a", "permit": ["reddit"]}]}`)
	for target, want := range map[string]string{
		"redit":    `unknown target "redit"; did you mean "reddit"?`,
		"facebook": `the ruleset one does not name the target facebook`,
		"":         `unknown target ""`,
	} {
		e, err := rules.Decide(target, &Request{})
		var unknown *UnknownTargetError
		if !errors.As(err, &unknown) || err.Error() != want || unknown.Target != target || e.Verdict != 0 {
			t.Errorf("%q: %v, %v, want %s", target, e, err, want)
		}
		if _, ok := (&Sheet{}).Entry(target); ok {
			t.Errorf("a sheet without entries has one for %q", target)
		}
	}
	if _, err := new(Rules).Decide("reddit", &Request{}); err == nil {
		t.Error("rules that were never compiled decide")
	}
}

func TestTheValuesOfFactsCanBeRead(t *testing.T) {
	rules := mustCompile(t, string(Default()))
	req, err := rules.Decode([]byte(`{"content":{"kind":"story","visibility":"public","createdAt":"2026-03-01T18:00:00Z"},"now":"2026-03-01T19:00:00Z"}`))
	if err != nil {
		t.Fatal(err)
	}
	x, _ := rules.Explain("reddit", req)
	values := map[string]Value{}
	for _, r := range x.Rules {
		for _, f := range r.Facts {
			values[f.Name] = f.Value()
		}
	}
	if s, ok := values["content.visibility"].Text(); !ok || s != "public" {
		t.Errorf("the visibility is %q, %v", s, ok)
	}
	if at, ok := values["now"].Time(); !ok || !at.Equal(time.Date(2026, 3, 1, 19, 0, 0, 0, time.UTC)) {
		t.Errorf("now is %v, %v", at, ok)
	}
	if v := values["content.expiresAt"]; v.Known() {
		t.Errorf("the end is %v", v)
	}
}
