package share

import (
	"slices"
	"strings"
)

// Takes returns which parts of the content the target takes, in the order of a
// template's values: url, title, text, prompt, tags, image, via, files and embed.
func (t *Target) Takes() []string {
	var all []string
	add := func(name string, can bool) {
		if can {
			all = append(all, name)
		}
	}
	in := func(part string) bool {
		return strings.Contains(t.Link, part) || strings.Contains(t.Phone, part) || strings.Contains(t.Apple, part)
	}
	shares := t.ways == byShare || t.ways == bySystem
	add("url", in("url}") || t.needs&hasURL != 0 || t.ways == bySystem)
	add("title", in("{title}") || shares)
	add("text", in("{text") || shares)
	add("prompt", in("{prompt"))
	add("tags", in("{tags}") || in("{hashtag}"))
	add("image", in("{image}"))
	add("via", in("{via}"))
	add("files", t.Files() != nil)
	add("embed", t.ways == embedded)
	return all
}

// Files returns the kinds of files that the target takes, nil if it takes none.
func (t *Target) Files() []string {
	switch {
	case t.ways == saved || t.ways == bySystem:
		return []string{"image", "video", "audio", "document"}
	case t.needs&hasVideo != 0:
		return []string{"video"}
	case t.byFile():
		return []string{"image", "video"}
	}
	return nil
}

// Needs returns the reasons why the target can be unavailable, such as needs-url,
// in the order in which they are reported.
func (t *Target) Needs() (reasons []string) {
	for i, reason := range lacking {
		if t.needs>>i&1 != 0 {
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

// Methods returns the ways to the target, best first.
func (t *Target) Methods() (methods []Method) {
	for _, r := range ladders[t.ways] {
		if m := methodOf[r.way]; !slices.Contains(methods, m) {
			methods = append(methods, m)
		}
	}
	return methods
}

var methodOf = [...]Method{
	wayLink: ByLink, wayBridge: ByBridge, wayShareFile: ByShare, wayShare: ByShare, wayCode: ByQR,
	waySave: ByDownload, wayCopy: ByCopy, wayCard: ByCard, wayEmbed: ByEmbed, wayPrint: ByPrint, wayHost: ByHost,
}
