/**
 * The matrix: kinds of content and audiences against targets, for what else
 * the request says. A cell opens the trace of its verdict.
 *
 * @module
 */
import { el, fill, set } from './dom.js';
import { legend, signs } from './verdict.js';
import { setting, set as remember } from './keep.js';
import { t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('../src/shapes.d.ts').Request} Request */

export const kinds = /** @type {const} */ (['story', 'video', 'photo', 'live', 'post', 'link']);

/** The facts that an audience may be told apart by, with their values. */
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

/**
 * @param {Workspace} workspace
 * @param {(target: string, request: Request) => void} open
 */
export function matrixView(workspace, open) {
	let by = /** @type {keyof typeof audiences} */ (setting('audience', 'viewer.role'));
	if (!Object.hasOwn(audiences, by)) by = 'viewer.role';
	let stale = true;
	let visible = false;
	let shape = '';
	/** @type {ReturnType<typeof columnsOf>} */
	let columns = [];
	/** @type {string[]} */
	let rows = [];
	/** @type {Map<string, HTMLElement>} by target and column */
	const cells = new Map();

	const counts = el('div', {});
	const filter = el('input', {
		type: 'search',
		placeholder: t('matrix.filter'),
		'aria-label': t('matrix.filter'),
		oninput: () => narrow(),
	});
	const chooser = el(
		'select',
		{
			onchange: () => {
				by = /** @type {keyof typeof audiences} */ (chooser.value);
				remember('audience', by);
				refresh();
			},
		},
		Object.keys(audiences).map((name) => el('option', { value: name, selected: name === by }, t(`fact.${name}`))),
	);
	const table = el('table', {
		class: 'matrix',
		role: 'grid',
		'aria-label': t('matrix.label'),
		'aria-describedby': 'matrix-help',
	});
	const empty = el('p', { class: 'empty', hidden: true });
	const scroll = el('div', { class: 'scroll', tabindex: -1 }, table);
	const element = el(
		'div',
		{ class: 'view matrix-view' },
		el(
			'div',
			{ class: 'bar' },
			counts,
			el('span', { class: 'spring' }),
			el('label', { class: 'field' }, el('span', {}, t('matrix.audience')), chooser),
		),
		el('p', { class: 'hidden-words', id: 'matrix-help' }, t('matrix.help')),
		empty,
		scroll,
	);

	const narrow = () => {
		const wanted = filter.value.trim().toLowerCase();
		for (const row of table.querySelectorAll('tbody tr')) {
			const tr = /** @type {HTMLElement} */ (row);
			if (tr.dataset.target)
				tr.hidden =
					!!wanted &&
					!tr.dataset.target.includes(wanted) &&
					!(tr.dataset.name ?? '').toLowerCase().includes(wanted);
		}
		for (const body of table.querySelectorAll('tbody'))
			body.hidden = ![...body.querySelectorAll('tr[data-target]')].some(
				(row) => !(/** @type {HTMLElement} */ (row).hidden),
			);
	};

	/** @param {Event} [event] */
	const refresh = async (event) => {
		if (!visible || !workspace.inForce.text || !workspace.targets.length) {
			stale = true;
			return;
		}
		stale = false;
		const wanted = columnsOf(workspace.request, by);
		const answer = await workspace.asker
			.latest(
				'matrix',
				'verdicts',
				wanted.map(({ request }) => request),
			)
			.catch(() => undefined);
		if (!answer) return;
		if (!answer.ok) {
			empty.textContent = t('matrix.bad-request');
			empty.hidden = false;
			scroll.hidden = counts.hidden = true; // verdicts of another request would mislead
			return;
		}
		empty.hidden = true;
		scroll.hidden = counts.hidden = false;
		columns = wanted;
		show(answer.value.sheets, event?.type === 'ruleset');
	};

	/**
	 * @param {{ target: string, verdict: string, rule?: string }[][]} sheets
	 * @param {boolean} edited  what changes now comes from an edit of the ruleset
	 */
	const show = (sheets, edited) => {
		const targets = sheets[0]?.map(({ target }) => target) ?? [];
		const next = `${by}|${targets.join()}|${workspace.targets.length}`;
		const anew = next !== shape;
		if (anew) build(targets);
		shape = next;
		const totals = new Map();
		sheets.forEach((entries, column) => {
			for (const { target, verdict, rule } of entries) {
				totals.set(verdict, (totals.get(verdict) ?? 0) + 1);
				const cell = cells.get(`${target} ${column}`);
				if (!cell) continue;
				const known = `${verdict} ${rule ?? ''}`;
				if (cell.dataset.known === known) continue;
				const { kind, value } = columns[column];
				const before = cell.dataset.verdict;
				cell.dataset.known = known;
				cell.dataset.verdict = verdict;
				cell.className = `cell ${verdict}`;
				cell.textContent = signs[/** @type {keyof typeof signs} */ (verdict)];
				const name = t('matrix.cell', {
					target: workspace.nameOf(target),
					kind: t(`value.${kind}`),
					audience: audienceName(value),
					verdict: t(`verdict.${verdict}`),
				});
				set(cell, { 'aria-label': name, title: rule ? `${name}\n${rule}` : name });
				if (edited && !anew && before !== verdict) {
					cell.classList.add('changed');
					setTimeout(() => cell.classList.remove('changed'), 2500);
				}
			}
		});
		fill(counts, legend(totals));
		narrow();
	};

	/** @param {string} value */
	const audienceName = (value) => t(by === 'viewer.role' ? `role.${value}` : `value.${value}`, {}, value);

	/** @param {string[]} targets */
	const build = (targets) => {
		rows = targets;
		cells.clear();
		const values = audiences[by];
		/** @type {Map<string, string[]>} */
		const groups = new Map();
		for (const id of targets) {
			const category = workspace.targets.find((target) => target.id === id)?.category ?? '';
			groups.set(category, [...(groups.get(category) ?? []), id]);
		}
		fill(
			table,
			el(
				'thead',
				{},
				el(
					'tr',
					{},
					el('td', { class: 'corner', rowspan: 2 }, filter),
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
								el('span', {}, audienceName(value)),
							),
						),
					),
				),
			),
			[...groups].map(([category, members]) =>
				el(
					'tbody',
					{},
					el(
						'tr',
						{ class: 'category' },
						el(
							'th',
							{ scope: 'rowgroup', colspan: columns.length + 1 },
							el('span', {}, t(`category.${category}`, {}, category)),
						),
					),
					members.map((id) =>
						el(
							'tr',
							{ 'data-target': id, 'data-name': workspace.nameOf(id) },
							el('th', { scope: 'row', title: id }, el('bdi', { lang: 'en' }, workspace.nameOf(id))),
							columns.map((_, column) => {
								const cell = el('td', {
									role: 'gridcell',
									class: column % values.length ? 'cell' : 'cell first',
									tabindex: -1,
									'data-column': column,
								});
								cells.set(`${id} ${column}`, cell);
								return cell;
							}),
						),
					),
				),
			),
		);
		const first = table.querySelector('.cell');
		if (first) set(first, { tabindex: 0 });
	};

	/** @param {EventTarget | null} from */
	const openCell = (from) => {
		const cell = /** @type {HTMLElement} */ (from).closest?.('.cell');
		const row = /** @type {HTMLElement | null | undefined} */ (cell?.closest('tr'));
		if (!cell || !row?.dataset.target) return;
		open(row.dataset.target, columns[Number(/** @type {HTMLElement} */ (cell).dataset.column)].request);
	};
	table.addEventListener('click', (event) => openCell(event.target));
	table.addEventListener('keydown', (event) => {
		const cell = /** @type {HTMLElement} */ (event.target);
		const row = /** @type {HTMLElement | null} */ (cell.closest('tr[data-target]'));
		if (!row || !cell.dataset.column) return;
		if (event.key === 'Enter' || event.key === ' ') {
			event.preventDefault();
			openCell(cell);
			return;
		}
		const rtl = getComputedStyle(table).direction === 'rtl';
		const shown = rows.filter(
			(id) => !(/** @type {HTMLElement} */ (table.querySelector(`tr[data-target="${CSS.escape(id)}"]`)).hidden),
		);
		let y = shown.indexOf(/** @type {string} */ (row.dataset.target));
		let x = Number(cell.dataset.column);
		switch (event.key) {
			case 'ArrowRight':
				x += rtl ? -1 : 1;
				break;
			case 'ArrowLeft':
				x += rtl ? 1 : -1;
				break;
			case 'ArrowDown':
				y++;
				break;
			case 'ArrowUp':
				y--;
				break;
			case 'Home':
				x = 0;
				if (event.ctrlKey) y = 0;
				break;
			case 'End':
				x = columns.length - 1;
				if (event.ctrlKey) y = shown.length - 1;
				break;
			case 'PageDown':
				y += 10;
				break;
			case 'PageUp':
				y -= 10;
				break;
			default:
				return;
		}
		event.preventDefault();
		x = Math.min(Math.max(x, 0), columns.length - 1);
		y = Math.min(Math.max(y, 0), shown.length - 1);
		const next = cells.get(`${shown[y]} ${x}`);
		for (const other of table.querySelectorAll('[tabindex="0"]')) set(other, { tabindex: -1 });
		if (next) {
			next.tabIndex = 0;
			next.focus();
		}
	});
	workspace.on(['ruleset', 'request', 'vocabulary'], refresh);
	return {
		element,
		show: () => {
			visible = true;
			if (stale) refresh();
		},
		hide: () => {
			visible = false;
		},
	};
}
