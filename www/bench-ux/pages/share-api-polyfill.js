import 'share-api-polyfill';
import { text, title, url } from '../subject.js';

document.querySelector('#share')?.addEventListener('click', () => {
	navigator.share(/** @type {any} */ ({ title, text, url })).catch(() => {
		/* closed */
	});
});
document.documentElement.dataset.ready = '';
