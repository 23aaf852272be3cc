/**
 * The share libraries that are compared. Each is used as its documentation says,
 * with its defaults, on a page of its own.
 *
 * @module
 */
import { text, title, url } from './subject.js';

/**
 * @typedef {object} Rival
 * @property {string} name
 * @property {string} [library]  its npm package; absent for Sharewise
 * @property {string} [folder]   the folder of its package, if not installed here
 * @property {string} about      how it is used
 * @property {(lang: string) => string} markup  the markup that its documentation puts into a page
 * @property {boolean} opens     whether a button opens it
 * @property {string} root       selector of its element
 * @property {string} [panel]    selector of the part that moves when it opens
 * @property {string} [icons]    selector of its icons; absent if the page supplies them
 * @property {string} [copy]     selector of the button that copies the link
 * @property {number} [patience]  how long checks wait for it, in milliseconds, if longer than usual
 * @property {boolean} [wordless]   whether the page supplies every word
 * @property {boolean} [renderless] whether the page supplies layout and style as well
 */

/** @param {string} value */
const attribute = (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const button = '<button type="button" id="share" class="opener">Share</button>';

/** @type {Rival[]} */
export const rivals = [
	{
		name: 'Sharewise',
		about: '<share-sheet> and <share-button>, with the links that the server knows inside',
		markup: (lang) => `<share-button for="sheet" class="opener">${lang === 'ar' ? '' : 'Share'}</share-button>
<share-sheet id="sheet"><script type="application/json">${JSON.stringify({ content: { kind: 'video', url, title, text, visibility: 'public' }, viewer: { id: 'u-42', role: 'public' } })}</script>
<a href="https://www.reddit.com/submit?url=${encodeURIComponent(url)}&amp;title=${encodeURIComponent(title)}&amp;type=LINK">Reddit</a></share-sheet>`,
		opens: true,
		root: 'share-sheet',
		panel: 'dialog',
		icons: 'svg',
		copy: '[data-key="link.copy"]',
	},
	{
		name: 'share-menu',
		library: 'share-menu',
		about: '<share-menu> with its preset of all targets',
		markup: () => `${button}<share-menu><share-target-preset-all></share-target-preset-all></share-menu>`,
		opens: true,
		root: 'share-menu',
		panel: '#dialog',
		icons: '.icon, .clipboard-icon',
		copy: '#clipboard',
	},
	{
		name: 'Shareon',
		library: 'shareon',
		about: 'a row of empty links, filled in by init()',
		markup: () =>
			`<div class="shareon" data-url="${attribute(url)}" data-title="${attribute(title)}">${['bluesky', 'facebook', 'linkedin', 'mastodon', 'reddit', 'telegram', 'whatsapp', 'copy-url', 'email'].map((name) => `<a class="${name}"></a>`).join('')}</div>`,
		opens: false,
		root: '.shareon',
		icons: '.shareon > a',
		wordless: true,
		copy: '.copy-url',
	},
	{
		name: 'react-share',
		library: 'react-share',
		about: 'nine buttons with its icons, named as its README asks',
		markup: () => '<div id="share"></div>',
		opens: false,
		root: '#share',
		icons: 'svg',
		wordless: true,
	},
	{
		name: 'vue-social-sharing',
		library: 'vue-social-sharing',
		about: 'eight <ShareNetwork>, with texts by the page',
		markup: () => '<div id="share"></div>',
		opens: false,
		root: '#share',
		wordless: true,
		renderless: true,
	},
	{
		name: 'share-api-polyfill',
		library: 'share-api-polyfill',
		about: 'navigator.share() where the browser has none',
		markup: () => button,
		opens: true,
		root: '#shareAPIPolyfill-container',
		panel: '#shareAPIPolyfill-container',
		icons: '.shareAPIPolyfill-body svg, .tool-icon svg',
		copy: '.tool-icon.copy',
	},
	{
		name: 'Shariff',
		library: 'shariff',
		about: 'its complete script and style, in the language of the page where it has it',
		markup: (lang) =>
			`<div class="shariff" data-lang="${lang}" data-url="${attribute(url)}" data-title="${attribute(title)}" data-services="${attribute(JSON.stringify(['facebook', 'linkedin', 'reddit', 'telegram', 'whatsapp', 'mail', 'clipboard', 'info']))}"></div>`,
		opens: false,
		root: '.shariff',
		icons: '.fab, .fas, .far',
		copy: '.clipboard a',
	},
];

/** The path of a rival's page. @param {Rival} rival */
export const slug = ({ name }) => name.toLowerCase();
