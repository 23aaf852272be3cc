package share

import (
	"sharewise/share/internal/letters"
	"sharewise/share/internal/text"
)

// A Target is where something can go, or what can be done with it. The table
// in this file is all there are; its order is the order to show.
type Target struct {
	ID       string     // such as instagram.story; never changes its meaning
	Category string     // story, video, social, message, mail, bookmark, work, blog, ai, link, friends or own
	Link     string     // template of its link, "" if there is none; see deliver_link.go
	Phone    string     // template on phones where that differs
	Apple    string     // template on iOS where that differs
	Limit    Limit      // of its text; the zero Limit is no limit
	needs    capability // what it cannot do without
	ways     ladder     // what it does with that
}

// A Limit is how much text a target takes.
type Limit struct {
	Max  int
	Unit Unit
}

// cut shortens a text to the limit, and gives what the whole text counts.
func (l Limit) cut(s string) (string, int) { return letters.Cut(s, l.Max, letters.Unit(l.Unit)) }

// Unit is what a limit counts.
type Unit string

// The units.
const (
	Weighted   Unit = "weighted"   // as X counts: most scripts 1, others and emoji 2, a URL 23
	Graphemes  Unit = "graphemes"  // extended grapheme clusters (UAX #29)
	Characters Unit = "characters" // code points
	Bytes      Unit = "bytes"      // of the finished link
)

// Targets gives all targets in the order to show.
func Targets() []Target { return append([]Target(nil), targets...) }

// targetIndex finds a target by its id. Names are only looked up when a text is
// read, so a walk along the table does.
func targetIndex(id string) (int, bool) {
	for i := range targets {
		if targets[i].ID == id {
			return i, true
		}
	}
	return 0, false
}

// Network gives the part of the ID before the dot.
func (t *Target) Network() string {
	network, _ := text.Cut(t.ID, '.')
	return network
}

// Surface gives the part of the ID after the dot, "" if there is none.
func (t *Target) Surface() string {
	_, surface := text.Cut(t.ID, '.')
	return surface
}

// targets is the table. Where each line comes from, and when it was last
// looked at, is in provenance.go.
var targets = []Target{
	{ID: "instagram.story", Category: "story", needs: hasFile, ways: byMeta},
	{ID: "facebook.story", Category: "story", needs: hasFile, ways: byMeta},
	{ID: "instagram.reels", Category: "story", needs: hasVideo, ways: byMeta},
	{ID: "facebook.reels", Category: "story", needs: hasVideo, ways: byMeta},
	{ID: "snapchat", Category: "story", needs: hasURL,
		Link: "https://www.snapchat.com/share?link={url}", Phone: "https://www.snapchat.com/scan?attachmentUrl={url}"},

	{ID: "tiktok", Category: "video", needs: hasFile, ways: byFile},
	{ID: "youtube", Category: "video", needs: hasVideo, ways: byFile},

	{ID: "facebook", Category: "social", needs: hasURL,
		Link: "https://www.facebook.com/sharer/sharer.php?u={url}&hashtag={hashtag}"},
	{ID: "instagram.feed", Category: "social", needs: hasFile, ways: byFile},
	{ID: "x", Category: "social", needs: hasURL, Limit: Limit{280, Weighted},
		Link: "https://x.com/intent/tweet?text={text}&url={url}&hashtags={tags}&via={via}"},
	{ID: "threads", Category: "social", needs: hasURL, Limit: Limit{500, Characters},
		Link: "https://www.threads.com/intent/post?text={text}&url={url}&tag={topic}"},
	{ID: "reddit", Category: "social", needs: hasURL, Limit: Limit{300, Characters},
		Link: "https://www.reddit.com/submit?url={url}&title={title}&type=LINK"},
	{ID: "bluesky", Category: "social", needs: hasURL, Limit: Limit{300, Graphemes},
		Link: "https://bsky.app/intent/compose?text={text_url}"},
	{ID: "mastodon", Category: "social", needs: hasURL, Limit: Limit{500, Characters},
		Link: "https://{instance}/share?text={text_url}"},
	{ID: "linkedin", Category: "social", needs: hasURL,
		Link: "https://www.linkedin.com/sharing/share-offsite/?url={url}"},
	{ID: "pinterest", Category: "social", needs: hasURL | hasImage, Limit: Limit{500, Characters},
		Link: "https://www.pinterest.com/pin/create/button/?url={url}&media={image}&description={text}"},
	{ID: "tumblr", Category: "social", needs: hasURL,
		Link: "https://www.tumblr.com/widgets/share/tool?posttype=link&canonicalUrl={url}&content={url}&title={title}&caption={text}&tags={tags}"},
	{ID: "hackernews", Category: "social", needs: hasURL, Limit: Limit{80, Characters},
		Link: "https://news.ycombinator.com/submitlink?u={url}&t={title}"},
	{ID: "lobsters", Category: "social", needs: hasURL,
		Link: "https://lobste.rs/stories/new?url={url}&title={title}"},
	{ID: "misskey", Category: "social", needs: hasURL,
		Link: "https://{instance}/share?text={text_url}"},
	{ID: "friendica", Category: "social", needs: hasURL,
		Link: "https://{instance}/compose?body={text_url}"},
	{ID: "hubzilla", Category: "social", needs: hasURL,
		Link: "https://{instance}/rpost?body={text_url}"},
	{ID: "gnusocial", Category: "social", needs: hasURL,
		Link: "https://{instance}/notice/new?status_textarea={text_url}"},
	{ID: "diaspora", Category: "social", needs: hasURL,
		Link: "https://{instance}/bookmarklet?url={url}&title={title}"},
	{ID: "vk", Category: "social", needs: hasURL,
		Link: "https://vk.com/share.php?url={url}&title={title}&image={image}"},
	{ID: "odnoklassniki", Category: "social", needs: hasURL,
		Link: "https://connect.ok.ru/offer?url={url}&title={title}&description={text}&imageUrl={image}"},
	{ID: "xing", Category: "social", needs: hasURL,
		Link: "https://www.xing.com/spi/shares/new?url={url}"},
	{ID: "weibo", Category: "social", needs: hasURL,
		Link: "https://service.weibo.com/share/share.php?url={url}&title={title}&pic={image}"},
	{ID: "qzone", Category: "social", needs: hasURL,
		Link: "https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url={url}&title={title}&summary={text}&pics={image}"},
	{ID: "douban", Category: "social", needs: hasURL,
		Link: "https://www.douban.com/share/service?href={url}&name={title}&text={text}&image={image}"},
	{ID: "gab", Category: "social", needs: hasURL,
		Link: "https://gab.com/compose?url={url}&text={title}"},
	{ID: "mewe", Category: "social", needs: hasURL,
		Link: "https://mewe.com/share?link={url}"},
	{ID: "livejournal", Category: "social", needs: hasURL,
		Link: "https://www.livejournal.com/update.bml?subject={title}&event={text_url}"},
	{ID: "buffer", Category: "social", needs: hasURL,
		Link: "https://buffer.com/add?text={text}&url={url}"},

	{ID: "whatsapp", Category: "message", needs: hasURL, Limit: Limit{maxSchemeLink, Bytes},
		Link: "https://api.whatsapp.com/send?text={text_url}"},
	{ID: "telegram", Category: "message", needs: hasURL,
		Link: "https://t.me/share/url?url={url}&text={text}"},
	{ID: "messenger", Category: "message", needs: hasURL | hasDialog,
		Link:  "https://www.facebook.com/dialog/send?app_id={app}&link={url}&redirect_uri={back}",
		Phone: "fb-messenger://share/?link={url}&app_id={app}"},
	{ID: "instagram.direct", Category: "message", needs: hasURL, ways: byShare},
	{ID: "line", Category: "message", needs: hasURL,
		Link: "https://social-plugins.line.me/lineit/share?url={url}&text={text}", Phone: "https://line.me/R/share?text={text_url}"},
	{ID: "viber", Category: "message", needs: hasURL | onPhone, Limit: Limit{200, Characters},
		Link: "viber://forward?text={text_url}"},
	{ID: "signal", Category: "message", needs: hasURL, ways: byShare},
	{ID: "kakaotalk", Category: "message", needs: hasURL, ways: byShare},
	{ID: "wechat", Category: "message", needs: hasURL, ways: byCode},
	{ID: "discord", Category: "message", needs: hasURL, ways: byCopy},
	{ID: "slack", Category: "message", needs: hasURL, ways: byCopy},
	{ID: "threema", Category: "message", needs: hasURL | onPhone,
		Link: "threema://compose?text={text_url}"},
	{ID: "sms", Category: "message", needs: hasURL | onPhone,
		Link: "sms:?body={text_url}", Apple: "sms:&body={text_url}"},

	{ID: "email", Category: "mail", needs: hasURL, Limit: Limit{maxSchemeLink, Bytes},
		Link: "mailto:?subject={title}&body={text_url}"},
	{ID: "gmail", Category: "mail", needs: hasURL | offPhone,
		Link: "https://mail.google.com/mail/?view=cm&fs=1&su={title}&body={text_url}"},
	{ID: "outlook", Category: "mail", needs: hasURL,
		Link: "https://outlook.live.com/mail/0/deeplink/compose?subject={title}&body={text_url}"},
	{ID: "outlook.work", Category: "mail", needs: hasURL,
		Link: "https://outlook.office.com/mail/deeplink/compose?subject={title}&body={text_url}"},
	{ID: "yahoomail", Category: "mail", needs: hasURL,
		Link: "https://compose.mail.yahoo.com/?subject={title}&body={text_url}"},

	{ID: "instapaper", Category: "bookmark", needs: hasURL,
		Link: "https://www.instapaper.com/hello2?url={url}&title={title}&description={text}"},
	{ID: "raindrop", Category: "bookmark", needs: hasURL,
		Link: "https://app.raindrop.io/add?link={url}&title={title}"},
	{ID: "pinboard", Category: "bookmark", needs: hasURL,
		Link: "https://pinboard.in/add?url={url}&title={title}&description={text}"},
	{ID: "flipboard", Category: "bookmark", needs: hasURL,
		Link: "https://share.flipboard.com/bookmarklet/popout?v=2&title={title}&url={url}"},
	{ID: "hatena", Category: "bookmark", needs: hasURL,
		Link: "https://b.hatena.ne.jp/entry/panel/?url={url}&btitle={title}"},
	{ID: "evernote", Category: "bookmark", needs: hasURL,
		Link: "https://www.evernote.com/clip.action?url={url}&title={title}"},

	{ID: "teams", Category: "work", needs: hasURL | offPhone, Limit: Limit{200, Characters},
		Link: "https://teams.microsoft.com/share?href={url}&msgText={text}&preview=true"},
	{ID: "trello", Category: "work", needs: hasURL,
		Link: "https://trello.com/add-card?mode=popup&url={url}&name={title}&desc={text}"},
	{ID: "google.classroom", Category: "work", needs: hasURL,
		Link: "https://classroom.google.com/share?url={url}&title={title}&body={text}"},

	{ID: "wordpress", Category: "blog", needs: hasURL,
		Link: "https://wordpress.com/wp-admin/press-this.php?u={url}&t={title}&s={text}&i={image}"},
	{ID: "blogger", Category: "blog", needs: hasURL,
		Link: "https://www.blogger.com/blog-this.g?u={url}&n={title}&t={text}"},

	{ID: "chatgpt", Category: "ai", needs: hasURL, Link: "https://chatgpt.com/?prompt={prompt_url}"},
	{ID: "claude", Category: "ai", needs: hasURL, Link: "https://claude.ai/new?q={prompt_url}"},
	{ID: "perplexity", Category: "ai", needs: hasURL, Link: "https://www.perplexity.ai/search?q={prompt_url}"},
	{ID: "grok", Category: "ai", needs: hasURL, Link: "https://x.com/i/grok?text={prompt_url}"},
	{ID: "google.ai", Category: "ai", needs: hasURL, Link: "https://www.google.com/search?udm=50&aep=11&q={prompt_url}"},

	{ID: "link.copy", Category: "link", needs: hasURL, ways: copyLink},
	{ID: "link.qr", Category: "link", needs: hasURL, ways: showCode},
	{ID: "system", Category: "link", needs: hasSomething | canShare, ways: bySystem},
	{ID: "link.embed", Category: "link", needs: hasPlayer, ways: embedded},
	{ID: "page.print", Category: "link", needs: canPrint, ways: printed},

	{ID: "friends", Category: "friends", ways: byHost},

	{ID: "media.save", Category: "own", needs: hasMedia, ways: saved},
	{ID: "content.privacy", Category: "own", ways: byHost},
	{ID: "content.delete", Category: "own", ways: byHost},
}

// byFile tells whether it is the file that goes to the target.
func (t *Target) byFile() bool { return t.ways == byFile || t.ways == byMeta }
