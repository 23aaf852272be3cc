/**
 * The view for editing the text shared with a link. It shows how much of the target's
 * limit is left, counted as that target counts.
 *
 * @module
 */
import { h } from './dom.js';
import { linkOf, use } from './use.js';
import { nameOf } from './targets.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** Opens that view. @param {Stage} stage */
export function compose(stage) {
	stage.open(view);
}

/** The entries whose links carry a text. @param {import('../shapes.d.ts').Sheet | undefined} sheet */
const takersOf = (sheet) =>
	(sheet?.entries ?? []).filter(
		({ verdict, delivery }) =>
			verdict === 'permitted' && delivery?.method === 'link' && !delivery.ask && delivery.text !== undefined,
	);

/**
 * @param {Stage} stage
 * @param {{ target?: string }} state
 * @returns {View | undefined}
 */
function view(stage, state) {
	const { say, sheet } = stage;
	const takers = takersOf(sheet);
	state.target ??= takers[0]?.target;
	if (!takers.some(({ target }) => target === state.target)) return undefined;
	const original = originals(stage);

	const choose = (/** @type {string} */ target) => {
		state.target = target;
		show();
	};
	const choice = chooser(stage, takers, state.target, choose);
	const field = h('textarea', {
		rows: '5',
		dir: 'auto',
		'data-key': 'text',
		'aria-describedby': 'left',
		oninput: () => change(field.value),
	});
	const left = h('p', { class: 'quiet', id: 'left' });
	const restore = () => {
		change(undefined);
		show();
		field.focus();
	};
	const reset = h(
		'button',
		{ type: 'button', class: 'small', 'data-key': 'reset', onclick: restore },
		say('compose.reset'),
	);
	const open = h('div', {});
	let wasOver = false;

	/** @param {string | undefined} text */
	function change(text) {
		rewrite(stage, state.target, text);
		follow();
	}

	function follow() {
		const { target = '' } = state;
		const entry = stage.permitted(target);
		const limit = entry?.delivery.limit;
		const over = limit ? limit.count - limit.max : 0;
		left.textContent = limit ? say(over > 0 ? 'compose.over' : 'compose.left', { n: Math.abs(over) }) : '';
		left.classList.toggle('problem', over > 0);
		// It is visible beside the text already, so it is only spoken.
		if (over > 0 && !wasOver) stage.tell(left.textContent, undefined, true);
		wasOver = over > 0;
		reset.hidden = stage.chosen.text?.[target] === undefined;
		open.replaceChildren((entry && opener(stage, entry)) ?? '');
	}

	function show() {
		const { target = '' } = state;
		field.value = stage.chosen.text?.[target] ?? original[target] ?? '';
		follow();
	}

	show();
	const limits = h('div', { class: 'beside' }, left, reset);
	const fields = [labelled(say('compose.target'), choice), labelled(say('compose.text'), field), limits, open];
	const isKept = () => stage.chosen.text?.[state.target ?? ''] !== undefined;
	return { title: say('compose.title'), body: [h('div', { class: 'form' }, ...fields)], focus: field, isKept };
}

/** The text of each target without the reader's changes. @param {Stage} stage @returns {Record<string, string>} */
function originals(stage) {
	const unchanged = takersOf(stage.sheet && stage.decide({ ...stage.chosen, text: {} }));
	return Object.fromEntries(unchanged.map(({ target, delivery }) => [target, delivery?.text ?? '']));
}

/**
 * Keeps the reader's text for a target.
 *
 * @param {Stage} stage
 * @param {string | undefined} target
 * @param {string | undefined} text  the target's own where it is undefined
 */
function rewrite(stage, target = '', text) {
	const { [target]: _, ...others } = stage.chosen.text ?? {};
	stage.choose({ text: text === undefined ? others : { ...others, [target]: text } });
}

/**
 * A select element for the target whose text is edited.
 *
 * @param {Stage} stage
 * @param {{ target: string }[]} takers
 * @param {string | undefined} selected
 * @param {(target: string) => void} choose
 */
function chooser({ say }, takers, selected, choose) {
	const options = takers.map(({ target }) =>
		h('option', { value: target, selected: target === selected }, nameOf(target, say)),
	);
	const select = h('select', { 'data-key': 'for', onchange: () => choose(select.value) }, ...options);
	return select;
}

/** @param {string} label @param {HTMLElement} field */
const labelled = (label, field) => h('label', { class: 'field' }, h('span', {}, label), field);

/** The link that opens a target with its text. @param {Stage} stage @param {import('./stage.js').Permitted} entry */
function opener(stage, entry) {
	const label = stage.say('way.open', { target: nameOf(entry.target, stage.say) });
	const link = linkOf(stage, entry, label);
	return link && h('a', { ...link, ...use(stage, entry), class: 'main', 'data-key': 'open' }, label);
}
