/**
 * The rollout simulator: how a rollout divides many viewers, and which of them
 * it includes as its percentage rises.
 *
 * @module
 */
import { code, el, fill, svg } from './dom.js';
import { View } from './view.js';
import { formatDay, formatList, formatNumber, formatPercent, formatTime, t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {{ histogram: Uint32Array, count: number, viewers: { id: string, bucket: number }[] }} Simulation */

const buckets = 100000;
const mostViewers = 1000000;

/** The simulator of rollouts. */
class RolloutsView extends View {
	#workspace;
	#say;
	#write;
	/** @type {Simulation | undefined} */
	#simulation;

	/** @type {string[] | undefined} */
	#uploaded;

	#running = false;

	#key = '';

	#chooser = el('select', { id: 'rollout', onchange: () => this.#begin() });

	#count = el('input', {
		type: 'number',
		id: 'viewers',
		min: 1,
		max: mostViewers,
		step: 1,
		value: 100000,
		dir: 'ltr',
	});

	#prefix = el('input', { type: 'text', id: 'prefix', value: 'u-', dir: 'ltr', size: 6, spellcheck: 'false' });

	#file = el('input', {
		type: 'file',
		accept: '.txt,.csv,.tsv,text/plain,text/csv',
		hidden: true,
		onchange: async () => {
			if (this.#file.files?.[0]) this.#take(await this.#file.files[0].text());
			this.#file.value = '';
		},
	});

	#upload = el('button', { type: 'button', onclick: () => this.#file.click() }, t('rollouts.upload'));

	#generated = el(
		'button',
		{
			type: 'button',
			hidden: true,
			onclick: () => {
				this.#uploaded = undefined;
				this.#generated.hidden = true;
				this.#count.disabled = this.#prefix.disabled = false;
				this.#run();
			},
		},
		t('rollouts.generated'),
	);

	#start = el(
		'button',
		{
			type: 'button',
			class: 'primary',
			onclick: () => (this.#running ? this.#workspace.asker.stop() : this.#run()),
		},
		t('rollouts.run'),
	);

	#progress = el('progress', { 'aria-label': t('rollouts.progress'), max: 1, value: 0 });

	#percent = el('input', { type: 'range', id: 'percent', min: 0, max: 100, step: 0.1, dir: document.dir });

	#percentBox = el('input', {
		type: 'number',
		min: 0,
		max: 100,
		step: 0.001,
		dir: 'ltr',
		'aria-label': t('rollouts.percent-exact'),
	});

	#apply = el(
		'button',
		{ type: 'button', onclick: () => this.#write(this.#chooser.value, Number(this.#percentBox.value)) },
		t('rollouts.write'),
	);

	#results = el('div', { class: 'results' });

	#plannedSteps = el('input', {
		type: 'text',
		id: 'plan-steps',
		dir: 'ltr',
		value: '1, 5, 10, 25, 50, 100',
		spellcheck: 'false',
		oninput: () => this.#draw(),
	});

	#plannedFrom = el('input', { type: 'date', id: 'plan-from', oninput: () => this.#draw() });

	#plannedDays = el('input', {
		type: 'number',
		id: 'plan-days',
		min: 1,
		max: 365,
		value: 7,
		dir: 'ltr',
		oninput: () => this.#draw(),
	});

	#plan = el(
		'section',
		{ class: 'plan', 'aria-labelledby': 'plan-title' },
		el('h2', { id: 'plan-title' }, t('rollouts.plan')),
		el(
			'div',
			{ class: 'bar wrap' },
			el('label', { class: 'field', for: 'plan-steps' }, el('span', {}, t('rollouts.steps')), this.#plannedSteps),
			el(
				'label',
				{ class: 'field', for: 'plan-from' },
				el('span', {}, t('rollouts.plan-from')),
				this.#plannedFrom,
			),
			el(
				'label',
				{ class: 'field', for: 'plan-days' },
				el('span', {}, t('rollouts.plan-days')),
				this.#plannedDays,
			),
		),
	);

	#timeline = el('div', { class: 'results' });

	/** The steps of the plan, each with its day if a first day is set. */
	#planned = () => {
		const steps = [
			...new Set(
				this.#plannedSteps.value
					.split(/[^\d.]+/)
					.filter(Boolean)
					.map(Number)
					.filter((step) => step > 0 && step <= 100),
			),
		].sort((a, b) => a - b);
		const first = this.#plannedFrom.valueAsNumber;
		const days = Math.max(1, Math.round(this.#plannedDays.valueAsNumber) || 1);
		return steps.map((percent, i) => ({
			percent,
			on: Number.isNaN(first) ? undefined : new Date(first + i * days * 86400000),
		}));
	};

	#none = el('p', { class: 'empty' }, t('rollouts.none'));

	#controls = el(
		'div',
		{ class: 'bar wrap' },
		el('label', { class: 'field', for: 'rollout' }, el('span', {}, t('rollouts.rollout')), this.#chooser),
		el('label', { class: 'field', for: 'viewers' }, el('span', {}, t('rollouts.viewers')), this.#count),
		el('label', { class: 'field', for: 'prefix' }, el('span', {}, t('rollouts.prefix')), this.#prefix),
		this.#start,
		this.#progress,
		el('span', { class: 'spring' }),
		this.#file,
		this.#generated,
		this.#upload,
	);

	#slider = el(
		'div',
		{ class: 'bar wrap percent' },
		el('label', { for: 'percent' }, t('rollouts.percent')),
		this.#percent,
		el('span', { class: 'with-unit' }, this.#percentBox, el('span', { class: 'unit' }, '%')),
		this.#apply,
	);

	#element = el(
		'div',
		{ class: 'view rollouts-view' },
		this.#none,
		this.#controls,
		this.#slider,
		this.#results,
		this.#plan,
		this.#timeline,
	);

	#rollouts = () => /** @type {Record<string, any>} */ (this.#workspace.document?.rollouts ?? {});

	update() {
		const names = Object.keys(this.#rollouts()).filter(
			(name) => typeof this.#rollouts()[name] === 'object' && !this.#rollouts()[name]?.fact,
		);
		const before = this.#chooser.value;
		fill(
			this.#chooser,
			names.map((name) => el('option', { value: name }, name)),
		);
		if (names.includes(before)) this.#chooser.value = before;
		this.#none.hidden = names.length > 0;
		this.#controls.hidden =
			this.#slider.hidden =
			this.#results.hidden =
			this.#plan.hidden =
			this.#timeline.hidden =
				!names.length;
		// Simulate again only if the buckets may have changed.
		const next = JSON.stringify([this.#chooser.value, this.#rollouts()[this.#chooser.value]]);
		if (names.length && next !== this.#key) this.#begin();
		else this.#draw();
	}

	#begin = () => {
		const rollout = this.#rollouts()[this.#chooser.value];
		this.#key = JSON.stringify([this.#chooser.value, rollout]);
		this.#percent.value = this.#percentBox.value = String(rollout?.percent ?? 0);
		this.#plannedFrom.value = String(rollout?.from ?? this.#workspace.request.now ?? '').slice(0, 10);
		this.#run();
	};

	#run = async () => {
		const n =
			this.#uploaded?.length ?? Math.min(Math.max(Math.round(Number(this.#count.value)) || 1, 1), mostViewers);
		if (!this.#uploaded) this.#count.value = String(n);
		this.#running = true;
		this.#start.textContent = t('stop');
		this.#progress.hidden = n < 50000;
		this.#progress.value = 0;
		try {
			const { ok, value } = await this.#workspace.asker.ask(
				'simulate',
				{ rollout: this.#chooser.value, prefix: this.#prefix.value, count: n, ids: this.#uploaded },
				(done) => {
					this.#progress.value = done / n;
				},
			);
			if (ok && !value.stopped) {
				this.#simulation = value;
				this.#draw();
				if (this.visible) this.#say(t('rollouts.done', { n }), { heard: true });
			}
		} finally {
			this.#running = false;
			this.#start.textContent = t('rollouts.run');
			this.#progress.hidden = true;
		}
	};

	/** @param {string} text */
	#take = (text) => {
		const ids = text
			.split(/\r?\n/)
			.map((line) =>
				line
					.split(/[,;\t]/)[0]
					.trim()
					.replace(/^"(.*)"$/, '$1'),
			)
			.filter(Boolean);
		const unique = [...new Set(ids)].slice(0, mostViewers);
		if (!unique.length) {
			this.#say(t('rollouts.no-ids'));
			return;
		}
		this.#uploaded = unique;
		this.#generated.hidden = false;
		this.#count.value = String(unique.length);
		this.#count.disabled = this.#prefix.disabled = true;
		this.#run();
	};

	#draw = () => {
		if (!this.#simulation || !this.visible) return;
		const share = Math.min(Math.max(Number(this.#percentBox.value) || 0, 0), 100);
		const rollout = this.#rollouts()[this.#chooser.value];
		if (!rollout) return;
		this.#apply.disabled = share === rollout.percent;
		const within = cumulative(this.#simulation.histogram);
		const inside = within(share);
		const off = inside / this.#simulation.count - share / 100;
		const rules = (this.#workspace.document?.rules ?? []).filter(
			(/** @type {any} */ rule) => rule?.rollout === this.#chooser.value && Array.isArray(rule.permit),
		);
		const given = [
			...new Set(
				rules.flatMap((/** @type {any} */ rule) =>
					rule.permit.flatMap(
						(/** @type {string} */ name) => this.#workspace.document?.groups?.[name] ?? [name],
					),
				),
			),
		].map((id) => this.#workspace.nameOf(/** @type {string} */ (id)));
		fill(
			this.#results,
			el(
				'dl',
				{ class: 'tiles' },
				tile(t('rollouts.viewers'), formatNumber(this.#simulation.count)),
				tile(t('rollouts.inside'), formatNumber(inside), formatPercent(inside / this.#simulation.count)),
				tile(t('rollouts.waiting'), formatNumber(this.#simulation.count - inside)),
				tile(
					t('rollouts.off'),
					`${off >= 0 ? '+' : '−'}${formatPercent(Math.abs(off))}`,
					t('rollouts.off-about'),
				),
			),
			given.length ? el('p', { class: 'gives' }, t('rollouts.gives', { targets: formatList(given) })) : null,
			bounds(rollout, this.#workspace.request.now),
			el(
				'div',
				{ class: 'charts' },
				figure(t('rollouts.histogram'), histogram(this.#simulation, share)),
				figure(t('rollouts.curve'), curve(within, this.#simulation.count, share)),
			),
		);
		const steps = this.#planned();
		fill(
			this.#timeline,
			stepsTable(within, this.#simulation.count, share, Number(rollout.percent), steps),
			el('p', { class: 'gives' }, t('rollouts.nobody-leaves')),
			ladder(this.#simulation.viewers, share, steps),
		);
	};

	element = this.#element;

	reshow() {
		this.#draw();
	}

	/**
	 * @param {Workspace} workspace
	 * @param {(message: string, options?: { heard?: boolean }) => void} say
	 * @param {(rollout: string, percent: number) => void} write  puts a percentage into the ruleset
	 */
	constructor(workspace, say, write) {
		super();
		this.#workspace = workspace;
		this.#say = say;
		this.#write = write;
		this.#progress.hidden = true;
		this.#percent.addEventListener('input', () => {
			this.#percentBox.value = this.#percent.value;
			this.#draw();
		});
		this.#percentBox.addEventListener('input', () => {
			this.#percent.value = this.#percentBox.value;
			this.#draw();
		});
		this.#element.addEventListener('dragover', (event) => {
			if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
		});
		this.#element.addEventListener('drop', async (event) => {
			const dropped = event.dataTransfer?.files[0];
			if (!dropped) return;
			event.preventDefault();
			event.stopPropagation();
			this.#take(await dropped.text());
		});
		this.#workspace.on(['ruleset', 'vocabulary', 'request'], this.refresh);
	}
}

/**
 * @param {Workspace} workspace
 * @param {(message: string, options?: { heard?: boolean }) => void} say
 * @param {(rollout: string, percent: number) => void} write  puts a percentage into the ruleset
 */
export const rolloutsView = (workspace, say, write) => new RolloutsView(workspace, say, write);

/**
 * Returns a function that counts the viewers below a percentage.
 *
 * @param {Uint32Array} histogram
 */
function cumulative(histogram) {
	const sums = new Uint32Array(buckets + 1);
	for (let i = 0; i < buckets; i++) sums[i + 1] = sums[i] + histogram[i];
	return (/** @type {number} */ percent) => sums[Math.round(percent * 1000)];
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [more]
 */
function tile(name, value, more) {
	return el(
		'div',
		{ class: 'tile' },
		el('dt', {}, name),
		el('dd', {}, el('bdi', {}, value), more ? el('small', {}, more) : null),
	);
}

/**
 * @param {string} caption
 * @param {SVGElement} picture
 */
function figure(caption, picture) {
	return el('figure', {}, el('figcaption', {}, caption), picture);
}

/**
 * @param {any} rollout
 * @param {string | undefined} now
 */
function bounds(rollout, now) {
	const parts = [];
	if (rollout.from) parts.push(t('rollouts.from', { time: `${formatTime(new Date(rollout.from))} UTC` }));
	if (rollout.until) parts.push(t('rollouts.until', { time: `${formatTime(new Date(rollout.until))} UTC` }));
	if (!parts.length) return null;
	const outside =
		now &&
		((rollout.from && +new Date(now) < +new Date(rollout.from)) ||
			(rollout.until && +new Date(now) >= +new Date(rollout.until)));
	return el(
		'p',
		{ class: outside ? 'gives note' : 'gives' },
		parts.join(' '),
		outside ? ` ${t('rollouts.outside-now')}` : null,
	);
}

const bars = 50;
const wide = 360 / bars;

/**
 * @param {Simulation} simulation
 * @param {number} percent
 */
function histogram({ histogram: counts, count }, percent) {
	const width = buckets / bars;
	const heights = Array.from({ length: bars }, (_, i) => {
		let sum = 0;
		for (let j = i * width; j < (i + 1) * width; j++) sum += counts[j];
		return sum;
	});
	const top = Math.max(...heights, 1);
	const picture = svg('svg', {
		viewBox: '0 0 360 136',
		role: 'img',
		'aria-label': t('rollouts.histogram-label', {
			bars,
			least: Math.min(...heights),
			most: top,
			average: Math.round(count / bars),
		}),
		class: 'chart',
		direction: 'ltr',
	});
	const average = 110 - (count / bars / top) * 100;
	heights.forEach((height, i) => {
		const h = Math.max((height / top) * 100, height ? 0.5 : 0);
		const filled = Math.min(Math.max((percent - (i * 100) / bars) / (100 / bars), 0), 1);
		const title = svg('title', {}, `${(i * 100) / bars}–${((i + 1) * 100) / bars} %: ${formatNumber(height)}`);
		picture.append(
			svg('rect', { x: i * wide + 0.6, y: 110 - h, width: wide - 1.2, height: h, class: 'bar-out' }, title),
		);
		if (filled > 0)
			picture.append(
				svg(
					'rect',
					{ x: i * wide + 0.6, y: 110 - h, width: (wide - 1.2) * filled, height: h, class: 'bar-in' },
					title.cloneNode(true),
				),
			);
	});
	picture.append(
		svg('line', { x1: 0, x2: 360, y1: 110, y2: 110, class: 'axis' }),
		svg('line', { x1: 0, x2: 360, y1: average, y2: average, class: 'average' }),
		svg('line', { x1: percent * 3.6, x2: percent * 3.6, y1: 4, y2: 114, class: 'mark' }),
		...[0, 25, 50, 75, 100].map((tick) =>
			svg(
				'text',
				{ x: tick * 3.6, y: 130, 'text-anchor': tick === 0 ? 'start' : tick === 100 ? 'end' : 'middle' },
				`${tick} %`,
			),
		),
	);
	return picture;
}

/**
 * @param {(percent: number) => number} within
 * @param {number} count
 * @param {number} percent
 */
function curve(within, count, percent) {
	const points = Array.from({ length: 101 }, (_, i) => `${i * 3.6},${(110 - (within(i) / count) * 100).toFixed(2)}`);
	const x = percent * 3.6;
	const y = 110 - (within(percent) / count) * 100;
	return svg(
		'svg',
		{
			viewBox: '0 0 360 136',
			role: 'img',
			class: 'chart',
			direction: 'ltr',
			'aria-label': t('rollouts.curve-label', { percent, n: within(percent), count }),
		},
		svg('path', {
			d: `M0,110 L${[...points.slice(0, Math.floor(percent) + 1), `${x},${y}`, `${x},110`].join(' L')} Z`,
			class: 'area',
		}),
		svg('line', { x1: 0, x2: 360, y1: 110, y2: 110, class: 'axis' }),
		svg('polyline', { points: points.join(' '), class: 'curve' }),
		svg('line', { x1: percent * 3.6, x2: percent * 3.6, y1: y, y2: 110, class: 'mark' }),
		svg('circle', { cx: percent * 3.6, cy: y, r: 4, class: 'dot' }),
		svg(
			'text',
			{
				x: percent > 70 ? percent * 3.6 - 8 : percent * 3.6 + 8,
				y: Math.max(y - 6, 12),
				'text-anchor': percent > 70 ? 'end' : 'start',
				class: 'strong',
			},
			formatNumber(within(percent)),
		),
		...[0, 25, 50, 75, 100].map((tick) =>
			svg(
				'text',
				{ x: tick * 3.6, y: 130, 'text-anchor': tick === 0 ? 'start' : tick === 100 ? 'end' : 'middle' },
				`${tick} %`,
			),
		),
	);
}

/** @typedef {{ percent: number, on?: Date }} Step */

/**
 * @param {(percent: number) => number} within
 * @param {number} count
 * @param {number} percent
 * @param {number} current
 * @param {Step[]} planned
 */
function stepsTable(within, count, percent, current, planned) {
	const steps = [...new Set([...planned.map((step) => step.percent), current, percent])].sort((a, b) => a - b);
	return el(
		'div',
		{ class: 'scroll', role: 'group', tabindex: 0, 'aria-labelledby': 'plan-title' },
		el(
			'table',
			{ class: 'plain steps' },
			el('caption', { class: 'hidden-words' }, t('rollouts.plan')),
			el(
				'thead',
				{},
				el(
					'tr',
					{},
					[t('rollouts.at'), t('rollouts.on'), t('rollouts.have-it'), t('rollouts.join')].map((name) =>
						el('th', { scope: 'col' }, name),
					),
				),
			),
			el(
				'tbody',
				{},
				steps.map((step, i) => {
					const day = planned.find((one) => one.percent === step)?.on;
					return el(
						'tr',
						{ class: step === percent ? 'current' : undefined },
						el(
							'th',
							{ scope: 'row' },
							el('bdi', { dir: 'ltr' }, `${formatNumber(step)} %`),
							step === current ? el('small', {}, ` ${t('rollouts.in-file')}`) : null,
						),
						el('td', {}, day ? formatDay(day) : '–'),
						el(
							'td',
							{},
							formatNumber(within(step)),
							el('small', {}, ` ${formatPercent(within(step) / count)}`),
						),
						el(
							'td',
							{},
							el(
								'bdi',
								{ dir: 'ltr' },
								`+${formatNumber(within(step) - (i ? within(steps[i - 1]) : 0))}`,
							),
						),
					);
				}),
			),
		),
	);
}

/**
 * The headings: the percentage of each planned step, and the current one.
 *
 * @param {Step[]} planned
 * @param {number} percent
 */
const ladderHead = (planned, percent) =>
	el(
		'thead',
		{},
		el(
			'tr',
			{},
			el('th', { scope: 'col' }, t('rollouts.viewer')),
			el('th', { scope: 'col' }, t('rollouts.joins-at')),
			el('th', { scope: 'col' }, t('rollouts.on')),
			planned.map((step) =>
				el('th', { scope: 'col', class: 'step' }, el('bdi', { dir: 'ltr' }, `${formatNumber(step.percent)} %`)),
			),
			el('th', { scope: 'col' }, t('rollouts.now-at', { percent: formatNumber(percent) })),
		),
	);

/**
 * @param {{ id: string, bucket: number }[]} viewers
 * @param {number} percent
 * @param {Step[]} planned
 */
function ladder(viewers, percent, planned) {
	const shown = viewers.slice(0, 200);
	const sorted = [...shown].sort((a, b) => a.bucket - b.bucket);
	return el(
		'div',
		{ class: 'scroll', role: 'group', tabindex: 0, 'aria-labelledby': 'ladder-title' },
		el(
			'table',
			{ class: 'plain ladder' },
			el(
				'caption',
				{ id: 'ladder-title' },
				t('rollouts.who', { n: shown.length }),
				viewers.length > shown.length ? ` ${t('rollouts.who-of', { n: viewers.length })}` : '',
			),
			ladderHead(planned, percent),
			el(
				'tbody',
				{},
				sorted.map(({ id, bucket }) => {
					const joins = planned.find((step) => bucket < step.percent * 1000);
					return el(
						'tr',
						{},
						el('th', { scope: 'row' }, code(id)),
						el('td', {}, el('bdi', { dir: 'ltr' }, `${formatNumber(bucket / 1000)} %`)),
						el('td', {}, joins?.on ? formatDay(joins.on) : '–'),
						planned.map((step) => {
							const has = bucket < step.percent * 1000;
							return el(
								'td',
								{ class: has ? 'step has' : 'step' },
								el('span', { 'aria-hidden': 'true' }, has ? '●' : '·'),
								el('span', { class: 'hidden-words' }, t(has ? 'rollouts.has' : 'rollouts.waits')),
							);
						}),
						el(
							'td',
							{ class: bucket < percent * 1000 ? 'has' : '' },
							t(bucket < percent * 1000 ? 'rollouts.has' : 'rollouts.waits'),
						),
					);
				}),
			),
		),
	);
}
