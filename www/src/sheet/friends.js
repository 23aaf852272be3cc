/**
 * Sending to friends inside the host's app: several at once, with a note.
 *
 * @module
 */
import { h } from './dom.js';
import { face } from './list.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** More friends than this are searched. */
const many = 7;

/**
 * @param {Stage} stage
 * @param {string} [id]  of the one who is chosen to begin with
 */
export function friends(stage, id) {
	stage.open(view, { chosen: new Set(id === undefined ? [] : [id]), note: '', search: '' });
}

/**
 * @param {Stage} stage
 * @param {{ chosen: Set<string>, note: string, search: string }} state
 * @returns {View}
 */
function view(stage, state) {
	const { say, element, language } = stage;
	const all = element.friends;
	const button = h('button', { type: 'submit', class: 'main', 'data-key': 'send' });
	const count = () => button.textContent = state.chosen.size ? say('friends.send', { n: state.chosen.size }) : say('friends.title');
	const rows = all.map((friend) => h('label', { class: 'row' },
		face(friend), h('span', { dir: 'auto' }, friend.name),
		h('input', {
			type: 'checkbox', value: friend.id, checked: state.chosen.has(friend.id), 'data-key': `friend-${friend.id}`,
			onchange: (/** @type {Event} */ event) => {
				if (/** @type {HTMLInputElement} */ (event.target).checked) state.chosen.add(friend.id);
				else state.chosen.delete(friend.id);
				count();
			},
		})));
	const find = () => {
		const wanted = state.search.trim().toLocaleLowerCase(language);
		let n = 0;
		rows.forEach((row, i) => {
			row.hidden = !all[i].name.toLocaleLowerCase(language).includes(wanted);
			if (!row.hidden) n++;
		});
		stage.tell(wanted ? n ? say('search.found', { n }) : say('search.none') : '');
	};
	const note = h('textarea', { rows: '2', maxlength: '1000', dir: 'auto', 'data-key': 'note', oninput: () => state.note = note.value });
	note.value = state.note;
	let isSending = false;
	const form = h('form', {
		class: 'form',
		onsubmit: async (/** @type {Event} */ event) => {
			event.preventDefault();
			const chosen = all.filter(({ id }) => state.chosen.has(id));
			if (isSending) return;
			if (chosen.length === 0) {
				stage.warn(say('friends.choose'));
				rows[0]?.querySelector('input')?.focus();
				return;
			}
			isSending = true;
			button.setAttribute('aria-busy', 'true');
			stage.tell(say('friends.sending'));
			try {
				const answer = await stage.ask('friends-send', { friends: chosen, note: state.note.trim() });
				stage.done('friends', 'host');
				stage.back();
				stage.tell(say('friends.sent', { names: new Intl.ListFormat(language).format(chosen.map(({ name }) => name)) }), stage.undo(answer));
			} catch (error) {
				stage.warn(say(stage.isUnanswered(error) ? 'host.unanswered' : 'friends.failed'));
				stage.emit('share-error', { target: 'friends', error });
			} finally {
				isSending = false;
				button.removeAttribute('aria-busy');
			}
		},
	},
	all.length > many && h('input', {
		type: 'search', class: 'search', 'aria-label': say('friends.search'), placeholder: say('friends.search'), 'data-key': 'search', value: state.search,
		oninput: (/** @type {Event} */ event) => {
			state.search = /** @type {HTMLInputElement} */ (event.target).value;
			find();
		},
	}),
	h('div', { class: 'own', role: 'group', 'aria-labelledby': 'title' }, ...rows),
	h('label', { class: 'field' }, h('span', {}, say('friends.note')), note),
	button);
	count();
	return { title: say('friends.title'), body: [form], focus: [...state.chosen].length ? note : undefined };
}
