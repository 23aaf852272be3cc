/**
 * Compares two rulesets for a review: who gains and who loses what, and the
 * two texts side by side.
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
import { View } from './view.js';
import { t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('../src/shapes.d.ts').Request} Request */

/** Two rulesets side by side. */
class CompareView extends View {
	#workspace;
	#say;
	#current;
	#open;
	#link;
	/** @type {Map<string, string>} the rulesets to compare with, by name */
	#baselines = new Map();

	#comparer = new Comparer();

	/** @type {import('./shapes.d.ts').Difference | undefined} */
	#difference;

	/** The view of the two texts, and the texts in it. @type {{ destroy: () => void, of: string[] } | undefined} */
	#merge;

	/** Two texts side by side need room. */
	#narrow = matchMedia('(max-width: 56.25em)');

	#chooser = el('select', { id: 'baseline', onchange: () => this.refresh() });

	#file = el('input', {
		type: 'file',
		accept: '.json,application/json',
		hidden: true,
		onchange: async () => {
			const chosen = this.#file.files?.[0];
			if (chosen) {
				this.#setBaseline(chosen.name, await chosen.text(), true);
			}
			this.#file.value = '';
		},
	});

	#pin = el(
		'button',
		{
			type: 'button',
			onclick: () => {
				const name = t('compare.pinned');
				this.#setBaseline(name, this.#current(), true);
				this.#say(t('compare.pinned-now'));
			},
		},
		t('compare.pin'),
	);

	#looking = el('p', { class: 'muted', hidden: true }, t('compare.looking'));

	#found = el('div', {});

	#whole = el('div', { class: 'compare-whole' }, this.#looking, this.#found);

	#summary = el('div', { class: 'compare-summary' });

	#grid = el('div', { class: 'scroll' });

	#markdown = el(
		'button',
		{
			type: 'button',
			disabled: true,
			onclick: async () => {
				if (!this.#difference) return;
				await navigator.clipboard.writeText(differenceText(this.#difference, this.#workspace));
				this.#say(t('compare.copied'));
			},
		},
		t('compare.markdown'),
	);

	#texts = el('div', { class: 'merge' });

	#textsBox = el('details', { class: 'merge-box', open: true }, el('summary', {}, t('compare.texts')), this.#texts);

	#element = el(
		'div',
		{ class: 'view compare-view' },
		el(
			'div',
			{ class: 'bar wrap' },
			el('label', { class: 'field', for: 'baseline' }, el('span', {}, t('compare.with')), this.#chooser),
			this.#file,
			el('button', { type: 'button', onclick: () => this.#file.click() }, t('compare.file')),
			this.#pin,
			el('span', { class: 'spring' }),
			this.#markdown,
			el(
				'button',
				{ type: 'button', onclick: () => this.#link(this.#baselines.get(this.#chooser.value) ?? '') },
				t('compare.link'),
			),
		),
		this.#whole,
		this.#summary,
		this.#grid,
		this.#textsBox,
	);

	/**
	 * @param {string} name
	 * @param {string} text
	 * @param {boolean} [choose]  compares with it now
	 */
	#setBaseline = (name, text, choose = false) => {
		this.#baselines.set(name, text);
		const before = this.#chooser.value;
		fill(
			this.#chooser,
			[...this.#baselines.keys()].map((key) => el('option', { value: key }, key)),
		);
		this.#chooser.value = this.#baselines.has(before) && !choose ? before : name;
		this.refresh();
	};

	isReady() {
		return Boolean(this.#workspace.inForce.text);
	}

	async update() {
		const before = this.#baselines.get(this.#chooser.value);
		if (before === undefined) return;
		this.#drawTexts(before);
		const by = /** @type {const} */ ('viewer.role');
		const columns = columnsOf(this.#workspace.request, by);
		const [compared, then, now] = await Promise.all([
			this.#workspace.asker.latest('diff', 'diff', before),
			this.#workspace.asker.latest(
				'before',
				'verdictsBefore',
				columns.map(({ request }) => request),
			),
			this.#workspace.asker.latest(
				'after',
				'verdicts',
				columns.map(({ request }) => request),
			),
		]).catch(() => []);
		if (!compared || !then || !now) return;
		if (!compared.ok) {
			fill(
				this.#summary,
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
			fill(this.#grid);
			fill(this.#found);
			this.#markdown.disabled = true;
			return;
		}
		this.#compareAll(before);
		this.#drawGrid(columns, then.ok ? then.value.sheets : [], now.ok ? now.value.sheets : []);
	}

	/** The two texts last compared over all requests, as JSON. */
	#of = '';

	/** @param {string} before */
	#compareAll = async (before) => {
		const next = JSON.stringify([before, this.#workspace.inForce.text]);
		if (this.#of === next) return;
		this.#of = next;
		this.#difference = undefined;
		this.#markdown.disabled = true;
		this.#looking.hidden = false;
		try {
			const answer = await this.#comparer.compare(before, this.#workspace.inForce.text);
			if (!answer || this.#of !== next) return;
			this.#difference = answer;
			this.#markdown.disabled = false;
			fill(this.#found, differenceView(answer, this.#workspace, this.#open));
		} catch (error) {
			fill(
				this.#found,
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
		this.#looking.hidden = true;
	};

	/**
	 * Two rows of headings: the kinds, and the roles of each.
	 *
	 * @param {string[]} roles
	 */
	#headOf = (roles) =>
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
		);

	/**
	 * The verdicts of one target and column before and now; a button to the trace
	 * if they differ.
	 *
	 * @param {string} target
	 * @param {ReturnType<typeof columnsOf>[number]} column
	 * @param {string} was
	 * @param {string} is
	 * @param {boolean} isFirst
	 */
	#cell = (target, { kind, value, request }, was, is, isFirst) => {
		const sort = sortOf(was, is);
		const name = t('compare.cell', {
			target: this.#workspace.nameOf(target),
			kind: t(`value.${kind}`),
			audience: t(`role.${value}`),
			before: t(`verdict.${was}`),
			after: t(`verdict.${is}`),
		});
		const onclick = () => this.#open(target, request);
		return el(
			'td',
			{ class: `cell ${sort}${isFirst ? ' first' : ''}` },
			sort === 'same'
				? el('span', { 'aria-hidden': 'true' }, signs[/** @type {keyof typeof signs} */ (is)])
				: el(
						'button',
						{ type: 'button', 'aria-label': name, title: name, onclick },
						sort === 'gain' ? '+' : sort === 'loss' ? '−' : '±',
					),
		);
	};

	/**
	 * How many verdicts are gained, lost and otherwise changed.
	 *
	 * @param {{ gain: number, loss: number, other: number }} sorts
	 */
	#counts = (sorts) =>
		el(
			'p',
			{},
			t('compare.gains', { n: sorts.gain }),
			', ',
			t('compare.losses', { n: sorts.loss }),
			sorts.other ? [', ', t('compare.others', { n: sorts.other })] : null,
		);

	/**
	 * @param {ReturnType<typeof columnsOf>} columns
	 * @param {any[][]} then
	 * @param {any[][]} now
	 */
	#drawGrid = (columns, then, now) => {
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
		fill(this.#summary, el('h2', {}, t('compare.at-hand')), this.#counts(sorts));
		if (!changed.length) {
			fill(this.#grid, el('p', { class: 'muted' }, t('compare.same-here')));
			return;
		}
		fill(
			this.#grid,
			el(
				'table',
				{ class: 'matrix', 'aria-label': t('compare.grid') },
				this.#headOf(roles),
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
								el('bdi', { lang: 'en' }, this.#workspace.nameOf(target)),
							),
							columns.map((column, i) =>
								this.#cell(
									target,
									column,
									before[i]?.get(target) ?? 'absent',
									after[i]?.get(target) ?? 'absent',
									i % roles.length === 0,
								),
							),
						),
					),
				),
			),
		);
	};

	/** @param {string} before */
	#drawTexts = (before) => {
		if (!this.#textsBox.open) return;
		const text = this.#current();
		const of = [before, text, String(this.#narrow.matches)];
		if (this.#merge && of.every((one, i) => this.#merge?.of[i] === one)) return;
		this.#merge?.destroy();
		const root = this.#texts.shadowRoot ?? this.#texts.attachShadow({ mode: 'open' });
		const fixed = [
			...reading(),
			EditorState.readOnly.of(true),
			EditorView.editable.of(false),
			EditorView.lineWrapping,
		];
		const named = (/** @type {string} */ name) => EditorView.contentAttributes.of({ 'aria-label': t(name) });
		const collapseUnchanged = { margin: 3, minSize: 6 };
		const view = this.#narrow.matches
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
		this.#merge = { of, destroy: () => view.destroy() };
	};

	element = this.#element;

	setBaseline = this.#setBaseline;

	/**
	 * @param {Workspace} workspace
	 * @param {(message: string) => void} say
	 * @param {() => string} current  the text in the editor
	 * @param {(target: string, request: Request) => void} open
	 * @param {(before: string) => void} link  copies an address that holds both rulesets
	 */
	constructor(workspace, say, current, open, link) {
		super();
		this.#workspace = workspace;
		this.#say = say;
		this.#current = current;
		this.#open = open;
		this.#link = link;
		this.#narrow.addEventListener(
			'change',
			() => this.visible && this.#drawTexts(this.#baselines.get(this.#chooser.value) ?? ''),
		);
		this.#textsBox.addEventListener(
			'toggle',
			() =>
				this.visible && this.#textsBox.open && this.#drawTexts(this.#baselines.get(this.#chooser.value) ?? ''),
		);
		this.#workspace.on(['ruleset', 'request', 'vocabulary'], this.refresh);
	}
}

/**
 * @param {Workspace} workspace
 * @param {(message: string) => void} say
 * @param {() => string} current  the text in the editor
 * @param {(target: string, request: Request) => void} open
 * @param {(before: string) => void} link  copies an address that holds both rulesets
 */
export const compareView = (workspace, say, current, open, link) =>
	new CompareView(workspace, say, current, open, link);

/**
 * @param {string} [was]
 * @param {string} [is]
 */
function sortOf(was = 'absent', is = 'absent') {
	if (was === is) return 'same';
	return is === 'permitted' ? 'gain' : was === 'permitted' ? 'loss' : 'other';
}
