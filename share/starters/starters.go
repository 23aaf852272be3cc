// Package starters has rulesets to begin with, one for each kind of host, and one
// about minors that is merged with another. Each carries tests in which all of its
// rules decide, invariants that are proved, and reasons in English and Arabic.
//
// They are for the command line, documentation and editors. An engine in a page
// does not carry them.
package starters

import (
	"embed"
	"slices"

	"sharewise/share"
)

// A Starter is a ruleset to begin with.
type Starter struct {
	Kind  string `json:"kind"`  // its name, such as "links"
	About string `json:"about"` // whom it is for, in one line of plain English
}

//go:embed *.json
var files embed.FS

var starters = []Starter{
	{"links", "pages that anybody may share as links"},
	{"stories", "a social video app whose creators share stories"},
	{"news", "articles with an embargo, and gift links for subscribers"},
	{"enterprise", "documents that are public, internal or confidential, and a chat of one's own"},
	{"podcast", "episodes with a release, a player to embed, and some for members only"},
	{"children", "an app in which children share with approved friends only"},
	{"marketplace", "photos whose previews go out and whose originals are sold"},
	{"minors", "content of minors, to merge with any other ruleset"},
}

// All returns the starters.
func All() []Starter { return slices.Clone(starters) }

// Ruleset returns the text of a starter, false if there is none of the kind. The
// text is the caller's.
func Ruleset(kind string) ([]byte, bool) {
	if kind == "stories" {
		return share.Default(), true
	}
	text, err := files.ReadFile(kind + ".json")
	return text, err == nil
}
