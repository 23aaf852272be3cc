package share_test

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"sharewise/share"
)

// A valid ruleset compiles to rules that decide requests.
func ExampleCompile() {
	rules, err := share.Compile([]byte(`{
		"sharewise": 1,
		"id": "stories",
		"rules": [
			{"id": "public-goes-out", "permit": ["reddit", "link.copy"],
			 "when": {"===": [{"var": "content.visibility"}, "public"]}}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rules.ID(), rules.Hash()[:8])
	// Output:
	// stories fd19dfd7
}

// An invalid ruleset is refused with all its mistakes and their places.
func ExampleCompile_mistakes() {
	_, err := share.Compile([]byte(`{
		"sharewise": 1,
		"id": "stories",
		"rules": [
			{"id": "public-goes-out", "permit": ["redit"],
			 "when": {"==": [{"var": "content.visibility"}, "public"]}}
		]
	}`))
	fmt.Println(err)
	var problems share.Problems
	if errors.As(err, &problems) {
		fmt.Println(len(problems), "mistakes; the first is at", problems[0].Path)
	}
	// Output:
	// 5:41: /rules/0/permit/0: unknown target "redit"; did you mean "reddit"?
	// 6:14: /rules/0/when/==: "==" converts kinds before it compares; use ===
	// 2 mistakes; the first is at /rules/0/permit/0
}

// A request is read strictly: invalid members are mistakes, and missing ones are
// unknown.
func ExampleDecode() {
	request, err := share.Decode([]byte(`{"content": {"kind": "story"}, "now": "2026-03-01T19:30:00Z"}`))
	fmt.Println(request.Content.Kind, request.Content.Visibility == "", request.Now, err)

	_, err = share.Decode([]byte(`{"content": {"kind": "stroy", "url": "javascript:alert(1)"}}`))
	fmt.Println(err)
	// Output:
	// story true 2026-03-01 19:30:00 +0000 UTC <nil>
	// 1:22: /content/kind: "stroy" is not one of story, video, photo, live, post, link; did you mean "story"?
	// 1:38: /content/url: only http and https URLs can be shared, not "javascript"
}

// A sheet has a verdict for every target that the ruleset names, and the finished
// link of those that are permitted.
func ExampleRules_Sheet() {
	rules, err := share.Compile(share.Default())
	if err != nil {
		panic(err)
	}
	sheet := rules.Sheet(&share.Request{
		Content: share.Content{
			Kind:       share.Story,
			URL:        "https://video.example/@lina/story/7100?utm_source=app",
			Title:      "Sunset",
			Visibility: share.Public,
			CreatedAt:  time.Date(2026, 3, 1, 18, 0, 0, 0, time.UTC),
		},
		Viewer: share.Viewer{ID: "u-42", Role: share.Owner, Locale: "en"},
		Now:    time.Date(2026, 3, 1, 19, 30, 0, 0, time.UTC),
	})
	for _, e := range sheet.Entries {
		switch e.Target {
		case "reddit":
			fmt.Println(e.Verdict, e.Rule, e.Delivery.Href)
		case "instagram.reels":
			fmt.Println(e.Verdict, e.Rule, e.Reason)
		}
	}
	for _, m := range sheet.Messages {
		if m.ID == "reels-refuses-stories" {
			fmt.Println(m.Words)
		}
	}
	// Output:
	// forbidden no-stories-in-reels reels-refuses-stories
	// permitted public-stories-go-out https://www.reddit.com/submit?url=https%3A%2F%2Fvideo.example%2F%40lina%2Fstory%2F7100&title=Sunset&type=LINK
	// Stories can’t be posted to Reels.
}

// An explanation is the trace of a verdict: every rule about the target with the
// facts that it read, and the smallest changes that would give another verdict.
func ExampleRules_Explain() {
	rules, err := share.Compile(share.Default())
	if err != nil {
		panic(err)
	}
	x, _ := rules.Explain("instagram.reels", &share.Request{
		Content: share.Content{Kind: share.Story, Visibility: share.Public},
		Viewer:  share.Viewer{Role: share.Owner},
	})
	for _, rule := range x.Rules {
		if rule.Decides {
			fmt.Printf("%s: %s decides, since %s\n", x.Verdict, rule.ID, rule.Condition)
		}
	}
	// Output:
	// forbidden: no-stories-in-reels decides, since content.kind is "story"
}

// A review needs to know what a new ruleset permits, and to whom.
func ExampleDiff() {
	compile := func(kinds string) *share.Rules {
		rules, err := share.Compile([]byte(`{"sharewise": 1, "id": "reels", "rules": [{"id": "to-reels", "permit": ["instagram.reels"],
			"when": {"and": [{"in": [{"var": "content.kind"}, ` + kinds + `]}, {"===": [{"var": "viewer.role"}, "owner"]}]}}]}`))
		if err != nil {
			panic(err)
		}
		return rules
	}
	d := share.Diff(compile(`["video"]`), compile(`["video", "photo", "live", "post"]`))
	for _, gain := range d.Gains {
		fmt.Println(gain.Targets, "opens to", gain.Kinds)
		for _, where := range gain.Wheres {
			fmt.Println(where.Facts)
			fmt.Println(string(where.Request))
		}
	}
	// Output:
	// [instagram.reels] opens to [photo live post]
	// [content.kind is photo, live or post viewer.role is owner]
	// {"content":{"kind":"live"},"viewer":{"role":"owner"}}
}

// A server enforces the same rules that its pages show. It makes the request from
// its own records and ignores the page's verdict; the hash that the page sends
// only shows whether the page decided by the rules in force.
func Example_server() {
	rules, err := share.Compile(share.Default())
	if err != nil {
		panic(err)
	}
	// requestFor stands for looking up the content and the viewer.
	requestFor := func(r *http.Request) *share.Request {
		return &share.Request{
			Content: share.Content{Kind: share.Story, URL: "https://video.example/7100", Title: "Sun & sea",
				Visibility: share.Public, CreatedAt: time.Date(2026, 3, 1, 18, 0, 0, 0, time.UTC)},
			Viewer: share.Viewer{ID: r.FormValue("viewer"), Role: share.Owner, Region: "SY"},
			Now:    time.Date(2026, 3, 1, 19, 30, 0, 0, time.UTC),
		}
	}

	enforce := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("ruleset") != rules.Hash() {
			http.Error(w, "decided by rules that are not in force; load the page again", http.StatusConflict)
			return
		}
		for _, e := range rules.Sheet(requestFor(r)).Entries {
			if e.Target == r.FormValue("target") && e.Verdict == share.Permitted {
				fmt.Fprintln(w, "shared to", e.Target) // stands for the action
				return
			}
		}
		http.Error(w, "this may not go there", http.StatusForbidden)
	})

	for _, form := range []url.Values{
		{"target": {"reddit"}, "ruleset": {rules.Hash()}},
		{"target": {"instagram.reels"}, "ruleset": {rules.Hash()}, "verdict": {"permitted"}},
		{"target": {"reddit"}, "ruleset": {strings.Repeat("0", 64)}},
	} {
		r := httptest.NewRequest("POST", "/share", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		enforce.ServeHTTP(w, r)
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 shared to reddit
	// 403 this may not go there
	// 409 decided by rules that are not in force; load the page again
}

// Plain anchors inside the sheet's element work before its script runs and
// without it.
func Example_links() {
	rules, err := share.Compile(share.Default())
	if err != nil {
		panic(err)
	}
	names := map[string]string{}
	for _, t := range share.Targets() {
		names[t.ID] = t.Name()
	}
	page := template.Must(template.New("links").Parse(
		"<share-sheet>\n{{range .}}<a href=\"{{.Href}}\" rel=\"noopener\">{{.Name}}</a>\n{{end}}</share-sheet>\n"))

	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		type link struct {
			Href template.URL // safe: it has a scheme of the registry, and every value is encoded
			Name string
		}
		var links []link
		sheet := rules.Sheet(&share.Request{Content: share.Content{Kind: share.Video,
			URL: "https://video.example/7?a=1&b=2", Title: "<b>Sun</b>", Visibility: share.Public}})
		for _, e := range sheet.Entries {
			if e.Verdict == share.Permitted && e.Delivery.Method == share.ByLink {
				links = append(links, link{template.URL(e.Delivery.Href), names[e.Target]})
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		page.Execute(w, links[:3])
	})

	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", "/watch/7", nil))
	fmt.Print(w.Body)
	// Output:
	// <share-sheet>
	// <a href="https://x.com/intent/tweet?text=%3Cb%3ESun%3C%2Fb%3E&amp;url=https%3A%2F%2Fvideo.example%2F7%3Fa%3D1%26b%3D2" rel="noopener">X</a>
	// <a href="https://www.threads.com/intent/post?text=%3Cb%3ESun%3C%2Fb%3E&amp;url=https%3A%2F%2Fvideo.example%2F7%3Fa%3D1%26b%3D2" rel="noopener">Threads</a>
	// <a href="https://www.reddit.com/submit?url=https%3A%2F%2Fvideo.example%2F7%3Fa%3D1%26b%3D2&amp;title=%3Cb%3ESun%3C%2Fb%3E&amp;type=LINK" rel="noopener">Reddit</a>
	// </share-sheet>
}

// A page that keeps requests in columns writes times as milliseconds.
func ExampleMilliseconds() {
	ms, ok := share.Milliseconds("2026-03-01T18:00:00Z")
	fmt.Println(int64(ms), ok)
	// Output:
	// 1772388000000 true
}
