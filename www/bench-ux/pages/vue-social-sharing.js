import Vue from 'vue';
import VueSocialSharing from 'vue-social-sharing';
import { text, title, url } from '../subject.js';

// A CommonJS module comes whole, with its default inside.
Vue.use(VueSocialSharing.default);
const networks = ['Email', 'Facebook', 'LinkedIn', 'Reddit', 'SMS', 'Telegram', 'Twitter', 'WhatsApp'];

new Vue({
	render: (/** @type {any} */ h) =>
		h(
			'div',
			{ attrs: { id: 'share' } },
			networks.map((name) =>
				h(
					'ShareNetwork',
					{ props: { network: name.toLowerCase(), url, title, description: text } },
					`Share on ${name}`,
				),
			),
		),
}).$mount('#share');
document.documentElement.dataset.ready = '';
