package checker

import (
	"encoding/json"
	"strings"
	"time"
)

// facts are what conditions may read, with those that the rulesets here declare.
var facts = []struct {
	name string
	kind byte
}{
	{"content.id", texts}, {"content.kind", texts}, {"content.url", texts}, {"content.title", texts},
	{"content.text", texts}, {"content.tags", list}, {"content.visibility", texts}, {"content.downloadable", truths},
	{"content.createdAt", times}, {"content.expiresAt", times}, {"content.imageUrl", texts},
	{"content.media.count", numbers}, {"content.media.types", list}, {"content.media.bytes", numbers},
	{"content.media.width", numbers}, {"content.media.height", numbers}, {"content.media.durationSeconds", numbers},
	{"viewer.id", texts}, {"viewer.role", texts}, {"viewer.region", texts}, {"viewer.locale", texts},
	{"viewer.ageBand", texts}, {"device.platform", texts}, {"device.share", truths}, {"device.bridge", truths},
	{"now", times},
	{"target.id", texts}, {"target.network", texts}, {"target.surface", texts}, {"target.category", texts},
	{"content.attributes.topic", texts}, {"content.attributes.tier", texts}, {"content.attributes.m", numbers},
	{"viewer.attributes.n", numbers}, {"viewer.attributes.since", times}, {"viewer.attributes.badges", list},
	{"viewer.attributes.first", truths},
}

var factOf = func() map[string]int {
	of := map[string]int{}
	for i, f := range facts {
		of[f.name] = i
	}
	return of
}()

// categories of the targets that the rulesets here name.
var categories = map[string]string{"friends": "friends", "content.delete": "own", "content.privacy": "own"}

// moment gives the milliseconds of a time since 1970.
func moment(s string) float64 {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return float64(t.UnixMilli())
}

// factsOf says what the facts of a request are.
func factsOf(request map[string]any) []value {
	all := make([]value, len(facts))
	for i, f := range facts {
		if strings.HasPrefix(f.name, "content.media.") {
			continue
		}
		all[i] = plainFact(lookup(request, f.name), f.kind, strings.Contains(f.name, ".attributes."))
	}
	files, ok := lookup(request, "content.media").([]any)
	if ok {
		mediaFacts(files, func(name string, v value) { all[factOf["content.media."+name]] = v })
	}
	return all
}

func lookup(request map[string]any, name string) any {
	var at any = request
	for _, step := range strings.Split(name, ".") {
		m, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = m[step]
	}
	return at
}

// plainFact gives one member of a request. An empty text says nothing, but in an
// attribute.
func plainFact(member any, kind byte, attribute bool) value {
	switch member := member.(type) {
	case bool:
		return truth(member)
	case float64:
		return number(member)
	case string:
		if kind == times {
			return value{known: true, num: moment(member)}
		}
		return value{known: member != "" || attribute, text: member}
	case []any:
		v := value{known: true}
		for _, item := range member {
			v.texts = append(v.texts, item.(string))
		}
		return v
	}
	return value{}
}

// mediaFacts are about the files: how many, the types of all, the width and height
// of the first, the size of the largest and the length of the longest. What one of
// them lacks that is about all is unknown.
func mediaFacts(files []any, set func(name string, v value)) {
	set("count", number(float64(len(files))))
	types, largest := value{known: true}, map[string]value{}
	for i, f := range files {
		file := f.(map[string]any)
		if s, ok := file["type"].(string); ok {
			types.texts = append(types.texts, strings.ToLower(s))
		} else {
			types.known = false
		}
		for _, name := range []string{"bytes", "durationSeconds"} {
			n, ok := file[name].(float64)
			before := largest[name]
			largest[name] = value{known: ok && (i == 0 || before.known), num: max(n, before.num)}
		}
		for _, name := range []string{"width", "height"} {
			if n, ok := file[name].(float64); ok && i == 0 {
				set(name, number(n))
			}
		}
	}
	if types.known {
		set("types", types)
	}
	for name, v := range largest {
		if v.known {
			set(name, v)
		}
	}
}

// requestFacts reads a request.
func requestFacts(text []byte) []value {
	var request map[string]any
	if err := json.Unmarshal(text, &request); err != nil {
		panic(err)
	}
	return factsOf(request)
}
