/**
 * Shows the difference between two rulesets over all possible requests: who
 * gains and who loses what, in how many cases, with an example of each.
 *
 * @module
 */
import { Asker } from './asking.js';
import { code, el } from './dom.js';
import { joined, labelOf, valueName } from './phrase.js';
import { signs, verdictMark } from './verdict.js';
import { formatEither, formatList, t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('./shapes.d.ts').Difference} Difference */
/** @typedef {import('./shapes.d.ts').Shift} Shift */
/** @typedef {import('./shapes.d.ts').Where} Where */
/** @typedef {import('./shapes.d.ts').Edit} Edit */

/**
 * Compares two rulesets in a worker of its own, since that may take seconds
 * and the views must not wait. A newer comparison ends the one before.
 */
export class Comparer {
	/** @type {Asker | undefined} */
	#asker;
	#busy = false;
	#turn = 0;

	/**
	 * @param {string} before
	 * @param {string} after
	 * @returns {Promise<Difference | undefined>} undefined if a newer comparison has begun or a ruleset is refused
	 */
	async compare(before, after) {
		const turn = ++this.#turn;
		if (this.#busy) {
			this.#asker?.end();
			this.#asker = undefined;
		}
		this.#busy = true;
		const asker = (this.#asker ??= new Asker(new URL('./inspector-worker.js', import.meta.url)));
		const answers = [await asker.ask('load', after), await asker.ask('diff', before)];
		const answer = answers.every(({ ok }) => ok) ? await asker.ask('difference') : undefined;
		if (turn !== this.#turn) return undefined;
		this.#busy = false;
		return answer?.value;
	}
}

const mostShown = 6; // groups of cases before the rest is folded away

const shiftSigns = { gain: '+', loss: '−', other: '~' };

/** @param {string[]} targets @param {Workspace} workspace */
const namesOf = (targets, workspace) => formatList(targets.map((id) => workspace.nameOf(id)));

/**
 * An item for the cases in which a verdict differs, with a button to an example.
 *
 * @param {Shift} shift
 * @param {Where} where
 * @param {Workspace} workspace
 * @param {(target: string, request: any) => void} open
 */
const item = (shift, where, workspace, open) =>
	el(
		'li',
		{ class: 'where' },
		el('span', { class: 'what' }, whereWords(where, workspace)),
		el(
			'span',
			{ class: 'turn' },
			verdictMark(where.before.verdict),
			document.dir === 'rtl' ? '←' : '→',
			verdictMark(where.after.verdict),
		),
		el('span', { class: 'count' }, t('compare.cases', { n: where.cases })),
		el(
			'button',
			{
				type: 'button',
				'aria-label': t('compare.example-label', {
					target: workspace.nameOf(shift.targets[0]),
					where: whereWords(where, workspace),
				}),
				onclick: async () => open(shift.targets[0], await complete(where, shift.targets[0], workspace)),
			},
			t('compare.example'),
		),
	);
/**
 * The group of targets that are gained or lost in the same cases.
 *
 * @param {keyof typeof shiftSigns} sort
 * @param {Shift} shift
 * @param {Workspace} workspace
 * @param {(target: string, request: any) => void} open
 */
const group = (sort, shift, workspace, open) =>
	el(
		'li',
		{ class: 'shift' },
		el(
			'p',
			{ class: 'shift-head' },
			el('span', { class: `sign ${sort}-mark`, 'aria-hidden': 'true' }, shiftSigns[sort]),
			el('strong', {}, t(`compare.${sort}`, { targets: namesOf(shift.targets, workspace) })),
			el('span', { class: 'count' }, t('compare.cases-of', { n: shift.cases, of: shift.of })),
		),
		el(
			'ul',
			{},
			shift.wheres.slice(0, mostShown).map((where) => item(shift, where, workspace, open)),
		),
		shift.wheres.length > mostShown
			? el(
					'details',
					{},
					el('summary', {}, t('compare.more', { n: shift.wheres.length - mostShown })),
					el(
						'ul',
						{},
						shift.wheres.slice(mostShown).map((where) => item(shift, where, workspace, open)),
					),
				)
			: null,
	);

/**
 * @param {Difference} difference
 * @param {Workspace} workspace
 * @param {(target: string, request: any) => void} open
 */
export function differenceView({ gains, losses, others, rules, rollouts, undecided }, workspace, open) {
	return el(
		'section',
		{ class: 'difference', 'aria-labelledby': 'difference-title' },
		el('h2', { id: 'difference-title', class: 'headline' }, headline({ gains, losses, others, undecided })),
		gains.length + losses.length + others.length
			? el(
					'ul',
					{ class: 'shifts' },
					gains.map((shift) => group('gain', shift, workspace, open)),
					losses.map((shift) => group('loss', shift, workspace, open)),
					others.map((shift) => group('other', shift, workspace, open)),
				)
			: null,
		undecided.length
			? el('p', { class: 'note' }, t('compare.undecided', { targets: namesOf(undecided, workspace) }))
			: null,
		edits([...rules, ...rollouts]),
	);
}

/**
 * Completes the example of a group of cases, which has only the facts that the
 * rules read, with the link, files and device of the current request, so that
 * it resembles a real one. If that changes the verdict, the example stays as it
 * is.
 *
 * @param {Where} where
 * @param {string} target
 * @param {Workspace} workspace
 */
async function complete({ request, after }, target, workspace) {
	const { content, device } = workspace.request;
	const { url, title, media, imageUrl } = content ?? {};
	const whole = {
		...request,
		content: { ...JSON.parse(JSON.stringify({ url, title, media, imageUrl })), ...request.content },
		device: { ...device, ...request.device },
	};
	const { ok, value } = await workspace.asker.ask('verdicts', [whole]);
	const found = ok ? value.sheets[0].find((/** @type {any} */ entry) => entry.target === target) : undefined;
	return (found?.verdict ?? 'not-permitted') === after.verdict ? whole : request;
}

/** @param {Pick<Difference, 'gains' | 'losses' | 'others' | 'undecided'>} difference */
function headline({ gains, losses, others, undecided }) {
	const count = (/** @type {Shift[]} */ shifts) => new Set(shifts.flatMap(({ targets }) => targets)).size;
	if (!gains.length && !losses.length && !others.length)
		return t(undecided.length ? 'compare.same-settled' : 'compare.same');
	return [
		gains.length ? t('compare.targets-gained', { n: count(gains) }) : '',
		losses.length ? t('compare.targets-lost', { n: count(losses) }) : '',
		others.length ? t('compare.targets-other', { n: count(others) }) : '',
	]
		.filter(Boolean)
		.join(' ');
}

/**
 * The rules and rollouts that were edited.
 *
 * @param {Edit[]} list
 */
function edits(list) {
	if (!list.length) return null;
	return el(
		'details',
		{ class: 'edits', open: list.length <= 8 },
		el('summary', {}, t('compare.edits', { n: list.length })),
		el(
			'dl',
			{},
			list.map(({ id, before, after }) =>
				el(
					'div',
					{},
					el(
						'dt',
						{},
						code(id),
						' ',
						el(
							'small',
							{},
							t(
								before === undefined
									? 'compare.added'
									: after === undefined
										? 'compare.removed'
										: 'compare.changed',
							),
						),
					),
					before === undefined
						? null
						: el('dd', { class: 'loss', dir: 'ltr', lang: 'en' }, el('del', {}, before)),
					after === undefined
						? null
						: el('dd', { class: 'gain', dir: 'ltr', lang: 'en' }, el('ins', {}, after)),
				),
			),
		),
	);
}

/**
 * @param {Where} where
 * @param {Workspace} workspace
 */
function whereWords({ facts }, workspace) {
	const parts = Object.entries(facts).map(([name, values]) => {
		const fact = workspace.facts.find((one) => one.name === name);
		/** @type {(string | boolean | null)[]} */
		const all = [...(fact?.values ?? (fact?.type === 'boolean' ? [true, false] : [])), null];
		const others = all.filter((value) => !values.includes(value));
		const say = (/** @type {(string | boolean | null)[]} */ list) =>
			formatEither(list.map((value) => valueName(name, value ?? undefined, fact)));
		if (others.length === 1 && others[0] === null && values.length > 1) return t('say.known', { a: labelOf(name) });
		if (fact?.values && values.length > 2 && others.length < values.length)
			return t('say.none-of', { a: labelOf(name), b: say(others) });
		return t('say.one-of', { a: labelOf(name), b: say(values) });
	});
	return parts.length ? joined('and', parts) : t('compare.always');
}

/**
 * The difference in Markdown, to paste into a review.
 *
 * @param {Difference} difference
 * @param {Workspace} workspace
 */
export function differenceText(difference, workspace) {
	const { gains, losses, others, rules, rollouts, undecided } = difference;
	const names = (/** @type {string[]} */ targets) => formatList(targets.map((id) => workspace.nameOf(id)));
	const said = (/** @type {Shift['wheres'][number]['before']} */ { verdict }) =>
		`${signs[verdict]} ${t(`verdict.${verdict}`)}`;
	/** @param {keyof typeof shiftSigns} sort @param {Shift} shift */
	const lines = (sort, shift) => [
		[
			`- ${{ gain: '➕', loss: '➖', other: '🔁' }[sort]}`,
			`**${t(`compare.${sort}`, { targets: names(shift.targets) })}**`,
			`(${t('compare.cases-of', { n: shift.cases, of: shift.of })})`,
		].join(' '),
		...shift.wheres
			.slice(0, mostShown)
			.map((where) => `  - ${whereWords(where, workspace)}: ${said(where.before)} → ${said(where.after)}`),
		...(shift.wheres.length > mostShown
			? [`  - ${t('compare.more', { n: shift.wheres.length - mostShown })}`]
			: []),
	];
	const edited = [...rules, ...rollouts];
	return [
		`### ${headline(difference)}`,
		'',
		...gains.flatMap((shift) => lines('gain', shift)),
		...losses.flatMap((shift) => lines('loss', shift)),
		...others.flatMap((shift) => lines('other', shift)),
		...(undecided.length ? ['', t('compare.undecided', { targets: names(undecided) })] : []),
		...(edited.length
			? [
					'',
					'```diff',
					...edited.flatMap(({ id, before, after }) => [
						...(before === undefined ? [] : [`- ${id}: ${before}`]),
						...(after === undefined ? [] : [`+ ${id}: ${after}`]),
					]),
					'```',
				]
			: []),
	].join('\n');
}
