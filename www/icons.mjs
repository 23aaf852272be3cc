/**
 * Takes the marks of networks from simple-icons (CC0-1.0) when the page is
 * built, and rounds their paths to a tenth of a unit on their grid of 24: a
 * third of the bytes, and no eye sees it. The marks are trademarks of their
 * owners; here they say where a link leads, and nothing else.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { optimize } from 'svgo';

/** Networks of the default ruleset: their marks come with the sheet. */
const first = ['instagram', 'facebook', 'x', 'threads', 'reddit', 'whatsapp', 'telegram', 'messenger'];

/** All others, which are loaded together when the first of them is shown. */
const rest = [
	'snapchat',
	'tiktok',
	'youtube',
	'bluesky',
	'mastodon',
	'pinterest',
	'tumblr',
	'hackernews',
	'gnusocial',
	'diaspora',
	'vk',
	'odnoklassniki',
	'xing',
	'weibo',
	'qzone',
	'mewe',
	'livejournal',
	'buffer',
	'line',
	'viber',
	'signal',
	'kakaotalk',
	'wechat',
	'discord',
	'threema',
	'gmail',
	'instapaper',
	'pinboard',
	'flipboard',
	'hatena',
	'evernote',
	'trello',
	'classroom',
	'wordpress',
	'blogger',
	'claude',
	'perplexity',
	'google',
];

/** Names that simple-icons has and we have not. @type {Record<string, string>} */
const slugs = { hackernews: 'ycombinator', weibo: 'sinaweibo', hatena: 'hatenabookmark', classroom: 'googleclassroom' };

const { resolve } = createRequire(import.meta.url);

/** Marks on other terms than CC0, by their name there. @type {Map<string, string>} */
const otherwise = new Map(
	JSON.parse(readFileSync(resolve('simple-icons/icons.json'), 'utf8')).flatMap(
		(/** @type {any} */ { title, slug, license }) =>
			license && license.type !== 'CC0-1.0'
				? [[slug ?? title.toLowerCase().replace(/[^a-z0-9]/g, ''), license.type]]
				: [],
	),
);

/** @param {string} network */
function path(network) {
	const slug = slugs[network] ?? network;
	if (otherwise.has(slug))
		throw new Error(
			`simple-icons: the mark of ${network} is not CC0-1.0 but ${otherwise.get(slug)}; draw one of our own`,
		);
	const { data } = optimize(readFileSync(resolve(`simple-icons/icons/${slug}.svg`), 'utf8'), {
		multipass: true,
		plugins: [{ name: 'convertPathData', params: { floatPrecision: 1, transformPrecision: 5 } }],
	});
	const paths = [...data.matchAll(/<path d="([^"]+)"/g)];
	if (paths.length !== 1) throw new Error(`simple-icons: the mark of ${network} is no longer one path`);
	return paths[0][1];
}

/**
 * Gives the modules `brands/first` and `brands/rest`: each a record of path
 * data by network.
 *
 * @type {import('esbuild').Plugin}
 */
export const brands = {
	name: 'brands',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^brands\/(first|rest)$/ }, ({ path }) => ({ path, namespace: 'brands' }));
		onLoad({ filter: /.*/, namespace: 'brands' }, ({ path: name }) => ({
			loader: 'json',
			contents: JSON.stringify(
				Object.fromEntries((name === 'brands/first' ? first : rest).map((network) => [network, path(network)])),
			),
		}));
	},
};
