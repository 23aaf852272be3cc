/**
 * The view that sends the content to friends within the host's app.
 *
 * @module
 */
import { h } from './dom.js';
import { ask, isUnanswered, undo } from './host.js';
import { face } from './row.js';
import { fold } from './fold.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/**
 * The friends whom the reader has chosen, and the note to them.
 *
 * @typedef {{ target: string, chosen: Set<string>, note: string, search: string, isSending?: boolean }} State
 */

/** With more friends than this, there is a search field. */
const many = 7;

/**
 * Opens that view.
 *
 * @param {Stage} stage
 * @param {string} [id]  of a friend who is chosen from the start
 */
export function friends(stage, id) {
	stage.open(view, { target: 'friends', chosen: new Set(id === undefined ? [] : [id]), note: '', search: '' });
}

/**
 * @param {Stage} stage
 * @param {State} state
 * @returns {View | undefined}
 */
function view(stage, state) {
	const { say, friends: all } = stage;
	if (!stage.permitted(state.target)) return undefined;
	const button = h('button', {
		type: 'submit',
		class: 'main',
		'data-key': 'send',
		'aria-busy': state.isSending && 'true',
	});
	const count = () => {
		const n = chosenOf(stage, state).length;
		button.textContent = n ? say('friends.send', { n }) : say('friends.title');
		// It stays focusable: pressing it says what is missing.
		button.setAttribute('aria-disabled', `${n === 0}`);
	};
	const rows = all.map((friend) => rowOf(friend, state, count));
	const find = () => match(stage, state, rows);
	const note = h('textarea', {
		rows: '2',
		maxlength: '1000',
		dir: 'auto',
		'data-key': 'note',
		oninput: () => (state.note = note.value),
	});
	note.value = state.note;
	const form = h(
		'form',
		{
			class: 'form',
			onsubmit: (/** @type {Event} */ event) => {
				event.preventDefault();
				send(stage, state, () => rows[0]?.querySelector('input')?.focus());
			},
		},
		all.length > many && search(stage, state, find),
		h('div', { class: 'own', role: 'group', 'aria-labelledby': 'title' }, ...rows),
		h('label', { class: 'field' }, h('span', {}, say('friends.note')), note),
		button,
	);
	count();
	if (state.search) find();
	const isKept = () => note.value !== '' || state.chosen.size > 0;
	return { title: say('friends.title'), body: [form], focus: state.chosen.size ? note : undefined, isKept };
}

/** The chosen friends whom the page still gives. @param {Stage} stage @param {State} state */
const chosenOf = (stage, state) => stage.friends.filter(({ id }) => state.chosen.has(id));

/**
 * The row of a friend, with a checkbox.
 *
 * @param {import('./people.js').Person} friend
 * @param {State} state
 * @param {() => void} changed
 */
function rowOf(friend, state, changed) {
	return h(
		'label',
		{ class: 'row' },
		face(friend),
		h('span', { dir: 'auto' }, friend.name),
		h('input', {
			type: 'checkbox',
			value: friend.id,
			checked: state.chosen.has(friend.id),
			'data-key': `friend-${friend.id}`,
			onchange: (/** @type {Event} */ event) => {
				if (/** @type {HTMLInputElement} */ (event.target).checked) state.chosen.add(friend.id);
				else state.chosen.delete(friend.id);
				changed();
			},
		}),
	);
}

/** The search field. @param {Stage} stage @param {State} state @param {() => void} find */
function search({ say }, state, find) {
	return h('input', {
		type: 'search',
		class: 'search',
		'aria-label': say('friends.search'),
		placeholder: say('friends.search'),
		'data-key': 'search',
		value: state.search,
		oninput: (/** @type {Event} */ event) => {
			const { value, form } = /** @type {HTMLInputElement & { form: HTMLFormElement }} */ (event.target);
			// The height is kept, so that the field does not move when few friends are left.
			form.style.minBlockSize ||= `${form.getBoundingClientRect().height}px`;
			state.search = value;
			find();
		},
	});
}

/** Hides the friends whose names do not match. @param {Stage} stage @param {State} state @param {HTMLElement[]} rows */
function match({ say, friends: all, tell }, state, rows) {
	const wanted = fold(state.search.trim());
	let n = 0;
	rows.forEach((row, i) => {
		row.hidden = !fold(all[i].name).includes(wanted);
		if (!row.hidden) n++;
	});
	tell(wanted ? (n ? say('search.found', { n }) : say('search.none')) : '');
}

/**
 * Has the host send the content to the chosen friends.
 *
 * @param {Stage} stage
 * @param {State} state
 * @param {() => void} choose  called if nobody is chosen
 */
async function send(stage, state, choose) {
	const { say } = stage;
	if (state.isSending) return stage.tell(say('waiting'));
	if (!stage.permit(state.target)) return;
	const chosen = chosenOf(stage, state);
	if (chosen.length === 0) {
		stage.warn(say('friends.choose'));
		return choose();
	}
	const busy = (/** @type {boolean} */ isSending) => {
		state.isSending = isSending;
		const shown = stage.body.querySelector('[data-key="send"]');
		if (isSending) shown?.setAttribute('aria-busy', 'true');
		else shown?.removeAttribute('aria-busy');
	};
	busy(true);
	stage.tell(say('friends.sending'));
	try {
		const answer = await ask(stage, 'share-friends', {
			friends: chosen.map(({ given }) => given),
			note: state.note.trim(),
		});
		stage.done('friends', 'host');
		stage.back(state);
		stage.tell(say('friends.sent', { names: chosen.map(({ name }) => name) }), undo(stage, answer));
	} catch (error) {
		stage.warn(say(isUnanswered(error) ? 'host.unanswered' : 'friends.failed'));
		stage.emit('share-error', { target: 'friends', error });
	} finally {
		busy(false);
	}
}
