// Package registry has what people should know of the targets of package
// share: where the facts about each come from, how sure they are and when they
// were last looked at; what its network asks of files; and which services are
// gone. All of it stands in targets.json and retired.json, one row for each
// target and service, from which the table in package share is generated too.
//
// It is for reports, documentation and builds. An engine in a page does not
// carry it.
package registry

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"sharewise/share"
)

// A Target is a target of package share, with what is known of it.
type Target struct {
	share.Target
	Status     Status
	Media      Media      // what is asked of its files; the zero Media is nothing known
	Icon       Icon       // its icon in the sheet
	Colour     string     // of its network, behind the icon, such as #ff4500; "" if it is no network or not known
	Note       string     // what is worth knowing beyond links and limits, in plain English; "" if nothing is
	Confidence Confidence // how sure the facts are
	Verified   string     // the day on which they were last compared with their sources, as YYYY-MM-DD
	Sources    []string   // addresses; none where the row rests on experience alone
}

// Status is what a page can do with a target at all.
type Status string

// The statuses.
const (
	StatusLink    Status = "link"    // a link carries address and text
	StatusHandoff Status = "handoff" // no link reaches it: share sheet, code, bridge, or save and copy
	StatusAPI     Status = "api"     // the browser does it
	StatusHost    Status = "host"    // the page that shows the content does it
)

// Confidence is how sure the facts are.
type Confidence string

// The confidences.
const (
	High   Confidence = "high"   // a platform's page, a specification or a browser's source
	Medium Confidence = "medium" // several independent libraries, or reports of what happens
	Low    Confidence = "low"    // one source, or none that could be read again
)

// Media is what a network is known to ask of files. The zero value of every
// field is not known.
type Media struct {
	Image    File  `json:"image,omitzero"`    // of one picture
	Video    File  `json:"video,omitzero"`    // of one video
	Together Batch `json:"together,omitzero"` // of all files that go at once
}

// A File is what is asked of one file.
type File struct {
	Formats  []string `json:"formats,omitzero"`  // containers or codecs, such as mp4 and h264; any of them will do
	Width    Range    `json:"width,omitzero"`    // in pixels
	Height   Range    `json:"height,omitzero"`   // in pixels
	Ratios   []string `json:"ratios,omitzero"`   // width to height, such as 9:16; any of them will do
	Duration Range    `json:"duration,omitzero"` // in seconds
	Size     Range    `json:"size,omitzero"`     // in bytes
}

// A Batch is what is asked of all files that go at once.
type Batch struct {
	Count Range `json:"count,omitzero"` // in files
	Size  Range `json:"size,omitzero"`  // in bytes
}

// A Range is the least and the most that is taken, both inclusive; 0 is not
// known.
type Range struct {
	Min  int64  `json:"min,omitzero"`
	Max  int64  `json:"max,omitzero"`
	Unit string `json:"unit"` // pixels, seconds, bytes or files
}

// An Icon is either a mark of simple-icons or one of our own.
type Icon struct {
	Brand string // the slug of simple-icons
	Mark  string // the name of a mark of our own
	Early bool   // it is loaded with the sheet, before the other icons
}

// A Retired is a service that is gone, with how it ended and how that is known.
type Retired struct {
	share.Retired
	Note       string
	Confidence Confidence
	Sources    []string
}

//go:embed targets.json
var targetsJSON []byte

//go:embed retired.json
var retiredJSON []byte

// Targets returns all targets in the order to show. What it gives is the
// caller's, but for the lists in it, which are not to be changed.
func Targets() []Target { return slices.Clone(targets()) }

// Lookup returns the target of an id.
func Lookup(id string) (Target, bool) {
	i := slices.IndexFunc(targets(), func(t Target) bool { return t.ID == id })
	if i < 0 {
		return Target{}, false
	}
	return targets()[i], true
}

// RetiredTargets returns all services that are gone, in the order of their ids.
func RetiredTargets() []Retired { return slices.Clone(retired()) }

// StaleAfterMonths is how many months a target is trusted without another look.
const StaleAfterMonths = 18

// Stale returns the targets that were last verified more than StaleAfterMonths
// before a moment, in the order to show. Links rot: Reddit's was broken for a
// year in the best known library.
func Stale(now time.Time) []Target {
	var stale []Target
	for _, t := range targets() {
		if t.IsStale(now) {
			stale = append(stale, t)
		}
	}
	return stale
}

// IsStale reports whether the target was last verified more than
// StaleAfterMonths before a moment.
func (t *Target) IsStale(now time.Time) bool {
	day, err := time.Parse(time.DateOnly, t.Verified)
	return err != nil || day.AddDate(0, StaleAfterMonths, 0).Before(now)
}

// targets reads targets.json, which has more than the table of package share that
// is generated from it. The files are embedded, and a test reads them, so they
// cannot be invalid here.
var targets = sync.OnceValue(func() []Target {
	var file struct {
		Targets []struct {
			ID, Colour, Note, Verified string

			Status     Status
			Media      Media
			Icon       Icon
			Confidence Confidence
			Sources    []string
		}
	}
	decode(targetsJSON, &file)
	table := share.Targets()
	all := make([]Target, 0, len(file.Targets))
	for _, row := range file.Targets {
		i := slices.IndexFunc(table, func(t share.Target) bool { return t.ID == row.ID })
		if i < 0 {
			panic("registry: package share has no target " + row.ID + "; run go generate ./share")
		}
		all = append(all, Target{
			Target: table[i], Status: row.Status, Media: row.Media, Icon: row.Icon, Colour: row.Colour,
			Note: row.Note, Confidence: row.Confidence, Verified: row.Verified, Sources: row.Sources,
		})
	}
	return all
})

var retired = sync.OnceValue(func() []Retired {
	var file struct {
		Retired []struct {
			ID, Name, Date, Successor, Note string

			Confidence Confidence
			Sources    []string
		}
	}
	decode(retiredJSON, &file)
	all := make([]Retired, 0, len(file.Retired))
	for _, row := range file.Retired {
		gone := share.Retired{ID: row.ID, Name: row.Name, Date: row.Date, Successor: row.Successor}
		all = append(all, Retired{gone, row.Note, row.Confidence, row.Sources})
	}
	return all
})

func decode(text []byte, file any) {
	if err := json.Unmarshal(text, file); err != nil {
		panic("registry: " + err.Error())
	}
}
