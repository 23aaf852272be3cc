package share

import "time"

// Provenance is where the facts about one target come from, and how sure they
// are. It is kept apart from the table of targets: a page does not carry it.
type Provenance struct {
	ID         string
	Status     Status
	Confidence Confidence
	Verified   string   // the day on which the target was last compared with its sources, as YYYY-MM-DD
	Sources    []string // none where no source was found and the entry rests on experience alone
}

// Status is what a page can do with a target at all.
type Status string

// The statuses.
const (
	LinkWorks   Status = "link"    // a link carries address and text
	HandOff     Status = "handoff" // no link reaches it: share sheet, code, bridge, or save and copy
	BrowserAPI  Status = "api"     // the browser does it
	AnswersPage Status = "host"    // the page that shows the content does it
)

// Confidence is how sure the facts are.
type Confidence string

// The confidences.
const (
	High   Confidence = "high"   // a platform's page, a specification or a browser's source
	Medium Confidence = "medium" // several independent libraries, or reports of what happens
	Low    Confidence = "low"    // one source, or none that could be read again
)

// staleAfter is how many months an entry is trusted without another look.
const staleAfter = 18

// Provenances gives the provenance of every target, in the order to show.
func Provenances() []Provenance { return append([]Provenance(nil), provenances...) }

// StaleTargets gives the entries that were last verified more than 18 months
// before a moment, in the order to show. Links rot: Reddit's was broken for a
// year in the best known library.
func StaleTargets(now time.Time) []Provenance {
	var stale []Provenance
	for _, p := range provenances {
		day, err := time.Parse(time.DateOnly, p.Verified)
		if err != nil || day.AddDate(0, staleAfter, 0).Before(now) {
			stale = append(stale, p)
		}
	}
	return stale
}

var provenances = []Provenance{
	{"instagram.story", HandOff, High, "2026-08-22", []string{
		"https://developers.facebook.com/documentation/instagram-platform/sharing-to-stories",
		"https://github.com/ampproject/amphtml/issues/39709",
		"https://github.com/w3c/web-share/issues/144",
		"https://github.com/SwapnanilDhol/IGStoryKit/issues/6",
		"https://github.com/maevsi/vibetype/issues/1547",
		"https://github.com/nygardk/react-share/issues/146",
		"https://github.com/hedint/vue3-social-sharing/issues/11",
	}},
	{"facebook.story", HandOff, High, "2026-08-22", []string{
		"https://developers.facebook.com/docs/sharing/sharing-to-stories",
	}},
	{"instagram.reels", HandOff, High, "2026-08-22", []string{
		"https://developers.facebook.com/docs/android/sharing-to-reels-instagram/",
		"https://developers.facebook.com/products/sharing-to-family-of-apps/",
	}},
	{"facebook.reels", HandOff, High, "2026-08-22", []string{
		"https://developers.facebook.com/documentation/android/sharing-to-reels-facebook",
		"https://developers.facebook.com/documentation/ios/sharing-to-reels-facebook",
	}},
	{"snapchat", LinkWorks, High, "2026-08-22", []string{
		"https://developers.snap.com/snap-kit/creative-kit/web",
		"https://developers.snap.com/api/snapchat-for-web/social-plugins/share-link-to-snapchat",
		"https://github.com/gwendall/react-sharesheet/blob/HEAD/src/share-functions.ts",
	}},
	{"tiktok", HandOff, High, "2026-08-22", []string{
		"https://developers.tiktok.com/products/share-kit",
		"https://developers.tiktok.com/doc/share-kit-ios-quickstart-v2",
		"https://developers.tiktok.com/doc/share-kit-android-quickstart-v2",
	}},
	{"youtube", HandOff, Medium, "2026-08-22", nil},
	{"facebook", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/blob/0630269/src/FacebookShareButton.tsx",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/nygardk/react-share/issues/456",
		"https://github.com/nygardk/react-share/pull/475",
		"https://github.com/nicolasbeauvais/vue-social-sharing/pull/327",
		"https://github.com/nygardk/react-share/pull/89",
		"https://ppc.land/meta-discontinues-facebook-like-and-comment-buttons-for-external-websites",
	}},
	{"instagram.feed", HandOff, High, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/issues/146",
		"https://github.com/nygardk/react-share/issues/482",
		"https://github.com/MurhafSousli/ngx-sharebuttons/issues/670",
		"https://github.com/MurhafSousli/ngx-sharebuttons/issues/220",
		"https://github.com/ellisonleao/sharer.js/issues/41",
		"https://github.com/kudashevs/laravel-share-buttons/issues/7",
		"https://github.com/huacnlee/social-share-button/issues/128",
		"https://github.com/gwendall/react-sharesheet/blob/HEAD/src/share-functions.ts",
	}},
	{"x", LinkWorks, High, "2026-08-22", []string{
		"https://docs.x.com/x-for-websites/post-button/guides/web-intent",
		"https://developer.x.com/en/docs/x-for-websites/tweet-button/guides/web-intent",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/stefanobartoletti/nuxt-social-share",
		"https://github.com/nygardk/react-share/blob/0630269/test/TwitterShareButton.test.tsx",
		"https://github.com/nicolasbeauvais/vue-social-sharing/issues/143",
		"https://github.com/bradvin/social-share-urls/pull/3",
		"https://github.com/NikolayRys/Likely/issues/201",
		"https://github.com/on2-dev/share-api-polyfill/issues/76",
	}},
	{"threads", LinkWorks, High, "2026-08-22", []string{
		"https://developers.facebook.com/documentation/threads/threads-web-intents",
		"https://github.com/nygardk/react-share/blob/0630269/src/ThreadsShareButton.tsx",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/kytta/shareon/issues/129",
		"https://github.com/MacMagazine/app-iOS/issues/237",
	}},
	{"reddit", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/tree/0630269",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/stefanobartoletti/nuxt-social-share",
		"https://github.com/Bunlong/next-share/pull/113",
		"https://github.com/nygardk/react-share/issues/545",
		"https://github.com/nygardk/react-share/pull/547",
		"https://github.com/nygardk/react-share/pull/573",
		"https://github.com/nygardk/react-share/issues/322",
		"https://github.com/reddit/reddit-mobile/issues/1092",
	}},
	{"bluesky", LinkWorks, High, "2026-08-22", []string{
		"https://docs.bsky.app/docs/advanced-guides/intent-links",
		"https://github.com/nygardk/react-share/blob/0630269/test/NetworkShareButtons.test.tsx",
		"https://github.com/bluesky-social/social-app/issues/1540",
		"https://github.com/jycouet/jyc.dev/pull/1",
	}},
	{"mastodon", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/mastodon/mastodon/blob/HEAD/app/helpers/application_helper.rb",
		"https://github.com/kytta/share2fedi/blob/HEAD/src/lib/project.ts",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/stefanobartoletti/nuxt-social-share",
		"https://github.com/heiseonline/shariff",
		"https://github.com/kytta/share2fedi/issues/21",
	}},
	{"linkedin", LinkWorks, High, "2026-08-22", []string{
		"https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/plugins/share-plugin",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/stefanobartoletti/nuxt-social-share",
		"https://github.com/nygardk/react-share/issues/550",
		"https://github.com/nygardk/react-share/issues/313",
		"https://github.com/nygardk/react-share/issues/362",
		"https://github.com/nicolasbeauvais/vue-social-sharing/issues/261",
		"https://github.com/diagridio/dev-dashboard/pull/69",
		"https://github.com/ResearchHub/web/pull/331",
		"https://github.com/bluedotimpact/bluedot/pull/2427",
	}},
	{"pinterest", LinkWorks, High, "2026-08-22", []string{
		"https://developers.pinterest.com/docs/web-features/buttons/",
		"https://github.com/nygardk/react-share/blob/0630269/test/PinterestShareButton.test.tsx",
		"https://github.com/robincornett/scriptless-social-sharing/blob/HEAD/readme.txt",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
	}},
	{"tumblr", LinkWorks, Medium, "2026-08-22", []string{
		"https://www.tumblr.com/docs/en/share_button",
		"https://github.com/nygardk/react-share/blob/0630269/test/NetworkShareButtons.test.tsx",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
	}},
	{"hackernews", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/stefanobartoletti/nuxt-social-share",
		"https://github.com/bradvin/social-share-urls/blob/HEAD/README.md",
	}},
	{"lobsters", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
	}},
	{"misskey", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/kytta/share2fedi/blob/HEAD/src/lib/project.ts",
	}},
	{"friendica", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/kytta/share2fedi/blob/HEAD/src/lib/project.ts",
		"https://github.com/kimsible/peertube-plugin-social-sharing/blob/HEAD/assets/services.json",
	}},
	{"hubzilla", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/kytta/share2fedi/blob/HEAD/src/lib/project.ts",
	}},
	{"gnusocial", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/kytta/share2fedi/blob/HEAD/src/lib/project.ts",
		"https://github.com/kimsible/peertube-plugin-social-sharing/blob/HEAD/assets/services.json",
	}},
	{"diaspora", LinkWorks, Medium, "2023-10-10", []string{
		"https://github.com/kimsible/peertube-plugin-social-sharing/blob/HEAD/assets/services.json",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/heiseonline/shariff",
	}},
	{"vk", LinkWorks, Medium, "2026-08-22", []string{
		"https://dev.vk.com/en/api/posts",
		"https://github.com/nygardk/react-share/blob/0630269/src/VKShareButton.tsx",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/stefanobartoletti/nuxt-social-share",
	}},
	{"odnoklassniki", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/tree/0630269",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
	}},
	{"xing", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/heiseonline/shariff",
		"https://github.com/stefanobartoletti/nuxt-social-share",
		"https://github.com/bradvin/social-share-urls/blob/HEAD/README.md",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/HEAD/CHANGELOG.md",
	}},
	{"weibo", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/tree/0630269",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/heiseonline/shariff",
	}},
	{"qzone", LinkWorks, Low, "2023-10-10", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/heiseonline/shariff",
	}},
	{"douban", LinkWorks, Low, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
	}},
	{"gab", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/tree/0630269",
		"https://github.com/kimsible/peertube-plugin-social-sharing/blob/HEAD/assets/services.json",
	}},
	{"mewe", LinkWorks, Low, "2026-08-22", []string{
		"https://github.com/kimsible/peertube-plugin-social-sharing/blob/HEAD/assets/services.json",
	}},
	{"livejournal", LinkWorks, Low, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/blob/0630269/src/LivejournalShareButton.tsx",
	}},
	{"buffer", LinkWorks, Low, "2023-10-10", []string{
		"https://github.com/heiseonline/shariff",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/bradvin/social-share-urls/blob/HEAD/README.md",
	}},
	{"whatsapp", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/tree/0630269",
		"https://github.com/bradvin/social-share-urls/blob/HEAD/README.md",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/bradvin/social-share-urls/issues/655",
		"https://github.com/fcurella/django-social-share/pull/40",
		"https://github.com/ellisonleao/sharer.js/issues/301",
		"https://github.com/heiseonline/shariff/pull/366",
		"https://github.com/heiseonline/shariff/issues/223",
		"https://github.com/jorenvh/laravel-share/issues/39",
		"https://github.com/mdn/browser-compat-data/issues/13439",
		"https://github.com/pinda-fun/pinda-fun/pull/136",
	}},
	{"telegram", LinkWorks, High, "2026-08-22", []string{
		"https://core.telegram.org/widgets/share",
		"https://core.telegram.org/api/links",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/TelegramMessenger/Telegram-iOS/issues/1415",
		"https://github.com/TelegramMessenger/Telegram-iOS/issues/1727",
		"https://github.com/nygardk/react-share/pull/377",
		"https://github.com/ellisonleao/sharer.js/issues/74",
		"https://github.com/bradvin/social-share-urls/pull/653",
	}},
	{"messenger", LinkWorks, High, "2026-08-22", []string{
		"https://developers.facebook.com/docs/sharing/reference/send-dialog",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nygardk/react-share/issues/288",
		"https://github.com/nygardk/react-share/issues/534",
		"https://github.com/nygardk/react-share/issues/346",
		"https://github.com/nygardk/react-share/pull/357",
		"https://github.com/MurhafSousli/ngx-sharebuttons/issues/607",
	}},
	{"instagram.direct", HandOff, Low, "2026-08-22", []string{
		"https://github.com/w3c/web-share/issues/144",
	}},
	{"line", LinkWorks, High, "2026-08-22", []string{
		"https://developers.line.biz/en/docs/line-social-plugins/install-guide/using-line-share-buttons",
		"https://developers.line.biz/en/faq/tags/sp-share",
		"https://developers.line.biz/ja/news/2020/03/25/line-url-scheme-deprecation/",
		"https://zenn.dev/toono_f/scraps/58bbbc342638bb",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/nygardk/react-share/tree/0630269",
	}},
	{"viber", LinkWorks, Low, "2022-01-14", []string{
		"https://developers.viber.com/docs/tools/share-button/",
		"https://github.com/nygardk/react-share/tree/0630269",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/bradvin/social-share-urls/blob/HEAD/README.md",
		"https://github.com/stefanobartoletti/nuxt-social-share/pull/231",
	}},
	{"signal", HandOff, Medium, "2026-08-22", nil},
	{"kakaotalk", HandOff, High, "2026-08-22", []string{
		"https://developers.kakao.com/docs/en/kakaotalk-share/js-link",
		"https://developers.kakao.com/sdk/reference/js/release/Kakao.Share.html",
		"https://github.com/nicolasbeauvais/vue-social-sharing/issues/347",
		"https://github.com/mxstbr/sharingbuttons.io/issues/62",
	}},
	{"wechat", HandOff, High, "2026-08-22", []string{
		"https://github.com/bradvin/social-share-urls/blob/HEAD/README.md",
		"https://github.com/nicolasbeauvais/vue-social-sharing/issues/75",
		"https://github.com/DzmVasileusky/needShareButton/issues/1",
		"https://github.com/mxstbr/sharingbuttons.io/issues/62",
	}},
	{"discord", HandOff, Medium, "2026-08-22", nil},
	{"slack", HandOff, Medium, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/issues/403",
		"https://github.com/dearhive/MashShare/issues/56",
	}},
	{"threema", LinkWorks, Medium, "2023-10-10", []string{
		"https://github.com/bradvin/social-share-urls/blob/HEAD/README.md",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/heiseonline/shariff",
	}},
	{"sms", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/hedint/vue3-social-sharing/blob/b369719/src/data/networks.ts",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/ampproject/amphtml/pull/9365",
		"https://github.com/nicolasbeauvais/vue-social-sharing/issues/133",
		"https://github.com/nicolasbeauvais/vue-social-sharing/issues/335",
		"https://github.com/ShekarMudaliyar/social_share/issues/146",
		"https://github.com/smeeckaert/sms-link/issues/1",
		"https://www.rfc-editor.org/rfc/rfc5724",
	}},
	{"email", LinkWorks, High, "2026-08-22", []string{
		"https://www.rfc-editor.org/rfc/rfc6068#section-5",
		"https://github.com/nygardk/react-share/blob/0630269/test/EmailShareButton.test.tsx",
		"https://github.com/openstreetmap/openstreetmap-website/issues/5587",
		"https://github.com/kentcdodds/kentcdodds.com/pull/882",
		"https://github.com/guardian/dotcom-rendering/pull/4640",
		"https://github.com/StoDevX/AAO-React-Native/pull/7966",
		"https://github.com/ellisonleao/sharer.js/issues/278",
		"https://github.com/ellisonleao/sharer.js/issues/69",
		"https://github.com/MurhafSousli/ngx-sharebuttons/issues/697",
	}},
	{"gmail", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/simonw/til/blob/HEAD/google/gmail-compose-url.md",
		"https://github.com/oscarotero/social-links/issues/14",
	}},
	{"outlook", LinkWorks, Medium, "2026-08-22", []string{
		"https://gist.github.com/katrinafyi/806fe51b8a6cd109b4f0689717b8034c",
		"https://github.com/OfficeDev/office-js/issues/4127",
		"https://github.com/spatie/calendar-links/issues/109",
		"https://github.com/InteractionDesignFoundation/add-event-to-calendar-docs/issues/20",
	}},
	{"outlook.work", LinkWorks, Medium, "2026-08-22", []string{
		"https://techcommunity.microsoft.com/discussions/teamsdeveloper",
	}},
	{"yahoomail", LinkWorks, Low, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
	}},
	{"instapaper", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/tree/0630269",
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/stefanobartoletti/nuxt-social-share",
		"https://www.instapaper.com/api/simple",
	}},
	{"raindrop", LinkWorks, High, "2026-08-22", []string{
		"https://github.com/stefanobartoletti/nuxt-social-share",
	}},
	{"pinboard", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
	}},
	{"flipboard", LinkWorks, Medium, "2023-10-10", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/heiseonline/shariff",
	}},
	{"hatena", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/nygardk/react-share/blob/0630269/src/HatenaShareButton.tsx",
		"https://github.com/robincornett/scriptless-social-sharing",
	}},
	{"evernote", LinkWorks, Low, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
	}},
	{"teams", LinkWorks, High, "2026-08-22", []string{
		"https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/share-to-teams-from-web-apps",
		"https://github.com/MicrosoftDocs/msteams-docs/blob/HEAD/msteams-platform/concepts/build-and-test/share-to-teams-from-web-apps.md",
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
	}},
	{"trello", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
	}},
	{"google.classroom", LinkWorks, Medium, "2026-08-22", []string{
		"https://developers.google.com/classroom/guides/sharebutton",
	}},
	{"wordpress", LinkWorks, Low, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
		"https://github.com/nicolasbeauvais/vue-social-sharing/blob/214a9ef/src/networks.js",
		"https://github.com/kimsible/peertube-plugin-social-sharing/blob/HEAD/assets/services.json",
	}},
	{"blogger", LinkWorks, Low, "2026-08-22", []string{
		"https://github.com/ellisonleao/sharer.js/blob/4f0a5d4/sharer.js",
	}},
	{"chatgpt", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/stefanobartoletti/nuxt-social-share",
	}},
	{"claude", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/stefanobartoletti/nuxt-social-share",
	}},
	{"perplexity", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/stefanobartoletti/nuxt-social-share",
	}},
	{"grok", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/stefanobartoletti/nuxt-social-share",
	}},
	{"google.ai", LinkWorks, Medium, "2026-08-22", []string{
		"https://github.com/stefanobartoletti/nuxt-social-share",
	}},
	{"link.copy", BrowserAPI, High, "2026-08-22", []string{
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://w3c.github.io/clipboard-apis/",
	}},
	{"link.qr", BrowserAPI, High, "2026-08-22", []string{
		"https://www.iso.org/standard/83389.html",
	}},
	{"system", BrowserAPI, High, "2026-08-22", []string{
		"https://github.com/w3c/web-share/blob/e871726/index.html",
		"https://developer.mozilla.org/en-US/docs/Web/API/Navigator/share",
		"https://github.com/mdn/browser-compat-data/blob/HEAD/api/Navigator.json",
		"https://source.chromium.org/chromium/chromium/src/+/main:chrome/browser/webshare/share_service_impl.cc",
		"https://github.com/w3c/web-share/issues/190",
		"https://github.com/w3c/web-share/issues/222",
		"https://github.com/basecamp/once-campfire/pull/273",
		"https://github.com/Fyrd/caniuse/pull/5682",
		"https://github.com/photoview/photoview/pull/1483",
		"https://github.com/pingdotgg/t3code/pull/8330",
	}},
	{"link.embed", BrowserAPI, High, "2026-08-22", []string{
		"https://github.com/w3c/web-share/blob/e871726/index.html",
		"https://html.spec.whatwg.org/multipage/iframe-embed-object.html",
	}},
	{"page.print", BrowserAPI, High, "2026-08-22", []string{
		"https://github.com/kytta/shareon/blob/b73f5d8/src/shareon.js",
		"https://github.com/MurhafSousli/ngx-sharebuttons/blob/e94348f/projects/ngx-sharebuttons/src/lib/share.defaults.ts",
		"https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#printing",
	}},
	{"friends", AnswersPage, High, "2026-08-22", nil},
	{"media.save", BrowserAPI, High, "2026-08-22", []string{
		"https://github.com/Pasta-Devs/Marinara-Engine/pull/5682",
		"https://github.com/coder/coder/pull/27853",
		"https://html.spec.whatwg.org/multipage/links.html#downloading-resources",
	}},
	{"content.privacy", AnswersPage, High, "2026-08-22", nil},
	{"content.delete", AnswersPage, High, "2026-08-22", nil},
}

// An ending is how a retired service ended, and how that is known.
type ending struct {
	note       string
	confidence Confidence
	sources    []string
}

const testedByHand = "https://github.com/bradvin/social-share-urls/blob/HEAD/README.md"

// endings stand in the order of the retired services.
var endings = [...]ending{
	{"The service behind its buttons was switched off.", Medium, nil},
	{"The address that added to a wish list is obsolete.", Medium, nil},
	{"Its links failed when tested by hand.", High, []string{testedByHand}},
	{"Its links failed when tested by hand.", High, []string{testedByHand}},
	{"Submitting links was discontinued.", High, []string{testedByHand}},
	{"The plugins are drawn with no size; sharing by link goes on.", High, []string{"https://ppc.land/meta-discontinues-facebook-like-and-comment-buttons-for-external-websites"}},
	{"Its address was not found when tested by hand.", High, []string{testedByHand}},
	{"Closed.", Medium, nil},
	{"A calendar takes events and no shared links.", High, nil},
	{"Closed.", High, nil},
	{"Stands only in the reference of the first version of Kakao's script.", High, []string{"https://developers.kakao.com/sdk/reference/js/release/Kakao.Share.html"}},
	{"Sharing failed when tested by hand.", High, []string{testedByHand}},
	{"There has never been such a service; lists of share links name it.", High, nil},
	{"Adding a link failed when tested by hand.", High, []string{testedByHand}},
	{"Its links failed when tested by hand.", High, []string{testedByHand}},
	{"Shut down by Mozilla.", High, []string{
		"https://support.mozilla.org/kb/future-of-pocket",
		"https://github.com/Automattic/jetpack/pull/43583",
		"https://github.com/FreshRSS/FreshRSS/pull/8125",
	}},
	{"Links are no longer taken.", Medium, nil},
	{"It has no address to share to.", Medium, nil},
	{"Shut down by Microsoft; the certificate of its share page had run out in 2023.", High, []string{"https://github.com/Automattic/jetpack/issues/31624"}},
	{"Moved to Mix, which no longer takes links either.", High, []string{testedByHand}},
	{"Found dead when tested by hand.", High, []string{testedByHand}},
	{"Closed.", Medium, []string{testedByHand}},
	{"To be read only from September 2025, then deleted.", High, []string{"https://github.com/nygardk/react-share/tree/0630269"}},
	{"Became Viva Engage, whose messages no link fills in.", Medium, nil},
	{"Closed.", Medium, nil},
}
