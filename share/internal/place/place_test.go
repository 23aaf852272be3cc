package place

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// The first cases are the examples of RFC 4647 section 3.3.2.
func TestALanguageRangeMatchesByExtendedFiltering(t *testing.T) {
	const german = "de-DE de-de de-Latn-DE de-Latf-DE de-DE-x-goethe de-Latn-DE-1996 de-Deva-DE"
	for _, c := range []struct{ pattern, match, miss string }{
		{"de-DE", german, "de de-x-DE de-Deva"},
		{"de-*-DE", german, "de de-x-DE de-Deva"},
		{"de-*", german + " de de-x-DE", "den en-DE"},
		{"*-DE", german + " en-DE nds-Latn-DE", "de de-x-DE DE"},
		{"*-CH", "de-CH fr-ch rm-Latn-CH-sursilv", "ch de-a-CH de-CHE"},
		{"*", german + " ar x-whatever i-klingon", ""},
		{"*-*", "ar de-DE", ""},
		{"de-*-*-DE-*", german, "de-Deva"},
		{"ar", "ar AR ar-SY Ar-Latn-SY", "arz arz-ar ary-x-ar"},
		{"zh-Hant-TW", "zh-Hant-TW zh-yue-Hant-TW zh-hant-variants-tw", "zh-TW zh-TW-Hant zh-Hant zh-Hant-x-TW"},
		{"en-x-pirate", "en-x-pirate en-GB-x-pirate en-x-pirate-ahoy", "en-pirate en-x-a-pirate en-u-x-pirate"},
		{"de-1-DE", "de-1-DE de-Latn-1-DE", "de-DE de-2-1-DE"},
		{"de-DE-DE", "de-DE-DE de-DE-1996-DE", "de-DE"},
	} {
		for want, tags := range map[bool]string{true: c.match, false: c.miss} {
			for tag := range strings.FieldsSeq(tags) {
				if got := MatchLocale(tag, c.pattern); got != want {
					t.Errorf("%s matches %s: %t", tag, c.pattern, got)
				}
			}
		}
	}
}

func TestRangesAndTagsAreCheckedByTheirShape(t *testing.T) {
	for _, c := range []struct {
		text         string
		tag, pattern bool
	}{
		{"ar", true, true}, {"pt-BR", true, true}, {"de-Latn-DE-1996", true, true}, {"x-own", true, true},
		{"i-klingon", true, true}, {"X-Own", true, true}, {"abcdefgh-abcdefgh", true, true}, {"sl-1994", true, true},
		{"*", false, true}, {"*-CH", false, true}, {"de-*", false, true}, {"de-*-DE", false, true}, {"*-*", false, true},
		{"", false, false}, {"-", false, false}, {"de-", false, false}, {"-de", false, false}, {"de--DE", false, false},
		{"a", false, false}, {"x", false, false}, {"i", false, false}, {"a-DE", false, false}, {"d3", false, false},
		{"abcdefghi", false, false}, {"de-abcdefghi", false, false}, {"de_DE", false, false}, {"dé", false, false},
		{"de-D*", false, false}, {"**", false, false}, {"d*", false, false}, {"*-", false, false}, {"de-**", false, false},
	} {
		if problem := CheckLocale(c.text); (problem == "") != c.tag {
			t.Errorf("the tag %q: %q", c.text, problem)
		}
		if problem := CheckRange(c.text); (problem == "") != c.pattern {
			t.Errorf("the range %q: %q", c.text, problem)
		}
	}
	if got, want := CheckRange("d*"), `"d*" is not a language range; want BCP 47, such as ar or pt-BR`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The lookup of RFC 4647 section 3.4 comes first, then English, then the first
// language.
func TestWordsAreFoundByShorteningTheTag(t *testing.T) {
	for _, c := range []struct{ have, tag, want string }{
		{"zh zh-Hant zh-Hant-CN-x-private", "zh-Hant-CN-x-private1-private2", "zh-Hant"},
		{"zh zh-Hant-CN-x zh-Hant-CN", "zh-Hant-CN-x-private1", "zh-Hant-CN"},
		{"en AR-sy", "ar-SY-x-a", "AR-sy"},
		{"fr en-GB de", "sv", "en-GB"},
		{"fr de", "sv", "fr"},
		{"fr de", "", "fr"},
		{"", "de", ""},
		{"de-Latn-DE en", "de-DE", "en"},
		{"de-DE en", "de", "en"},
	} {
		var words []Localized
		for locale := range strings.FieldsSeq(c.have) {
			words = append(words, Localized{locale, locale})
		}
		if got := LookupLocale(words, c.tag); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.tag, c.have, got, c.want)
		}
	}
}

// The table is that of Unicode CLDR; its terms are in testdata/unicode-license.txt.
// CLDR has an area QO of its own, in Oceania, for what M.49 has in no area.
func TestAreasHoldTheCountriesOfM49(t *testing.T) {
	source, err := os.ReadFile("testdata/territoryContainment.json")
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Supplemental struct {
			TerritoryContainment map[string]struct {
				Contains []string `json:"_contains"`
			}
		}
	}
	if err := json.Unmarshal(source, &table); err != nil {
		t.Fatal(err)
	}
	contained := table.Supplemental.TerritoryContainment
	var countries func(code string) []string
	countries = func(code string) (all []string) {
		parts := contained[code].Contains
		if parts == nil {
			return []string{code}
		}
		for _, part := range parts {
			if part != "QO" {
				all = append(all, countries(part)...)
			}
		}
		return all
	}
	checked := 0
	for code := range contained {
		if strings.Contains(code, "-") || code == "QO" || code == "EZ" || code == "UN" {
			continue // what is deprecated or drawn across, or no area of M.49
		}
		want := countries(code)
		if code == "001" {
			want = append(want, contained["QO"].Contains...)
		}
		slices.Sort(want)
		if got := Countries(code); !slices.Equal(got, want) {
			t.Errorf("%s holds %v, want %v", code, got, want)
		}
		if problem := CheckArea(code); problem != "" {
			t.Errorf("%s: %s", code, problem)
		}
		checked++
	}
	if n := len(Countries("001")); checked != 32 || n != 249+8 {
		t.Errorf("%d areas and %d countries were compared", checked, n)
	}
}

func TestCodesOfCountries(t *testing.T) {
	for _, c := range []struct {
		code         string
		known, taken bool
	}{
		{"SY", true, true}, {"XK", true, true}, {"IC", true, true}, {"AC", true, true}, {"CQ", true, true},
		{"XX", false, true}, {"T1", false, true}, {"A1", false, true}, {"ZZ", false, true}, {"UK", false, true},
		{"EU", false, true}, {"00", false, true}, {"QO", false, true},
		{"sy", false, false}, {"Sy", false, false}, {"SYR", false, false}, {"S", false, false}, {"", false, false},
		{"É", false, false}, {"S-", false, false}, {"760", false, false},
	} {
		if got := IsCountry(c.code); got != c.known {
			t.Errorf("%s is a country: %t", c.code, got)
		}
		if problem := CheckCode(c.code); (problem == "") != c.taken {
			t.Errorf("%s: %s", c.code, problem)
		}
	}
}
