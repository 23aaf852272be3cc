import 'share-menu';
import 'share-menu/targets/presets/all.js';
import { text, title, url } from '../subject.js';

const menu = /** @type {any} */ (document.querySelector('share-menu'));
Object.assign(menu, { title, text, url });
document.querySelector('#share')?.addEventListener('click', () =>
	menu.share().catch(() => {
		/* closed */
	}),
);
document.documentElement.dataset.ready = '';
