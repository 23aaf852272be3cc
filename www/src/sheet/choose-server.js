/**
 * The view that asks for the reader's server on a federated network.
 *
 * @module
 */
import { h } from './dom.js';
import { keepServers, servers } from './servers.js';
import { nameOf } from './targets.js';
import { linkOf } from './use.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** A well-known server of each network. @type {Record<string, string>} */
const examples = {
	mastodon: 'mastodon.social',
	misskey: 'misskey.io',
	friendica: 'friendica.world',
	hubzilla: 'hubzilla.org',
	gnusocial: 'gnusocial.net',
	diaspora: 'diasp.org',
};

/**
 * @param {Stage} stage
 * @param {{ target: string, host?: string }} state
 * @returns {View | undefined}
 */
export function chooseServer(stage, state) {
	const { say } = stage;
	const { target } = state;
	if (!stage.permitted(target)) return undefined;
	const name = nameOf(target, say);
	const network = target.split('.')[0];
	const problem = h('p', { class: 'problem', id: 'instance-problem', role: 'alert' });
	const field = h('input', {
		type: 'text',
		inputmode: 'url',
		autocomplete: 'off',
		autocapitalize: 'none',
		spellcheck: 'false',
		dir: 'ltr',
		required: true,
		'data-key': 'host',
		'aria-describedby': 'instance-hint instance-problem',
		oninput: () => {
			state.host = field.value;
			problem.textContent = '';
			field.removeAttribute('aria-invalid');
		},
	});
	field.value = state.host ?? '';
	const form = h(
		'form',
		{
			class: 'form',
			novalidate: true,
			onsubmit: (/** @type {Event} */ event) => {
				event.preventDefault();
				if (!stage.permit(target) || go(stage, state, hostOf(field.value))) return;
				problem.textContent = say('instance.wrong');
				field.setAttribute('aria-invalid', 'true');
				field.focus();
			},
		},
		h('label', { class: 'field' }, h('span', {}, say('instance.label')), field),
		h(
			'p',
			{ class: 'quiet', id: 'instance-hint' },
			say('instance.hint', { example: Object.hasOwn(examples, network) ? examples[network] : 'example.org' }),
		),
		problem,
		h('button', { type: 'submit', class: 'main', 'data-key': 'open' }, say('way.open', { target: name })),
	);
	return {
		title: say('instance.title', { target: name }),
		body: [form],
		focus: field,
		isKept: () => field.value !== '',
	};
}

/** The server in what people paste, such as the address of their profile or their handle. @param {string} text */
function hostOf(text) {
	return text
		.trim()
		.toLowerCase()
		.replace(/^(https?:\/\/)?(@?[^@/]*@)?/, '')
		.replace(/[/?#].*$/, '');
}

/**
 * Opens a target on a server, if the engine accepts its name.
 *
 * @param {Stage} stage
 * @param {{ target: string }} state
 * @param {string} host
 * @returns {boolean} whether it does
 */
function go(stage, state, host) {
	const { target } = state;
	const network = target.split('.')[0];
	const name = nameOf(target, stage.say);
	const instances = { ...stage.chosen.instances, [network]: host };
	/** Returns the delivery for that server, decided now. */
	const way = () => {
		try {
			if (!host) return undefined;
			const { entries } = stage.decide({ ...stage.chosen, instances });
			const entry = entries.find((one) => one.target === target);
			return entry && linkOf(stage, entry, name) && entry.delivery;
		} catch {
			/* the engine does not accept it */
		}
	};
	if (!way()) return false;
	const entry = stage.request(target, way);
	if (!entry) return true; // the reader was told why
	if (stage.remembers) keepServers({ ...servers(), [network]: host });
	stage.page.adoptNode(h('a', linkOf(stage, entry, name))).click();
	stage.done(target, 'link');
	stage.choose({ instances });
	stage.back(state);
	return true;
}
