import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import * as share from 'react-share';
import { title, url } from '../subject.js';

/** Its icons in its README's size, and the names that its README asks for. */
const networks = ['Bluesky', 'Email', 'Facebook', 'Linkedin', 'Reddit', 'Telegram', 'Threads', 'Whatsapp', 'X'];

createRoot(/** @type {Element} */ (document.querySelector('#share'))).render(
	networks.map((name) => {
		const { [`${name}ShareButton`]: Button, [`${name}Icon`]: Icon } = /** @type {Record<string, any>} */ (share);
		return h(
			Button,
			{ key: name, url, title, subject: title, 'aria-label': `Share on ${name}` },
			h(Icon, { size: 32, round: true }),
		);
	}),
);
requestAnimationFrame(() => requestAnimationFrame(() => (document.documentElement.dataset.ready = '')));
