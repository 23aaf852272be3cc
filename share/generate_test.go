package share

import (
	"flag"
	"math/rand/v2"
	"runtime"
	"sharewise/share/internal/text"
	"strings"
	"testing"
)

var (
	pairsGiven = flag.Int("pairs", 0, "pairs of ruleset and request that generated tests look at, 0 for the default")
	seed       = flag.Uint64("seed", 1, "what the pairs are generated from")
)

// pairs returns the number of pairs. The default is small, since "make soak" looks
// at many, and smaller where the native tests are repeated: with -short and as
// WebAssembly in Node, which takes five times as long.
func pairs() int {
	switch {
	case *pairsGiven > 0:
		return *pairsGiven
	case testing.Short(), runtime.GOOS == "js":
		return 1000
	}
	return 5000
}

// A maker makes random well-typed rulesets and requests.
type maker struct{ *rand.Rand }

func pick[T any](g maker, list ...T) T { return list[g.IntN(len(list))] }

func (g maker) quoted(s string) string { return string(text.AppendQuote(nil, s)) }

func (g maker) op(name string, args ...string) string {
	return `{"` + name + `": [` + strings.Join(args, ", ") + `]}`
}

func (g maker) name(s string) string { return `{"var": "` + s + `"}` }

var (
	madeTexts = []string{"content.title", "content.kind", "viewer.role", "content.visibility", "viewer.locale",
		"content.attributes.topic", "content.attributes.tier", "target.id", "target.network", "target.category",
		"viewer.id"}
	madeNumbers = []string{"content.media.count", "content.media.bytes", "content.media.width", "content.media.height",
		"content.media.durationSeconds", "viewer.attributes.score"}
	madeTimes = []string{"now", "content.createdAt", "content.expiresAt", "viewer.attributes.since"}
	madeBools = []string{"content.downloadable", "device.share", "device.inAppBrowser",
		"content.attributes.sponsored"}
	madeLists = []string{"content.tags", "content.media.types", "viewer.attributes.badges"}
	madeWords = map[string][]string{"content.kind": kindValues, "viewer.role": roleValues,
		"content.visibility": visibilityValues, "content.attributes.tier": {"gold", "silver"},
		"viewer.locale": {"ar", "ar-SY", "en", "en-GB"}, "viewer.id": {"u-1", "u-2", "ليلى"},
		"target.id": {"reddit", "x"}, "target.network": {"instagram", "x"}, "target.category": {"social", "story"}}
	madeTexture = []string{"a", "ab", "abc", "b", "sky", ""}
	madeMoments = []string{"2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z", "2026-01-02T00:00:00.5Z",
		"2025-06-01T00:00:00+02:00"}
)

func (g maker) text(depth int) string {
	if depth > 0 && g.IntN(8) == 0 {
		return g.op("if", g.truth(depth-1), g.text(depth-1), g.text(depth-1))
	}
	return g.name(pick(g, "content.title", "content.attributes.topic", "viewer.locale"))
}

func (g maker) number(depth int) string {
	if depth > 0 && g.IntN(3) == 0 {
		switch g.IntN(4) {
		case 0:
			return g.op("if", g.truth(depth-1), g.number(depth-1), g.number(depth-1))
		case 1:
			return g.op("-", g.number(depth-1))
		case 2:
			by := pick(g, "2", "3", g.number(depth-1))
			if by == "0" { // refused
				by = "0.5"
			}
			return g.op(pick(g, "/", "%", "-"), g.number(depth-1), by)
		}
		return g.op(pick(g, "+", "*", "min", "max"), g.number(depth-1), g.number(depth-1), pick(g, "1", "0.5"))
	}
	if g.IntN(4) == 0 {
		return g.op("age", g.name(pick(g, madeTimes...)))
	}
	if g.IntN(6) == 0 {
		return pick(g, "0", "1", "1000", "86400", "0.25")
	}
	return g.name(pick(g, madeNumbers...))
}

func (g maker) list(depth int) string {
	switch g.IntN(6) {
	case 0:
		return `["a", "sky"]`
	case 1:
		return g.op("missing", `"content.kind"`, `"viewer.role"`, `"content.title"`)
	case 2:
		return g.op("missing_some", "1", `["content.kind", "viewer.role"]`)
	}
	return g.name(pick(g, madeLists...))
}

func (g maker) truth(depth int) string {
	if depth > 0 && g.IntN(2) == 0 {
		switch g.IntN(7) {
		case 0, 1:
			return g.op("and", g.truth(depth-1), g.truth(depth-1), g.truth(depth-1))
		case 2, 3:
			return g.op("or", g.truth(depth-1), g.truth(depth-1))
		case 4:
			return g.op("!", g.truth(depth-1))
		case 5:
			return g.op(pick(g, "===", "!=="), g.truth(depth-1), g.truth(depth-1))
		}
		return g.op("if", g.truth(depth-1), g.truth(depth-1), g.truth(depth-1))
	}
	switch g.IntN(16) {
	case 0:
		return pick(g, "true", "false")
	case 1:
		return g.name(pick(g, madeBools...))
	case 2:
		return `{"known": "` + pick(g, pick(g, madeTexts...), pick(g, madeTimes...), pick(g, madeNumbers...)) + `"}`
	case 3:
		return g.op("rollout", g.quoted(pick(g, "r", "s", "none", "all", "flag")))
	case 4:
		return g.op("region", g.name("viewer.region"), pick(g, `["SY", "DE"]`, `["150"]`, `["001"]`, `["EU", "142"]`))
	case 5:
		return g.op("locale", g.name("viewer.locale"), pick(g, `["ar"]`, `["en-GB", "de"]`, `["*"]`, `["*-sy", "de-DE"]`, `["de-*-DE"]`))
	case 6:
		return g.op(pick(g, "starts_with", "ends_with"), g.text(depth), g.quoted(pick(g, madeTexture...)))
	case 7:
		if g.IntN(2) == 0 {
			return g.op("in", pick(g, g.text(depth), g.quoted(pick(g, madeTexture...))),
				pick(g, g.text(depth), g.name(pick(g, madeTexts...)), g.quoted(pick(g, madeTexture...))))
		}
		return g.op("in", g.quoted(pick(g, madeTexture...)), g.list(depth))
	case 8:
		body := pick(g, g.op("===", g.name(""), `"sky"`), g.op("starts_with", g.name(""), `"a"`),
			g.op("in", g.name(""), `["a", "b"]`), g.op("in", g.name(""), `"a sky"`), g.op("in", `"k"`, g.name("")))
		return g.op(pick(g, "all", "some", "none"), g.list(depth), body)
	case 9, 10:
		return g.op(pick(g, "before", "after", "===", "!=="), g.name(pick(g, madeTimes...)),
			pick(g, g.name(pick(g, madeTimes...)), g.quoted(pick(g, madeMoments...))))
	case 11:
		if g.IntN(2) == 0 {
			return g.op(pick(g, "<", "<="), pick(g, "0", "1"), g.number(depth), g.number(depth))
		}
		return g.op(pick(g, "<", "<=", ">", ">=", "===", "!=="), g.number(depth), g.number(depth))
	case 12:
		return g.op("in", g.number(depth), "[0, 1, 100]")
	}
	f := pick(g, madeTexts...)
	values := madeWords[f]
	if values == nil {
		values = madeTexture
	}
	if g.IntN(3) == 0 {
		return g.op("in", g.name(f), "["+g.quoted(pick(g, values...))+", "+g.quoted(pick(g, values...))+"]")
	}
	return g.op(pick(g, "===", "!=="), g.name(f), g.quoted(pick(g, values...)))
}

func (g maker) ruleset() string {
	var b strings.Builder
	b.WriteString(`{"sharewise": 1, "id": "made", "facts": {"content.attributes.topic": {"type": "text"}, "content.attributes.tier": {"type": "text", "values": ["gold", "silver"]},
"viewer.attributes.score": {"type": "number"}, "viewer.attributes.since": {"type": "time"}, "content.attributes.sponsored": {"type": "boolean"}, "viewer.attributes.badges": {"type": "texts"}, "viewer.attributes.first": {"type": "boolean"}},
"rollouts": {"r": {"percent": 30, "hash": "flagd-v2", "salt": "x", "from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}, "s": {"percent": 60.5, "hash": "flagd-v2"}, "none": {"percent": 0, "hash": "flagd-v2", "until": "2026-01-01T12:00:00Z"}, "all": {"percent": 100, "hash": "flagd-v2", "from": "2026-01-01T12:00:00Z"}, "flag": {"fact": "viewer.attributes.first"}},
"reasons": {"no": {"en": "No.", "ar": "لا."}, "not-that": {"en": "Not \"that\" <one>."}, "careful": {"ar": "انتبه", "en-GB": "Mind it."}},
"rules": [`)
	for i := range 1 + g.IntN(6) {
		if i > 0 {
			b.WriteString(",\n")
		}
		effect, words := "permit", "advice"
		if g.IntN(3) == 0 {
			effect, words = "forbid", "reason"
		}
		b.WriteString(`{"id": "` + string(rune('a'+i)) + `", "` + effect + `": ` +
			pick(g, `["reddit"]`, `["*"]`, `["x", "instagram.story"]`, `["instagram.story", "reddit", "link.copy"]`,
				`["link.copy", "link.qr", "link.embed", "media.save", "system", "friends"]`,
				`["facebook", "whatsapp", "telegram", "email", "sms", "mastodon", "messenger"]`,
				`["tiktok", "youtube", "instagram.reels", "discord", "signal", "wechat", "sms"]`, `["link.copy"]`,
				`["link.qr", "system"]`, `["media.save"]`))
		if g.IntN(3) == 0 {
			b.WriteString(`, "` + words + `": "` + pick(g, "no", "not-that", "careful") + `"`)
		}
		if g.IntN(8) > 0 {
			b.WriteString(`, "when": ` + g.truth(g.IntN(4)))
		}
		if g.IntN(5) == 0 {
			b.WriteString(`, "rollout": "` + pick(g, "r", "s", "none", "all", "flag") + `"`)
		}
		b.WriteString("}")
	}
	b.WriteString("]}")
	return b.String()
}

func (g maker) request() string {
	object := func(pairs ...string) string {
		var out []string
		for i := 0; i < len(pairs); i += 2 {
			if g.IntN(4) > 0 {
				out = append(out, `"`+pairs[i]+`": `+pairs[i+1])
			}
		}
		return "{" + strings.Join(out, ", ") + "}"
	}
	word := func(list ...string) string { return g.quoted(pick(g, list...)) }
	truth := func() string { return pick(g, "true", "false") }
	number := func() string { return pick(g, "0", "1", "2", "100", "1000", "86400") }
	address := func(path string) string {
		return word("https://video.example"+path, "http://video.example"+path+"?utm_source=x&a=1#t",
			"https://مثال.example"+path+"?q=%D8%A9")
	}
	var files []string
	for range g.IntN(3) {
		files = append(files, object("url", address("/7100.mp4"), "type", word("video/mp4", "Image/PNG", "text/plain", "image/jpg;q=1", "application/octet-stream"),
			"bytes", pick(g, number(), "20000000"), "width", number(), "height", number(), "durationSeconds",
			pick(g, "0.25", "1", "14.5")))
	}
	return object(
		"content", object("id", word("7100", "a b"), "url", address("/@lina/story/7100"), "imageUrl",
			address("/7100.jpg"), "embedUrl", address("/embed/7100"), "text",
			word("", "Tonight's sky", "a\nb & <c> \"d\"", strings.Repeat("سماء الليلة 🌙 ", 40)), "kind",
			word(kindValues...), "visibility", word(visibilityValues...), "title", word("a", "abc", "sky", "other"),
			"tags", pick(g, `[]`, `["sky"]`, `["a", "b"]`, `["rock-n-roll", "C#", "＃東京"]`), "downloadable", truth(),
			"createdAt", word("2025-12-31T00:00:00Z", "2025-06-01T00:00:00+02:00", "2024-01-01T00:00:00Z"), "expiresAt",
			word("2026-01-01T12:00:00Z", "2026-01-02T00:00:00.5Z", "2027-01-01T00:00:00Z"),
			"media", "["+strings.Join(files, ", ")+"]",
			"attributes", object("topic", word("a", "b", "sky"), "tier", word("gold", "silver"), "sponsored", truth())),
		"viewer", object("id", word("u-1", "u-2", "u-3", "u-4", "ليلى", "é", "x"), "role", word(roleValues...),
			"region", word("SY", "DE", "US", "GB", "AQ", "XK", "XX", "T1"), "locale", word("ar", "ar-Arab-SY", "en-gb", "de-Latn-DE", "de-x-DE"), "ageBand",
			word(ageBandValues...),
			"attributes", object("score", number(), "since", word(madeMoments...), "badges",
				pick(g, `[]`, `["a"]`, `["sky", "b"]`), "first", truth())),
		"device", object("platform", word(platformValues...), "share", truth(), "shareFiles", truth(), "clipboard",
			truth(), "inAppBrowser", truth(), "bridge", truth()),
		"page", object("appIds", object("facebook", word("1234")), "instances",
			object("mastodon", word("social.example")), "via", word("lina"), "redirectUri", address("/back"),
			"keepTracking", truth(), "referral", word("ref"), "startAt", number(), "text",
			object("x", word("my own words", "é ASP.NET https://b.example/1日本 👨‍👩‍👧"), "mastodon",
				word("https://b.example/1日本 é"), "threads", word("👨‍👩‍👧 é"), "email", word("a\nb"))),
		"now", word(madeMoments...))
}
