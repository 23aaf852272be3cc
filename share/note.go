package share

// Note says what is worth knowing about a target beyond its links and limits,
// in plain English: what its network asks for, where it fails, and which route
// is not used and why. It is "" where there is nothing to add. A page does not
// carry the notes.
func (t *Target) Note() string {
	for _, n := range notes {
		if n[0] == t.ID {
			return n[1]
		}
	}
	return ""
}

var notes = [][2]string{
	{"instagram.story", "Only another app can hand a story over, and Instagram asks it for a Facebook app id since January 2023; no page can fill in a story. " +
		"JPG or PNG, or video in H.264, H.265 or WebM of at most 20 seconds at 1080p; at least 720 × 1280 pixels, 9:16 or 9:18. " +
		"An address cannot go along, so it is copied for the reader to paste into a link sticker."},
	{"facebook.story", "Built as Instagram's stories are; the names of scheme and intent could not be read again. The link of an app beside a story is a closed trial."},
	{"instagram.reels", "Only another app can hand a reel over, with a Facebook app id of a live app; the names of scheme and intent could not be read again. Video in 9:16. Publishing from a server takes a business account."},
	{"facebook.reels", "Only another app can hand a reel over, with a Facebook app id of a live app. MP4 in 9:16, from 3 to 60 seconds and more."},
	{"snapchat", "Two official routes: a chat in Snapchat for Web on a computer, the camera with the link attached on a phone (Snapchat 10.67 or later). Neither takes a caption, and neither needs a script of Snap's."},
	{"tiktok", "There is no address to share to: Share Kit is for apps, and posting for a web service takes a server. Video of up to 10 minutes."},
	{"youtube", "There is no address that fills in an upload, and the upload interface takes a server."},
	{"facebook", "Takes the address and one tag. Title and picture come from the Open Graph tags of the page, which has to be public; a quote or description in the link has been ignored since 2017 and 2022."},
	{"instagram.feed", "The network that readers miss most, and it has no address to share to. A link that merely opens the app carries nothing."},
	{"x", "The documented address; twitter.com redirects to it, and every redirect can cost the way into the app. An address counts 23."},
	{"threads", "threads.net redirects to this host. The address has a parameter of its own; one topic of at most 50 characters."},
	{"reddit", "Without the type the form opened as a text and lost the address in 2024. The way there has broken three times since; the mobile site has ignored what is filled in for years."},
	{"bluesky", "The limit counts the address too; the app makes a card of it. Who is not signed in signs in first."},
	{"mastodon", "500 characters unless the instance says otherwise. The reader's own instance is asked for once: pages that pass a share on to it see what is shared."},
	{"linkedin", "Takes the address alone; title and summary have been ignored for years. Its composer at feed/?shareActive=true takes a text, but is undocumented, and not used."},
	{"pinterest", "Without a picture the form does not work. Pinterest fetches the picture itself, so its address has to be public."},
	{"tumblr", "The older share/link takes less."},
	{"hackernews", "Undocumented; all libraries that were read agree."},
	{"misskey", "Sharkey, Firefish and Calckey have the same address."},
	{"friendica", "The address of its bookmarklet is older and takes no text."},
	{"gnusocial", "Pleroma has the same address."},
	{"diaspora", "The page of diasporafoundation.org that passes a share on is a third party, and not used."},
	{"vk", "The address alone is documented; title and picture are what libraries send."},
	{"odnoklassniki", "The older st.cmd address is marked as deprecated, and not used."},
	{"xing", "The older social/share/spi was given up."},
	{"weibo", "Weibo looks for pictures in the page where none is given."},
	{"buffer", "Buffer may put a short link of its own in place of the address."},
	{"whatsapp", "wa.me redirects to this host, and has lost texts and emoji on the way. No limit is documented; links beyond 2,000 bytes are not safe everywhere."},
	{"telegram", "The message is the address, then the text. t.me/share without /url fails in the app for iOS, which also shows a + as it is."},
	{"messenger", "Meta's dialog works on computers alone and needs an app id; on phones the app's scheme, which is undocumented, does nothing where Messenger is missing. Neither takes a text."},
	{"instagram.direct", "No address opens a message with a text in it. Instagram has been reported missing from the share sheet of iPhones when it is offered an address alone."},
	{"line", "On phones the address that keeps the text; line:// was given up in 2020 because other apps could take it."},
	{"viber", "Nothing but the app's scheme; it was dead in tests by hand in 2018 and 2020. Phones alone, and copying is offered beside it. The limit is from memory."},
	{"signal", "The share sheet of the system alone."},
	{"kakaotalk", "Its own script needs a key and a domain registered with Kakao, and comes from a third party; a page that has them can answer the share request itself."},
	{"wechat", "Scans a code. Inside WeChat's own browser its menu shares the page."},
	{"discord", "What is pasted unfolds into a card."},
	{"slack", "What is pasted unfolds into a card."},
	{"threema", "Nothing but the app's scheme; the reader picks whom to write to."},
	{"sms", "Apple's phones take the body after & and others after ?; Android 13 has been reported to drop the body where no number is given."},
	{"email", "Blanks are %20 and line breaks %0D%0A (RFC 6068). Some programs cut a link of more than 2,000 bytes. Files cannot go along."},
	{"gmail", "On phones it ends in the inbox, so it is for computers alone."},
	{"outlook", "For personal accounts. A plus sign in the text becomes a blank."},
	{"outlook.work", "For accounts of work and school. It has been reported to hang for some of them."},
	{"instapaper", "The form of its own button; another address in use opens the reader and saves nothing."},
	{"hatena", "The panel that bookmarking plugins open; the older add page takes the same."},
	{"teams", "The text stands before the link. Microsoft supports Edge and Chrome on computers, with accounts of work and school."},
	{"google.classroom", "The address that the documented button opens."},
	{"wordpress", "For sites at WordPress.com; others need a plugin and their own address."},
	{"chatgpt", "Asks an assistant about the page; for pages that want it."},
	{"claude", "Asks an assistant about the page; for pages that want it."},
	{"perplexity", "Asks an assistant about the page; for pages that want it."},
	{"grok", "Asks an assistant about the page; for pages that want it."},
	{"google.ai", "Asks an assistant about the page; for pages that want it."},
	{"link.copy", "Needs a secure page, and the reader's click at that moment; a field to copy from by hand stands in."},
	{"link.qr", "A code that holds more than about 300 bytes is hard to read off a screen; beyond 1,200 bytes there is none."},
	{"system", "Chromium takes at most 10 files of 50 MiB together, of types on a list of its own, and says yes to others before it refuses them. It never tells where the reader went. Android WebView and Firefox on computers have none."},
	{"link.embed", "An iframe without a script, with a title."},
	{"page.print", "Missing in the browsers of many apps, and blocked in sandboxed frames."},
	{"friends", "The page sends to friends itself."},
	{"media.save", "A file from another site has to be served with leave to read it (CORS)."},
	{"content.privacy", "The page changes who may see the content."},
	{"content.delete", "The page deletes the content."},
}
