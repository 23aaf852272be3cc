package share

// Retired is a service that other share sheets still offer, and that is gone.
// No rule and no page can name it.
type Retired struct {
	ID        string
	Name      string
	Date      string // when it ended: a day, a month or a year, as in ISO 8601; "" if it never was a target
	Successor string // the id of a target to use in its place; "" is none
}

// RetiredTargets gives all services that are gone, in the order of their ids.
func RetiredTargets() []Retired { return append([]Retired(nil), retired[:]...) }

func retiredTarget(id string) (Retired, bool) {
	for i := range retired {
		if retired[i].ID == id {
			return retired[i], true
		}
	}
	return Retired{}, false
}

// String says that the service is gone, since when, and what to use instead.
func (r Retired) String() string {
	s := inQuotes(r.ID) + " is retired: " + r.Name
	switch len(r.Date) {
	case 0:
		s += " takes no shared links"
	case len("2006-01-02"):
		s += " closed on " + r.Date
	default:
		s += " closed in " + r.Date
	}
	if r.Successor != "" {
		s += "; use " + r.Successor
	}
	return s
}

var retired = [...]Retired{
	{"addthis", "AddThis", "2023-05-31", "system"},
	{"amazon.wishlist", "Amazon static-add", "", "link.copy"},
	{"baidu", "Baidu Cang", "2018", ""},
	{"delicious", "Delicious", "2018", "pinboard"},
	{"digg", "Digg", "2020", "reddit"},
	{"facebook.like", "Facebook Like and Comment plugins", "2026-02-10", "facebook"},
	{"flattr", "Flattr", "2020", ""},
	{"google.bookmarks", "Google Bookmarks", "2021", "raindrop"},
	{"google.calendar", "Google Calendar", "", "email"},
	{"googleplus", "Google+", "2019", ""},
	{"kakaostory", "KakaoStory share", "", "kakaotalk"},
	{"mailru", "Mail.ru My World", "", "vk"},
	{"mashable", "Mashable submit", "", ""},
	{"mix", "Mix", "2019", "raindrop"},
	{"myspace", "MySpace", "2018", ""},
	{"pocket", "Pocket", "2025-07-08", "instapaper"},
	{"quora", "Quora share", "", "link.copy"},
	{"refind", "Refind", "", "raindrop"},
	{"skype", "Skype", "2025-05-05", "teams"},
	{"stumbleupon", "StumbleUpon", "2018", "raindrop"},
	{"surfingbird", "Surfingbird", "2020", ""},
	{"tencent.weibo", "Tencent Weibo", "2020", "weibo"},
	{"workplace", "Workplace from Meta", "2026-06-01", "teams"},
	{"yammer", "Yammer", "", "teams"},
	{"yummly", "Yummly", "2024-12", ""},
}
