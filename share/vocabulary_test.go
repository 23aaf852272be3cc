package share

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestVocabularyIsWholeAndValid(t *testing.T) {
	var v struct {
		Facts []struct {
			Name, Type, Unit, About string
			Values                  []string
		}
		Targets []struct{ ID, Name, Network, Category string }
	}
	if err := json.Unmarshal(AppendVocabulary(nil), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Facts) != len(facts) || len(v.Targets) != len(targets) {
		t.Fatalf("%d facts and %d targets, want %d and %d", len(v.Facts), len(v.Targets), len(facts), len(targets))
	}
	for _, f := range v.Facts {
		if f.Name == "" || f.Type == "" || f.About == "" {
			t.Errorf("a fact is not described: %+v", f)
		}
	}
	for _, target := range v.Targets {
		if target.ID == "" || target.Name == "" || target.Network == "" || target.Category == "" {
			t.Errorf("a target is not described: %+v", target)
		}
	}
}

func TestBucketDecidesARollout(t *testing.T) {
	rules, err := Compile([]byte(`{"sharewise": 1, "id": "r", "rollouts": {"tenth": {"percent": 10, "hash": "flagd-v2", "salt": "tenth/1"}},
		"rules": [{"id": "a", "permit": ["content.delete"], "rollout": "tenth"}]}`))
	if rules == nil {
		t.Fatal(err)
	}
	inside := 0
	for _, viewer := range []string{"u-1", "u-2", "u-3", "u-4", "u-5", "u-6", "u-7", "u-8", "u-9", "u-10", "u-11",
		"u-12", "u-13", "u-14", "u-15", "u-16", "u-17", "u-18", "u-19", "u-20", "ليلى"} {
		b, ok := rules.Bucket("tenth", viewer)
		if !ok || b < 0 || b >= 100000 {
			t.Fatalf("Bucket(%q) = %d, %v", viewer, b, ok)
		}
		want := NotYet
		if b < 10000 {
			want = Permitted
			inside++
		}
		sheet := rules.Sheet(&Request{Viewer: Viewer{ID: viewer}})
		if got := sheet.Entries[0].Verdict; got != want {
			t.Errorf("%s is in bucket %d and its verdict is %s, want %s", viewer, b, got, want)
		}
	}
	if inside == 0 {
		t.Error("nobody is in; the ids should include somebody")
	}
	if _, ok := rules.Bucket("none", "u-1"); ok {
		t.Error("a rollout that does not exist has a bucket")
	}
}

func TestConditionsAreReadable(t *testing.T) {
	rules, err := Compile([]byte(`{"sharewise": 1, "id": "r", "rules": [
		{"id": "a", "permit": ["reddit"]},
		{"id": "b", "forbid": ["reddit"], "when": {">=": [{"age": [{"var": "content.createdAt"}]}, 86400]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"rules":[{"id":"a"},{"id":"b","condition":"age(content.createdAt) >= 24h"}]}`
	if got := string(rules.AppendConditions(nil)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The sheet's languages have words for exactly these.
func TestVocabularyListsEveryStepReasonAndCategory(t *testing.T) {
	var v struct{ Categories, Reasons, Steps []string }
	if err := json.Unmarshal(AppendVocabulary(nil), &v); err != nil {
		t.Fatal(err)
	}
	want := []string{"story", "video", "social", "message", "mail", "bookmark", "work", "blog", "ai", "link", "friends", "own"}
	if !reflect.DeepEqual(v.Categories, want) {
		t.Errorf("categories: %q", v.Categories)
	}
	found, reasons := map[string]bool{}, map[string]bool{
		reasonNoRule: true, reasonNotYet: true, reasonForbidden: true, reasonNotKnown: true}
	everyRequest(func(req *Request) {
		c := capabilitiesOf(req) | may
		for i := range targets {
			if _, reason := targets[i].route(c &^ may); reason != "" {
				reasons[reason] = true
			}
			if _, reason := targets[i].route(c); reason != "" {
				reasons[reason] = true
				continue
			}
			d := targets[i].deliver(req, cleanLink(req), wordsOf(req, cleanLink(req)), c)
			for _, step := range d.Steps {
				found[step] = true
			}
		}
	})
	for _, list := range []struct {
		what string
		got  []string
		want map[string]bool
	}{{"step", v.Steps, found}, {"reason", v.Reasons, reasons}} {
		for _, id := range list.got {
			if !list.want[id] {
				t.Errorf("no delivery has the %s %s", list.what, id)
			}
			delete(list.want, id)
		}
		for id := range list.want {
			t.Errorf("the %s %s is not listed", list.what, id)
		}
	}
}

// everyRequest visits the devices, files and addresses that affect how targets are
// carried out.
func everyRequest(do func(*Request)) {
	for _, platform := range []Platform{"", IOS, Android, Desktop} {
		for _, can := range []Truth{Unknown, No, Yes} {
			for _, bridge := range []Truth{No, Yes} {
				for _, media := range [][]Media{nil, {mp4}, {jpg}, {{URL: "https://cdn.example/a.zip"}}} {
					for _, url := range []string{"", "https://video.example/s/7100", "https://video.example/" + strings.Repeat("x", 1200)} {
						for _, full := range []bool{false, true} {
							req := &Request{Content: Content{Kind: Story, URL: url, Media: media}, Now: time.Unix(0, 0),
								Device: Device{Platform: platform, Share: can, ShareFiles: can, Bridge: bridge, InAppBrowser: bridge}}
							if full {
								req.Page = pageOf()
								req.Content.ImageURL, req.Content.EmbedURL = "https://video.example/i.jpg", "https://video.example/e"
							}
							do(req)
						}
					}
				}
			}
		}
	}
}
