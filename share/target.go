package share

import (
	"sharewise/share/internal/letters"
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
)

//go:generate go run ./registry/generate

// A Target is where something can go, or what can be done with it. The table in
// target_table.go has all targets in display order. It is generated from
// registry/targets.json, where each row has its source.
type Target struct {
	ID       string            // such as instagram.story; never changes its meaning
	Category string            // story, video, social, message, mail, bookmark, work, blog, ai, link, friends or own
	Link     string            // template of its link, "" if there is none; see deliver_link.go
	Phone    string            // template on phones where that differs
	Apple    string            // template on iOS where that differs
	Limit    Limit             // of its text; the zero Limit is no limit
	needs    capability        // what it cannot do without
	ways     ladder            // what it does with that
	names    []place.Localized // what a ruleset calls it, nil where none has named it
	declared bool              // by a ruleset, and not in the registry
}

// A Limit is how much text a target takes.
type Limit struct {
	Max   int
	Unit  Unit
	Bytes int // of UTF-8, where the network bounds these too; 0 if it does not
}

// cut shortens a text to the limit, and gives what the whole text counts.
func (l Limit) cut(s string) (string, int) {
	return letters.Cut(s, l.Max, l.Bytes, letters.Unit(l.Unit))
}

// Unit is what a limit counts.
type Unit string

// The units.
const (
	Weighted   Unit = "weighted"    // as X counts: most scripts 1, others and emoji 2, a URL 23
	Graphemes  Unit = "graphemes"   // extended grapheme clusters (UAX #29)
	ShortURLs  Unit = "short-urls"  // as Mastodon counts: extended grapheme clusters, but a URL 23
	Characters Unit = "characters"  // code points
	EmojiBytes Unit = "emoji-bytes" // as Threads counts: code points, but an emoji by its bytes of UTF-8
	Bytes      Unit = "bytes"       // of the finished link
)

// Name returns the target's name as its network writes it, or, for a target that
// is not a network, English words for the action; a page has words of its own.
// Names are not in the table, since the engine in a page does not need them.
func (t *Target) Name() string {
	if t.names != nil {
		return place.LookupLocale(t.names, "")
	}
	for _, n := range names {
		if n[0] == t.ID {
			return n[1]
		}
	}
	return t.ID
}

// Targets returns all targets in the order to show.
func Targets() []Target { return append([]Target(nil), targets...) }

// targetIndex finds a target of the registry by its id. Names are only looked up
// when a text is read, so a walk along the table does.
func targetIndex(id string) (int, bool) { return findTarget(targets, id) }

func findTarget(table []Target, id string) (int, bool) {
	for i := range table {
		if table[i].ID == id {
			return i, true
		}
	}
	return 0, false
}

// Network returns the part of the ID before the dot.
func (t *Target) Network() string {
	network, _ := text.Cut(t.ID, '.')
	return network
}

// Surface returns the part of the ID after the dot, "" if there is none.
func (t *Target) Surface() string {
	_, surface := text.Cut(t.ID, '.')
	return surface
}

// byFile reports whether the content goes to the target as a file.
func (t *Target) byFile() bool { return t.ways == byFile || t.ways == byMeta }
