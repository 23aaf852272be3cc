/**
 * The matrix of verdicts: targets in rows, kinds of content and audiences in
 * columns, all else as in the current request. A cell opens the trace of its
 * verdict.
 *
 * @module
 */
import { el, fill, set } from './dom.js';
import { legend, signs } from './verdict.js';
import { setting, set as remember } from './keep.js';
import { View } from './view.js';
import { t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('../src/shapes.d.ts').Request} Request */

export const kinds = /** @type {const} */ (['story', 'video', 'photo', 'live', 'post', 'link']);

/** The facts that can divide viewers into audiences, with their values. */
export const audiences = {
	'viewer.role': ['owner', 'friend', 'follower', 'public'],
	'viewer.ageBand': ['under-13', '13-17', '18+'],
	'content.visibility': ['public', 'friends', 'private'],
	'device.platform': ['ios', 'android', 'desktop'],
};

/**
 * One request per column.
 *
 * @param {Request} request
 * @param {keyof typeof audiences} by
 */
export function columnsOf(request, by) {
	const [part, member] = by.split('.');
	return kinds.flatMap((kind) =>
		audiences[by].map((value) => {
			const column = structuredClone(/** @type {any} */ (request));
			column.content = { ...column.content, kind };
			column[part] = { ...column[part], [member]: value };
			return { kind, value, request: /** @type {Request} */ (column) };
		}),
	);
}

/** The fact that divides viewers into audiences: the last choice, or the role. */
function audience() {
	const chosen = /** @type {keyof typeof audiences} */ (setting('audience', 'viewer.role'));
	return Object.hasOwn(audiences, chosen) ? chosen : 'viewer.role';
}

/** The matrix of kinds and audiences against targets. */
class MatrixView extends View {
	#workspace;
	#open;
	#by = audience();

	#shape = '';

	/** @type {ReturnType<typeof columnsOf>} */
	#columns = [];

	/** @type {string[]} */
	#rows = [];

	/** @type {Map<string, HTMLElement>} by target and column */
	#cells = new Map();

	#counts = el('div', {});

	#filter = el('input', {
		type: 'search',
		placeholder: t('matrix.filter'),
		'aria-label': t('matrix.filter'),
		oninput: () => this.#narrow(),
	});

	#chooser = el(
		'select',
		{
			onchange: () => {
				this.#by = /** @type {keyof typeof audiences} */ (this.#chooser.value);
				remember('audience', this.#by);
				this.refresh();
			},
		},
		Object.keys(audiences).map((name) =>
			el('option', { value: name, selected: name === this.#by }, t(`fact.${name}`)),
		),
	);

	#table = el('table', {
		class: 'matrix',
		role: 'grid',
		'aria-label': t('matrix.label'),
		'aria-describedby': 'matrix-help',
	});

	#empty = el('p', { class: 'empty', hidden: true });

	#scroll = el('div', { class: 'scroll', tabindex: -1 }, this.#table);

	#element = el(
		'div',
		{ class: 'view matrix-view' },
		el(
			'div',
			{ class: 'bar' },
			this.#counts,
			el('span', { class: 'spring' }),
			el('label', { class: 'field' }, el('span', {}, t('matrix.audience')), this.#chooser),
		),
		el('p', { class: 'hidden-words', id: 'matrix-help' }, t('matrix.help')),
		this.#empty,
		this.#scroll,
	);

	#narrow = () => {
		const wanted = this.#filter.value.trim().toLowerCase();
		for (const row of this.#table.querySelectorAll('tbody tr')) {
			const tr = /** @type {HTMLElement} */ (row);
			if (tr.dataset.target)
				tr.hidden =
					!!wanted &&
					!tr.dataset.target.includes(wanted) &&
					!(tr.dataset.name ?? '').toLowerCase().includes(wanted);
		}
		for (const body of this.#table.querySelectorAll('tbody'))
			body.hidden = ![...body.querySelectorAll('tr[data-target]')].some(
				(row) => !(/** @type {HTMLElement} */ (row).hidden),
			);
	};

	isReady() {
		return Boolean(this.#workspace.inForce.text && this.#workspace.targets.length);
	}

	/** @param {Event} [event] */
	async update(event) {
		const wanted = columnsOf(this.#workspace.request, this.#by);
		const answer = await this.#workspace.asker
			.latest(
				'matrix',
				'verdicts',
				wanted.map(({ request }) => request),
			)
			.catch(() => undefined);
		if (!answer) return;
		if (!answer.ok) {
			this.#empty.textContent = t('matrix.bad-request');
			this.#empty.hidden = false;
			this.#scroll.hidden = this.#counts.hidden = true; // the old verdicts are those of another request
			return;
		}
		this.#empty.hidden = true;
		this.#scroll.hidden = this.#counts.hidden = false;
		this.#columns = wanted;
		this.#show(answer.value.sheets, event?.type === 'ruleset');
	}

	/**
	 * @param {{ target: string, verdict: string, rule?: string }[][]} sheets
	 * @param {boolean} edited  whether the ruleset was edited, so that changed verdicts are marked
	 */
	#show = (sheets, edited) => {
		const targets = sheets[0]?.map(({ target }) => target) ?? [];
		const next = `${this.#by}|${targets.join()}|${this.#workspace.targets.length}`;
		const anew = next !== this.#shape;
		if (anew) this.#build(targets);
		this.#shape = next;
		const totals = new Map();
		sheets.forEach((entries, column) => {
			for (const { target, verdict, rule } of entries) {
				totals.set(verdict, (totals.get(verdict) ?? 0) + 1);
				const cell = this.#cells.get(`${target} ${column}`);
				if (!cell) continue;
				const known = `${verdict} ${rule ?? ''}`;
				if (cell.dataset.known === known) continue;
				const { kind, value } = this.#columns[column];
				const before = cell.dataset.verdict;
				cell.dataset.known = known;
				cell.dataset.verdict = verdict;
				cell.className = `cell ${verdict}`;
				cell.textContent = signs[/** @type {keyof typeof signs} */ (verdict)];
				const name = t('matrix.cell', {
					target: this.#workspace.nameOf(target),
					kind: t(`value.${kind}`),
					audience: this.#audienceName(value),
					verdict: t(`verdict.${verdict}`),
				});
				set(cell, { 'aria-label': name, title: rule ? `${name}\n${rule}` : name });
				if (edited && !anew && before !== verdict) {
					cell.classList.add('changed');
					setTimeout(() => cell.classList.remove('changed'), 2500);
				}
			}
		});
		fill(this.#counts, legend(totals));
		this.#narrow();
	};

	/** @param {string} value */
	#audienceName = (value) => t(this.#by === 'viewer.role' ? `role.${value}` : `value.${value}`, {}, value);

	/**
	 * Two rows of headings: the kinds, and the audiences of each.
	 *
	 * @param {string[]} values
	 */
	#headOf = (values) =>
		el(
			'thead',
			{},
			el(
				'tr',
				{},
				el('td', { class: 'corner', rowspan: 2 }, this.#filter),
				kinds.map((kind) =>
					el('th', { scope: 'colgroup', colspan: values.length, class: 'kind' }, t(`value.${kind}`)),
				),
			),
			el(
				'tr',
				{},
				kinds.flatMap(() =>
					values.map((value, i) =>
						el(
							'th',
							{ scope: 'col', class: i ? 'audience' : 'audience first' },
							el('span', {}, this.#audienceName(value)),
						),
					),
				),
			),
		);

	/**
	 * A row of cells for a target.
	 *
	 * @param {string} id
	 * @param {string[]} values
	 */
	#rowOf = (id, values) =>
		el(
			'tr',
			{ 'data-target': id, 'data-name': this.#workspace.nameOf(id) },
			el('th', { scope: 'row', title: id }, el('bdi', { lang: 'en' }, this.#workspace.nameOf(id))),
			this.#columns.map((_, column) => {
				const cell = el('td', {
					role: 'gridcell',
					class: column % values.length ? 'cell' : 'cell first',
					tabindex: -1,
					'data-column': column,
				});
				this.#cells.set(`${id} ${column}`, cell);
				return cell;
			}),
		);

	/** @param {string[]} targets */
	#build = (targets) => {
		this.#rows = targets;
		this.#cells.clear();
		const values = audiences[this.#by];
		/** @type {Map<string, string[]>} */
		const groups = new Map();
		for (const id of targets) {
			const category = this.#workspace.targets.find((target) => target.id === id)?.category ?? '';
			groups.set(category, [...(groups.get(category) ?? []), id]);
		}
		fill(
			this.#table,
			this.#headOf(values),
			[...groups].map(([category, members]) =>
				el(
					'tbody',
					{},
					el(
						'tr',
						{ class: 'category' },
						el(
							'th',
							{ scope: 'rowgroup', colspan: this.#columns.length + 1 },
							el('span', {}, t(`category.${category}`, {}, category)),
						),
					),
					members.map((id) => this.#rowOf(id, values)),
				),
			),
		);
		const first = this.#table.querySelector('.cell');
		if (first) set(first, { tabindex: 0 });
	};

	/** @param {EventTarget | null} from */
	#openCell = (from) => {
		const cell = /** @type {HTMLElement} */ (from).closest?.('.cell');
		const row = /** @type {HTMLElement | null | undefined} */ (cell?.closest('tr'));
		if (!cell || !row?.dataset.target) return;
		this.#open(row.dataset.target, this.#columns[Number(/** @type {HTMLElement} */ (cell).dataset.column)].request);
	};

	/** Opens the cell that has the focus, or moves the focus. @param {KeyboardEvent} event */
	#press = (event) => {
		const cell = /** @type {HTMLElement} */ (event.target);
		const row = /** @type {HTMLElement | null} */ (cell.closest('tr[data-target]'));
		if (!row || !cell.dataset.column) return;
		if (event.key === 'Enter' || event.key === ' ') {
			event.preventDefault();
			this.#openCell(cell);
			return;
		}
		const shown = this.#rows.filter((id) => {
			const row = this.#table.querySelector(`tr[data-target="${CSS.escape(id)}"]`);
			return !(/** @type {HTMLElement} */ (row).hidden);
		});
		const x = Number(cell.dataset.column);
		const y = shown.indexOf(/** @type {string} */ (row.dataset.target));
		const [last, lowest] = [this.#columns.length - 1, shown.length - 1];
		const forward = getComputedStyle(this.#table).direction === 'rtl' ? -1 : 1;
		/** @type {Record<string, [number, number]>} */
		const places = {
			ArrowRight: [x + forward, y],
			ArrowLeft: [x - forward, y],
			ArrowDown: [x, y + 1],
			ArrowUp: [x, y - 1],
			Home: [0, event.ctrlKey ? 0 : y],
			End: [last, event.ctrlKey ? lowest : y],
			PageDown: [x, y + 10],
			PageUp: [x, y - 10],
		};
		if (!Object.hasOwn(places, event.key)) return;
		event.preventDefault();
		const [column, line] = places[event.key];
		const target = shown[Math.min(Math.max(line, 0), lowest)];
		const next = this.#cells.get(`${target} ${Math.min(Math.max(column, 0), last)}`);
		for (const other of this.#table.querySelectorAll('[tabindex="0"]')) set(other, { tabindex: -1 });
		if (next) {
			next.tabIndex = 0;
			next.focus();
		}
	};

	element = this.#element;

	/**
	 * @param {Workspace} workspace
	 * @param {(target: string, request: Request) => void} open
	 */
	constructor(workspace, open) {
		super();
		this.#workspace = workspace;
		this.#open = open;
		this.#table.addEventListener('click', (event) => this.#openCell(event.target));
		this.#table.addEventListener('keydown', (event) => this.#press(event));
		this.#workspace.on(['ruleset', 'request', 'vocabulary'], this.refresh);
	}
}

/**
 * @param {Workspace} workspace
 * @param {(target: string, request: Request) => void} open
 */
export const matrixView = (workspace, open) => new MatrixView(workspace, open);
