/**
 * The view of what is remembered on the device, with the ways to forget it.
 *
 * @module
 */
import { readable } from './address.js';
import { h } from './dom.js';
import { keepServers, servers } from './servers.js';
import { nameOf } from './targets.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** Opens that view. @param {Stage} stage */
export function remembering(stage) {
	stage.open(view);
}

/** @param {Stage} stage @returns {View} */
function view(stage) {
	const { say, recent } = stage;
	return {
		title: say('recent.title'),
		body: [
			h(
				'div',
				{ class: 'form' },
				h(
					'div',
					{ class: 'own' },
					h(
						'label',
						{ class: 'row' },
						h('span', {}, say('recent.keep')),
						h('input', {
							type: 'checkbox',
							role: 'switch',
							checked: recent?.enabled,
							'data-key': 'keep',
							'aria-describedby': 'recent-about',
							onchange: (/** @type {Event} */ event) => {
								if (recent) recent.enabled = /** @type {HTMLInputElement} */ (event.target).checked;
							},
						}),
					),
				),
				h('p', { class: 'quiet', id: 'recent-about' }, say('recent.about')),
				...Object.entries(servers()).map(([network, host]) => server(stage, network, host)),
				h(
					'button',
					{
						type: 'button',
						class: 'main plain',
						'data-key': 'clear',
						onclick: () => {
							recent?.clear();
							stage.tell(say('recent.cleared'));
						},
					},
					say('recent.clear'),
				),
			),
		],
	};
}

/**
 * The row of a remembered server, with a button to forget it.
 *
 * @param {Stage} stage
 * @param {string} network
 * @param {string} host
 */
function server(stage, network, host) {
	const { say } = stage;
	const forget = (/** @type {Event} */ event) => {
		const { [network]: _, ...rest } = servers();
		keepServers(rest);
		const { [network]: __, ...instances } = stage.chosen.instances ?? {};
		stage.choose({ instances });
		/** @type {Element} */ (event.target).closest('.row')?.remove();
		stage.body.querySelector('button')?.focus();
		stage.tell(say('recent.cleared'));
	};
	return h(
		'div',
		{ class: 'row receipt' },
		h('span', {}, nameOf(network, say)),
		h('bdi', { class: 'quiet', dir: 'ltr' }, readable(host)),
		h('button', { type: 'button', class: 'small', onclick: forget }, say('instance.forget')),
	);
}
