/**
 * What a view needs to know of a target beyond its verdict: its name, the
 * group that it stands in, and its colour.
 *
 * @module
 */

/** Names by group, in the order to show; names that are words are in locales/. @type {Record<string, string>} */
const groups = {
	story: 'instagram.story=Instagram Stories|facebook.story=Facebook Stories|instagram.reels=Instagram Reels|facebook.reels=Facebook Reels|snapchat=Snapchat',
	video: 'tiktok=TikTok|youtube=YouTube',
	social: 'facebook=Facebook|instagram.feed=Instagram|x=X|threads=Threads|reddit=Reddit|bluesky=Bluesky|mastodon=Mastodon|linkedin=LinkedIn|pinterest=Pinterest|tumblr=Tumblr|hackernews=Hacker News|lobsters=Lobsters|misskey=Misskey|friendica=Friendica|hubzilla=Hubzilla|gnusocial=GNU social|diaspora=diaspora*|vk=VK|odnoklassniki=Odnoklassniki|xing=XING|weibo=Sina Weibo|qzone=QZone|douban=Douban|gab=Gab|mewe=MeWe|livejournal=LiveJournal|buffer=Buffer',
	message:
		'whatsapp=WhatsApp|telegram=Telegram|messenger=Messenger|instagram.direct=Instagram Direct|line=LINE|viber=Viber|signal=Signal|kakaotalk=KakaoTalk|wechat=WeChat|discord=Discord|slack=Slack|threema=Threema|sms=SMS',
	mail: 'email=Email|gmail=Gmail|outlook=Outlook.com|outlook.work=Outlook (Microsoft 365)|yahoomail=Yahoo Mail',
	bookmark:
		'instapaper=Instapaper|raindrop=Raindrop.io|pinboard=Pinboard|flipboard=Flipboard|hatena=Hatena Bookmark|evernote=Evernote',
	work: 'teams=Microsoft Teams|trello=Trello|google.classroom=Google Classroom',
	blog: 'wordpress=WordPress|blogger=Blogger',
	ai: 'chatgpt=ChatGPT|claude=Claude|perplexity=Perplexity|grok=Grok|google.ai=Google AI Mode',
	link: 'link.copy|link.qr|system|link.embed|page.print',
	friends: 'friends',
	own: 'media.save|content.privacy|content.delete',
};

/** @typedef {{ name?: string, group: string }} Known */

/** @type {Map<string, Known>} */
const known = new Map(
	Object.entries(groups).flatMap(([group, list]) =>
		list.split('|').map((one) => {
			const [id, name] = one.split('=');
			return [id, { name, group }];
		}),
	),
);

/** The groups in the order to show. */
export const order = Object.keys(groups);

/** @param {string} target */
export const groupOf = (target) => known.get(target)?.group ?? 'link';

/**
 * The name of a target: as the language says it, else as the network writes
 * itself.
 *
 * @param {string} target
 * @param {import('./words.js').Say} say
 */
export const nameOf = (target, say) => say(target) || known.get(target)?.name || target;

/**
 * The name of the app that a target is a part of.
 *
 * @param {string} target
 * @param {import('./words.js').Say} say
 */
export const appOf = (target, say) => (target.includes('.') ? nameOf(target, say).split(' ')[0] : nameOf(target, say));
