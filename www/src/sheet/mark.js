/**
 * The mark of a target, on its network's colour.
 *
 * @module
 */
import { icon } from '../icons.js';
import { h } from './dom.js';

/**
 * Colours that a white mark can be seen on, 3 to 1 at least (WCAG 2.2, 1.4.11):
 * those of the networks, some of them darkened for it. Two are as light as they
 * are known, with a black mark. What has none is no network.
 *
 * @type {Record<string, string>}
 */
const colours = {
	instagram: 'd02a77',
	facebook: '0866ff',
	snapchat: 'fffc00',
	tiktok: '000',
	youtube: 'f00',
	x: '000',
	threads: '000',
	reddit: 'ff4500',
	bluesky: '0a7aff',
	mastodon: '6364ff',
	linkedin: '0a66c2',
	pinterest: 'bd081c',
	tumblr: '36465d',
	hackernews: 'e65c00',
	vk: '0077ff',
	weibo: 'd52b2a',
	whatsapp: '148a43',
	telegram: '1c84cc',
	messenger: '0a7cff',
	line: '059b43',
	viber: '7360f2',
	signal: '3a76f0',
	kakaotalk: 'fee500',
	wechat: '07a350',
	discord: '5865f2',
	slack: '4a154b',
	gmail: 'ea4335',
	teams: '5b5fc7',
	chatgpt: '0f8a6b',
	claude: 'c8613f',
};

/** @param {string} target */
export function mark(target) {
	const network = target.split('.')[0];
	const colour = Object.hasOwn(colours, network) ? colours[network] : '';
	const element = h('span', { class: colour ? 'mark brand' : 'mark', 'aria-hidden': 'true' }, icon(target));
	if (colour) element.style.setProperty('--brand', `#${colour}`);
	if (/^f(ff|ee)/.test(colour)) element.style.setProperty('--on-brand', '#000');
	return element;
}
