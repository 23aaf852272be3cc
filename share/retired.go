package share

// Retired is a service that other share sheets still offer, and that is gone.
// No rule and no page can name it.
type Retired struct {
	ID        string
	Name      string
	Date      string // when its links ended: a day, a month or a year, as in ISO 8601; "" if that is not known, or if it never took any
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

// String says that the service is gone, until when it took links, and what to
// use instead.
func (r Retired) String() string {
	s := inQuotes(r.ID) + " is retired: " + r.Name
	if r.Date != "" {
		s += " took links until " + r.Date
	} else {
		s += " takes no links"
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
