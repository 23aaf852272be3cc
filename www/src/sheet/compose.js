/**
 * The text that goes along, to be changed first, with what is left of each
 * target's limit counted as the target counts.
 *
 * @module
 */
import { h } from './dom.js';
import { linkOf, use } from './use.js';
import { nameOf } from './targets.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** @param {Stage} stage */
export function compose(stage) {
	stage.open(view);
}

/** The entries that a text goes along with. @param {import('../shapes.d.ts').Sheet | undefined} sheet */
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
	const unchanged = takersOf(sheet && stage.decide({ ...stage.chosen, text: {} }));
	const original = Object.fromEntries(unchanged.map(({ target, delivery }) => [target, delivery?.text ?? '']));

	const choice = h(
		'select',
		{
			'data-key': 'for',
			onchange: () => {
				state.target = choice.value;
				show();
			},
		},
		...takers.map(({ target }) =>
			h('option', { value: target, selected: target === state.target }, nameOf(target, say)),
		),
	);
	const field = h('textarea', {
		rows: '5',
		dir: 'auto',
		'data-key': 'text',
		'aria-describedby': 'left',
		oninput: () => change(field.value),
	});
	const left = h('p', { class: 'quiet', id: 'left' });
	const reset = h(
		'button',
		{
			type: 'button',
			class: 'small',
			'data-key': 'reset',
			onclick: () => {
				change(undefined);
				show();
				field.focus();
			},
		},
		say('compose.reset'),
	);
	const open = h('div', {});
	let wasOver = false;

	/** @param {string | undefined} text */
	function change(text) {
		const { target = '' } = state;
		const { [target]: _, ...others } = stage.chosen.text ?? {};
		stage.choose({ text: text === undefined ? others : { ...others, [target]: text } });
		follow();
	}

	function follow() {
		const entry = stage.permitted(state.target ?? '');
		const label = say('way.open', { target: nameOf(state.target ?? '', say) });
		const link = entry && linkOf(stage, entry, label);
		const limit = entry?.delivery?.limit;
		const over = limit ? limit.count - limit.max : 0;
		left.textContent = limit
			? over > 0
				? say('compose.over', { n: over })
				: say('compose.left', { n: -over })
			: '';
		left.classList.toggle('problem', over > 0);
		if (over > 0 && !wasOver) stage.tell(left.textContent);
		wasOver = over > 0;
		reset.hidden = stage.chosen.text?.[state.target ?? ''] === undefined;
		open.replaceChildren(
			entry && link ? h('a', { ...link, ...use(stage, entry), class: 'main', 'data-key': 'open' }, label) : '',
		);
	}

	function show() {
		const { target = '' } = state;
		field.value = stage.chosen.text?.[target] ?? original[target] ?? '';
		follow();
	}

	show();
	return {
		title: say('compose.title'),
		body: [
			h(
				'div',
				{ class: 'form' },
				h('label', { class: 'field' }, h('span', {}, say('compose.target')), choice),
				h('label', { class: 'field' }, h('span', {}, say('compose.text')), field),
				h('div', { class: 'beside' }, left, reset),
				open,
			),
		],
		focus: field,
	};
}
