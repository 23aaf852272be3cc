/**
 * Comparing two rulesets: who gains and who loses what, and the two texts
 * side by side. Made for a review.
 *
 * @module
 */
import { Overdue } from './asking.js';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { Comparer, differenceText, differenceView } from './difference.js';
import { el, fill } from './dom.js';
import { reading } from './editor.js';
import { audiences, columnsOf, kinds } from './matrix.js';
import { signs } from './verdict.js';
import { t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('../src/shapes.d.ts').Request} Request */

/**
 * @param {Workspace} workspace
 * @param {(message: string) => void} say
 * @param {() => string} current  the text in the editor
 * @param {(target: string, request: Request) => void} open
 * @param {(before: string) => void} link  copies an address that holds both rulesets
 */
export function compareView(workspace, say, current, open, link) {
	/** @type {Map<string, string>} the rulesets to compare with, by name */
	const baselines = new Map();
	let visible = false;
	let stale = true;
	const comparer = new Comparer();
	/** @type {import('./shapes.d.ts').Difference | undefined} */
	let difference;
	/** What shows the two texts, and what they were. @type {{ destroy: () => void, of: string[] } | undefined} */
	let merge;
	/** Two texts side by side need room. */
	const narrow = matchMedia('(max-width: 56.25em)');

	const chooser = el('select', { id: 'baseline', onchange: () => refresh() });
	const file = el('input', {
		type: 'file',
		accept: '.json,application/json',
		hidden: true,
		onchange: async () => {
			const chosen = file.files?.[0];
			if (chosen) {
				setBaseline(chosen.name, await chosen.text(), true);
			}
			file.value = '';
		},
	});
	const pin = el(
		'button',
		{
			type: 'button',
			onclick: () => {
				const name = t('compare.pinned');
				setBaseline(name, current(), true);
				say(t('compare.pinned-now'));
			},
		},
		t('compare.pin'),
	);
	const looking = el('p', { class: 'muted', hidden: true }, t('compare.looking'));
	const found = el('div', {});
	const whole = el('div', { class: 'compare-whole' }, looking, found);
	const summary = el('div', { class: 'compare-summary' });
	const grid = el('div', { class: 'scroll' });
	const markdown = el(
		'button',
		{
			type: 'button',
			disabled: true,
			onclick: async () => {
				if (!difference) return;
				await navigator.clipboard.writeText(differenceText(difference, workspace));
				say(t('compare.copied'));
			},
		},
		t('compare.markdown'),
	);
	const texts = el('div', { class: 'merge' });
	const textsBox = el('details', { class: 'merge-box', open: true }, el('summary', {}, t('compare.texts')), texts);
	const element = el(
		'div',
		{ class: 'view compare-view' },
		el(
			'div',
			{ class: 'bar wrap' },
			el('label', { class: 'field', for: 'baseline' }, el('span', {}, t('compare.with')), chooser),
			file,
			el('button', { type: 'button', onclick: () => file.click() }, t('compare.file')),
			pin,
			el('span', { class: 'spring' }),
			markdown,
			el(
				'button',
				{ type: 'button', onclick: () => link(baselines.get(chooser.value) ?? '') },
				t('compare.link'),
			),
		),
		whole,
		summary,
		grid,
		textsBox,
	);

	/**
	 * @param {string} name
	 * @param {string} text
	 * @param {boolean} [choose]  compares with it now
	 */
	function setBaseline(name, text, choose = false) {
		baselines.set(name, text);
		const before = chooser.value;
		fill(
			chooser,
			[...baselines.keys()].map((key) => el('option', { value: key }, key)),
		);
		chooser.value = baselines.has(before) && !choose ? before : name;
		if (visible) refresh();
		else stale = true;
	}

	const refresh = async () => {
		if (!visible || !workspace.inForce.text) {
			stale = true;
			return;
		}
		stale = false;
		const before = baselines.get(chooser.value);
		if (before === undefined) return;
		drawTexts(before);
		const by = /** @type {const} */ ('viewer.role');
		const columns = columnsOf(workspace.request, by);
		const [compared, then, now] = await Promise.all([
			workspace.asker.latest('diff', 'diff', before),
			workspace.asker.latest(
				'before',
				'verdictsBefore',
				columns.map(({ request }) => request),
			),
			workspace.asker.latest(
				'after',
				'verdicts',
				columns.map(({ request }) => request),
			),
		]).catch(() => []);
		if (!compared || !then || !now) return;
		if (!compared.ok) {
			fill(
				summary,
				el('p', { class: 'headline bad' }, t('compare.bad')),
				el(
					'ul',
					{ class: 'problems' },
					compared.value.problems
						.slice(0, 5)
						.map((/** @type {any} */ p) =>
							el('li', {}, el('bdi', { dir: 'ltr', lang: 'en' }, `${p.line}:${p.column} ${p.message}`)),
						),
				),
			);
			fill(grid);
			fill(found);
			markdown.disabled = true;
			return;
		}
		compareAll(before);
		drawGrid(columns, then.ok ? then.value.sheets : [], now.ok ? now.value.sheets : []);
	};

	/** What is compared over all requests: the two texts. */
	let of = '';
	/** @param {string} before */
	const compareAll = async (before) => {
		const next = JSON.stringify([before, workspace.inForce.text]);
		if (of === next) return;
		of = next;
		difference = undefined;
		markdown.disabled = true;
		looking.hidden = false;
		try {
			const answer = await comparer.compare(before, workspace.inForce.text);
			if (!answer || of !== next) return;
			difference = answer;
			markdown.disabled = false;
			fill(found, differenceView(answer, workspace, open));
		} catch (error) {
			fill(
				found,
				el(
					'p',
					{ class: 'muted' },
					error instanceof Overdue
						? t('engine.stopped')
						: error instanceof Error
							? error.message
							: String(error),
				),
			);
		}
		looking.hidden = true;
	};

	/**
	 * @param {ReturnType<typeof columnsOf>} columns
	 * @param {any[][]} then
	 * @param {any[][]} now
	 */
	const drawGrid = (columns, then, now) => {
		const roles = audiences['viewer.role'];
		const order = [...new Set([...(now[0] ?? []), ...(then[0] ?? [])].map(({ target }) => target))];
		/** @param {any[][]} sheets */
		const byTarget = (sheets) =>
			sheets.map((entries) => new Map(entries.map((entry) => [entry.target, entry.verdict])));
		const [before, after] = [byTarget(then), byTarget(now)];
		const changed = order.filter((target) =>
			columns.some((_, i) => (before[i]?.get(target) ?? 'absent') !== (after[i]?.get(target) ?? 'absent')),
		);
		const sorts = { gain: 0, loss: 0, other: 0 };
		for (const target of changed) {
			columns.forEach((_, i) => {
				const sort = sortOf(before[i]?.get(target), after[i]?.get(target));
				if (sort !== 'same') sorts[sort]++;
			});
		}
		fill(
			summary,
			el('h2', {}, t('compare.at-hand')),
			el(
				'p',
				{},
				t('compare.gains', { n: sorts.gain }),
				', ',
				t('compare.losses', { n: sorts.loss }),
				sorts.other ? [', ', t('compare.others', { n: sorts.other })] : null,
			),
		);
		if (!changed.length) {
			fill(grid, el('p', { class: 'muted' }, t('compare.same-here')));
			return;
		}
		fill(
			grid,
			el(
				'table',
				{ class: 'matrix', 'aria-label': t('compare.grid') },
				el(
					'thead',
					{},
					el(
						'tr',
						{},
						el('td', { class: 'corner' }),
						kinds.map((kind) =>
							el('th', { scope: 'colgroup', colspan: roles.length, class: 'kind' }, t(`value.${kind}`)),
						),
					),
					el(
						'tr',
						{},
						el('td', { class: 'corner' }),
						kinds.flatMap(() =>
							roles.map((role, i) =>
								el(
									'th',
									{ scope: 'col', class: i ? 'audience' : 'audience first' },
									el('span', {}, t(`role.${role}`)),
								),
							),
						),
					),
				),
				el(
					'tbody',
					{},
					changed.map((target) =>
						el(
							'tr',
							{},
							el(
								'th',
								{ scope: 'row', title: target },
								el('bdi', { lang: 'en' }, workspace.nameOf(target)),
							),
							columns.map(({ kind, value, request }, i) => {
								const [was, is] = [
									before[i]?.get(target) ?? 'absent',
									after[i]?.get(target) ?? 'absent',
								];
								const sort = sortOf(was, is);
								const same = sort === 'same';
								const name = t('compare.cell', {
									target: workspace.nameOf(target),
									kind: t(`value.${kind}`),
									audience: t(`role.${value}`),
									before: t(`verdict.${was}`),
									after: t(`verdict.${is}`),
								});
								return el(
									'td',
									{ class: `cell ${sort}${i % roles.length ? '' : ' first'}` },
									same
										? el(
												'span',
												{ 'aria-hidden': 'true' },
												signs[/** @type {keyof typeof signs} */ (is)],
											)
										: el(
												'button',
												{
													type: 'button',
													'aria-label': name,
													title: name,
													onclick: () => open(target, request),
												},
												sort === 'gain' ? '+' : sort === 'loss' ? '−' : '±',
											),
								);
							}),
						),
					),
				),
			),
		);
	};

	/** @param {string} before */
	const drawTexts = (before) => {
		if (!textsBox.open) return;
		const text = current();
		const of = [before, text, String(narrow.matches)];
		if (merge && of.every((one, i) => merge?.of[i] === one)) return;
		merge?.destroy();
		const root = texts.shadowRoot ?? texts.attachShadow({ mode: 'open' });
		const fixed = [
			...reading(),
			EditorState.readOnly.of(true),
			EditorView.editable.of(false),
			EditorView.lineWrapping,
		];
		const named = (/** @type {string} */ name) => EditorView.contentAttributes.of({ 'aria-label': t(name) });
		const collapseUnchanged = { margin: 3, minSize: 6 };
		const view = narrow.matches
			? new EditorView({
					doc: text,
					parent: root,
					root,
					extensions: [
						...fixed,
						named('compare.texts'),
						unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged }),
					],
				})
			: new MergeView({
					a: { doc: before, extensions: [...fixed, named('compare.before')] },
					b: { doc: text, extensions: [...fixed, named('compare.after')] },
					parent: root,
					root,
					collapseUnchanged,
					highlightChanges: true,
					gutter: true,
				});
		merge = { of, destroy: () => view.destroy() };
	};
	narrow.addEventListener('change', () => visible && drawTexts(baselines.get(chooser.value) ?? ''));
	textsBox.addEventListener(
		'toggle',
		() => visible && textsBox.open && drawTexts(baselines.get(chooser.value) ?? ''),
	);
	workspace.on(['ruleset', 'request', 'vocabulary'], refresh);
	return {
		element,
		setBaseline,
		show: () => {
			visible = true;
			if (stale) refresh();
		},
		hide: () => {
			visible = false;
		},
	};
}

/**
 * @param {string} [was]
 * @param {string} [is]
 */
function sortOf(was = 'absent', is = 'absent') {
	if (was === is) return 'same';
	return is === 'permitted' ? 'gain' : was === 'permitted' ? 'loss' : 'other';
}
