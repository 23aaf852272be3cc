package html_test

import (
	"encoding/json"
	"html/template"
	"os"
	"strings"
	"testing"

	"sharewise/share"
	"sharewise/share/html"
)

// The cases are those of www/test/html.test.js.
func TestNoTextInARequestLeavesTheBlock(t *testing.T) {
	text, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name    string
		Request any
		Block   string
	}
	if err := json.Unmarshal(text, &cases); err != nil || len(cases) < 10 {
		t.Fatal(err, len(cases))
	}
	for _, c := range cases {
		if got, err := html.Block(c.Request); string(got) != c.Block || err != nil {
			t.Errorf("%s: got %s and %v\nwant %s", c.Name, got, err, c.Block)
		}
	}
}

func TestTheBlockOfARequestIsReadAsTheSame(t *testing.T) {
	const title = "</script><!-- & \u2028 ليلى"
	block, err := html.Block(&share.Request{Content: share.Content{Kind: share.Video, Title: title}})
	if err != nil {
		t.Fatal(err)
	}
	content := strings.TrimSuffix(strings.TrimPrefix(string(block), `<script type="application/json">`), "</script>")
	request, err := share.Decode([]byte(content))
	if err != nil || strings.ContainsAny(content, "<>&\u2028") {
		t.Fatalf("%v: %s", err, content)
	}
	again, _ := html.Block(request)
	if again != block {
		t.Errorf("got %s\nwant %s", again, block)
	}
}

func TestBytesThatAreNotUTF8AreReplaced(t *testing.T) {
	for _, request := range []any{
		&share.Request{Content: share.Content{Title: "a\xffb"}},
		map[string]any{"content": map[string]any{"title": "a\xffb"}},
	} {
		want := template.HTML(`<script type="application/json">{"content":{"title":"a` + "\ufffd" + `b"}}</script>`)
		if got, err := html.Block(request); got != want && got != template.HTML(strings.Replace(string(want), "\ufffd", `\ufffd`, 1)) || err != nil {
			t.Errorf("%T: got %q and %v", request, got, err)
		}
	}
}

func TestATemplateWritesTheBlockAsItIs(t *testing.T) {
	block, err := html.Block(map[string]string{"title": "</script>"})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := template.Must(template.New("").Parse(`<share-sheet>{{.}}</share-sheet>`)).Execute(&out, block); err != nil {
		t.Fatal(err)
	}
	if want := "<share-sheet>" + string(block) + "</share-sheet>"; out.String() != want {
		t.Errorf("got %s", out.String())
	}
}

func TestWhatIsNotJSONIsAnError(t *testing.T) {
	if got, err := html.Block(func() {}); err == nil || got != "" {
		t.Errorf("got %q and %v", got, err)
	}
}
