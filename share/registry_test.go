package share

import (
	"encoding/json"
	"reflect"
	"sharewise/share/internal/address"
	"strings"
	"testing"
	"time"
)

type registryTarget struct {
	ID, Name, Network, Surface, Category, Status, Link, Phone, Apple, Ask, Note, Verified, Confidence string

	Takes, Files, Needs, Methods, Sources []string

	Limit struct {
		Max      int
		Unit, Of string
	}
}

func registryOf(t *testing.T) (targets map[string]registryTarget, ids []string) {
	t.Helper()
	var all struct{ Targets []registryTarget }
	if err := json.Unmarshal(AppendRegistry(nil), &all); err != nil {
		t.Fatal(err)
	}
	targets = map[string]registryTarget{}
	for _, target := range all.Targets {
		targets[target.ID] = target
		ids = append(ids, target.ID)
	}
	return targets, ids
}

func TestRegistryTellsOfEveryTarget(t *testing.T) {
	registry, ids := registryOf(t)
	if len(ids) != len(targets) || len(registry) != len(targets) {
		t.Fatalf("%d of %d targets", len(ids), len(targets))
	}
	for i := range targets {
		if ids[i] != targets[i].ID {
			t.Errorf("%d is %s, want %s", i, ids[i], targets[i].ID)
		}
	}
	for id, r := range registry {
		if r.Name == "" || r.Network == "" || r.Category == "" || r.Status == "" || r.Verified == "" || r.Confidence == "" || len(r.Methods) == 0 {
			t.Errorf("%s is not described: %+v", id, r)
		}
		if len(r.Takes) == 0 && r.Status != "host" && id != "page.print" {
			t.Errorf("%s takes nothing", id)
		}
		if (r.Status == "link") != (r.Link != "") {
			t.Errorf("%s: status %s, link %q", id, r.Status, r.Link)
		}
	}
}

func TestWhatTargetsTake(t *testing.T) {
	registry, _ := registryOf(t)
	for id, want := range map[string]string{
		"instagram.story": "files; image video; needs-file; bridge share qr download",
		"instagram.reels": "files; video; needs-file; bridge share qr download",
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
		r := registry[id]
		if got := strings.Join(r.Takes, " ") + "; " + strings.Join(r.Files, " ") + "; " + strings.Join(r.Needs, " ") + "; " + strings.Join(r.Methods, " "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", id, got, want)
		}
	}
	for id, want := range map[string]string{
		"x": "weighted of message", "bluesky": "graphemes of message", "threads": "characters of text", "reddit": "characters of title",
		"hackernews": "characters of title", "teams": "characters of text", "pinterest": "characters of text", "mastodon": "characters of message",
		"viber": "characters of message", "email": "bytes of link", "facebook": " of ",
	} {
		if got := registry[id].Limit.Unit + " of " + registry[id].Limit.Of; got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
	for id, r := range registry {
		if (r.Ask == "instance") != strings.Contains(r.Link, "{instance}") {
			t.Errorf("%s: ask %q", id, r.Ask)
		}
	}
}

func TestRegistryExplainsWhatIsGone(t *testing.T) {
	var all struct {
		StaleAfterMonths int
		Retired          []struct {
			ID, Name, Date, Successor, Note, Confidence string
			Sources                                     []string
		}
	}
	if err := json.Unmarshal(AppendRegistry(nil), &all); err != nil {
		t.Fatal(err)
	}
	if all.StaleAfterMonths != 18 || len(all.Retired) != len(endings) || len(endings) != 25 {
		t.Errorf("%d months, %d retired", all.StaleAfterMonths, len(all.Retired))
	}
	for _, r := range all.Retired {
		if r.ID == "" || r.Name == "" || r.Note == "" || r.Confidence == "" {
			t.Errorf("%+v", r)
		}
		for _, source := range r.Sources {
			if _, problem := address.Check(source); problem != "" {
				t.Errorf("%s: %s: %s", r.ID, source, problem)
			}
		}
	}
}

func TestNotesStandInOrder(t *testing.T) {
	i := 0
	for _, n := range notes {
		for i < len(targets) && targets[i].ID != n[0] {
			i++
		}
		if i == len(targets) {
			// Notes are read beside the table, so they stand in its order.
			if _, ok := targetIndex(n[0]); !ok {
				t.Fatalf("a note for %s, which is no target", n[0])
			}
			t.Fatalf("the note for %s is out of order", n[0])
		}
		if !strings.HasSuffix(n[1], ".") || strings.Contains(n[1], "  ") {
			t.Errorf("%s: %q is no sentence", n[0], n[1])
		}
	}
}

func TestRegistryIsTheSameEveryTime(t *testing.T) {
	if a, b := AppendRegistry(nil), AppendRegistry([]byte("x")); string(b) != "x"+string(a) {
		t.Error("it is not appended")
	}
}

// Every sheet has words for these and no others.
func TestVocabularyListsEveryStepReasonAndCategory(t *testing.T) {
	var v struct{ Categories, Reasons, Steps []string }
	if err := json.Unmarshal(AppendVocabulary(nil), &v); err != nil {
		t.Fatal(err)
	}
	want := []string{"story", "video", "social", "message", "mail", "bookmark", "work", "blog", "ai", "link", "friends", "own"}
	if !reflect.DeepEqual(v.Categories, want) {
		t.Errorf("categories: %q", v.Categories)
	}
	found, reasons := map[string]bool{}, map[string]bool{reasonNoRule: true, reasonNotYet: true, reasonForbidden: true}
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

// everyRequest goes through the devices, files and addresses that make a
// difference to how targets are carried out.
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
