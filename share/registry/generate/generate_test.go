package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

func TestGeneratedFilesAreCurrent(t *testing.T) {
	files, err := generated("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Join("../..", f.name)
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, f.text) {
			t.Errorf("share/%s is not what share/registry says; run: go generate ./share", f.name)
		}
	}
}

// registryWith copies the registry into a folder, with replacements in one of its
// files.
func registryWith(t *testing.T, file string, replace ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{targetsFile, "targets.schema.json", retiredFile, "retired.schema.json"} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if name == file {
			for i := 0; i < len(replace); i += 2 {
				if !strings.Contains(string(text), replace[i]) {
					t.Fatalf("%s has no %s", file, replace[i])
				}
			}
			text = []byte(strings.NewReplacer(replace...).Replace(string(text)))
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestOneMoreRowIsOneMoreTarget(t *testing.T) {
	row := `{ "id": "example", "name": "Example", "category": "video", "status": "link",
		"link": "https://share.example/?u={url}&t={title}", "limit": { "max": 80, "unit": "graphemes" },
		"needs": ["url", "computer"], "ways": "link", "icon": { "mark": "example" }, "confidence": "high",
		"verified": "2026-11-26", "sources": ["https://share.example/docs"] },
	{ "id": "tiktok",`
	folder := registryWith(t, targetsFile, "{\n      \"id\": \"tiktok\",", row)
	before, err := generated("..")
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	if err := generate(folder, to); err != nil {
		t.Fatal(err)
	}
	for i, added := range []string{
		"\t{ID: \"example\", Category: \"video\", needs: hasURL | offPhone, Limit: Limit{80, Graphemes, 0},\n" +
			"\t\tLink: \"https://share.example/?u={url}&t={title}\"},\n",
		"\t{\"example\", \"Example\"},\n",
	} {
		text, err := os.ReadFile(filepath.Join(to, before[i].name))
		if err != nil {
			t.Fatal(err)
		}
		// Everything else stays the same.
		if got := strings.Replace(string(text), added, "", 1); got != string(before[i].text) || got == string(text) {
			t.Errorf("%s has no line\n%s", before[i].name, added)
		}
	}
}

// mistakes are edits of a file, each with the expected error.
var mistakes = []struct{ file, old, new, want string }{
	{targetsFile, `"link": "https://mewe.com/`, `"lnk": "https://mewe.com/`,
		`targets.json: mewe: lnk: there is no such member`},
	{targetsFile, `"name": "MeWe",`, ``, `targets.json: mewe: name: is missing`},
	{targetsFile, `"name": "MeWe"`, `"name": ""`, `targets.json: mewe: name: the text is empty`},
	{targetsFile, `"name": "MeWe"`, `"name": 7`, `targets.json: mewe: name: want a string, not an integer`},
	{targetsFile, `"name": "MeWe"`, `"name": "Gab"`, `targets.json: mewe: name: gab is called "Gab" too`},
	{targetsFile, `"id": "instagram.story",`, ``, `targets.json: row 1: id: is missing`},
	{targetsFile, `"id": "mewe"`, `"id": "gab"`, `targets.json: gab: id: stands twice`},
	{targetsFile, `"id": "mewe"`, `"id": "MeWe"`,
		`targets.json: MeWe: id: "MeWe" does not match ^[a-z]+(\.[a-z]+)?$`},
	{targetsFile, `{ "max": 280, "unit": "weighted" }`, `{ "max": 280, "unit": "words" }`,
		`targets.json: x: limit.unit: "words" is not one of weighted, graphemes, short-urls, characters, emoji-bytes, bytes`},
	{targetsFile, `{ "max": 280, "unit": "weighted" }`, `{ "max": "280", "unit": "weighted" }`,
		`targets.json: x: limit.max: want an integer, not a string`},
	{targetsFile, `{ "max": 280, "unit": "weighted" }`, `{ "max": 0, "unit": "weighted" }`,
		`targets.json: x: limit.max: 0 is less than 1`},
	{targetsFile, `{ "max": 280, "unit": "weighted" }`, `{ "max": 280 }`,
		`targets.json: x: limit.unit: is missing`},
	{targetsFile, `"needs": ["url", "image-url"]`, `"needs": ["url", "url"]`,
		`targets.json: pinterest: needs[1]: "url" stands twice`},
	{targetsFile, `{ "max": 600, "unit": "seconds" }`, `{ "max": 10, "unit": "minutes" }`,
		`targets.json: tiktok: media.video.duration.unit: "minutes" is not one of seconds`},
	{targetsFile, `"colour": "#ff4500"`, `"colour": "orange"`,
		`targets.json: reddit: colour: "orange" does not match ^#[0-9a-f]{6}$`},
	{targetsFile, `"category": "video"`, `"category": "mail"`,
		`targets.json: email: category: mail targets do not stand together`},
	{targetsFile, `"link": "https://mewe.com/share?link={url}",`, ``,
		`targets.json: mewe: link: a target has a link if and only if its ways are "link"`},
	{targetsFile, `"ways": "app-scan"`, `"ways": "qr"`,
		`targets.json: wechat: status: is api where the ways are "qr", not handoff`},
	{targetsFile, `"icon": { "mark": "gab" }`, `"icon": {}`,
		`targets.json: gab: icon: is either a brand or a mark`},
	{targetsFile, `"icon": { "mark": "gab" }`, `"icon": { "mark": "gab", "brand": "gab" }`,
		`targets.json: gab: icon: is either a brand or a mark`},
	{targetsFile, `"verified": "2023-10-10"`, `"verified": "2023-02-30"`,
		`targets.json: flipboard: verified: 2023-02-30 is no day`},
	{targetsFile, `"https://developers.google.com/classroom/guides/sharebutton"`, ``,
		`targets.json: google.classroom: sources: a link needs a source`},
	{targetsFile, `"https://developers.google.com/classroom/guides/sharebutton"`, `"http://classroom.example"`,
		`targets.json: google.classroom: sources[0]: "http://classroom.example" does not match ^https://[^\s]+$`},
	{targetsFile, `"targets": [`, `"more": 1, "targets": [`,
		`targets.json: the file: more: there is no such member`},
	{targetsFile, `"id": "mewe",`, `"id": "mewe", "id": "mewe",`,
		`targets.json: mewe: id: stands twice`},
	{targetsFile, `"max": 280,`, `"max": 280, "max": 280,`, `targets.json: x: limit.max: stands twice`},
	{retiredFile, `"successor": "instapaper"`, `"successor": "instapapr"`,
		`retired.json: pocket: successor: there is no target "instapapr"`},
	{retiredFile, `"id": "pocket"`, `"id": "aaa"`,
		`retired.json: aaa: id: stands after myspace; rows stand in the order of their ids`},
	{retiredFile, `"id": "pocket"`, `"id": "pinterest"`,
		`retired.json: pinterest: id: there is a target of this id`},
	{retiredFile, `"date": "2025-07-08"`, `"date": "July 2025"`,
		`retired.json: pocket: date: "July 2025" does not match ^\d{4}(-\d\d(-\d\d)?)?$`},
	{retiredFile, `"name": "Pocket"`, `"name": "Po|cket"`,
		`retired.json: pocket: name: "Po|cket" does not match ^[^|\n]+$`},
	{retiredFile, `"note": "Shut down by Mozilla.",`, ``, `retired.json: pocket: note: is missing`},
}

func TestMistakesNameTheFileTheRowAndTheMember(t *testing.T) {
	for _, c := range mistakes {
		_, err := generated(registryWith(t, c.file, c.old, c.new))
		if err == nil || !strings.Contains("\n"+err.Error()+"\n", "\n"+c.want+"\n") {
			t.Errorf("%s in place of %s:\n got %v\nwant %s", c.new, c.old, err, c.want)
		}
	}
}

func TestAFileOfAnotherShapeIsRefused(t *testing.T) {
	text, err := os.ReadFile("../targets.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		`[]`:                    `targets.json: the file: want an object, not an array`,
		`{}`:                    `targets.json: the file: targets: is missing`,
		`{"targets": {}}`:       `targets.json: the file: targets: want an array, not an object`,
		`{"targets": ["mewe"]}`: `targets.json: row 1: want an object, not a string`,
		`{"targets": [`:         `targets.json: jsontext: unexpected EOF within "/targets" after offset 13`,
	} {
		if _, err := readTargets([]byte(file), text); err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", file, err, want)
		}
	}
}

func TestOneNetworkHasOneColour(t *testing.T) {
	old := "\"colour\": \"#0866ff\",\n      \"note\": \"Built as Instagram's"
	_, err := generated(registryWith(t, targetsFile, old, strings.Replace(old, "0866ff", "000001", 1)))
	want := `targets.json: facebook.reels: colour: is "#0866ff", and "#000001" for facebook.story`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestEveryWordOfTheSchemaHasItsNameInGo(t *testing.T) {
	targets, err := os.ReadFile("../targets.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	words := func(member ...any) (all []string) {
		for _, word := range at(t, targets, append(member, "enum")...).([]any) {
			all = append(all, word.(string))
		}
		return all
	}
	for _, c := range []struct {
		what  string
		words []string
		names map[string]string
	}{
		{"need", words("needs", "items"), needNames},
		{"way", words("ways"), wayNames},
		{"way", words("ways"), statusOf},
		{"unit", words("limit", "properties", "unit"), unitNames},
	} {
		for _, word := range c.words {
			if c.names[word] == "" {
				t.Errorf("there is no name for the %s %s", c.what, word)
			}
		}
		if len(c.words) != len(c.names) {
			t.Errorf("there are %d names for %d %ss", len(c.names), len(c.words), c.what)
		}
	}
}

func TestASchemaSaysNothingThatIsNotChecked(t *testing.T) {
	defer func() {
		if got := recover(); got != "the schema has the unknown keyword maxLength" {
			t.Errorf("got %v", got)
		}
	}()
	s := &schema{tell: func(string, string) {}}
	s.check(map[string]any{"type": "string", "maxLength": 3.0}, "word", "")
}

// at returns the part of the schema at a path.
func at(t *testing.T, text []byte, path ...any) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	for _, member := range append([]any{"$defs", "target", "properties"}, path...) {
		v = v.(map[string]any)[member.(string)]
	}
	return v
}
