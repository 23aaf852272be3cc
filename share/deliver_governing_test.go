package share

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// doneBy returns the targets whose own action is part of a delivery.
func doneBy(d *Delivery) (ids []string) {
	for i, m := range append([]Method{d.Method}, d.Alternatives...) {
		switch m {
		case ByCopy:
			ids = append(ids, "link.copy")
		case ByQR:
			ids = append(ids, "link.qr")
		case ByDownload:
			ids = append(ids, "media.save")
		case ByShare:
			if ids = append(ids, "system"); i == 0 && d.Files {
				ids = append(ids, "media.save")
			}
		}
	}
	for _, step := range d.Steps {
		switch step {
		case "copy-link", "add-sticker", "paste-link":
			ids = append(ids, "link.copy")
		case "save-file":
			ids = append(ids, "media.save")
		case "scan-code", "scan-in-app":
			ids = append(ids, "link.qr")
		case "share-file":
			ids = append(ids, "system", "media.save")
		}
	}
	if d.URL != "" { // some target must use the address
		if !slices.Contains(ids, "link.copy") && !slices.Contains(ids, "link.qr") && !slices.Contains(ids, "system") {
			ids = append(ids, "something that uses the address")
		}
	}
	if d.File != nil && d.Method != ByBridge && !slices.Contains(ids, "media.save") {
		ids = append(ids, "something that uses the file")
	}
	return ids
}

// permittedBy returns the targets that the rules permit, available or not.
func permittedBy(sheet *Sheet) (ids []string) {
	for _, e := range sheet.Entries {
		if e.Verdict == Permitted || e.Verdict == Unavailable {
			ids = append(ids, e.Target)
		}
	}
	return ids
}

func TestNoDeliveryDoesWhatIsNotPermitted(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(*seed, 31))}
	governed, missing := 0, 0
	for n := 0; n < pairs()/4; {
		text := g.ruleset()
		rules, err := Compile([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for range 10 {
			n++
			made := g.request()
			req, err := rules.Decode([]byte(made))
			if err != nil {
				t.Fatalf("%v\n%s", err, made)
			}
			sheet := rules.Sheet(req)
			permitted := permittedBy(&sheet)
			for _, e := range sheet.Entries {
				if e.Reason == reasonNoWay {
					missing++
				}
				if e.Delivery == nil {
					continue
				}
				for _, id := range doneBy(e.Delivery) {
					governed++
					if !slices.Contains(permitted, id) {
						t.Fatalf("%s does what %s does, which is not permitted: %+v\n%s\n%s", e.Target, id, *e.Delivery,
							text, made)
					}
				}
			}
		}
	}
	if governed == 0 || missing == 0 {
		t.Errorf("%d deliveries did what other targets do, %d targets had no way left", governed, missing)
	}
}

// only returns the capabilities of a request if the rules permit only the ways
// that words names.
func only(req *Request, words string) capability {
	c := capabilitiesOf(req)
	for _, word := range strings.Fields(words) {
		c |= map[string]capability{"copy": mayCopy, "code": mayCode, "save": maySave, "share": mayShare}[word]
	}
	return c
}

func TestWhatIsNotPermittedFallsAway(t *testing.T) {
	phone := Device{Platform: Android, Share: Yes, ShareFiles: Yes}
	computer, app := Device{Platform: Desktop, Share: Yes}, Device{Platform: IOS, Bridge: Yes}
	const none = "needs-permission"
	for _, c := range []struct {
		id     string
		device Device
		may    string
		want   string
	}{
		{"instagram.story", phone, "", none},
		{"instagram.story", phone, "copy", none},
		{"instagram.story", phone, "code", none},
		{"instagram.story", phone, "share", none},
		{"instagram.story", phone, "copy code share", none},
		{"instagram.story", phone, "save", "download: save-file, pick-app, pick-story"},
		{"instagram.story", phone, "copy save",
			"download or copy: copy-link, save-file, pick-app, pick-story, add-sticker"},
		{"instagram.story", phone, "save share", "share files or download: share-file, pick-app, pick-story"},
		{"instagram.reels", phone, "code save share", "share files or qr, download: share-file, pick-app, pick-reel"},
		{"instagram.story", computer, "code", "qr: scan-code, open-phone"},
		{"instagram.story", computer, "save", "download: save-file, pick-app, pick-story"},
		{"instagram.story", computer, "copy share", none},
		{"instagram.story", app, "", "bridge"},
		{"instagram.story", app, "copy", "bridge or copy"},
		{"tiktok", Device{}, "", none},
		{"tiktok", Device{}, "code", "qr: scan-code, open-phone"},
		{"signal", phone, "", none},
		{"signal", phone, "code", none},
		{"signal", phone, "share", "share: pick-app"},
		{"signal", phone, "copy", "copy: copy-link, pick-app, paste-link"},
		{"signal", computer, "copy", "copy: copy-link, pick-app, paste-link"},
		{"signal", computer, "share", "share: pick-app"},
		{"signal", computer, "code", "qr: scan-code, open-phone"},
		{"discord", computer, "share code", "share or qr: pick-app"},
		{"discord", phone, "save", none},
		{"wechat", computer, "code", "qr: scan-in-app, use-menu"},
		{"wechat", computer, "share", "share: pick-app"},
		{"wechat", phone, "code", none},
		{"wechat", Device{}, "code", "qr: scan-in-app, use-menu"},
		{"sms", phone, "", "link"},
		{"sms", phone, "share", "link or share"},
		{"sms", phone, "copy", "link or copy"},
		{"system", phone, "", "share"},
		{"system", phone, "copy", "share or copy"},
		{"link.copy", phone, "", "copy"},
		{"link.qr", phone, "", "qr"},
		{"media.save", phone, "", "download"},
		{"x", phone, "", "link"},
	} {
		req := clip1("story", mp4)
		req.Device = c.device
		i, _ := targetIndex(c.id)
		can := only(req, c.may)
		got := ""
		if _, got = targets[i].route(can); got == "" {
			d := targets[i].deliver(req, cleanLink(req), wordsOf(req, cleanLink(req)), can)
			got = methods(d)
			if d.URL != "" && d.Method != ByShare && len(d.Alternatives) == 0 {
				t.Errorf("%s with %q has an address that nothing uses", c.id, c.may)
			}
			if uses := slices.Contains(doneBy(&d), "media.save") || d.Method == ByBridge; (d.File != nil) != uses {
				t.Errorf("%s with %q: the file %v", c.id, c.may, d.File)
			}
		}
		if got != c.want {
			t.Errorf("%s on %q with %q:\n got %s\nwant %s", c.id, c.device.Platform, c.may, got, c.want)
		}
	}
}

func TestAnAddressTooLongForACodeIsCopiedOnlyWhereCopyingIsPermitted(t *testing.T) {
	req := clip1("story")
	req.Content.URL = "https://video.example/" + strings.Repeat("x", 1179)
	i, _ := targetIndex("link.qr")
	if _, reason := targets[i].route(only(req, "")); reason != reasonNoWay {
		t.Errorf("got %q", reason)
	}
	if got := methods(targets[i].deliver(req, cleanLink(req), wordsOf(req, cleanLink(req)),
		only(req, "copy"))); got != "copy: copy-link" {
		t.Errorf("got %q", got)
	}
}

func TestASystemThatTakesAFileAloneNeedsLeaveToSaveIt(t *testing.T) {
	req := clip1("story", mp4)
	req.Content.URL = ""
	req.Device = Device{Platform: Android, Share: Yes, ShareFiles: Yes}
	i, _ := targetIndex("system")
	if _, reason := targets[i].route(only(req, "copy code share")); reason != reasonNoWay {
		t.Errorf("got %q", reason)
	}
	d := targets[i].deliver(req, cleanLink(req), wordsOf(req, cleanLink(req)), only(req, "save"))
	if got := methods(d); got != "share files: share-file" {
		t.Errorf("got %q", got)
	}
	if d.File == nil || d.File.URL != mp4.URL {
		t.Errorf("the file to share is not named: %v", d.File)
	}
}

// Two of the three ways are forbidden for every request, as the ruleset proves.
func TestWhatIsNeverPermittedIsNoWayToAnotherTarget(t *testing.T) {
	rules, err := Compile([]byte(rulesetOf(`"rules": [{"id": "p", "permit": ["tiktok", "discord"]}, {"id": "q", "permit": ["media.save"]},
		{"id": "f", "forbid": ["media.save", "link.copy", "link.qr"]}],
		"never": [{"id": "n", "targets": ["media.save", "link.copy"], "when": {"===": [{"var": "content.kind"}, "story"]}}]`)))
	if err != nil {
		t.Fatal(err)
	}
	everyRequest(func(req *Request) {
		req.Device.Bridge = No
		sheet := rules.Sheet(req)
		text := string(sheet.AppendJSON(nil))
		for _, e := range sheet.Entries {
			if e.Delivery != nil {
				t.Fatalf("%s is delivered: %s", e.Target, text)
			}
		}
		for _, m := range req.Content.Media {
			if strings.Contains(text, m.URL) {
				t.Fatalf("the file is handed over: %s", text)
			}
		}
	})
}

func TestAStrangerGetsNoFileThatIsNotToBeDownloaded(t *testing.T) {
	rules, err := Compile(Default())
	if err != nil {
		t.Fatal(err)
	}
	req, err := rules.Decode([]byte(`{"content": {"kind": "story", "visibility": "public", "downloadable": false, "createdAt": "2026-03-01T18:00:00Z",
		"media": [{"url": "https://video.example/7100.mp4", "type": "video/mp4"}]}, "viewer": {"id": "u-15", "role": "public"},
		"device": {"platform": "ios", "share": true, "shareFiles": true}, "now": "2026-03-01T19:30:00Z"}`))
	if err != nil {
		t.Fatal(err)
	}
	sheet := rules.Sheet(req)
	if text := string(sheet.AppendJSON(nil)); strings.Contains(text, "7100.mp4") ||
		strings.Contains(text, `"files":true`) {
		t.Errorf("the file is handed over: %s", text)
	}
	for _, e := range sheet.Entries {
		if e.Target == "system" && (e.Verdict != Unavailable || e.Reason != reasonNoWay) {
			t.Errorf("system is %v: %s", e.Verdict, e.Reason)
		}
		if e.Target == "media.save" && e.Verdict != Forbidden {
			t.Errorf("media.save is %v", e.Verdict)
		}
	}
}

// In a batch, the verdicts of other targets are known only row by row, so a route
// is prepared for every combination.
func TestRoutesKnowEveryCombinationOfPermits(t *testing.T) {
	everyRequest(func(req *Request) {
		c := capabilitiesOf(req)
		for i := range targets {
			set := targets[i].routes(c)
			for combination := range capability(16) {
				allowed := combination << mayBit
				if _, reason := targets[i].route(c | allowed); set.holds(allowed) != (reason == "") {
					t.Fatalf("%s with %b: %v, and %q", targets[i].ID, combination, set.holds(allowed), reason)
				}
			}
		}
	})
}

func TestATargetWithoutAPermittedWayIsAWarning(t *testing.T) {
	const story, video = `{"===": [{"var": "content.kind"}, "story"]}`, `{"===": [{"var": "content.kind"}, "video"]}`
	for _, c := range []struct{ name, rules, want string }{
		{"none is named", `{"id": "p", "permit": ["tiktok", "reddit", "discord"]}`,
			`1:62: /rules/0/permit/0: warning: tiktok is permitted, but no way to get it there is; permit link.qr or media.save with it` + "\n" +
				`1:82: /rules/0/permit/2: warning: discord is permitted, but no way to get it there is; permit link.copy, link.qr or system with it`},
		{"none is permitted", `{"id": "p", "permit": ["discord"]}, {"id": "f", "forbid": ["link.copy"]}`,
			`1:62: /rules/0/permit/0: warning: discord is permitted, but no way to get it there is; permit link.copy, link.qr or system with it` + "\n" +
				`1:98: /rules/1/forbid/0: warning: nothing can go to link.copy: no rule permits it; permit it, or leave it out`},
		{"they are permitted for others", `{"id": "p", "permit": ["discord"], "when": ` + story +
			`}, {"id": "q", "permit": ["link.copy"], "when": ` + video + `}`,
			`1:62: /rules/0/permit/0: warning: discord is permitted, but no way to get it there is; permit link.copy, link.qr or system with it`},
		{"they are forbidden where it is permitted", `{"id": "p", "permit": ["discord"], "when": ` + story +
			`}, {"id": "q", "permit": ["link.copy"]}, {"id": "f", "forbid": ["link.copy"], "when": ` + story + `}`,
			`1:62: /rules/0/permit/0: warning: discord is permitted, but no way to get it there is; permit link.copy, link.qr or system with it`},
		{"the system alone takes no file", `{"id": "p", "permit": ["tiktok", "system", "link.copy"]}`,
			`1:62: /rules/0/permit/0: warning: tiktok is permitted, but no way to get it there is; permit link.qr or media.save with it`},
		{"one is permitted at times",
			`{"id": "p", "permit": ["discord", "tiktok"]}, {"id": "q", "permit": ["link.qr"], "when": ` +
				story + `}`, ``},
		{"a link needs no other", `{"id": "p", "permit": ["reddit", "sms", "system", "link.qr", "friends"]}`, ``},
		{"nothing can go there at all", `{"id": "p", "forbid": ["discord"]}`,
			`1:62: /rules/0/forbid/0: warning: nothing can go to discord: no rule permits it; permit it, or leave it out`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(findings(t, rulesetOf(`"rules": [`+c.rules+`]`)), "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
