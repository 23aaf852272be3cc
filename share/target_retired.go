package share

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
)

// Retired is a service that other share sheets still offer, and that is gone.
// No rule and no page can name it.
type Retired struct {
	ID        string
	Name      string
	Date      string // when its links ended: a day, a month or a year, as in ISO 8601; "" if that is not known, or if it never took any
	Successor string // the id of a target to use in its place; "" is none
}

// RetiredTargets gives all services that are gone, in the order of their ids.
func RetiredTargets() (all []Retired) {
	for rest := retired; rest != ""; {
		var r Retired
		r, rest = nextRetired(rest)
		all = append(all, r)
	}
	return all
}

func retiredTarget(id string) (Retired, bool) {
	for rest := retired; rest != ""; {
		var r Retired
		if r, rest = nextRetired(rest); r.ID == id {
			return r, true
		}
	}
	return Retired{}, false
}

// nextRetired reads the first line of the table, and gives the others.
func nextRetired(table string) (r Retired, rest string) {
	table, rest = text.Cut(table, '\n')
	r.ID, table = text.Cut(table, '|')
	r.Name, table = text.Cut(table, '|')
	r.Date, r.Successor = text.Cut(table, '|')
	return r, rest
}

// String says that the service is gone, until when it took links, and what to
// use instead.
func (r Retired) String() string {
	s := address.Quote(r.ID) + " is retired: " + r.Name
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

// retired is the table: id, name, date and successor of one service in each
// line. As one text it is a third of what it would be as values.
const retired = "" +
	"addthis|AddThis|2023-05-31|system\n" +
	"amazon.wishlist|Amazon static-add||link.copy\n" +
	"baidu|Baidu Cang|2018|\n" +
	"delicious|Delicious|2018|pinboard\n" +
	"digg|Digg|2020|reddit\n" +
	"facebook.like|Facebook Like and Comment plugins|2026-02-10|facebook\n" +
	"flattr|Flattr|2020|\n" +
	"google.bookmarks|Google Bookmarks|2021|raindrop\n" +
	"google.calendar|Google Calendar||email\n" +
	"googleplus|Google+|2019|\n" +
	"kakaostory|KakaoStory share||kakaotalk\n" +
	"mailru|Mail.ru My World||vk\n" +
	"mashable|Mashable submit||\n" +
	"mix|Mix|2019|raindrop\n" +
	"myspace|MySpace|2018|\n" +
	"pocket|Pocket|2025-07-08|instapaper\n" +
	"quora|Quora share||link.copy\n" +
	"refind|Refind||raindrop\n" +
	"skype|Skype|2025-05-05|teams\n" +
	"stumbleupon|StumbleUpon|2018|raindrop\n" +
	"surfingbird|Surfingbird|2020|\n" +
	"tencent.weibo|Tencent Weibo|2020|weibo\n" +
	"workplace|Workplace from Meta|2026-06-01|teams\n" +
	"yammer|Yammer||teams\n" +
	"yummly|Yummly|2024-12|\n"
