package place

import "sharewise/share/internal/text"

// area is one of the areas of the UN's M.49 standard, or the European Union
// under its reserved ISO 3166 code, with the countries in it.
type area struct {
	code      string
	parent    string // the area around it, "" where only the world is
	countries string // two letters each
}

// areas has every ISO 3166-1 alpha-2 code once, Kosovo as XK, and the codes that
// ISO reserves for parts of countries and Unicode CLDR knows: AC, CP, CQ, DG, EA,
// IC and TA. Members of the European Union, which is the last area, occur there
// again. Source: UN Statistics Division, "Standard country or area codes for
// statistical use (M49)"; what M.49 does not list is where CLDR puts it, or in no
// area. Members of the European Union: as of 2026-11-24.
var areas = [...]area{
	{"015", "002", "DZEGLYMASDTNEHEAIC"},
	{"014", "202", "IOBIKMDJERETTFKEMGMWMUYTMZRERWSCSOSSUGTZZMZW"},
	{"017", "202", "AOCMCFTDCGCDGQGAST"},
	{"018", "202", "BWSZLSNAZA"},
	{"011", "202", "BJBFCVCIGMGHGNGWLRMLMRNENGSHSNSLTG"},
	{"202", "002", ""},
	{"002", "", ""},
	{"029", "419", "AIAGAWBSBBBQVGKYCUCWDMDOGDGPHTJMMQMSPRBLKNLCMFVCSXTTTCVI"},
	{"013", "419", "BZCRSVGTHNMXNIPA"},
	{"005", "419", "ARBOBVBRCLCOECFKGFGYPYPEGSSRUYVE"},
	{"419", "019", ""},
	{"021", "019", "BMCAGLPMUS"},
	{"019", "", ""},
	{"003", "019", ""},
	{"143", "142", "KZKGTJTMUZ"},
	{"030", "142", "CNHKMOKPJPMNKRTW"},
	{"035", "142", "BNKHIDLAMYMMPHSGTHTLVN"},
	{"034", "142", "AFBDBTINIRMVNPPKLK"},
	{"145", "142", "AMAZBHCYGEIQILJOKWLBOMQASAPSSYTRAEYE"},
	{"142", "", ""},
	{"151", "150", "BYBGCZHUPLMDRORUSKUA"},
	{"154", "150", "AXDKEEFOFIGGISIEIMJELVLTNOSJSEGBCQ"},
	{"039", "150", "ALADBAHRGIGRVAITMTMEMKPTSMRSSIESXK"},
	{"155", "150", "ATBEFRDELILUMCNLCH"},
	{"150", "", ""},
	{"053", "009", "AUCXCCHMNZNF"},
	{"054", "009", "FJNCPGSBVU"},
	{"057", "009", "GUKIMHFMNRMPPWUM"},
	{"061", "009", "ASCKPFNUPNWSTKTOTVWF"},
	{"009", "", ""},
	{"", "", "AQACCPDGTA"},
	{"EU", "", "ATBEBGHRCYCZDKEEFIFRDEGRHUIEITLVLTLUMTNLPLPTROSKSIESSE"},
}

// RegionArea gives, by regionNumber, one more than the index of the smallest
// area that holds a country; 0 is no country.
var RegionArea = func() (table [26 * 26]uint8) {
	for i := range areas[:len(areas)-1] {
		for c := areas[i].countries; c != ""; c = c[2:] {
			n, _ := RegionNumber(c[:2])
			table[n] = uint8(i + 1)
		}
	}
	return table
}()

// RegionNumber numbers the codes AA to ZZ from 0; false for any other text.
func RegionNumber(s string) (int, bool) {
	if len(s) != 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z' {
		return 0, false
	}
	return int(s[0]-'A')*26 + int(s[1]-'A'), true
}

// areaOf returns the index of the smallest area that holds a country, or -1.
func areaOf(country string) int {
	n, ok := RegionNumber(country)
	if !ok {
		return -1
	}
	return int(RegionArea[n]) - 1
}

func (a *area) holds(country string) bool {
	for i := 0; i+1 < len(a.countries); i += 2 {
		if a.countries[i:i+2] == country {
			return true
		}
	}
	return false
}

// IsCountry reports whether a text is the code of a country that is known here.
func IsCountry(s string) bool { return areaOf(s) >= 0 }

// CheckCode returns what is wrong with a text as a code of two capital letters or
// digits, whatever it stands for, "" if nothing is.
func CheckCode(s string) string {
	if len(s) == 2 && text.IsWord(s[0], "") && text.IsWord(s[1], "") && s[0] <= 'Z' && s[1] <= 'Z' {
		return ""
	}
	return CheckRegion(s)
}

// CheckRegion returns what is wrong with a country code, "" if nothing is.
func CheckRegion(s string) string {
	if IsCountry(s) {
		return ""
	}
	upper := []byte(s)
	for i, c := range upper {
		if 'a' <= c && c <= 'z' {
			upper[i] = c - 'a' + 'A'
		}
	}
	meant := string(upper)
	if meant == "UK" {
		meant = "GB"
	}
	if areaOf(meant) < 0 {
		meant = ""
	}
	return text.Quote(s) + " is not a country or region of ISO 3166-1; want two capital letters such as SY" +
		text.DidYouMean(meant)
}

// CheckArea does the same for a code of a country, an area or the world.
func CheckArea(s string) string {
	for i := range areas {
		if areas[i].code == s && s != "" {
			return ""
		}
	}
	problem := ""
	if s != "001" {
		problem = CheckRegion(s)
	}
	if problem != "" {
		problem += "; an area may be named by its M.49 number, or EU"
	}
	return problem
}

// InArea reports whether a country is, or is in, the place named by code.
func InArea(country, code string) bool {
	if country == code || code == "001" {
		return true
	}
	if code == "EU" {
		return areas[len(areas)-1].holds(country)
	}
	if code == "" || code[0] > '9' {
		return false // another country
	}
	i := areaOf(country)
	if i < 0 {
		return false
	}
	for next := areas[i].code; next != ""; {
		if next == code || code == "003" && (next == "021" || next == "029" || next == "013") {
			return true // M.49 draws North America across the Americas
		}
		at := next
		next = ""
		for j := range areas {
			if areas[j].code == at {
				next = areas[j].parent
			}
		}
	}
	return false
}

// CheckLocale returns what is wrong with a language tag, "" if nothing is. It
// checks the syntax of RFC 5646 section 2.1, not the meaning of subtags.
func CheckLocale(s string) string {
	if !wellFormed(s, false) {
		return text.Quote(s) + " is not a language tag; want BCP 47, such as ar or pt-BR"
	}
	return ""
}

// CheckRange does the same for an extended language range (RFC 4647 section
// 2.2): a language tag in which any subtag may be "*".
func CheckRange(s string) string {
	if !wellFormed(s, true) {
		return text.Quote(s) + " is not a language range; want BCP 47, such as ar or pt-BR"
	}
	return ""
}

// wellFormed reports whether a text has the syntax of a language tag or, if wild
// is true, of a range, in which subtags may be "*".
func wellFormed(s string, wild bool) bool {
	for first := true; ; first = false {
		subtag, rest := text.Cut(s, '-')
		last := len(subtag) == len(s)
		if !wild || subtag != "*" {
			if len(subtag) == 0 || len(subtag) > 8 {
				return false
			}
			if c := text.Lower(s[0]); first && len(subtag) == 1 && (c != 'x' && c != 'i' || last) {
				return false
			}
			for i := 0; i < len(subtag); i++ {
				if !text.IsWord(s[i], "") || first && s[i] <= '9' {
					return false
				}
			}
		}
		if last {
			return true
		}
		s = rest
	}
}

// MatchLocale reports whether a language tag matches a range by extended filtering
// (RFC 4647 section 3.3.2): the first subtags match, and the other subtags of the
// range occur in the tag in the same order. Subtags between them are skipped, but
// not singletons and what follows these.
func MatchLocale(tag, pattern string) bool {
	want, pattern := text.Cut(pattern, '-')
	subtag, tag := text.Cut(tag, '-')
	if want != "*" && !text.EqualFold(subtag, want) {
		return false
	}
	for pattern != "" {
		want, pattern = text.Cut(pattern, '-')
		for want != "*" {
			if subtag, tag = text.Cut(tag, '-'); text.EqualFold(subtag, want) {
				break
			}
			if len(subtag) < 2 { // a singleton, or the end
				return false
			}
		}
	}
	return true
}

// LookupLocale chooses the words for a reader by lookup (RFC 4647 section 3.4): the
// tag is shortened from its end until words are found; otherwise it takes English,
// or else the first words.
func LookupLocale(words []Localized, tag string) string {
	for tag != "" {
		for i := range words {
			if text.EqualFold(words[i].Locale, tag) {
				return words[i].Words
			}
		}
		end := len(tag)
		for end > 0 && tag[end-1] != '-' {
			end--
		}
		if end == 0 {
			break
		}
		end--
		if end >= 2 && tag[end-2] == '-' { // a single letter introduces what was cut
			end -= 2
		}
		tag = tag[:end]
	}
	for i := range words {
		if MatchLocale(words[i].Locale, "en") {
			return words[i].Words
		}
	}
	if len(words) > 0 {
		return words[0].Words
	}
	return ""
}

// Localized are words in one language.
type Localized struct {
	Locale string
	Words  string
}

// Countries returns the codes of all countries in the place named by a code, in
// alphabetical order.
func Countries(code string) (list []string) {
	for n := range RegionArea {
		country := string([]byte{byte('A' + n/26), byte('A' + n%26)})
		if RegionArea[n] != 0 && InArea(country, code) {
			list = append(list, country)
		}
	}
	return list
}
