/**
 * The trace: why a target has its verdict, in sentences, rule by rule, and
 * as data.
 *
 * @module
 */
import { code, el, fill, set } from './dom.js';
import { factsIn, labelOf, phraseOf, valueName } from './phrase.js';
import { withFacts } from './request.js';
import { signs, verdictMark } from './verdict.js';
import { View } from './view.js';
import { formatEither, formatList, formatNumber, language, rich, t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('./shapes.d.ts').Explanation} Explanation */
/** @typedef {import('./shapes.d.ts').TracedRule} TracedRule */
/** @typedef {import('./shapes.d.ts').TracedPart} TracedPart */
/** @typedef {import('./shapes.d.ts').FactValue} FactValue */

/** Why one target has its verdict. */
class TraceView extends View {
	#workspace;
	#say;
	#showRule;
	#list = el('div', { class: 'target-list', role: 'listbox', 'aria-label': t('trace.targets'), tabindex: -1 });

	#detail = el('div', { class: 'trace', 'aria-live': 'off' });

	#element = el('div', { class: 'view trace-view' }, this.#list, this.#detail);

	isReady() {
		return Boolean(this.#workspace.inForce.text);
	}

	async update() {
		const sheet = await this.#workspace.asker
			.latest('trace-sheet', 'sheet', this.#workspace.request)
			.catch(() => undefined);
		if (!sheet) return;
		if (!sheet.ok) {
			fill(this.#list);
			fill(this.#detail, el('p', { class: 'empty' }, t('matrix.bad-request')));
			return;
		}
		const { entries, messages = {} } = sheet.value;
		if (!entries.some((/** @type {any} */ entry) => entry.target === this.#workspace.focus))
			this.#workspace.focus = entries[0]?.target ?? '';
		this.#drawList(entries);
		if (!this.#workspace.focus) {
			fill(this.#detail, el('p', { class: 'empty' }, t('trace.none')));
			return;
		}
		const entry = entries.find((/** @type {any} */ e) => e.target === this.#workspace.focus);
		const answer = await this.#workspace.asker
			.latest('trace', 'explain', { target: this.#workspace.focus, request: this.#workspace.request })
			.catch(() => undefined);
		if (answer?.ok) this.#draw(answer.value, entry, messages);
	}

	/** @param {{ target: string, verdict: keyof typeof signs }[]} entries */
	#drawList = (entries) => {
		const focused = this.#list.contains(document.activeElement);
		fill(
			this.#list,
			entries.map(({ target, verdict }) =>
				el(
					'div',
					{
						role: 'option',
						class: 'target',
						'data-target': target,
						'aria-selected': String(target === this.#workspace.focus),
						tabindex: target === this.#workspace.focus ? 0 : -1,
						'aria-label': `${this.#workspace.nameOf(target)}: ${t(`verdict.${verdict}`)}`,
						onclick: () => this.#choose(target),
					},
					el('span', { class: `sign ${verdict}`, 'aria-hidden': 'true' }, signs[verdict]),
					el('bdi', { lang: 'en' }, this.#workspace.nameOf(target)),
				),
			),
		);
		const selected = /** @type {HTMLElement | null} */ (this.#list.querySelector('[aria-selected=true]'));
		if (focused) selected?.focus();
		else if (
			selected &&
			(selected.offsetTop < this.#list.scrollTop ||
				selected.offsetTop > this.#list.scrollTop + this.#list.clientHeight)
		)
			this.#list.scrollTop = selected.offsetTop - 80;
	};

	/** @param {string} target */
	#choose = (target) => {
		for (const option of this.#list.children)
			set(option, { 'aria-selected': String(/** @type {HTMLElement} */ (option).dataset.target === target) });
		this.#workspace.setFocus(target);
	};

	/**
	 * The target, its verdict and the reason.
	 *
	 * @param {Explanation} explanation
	 * @param {string} reason
	 */
	#head = (explanation, reason) =>
		el(
			'header',
			{ class: 'verdict-head' },
			el('h2', {}, el('bdi', { lang: 'en' }, this.#workspace.nameOf(explanation.target))),
			verdictMark(/** @type {any} */ (explanation.verdict)),
			el('span', { class: 'spring' }),
			el(
				'button',
				{
					type: 'button',
					onclick: async () => {
						await navigator.clipboard.writeText(asText(explanation, reason, this.#workspace));
						this.#say(t('trace.text-copied'));
					},
				},
				t('trace.copy-text'),
			),
			reason && explanation.verdict === 'forbidden'
				? el('p', { class: 'reason', dir: 'auto' }, `“${reason}”`)
				: null,
		);

	/**
	 * The explanation as data.
	 *
	 * @param {string} data
	 * @param {boolean} isOpen
	 */
	#data = (data, isOpen) =>
		el(
			'details',
			{ 'data-part': 'data', open: isOpen },
			el('summary', {}, t('trace.data')),
			el(
				'div',
				{ class: 'with-copy' },
				el(
					'button',
					{
						type: 'button',
						onclick: async () => {
							await navigator.clipboard.writeText(data);
							this.#say(t('trace.copied'));
						},
					},
					t('copy'),
				),
				el('pre', { dir: 'ltr', tabindex: 0 }, data),
			),
		);

	/**
	 * @param {Explanation} explanation
	 * @param {any} entry
	 * @param {Record<string, string>} messages
	 */
	#draw = (explanation, entry, messages) => {
		const open = new Set(
			[...this.#detail.querySelectorAll('details')].filter((d) => d.open).map((d) => d.dataset.part),
		);
		// The sheet has the reason in the viewer's language; the inspector takes its own language first.
		const reason =
			this.#workspace.inForce.document?.reasons?.[explanation.reason ?? '']?.[language] ??
			messages[explanation.reason ?? ''] ??
			(explanation.reason ? t(`reason.${explanation.reason}`, {}, explanation.reason) : '');
		const data = JSON.stringify(explanation, null, 2);
		const said = sentences(explanation, reason, this.#workspace);
		const changeList = changes(
			explanation,
			(facts) => this.#workspace.setRequest(withFacts(this.#workspace.request, facts)),
			this.#workspace,
		);
		const others = explanation.rules.filter(({ applies }) => applies === 'false');
		const holding = explanation.rules.filter(({ applies }) => applies !== 'false');
		fill(
			this.#detail,
			this.#head(explanation, reason),
			el(
				'div',
				{ class: 'sentences' },
				said.map((sentence) => el('p', {}, sentence)),
			),
			changeList,
			el('h3', {}, t('trace.rules', { n: explanation.rules.length })),
			holding.length
				? el(
						'ol',
						{ class: 'rules' },
						holding.map((rule) => this.#ruleItem(rule)),
					)
				: el('p', { class: 'muted' }, t('trace.no-rule-holds')),
			others.length
				? el(
						'details',
						{ 'data-part': 'others', open: open.has('others') || !holding.length },
						el('summary', {}, t('trace.others', { n: others.length })),
						el(
							'ol',
							{ class: 'rules' },
							others.map((rule) => this.#ruleItem(rule)),
						),
					)
				: null,
			entry?.delivery
				? el(
						'details',
						{ 'data-part': 'delivery', open: open.has('delivery') },
						el('summary', {}, t('trace.delivery')),
						el('pre', { dir: 'ltr', tabindex: 0 }, JSON.stringify(entry.delivery, null, 2)),
					)
				: null,
			this.#data(data, open.has('data')),
		);
	};

	/** @param {TracedRule} rule */
	#ruleItem = (rule) =>
		el(
			'li',
			{ class: `rule ${rule.applies}${rule.decides ? ' decides' : ''}` },
			el(
				'div',
				{ class: 'rule-head' },
				el('span', { class: `effect ${rule.effect}` }, t(`effect.${rule.effect}`)),
				el(
					'button',
					{
						type: 'button',
						class: 'link',
						'aria-label': t('trace.show-rule', { rule: rule.id }),
						onclick: () => this.#showRule(rule.id),
					},
					code(rule.id),
				),
				el('span', { class: `applies ${rule.applies}` }, t(`applies.${rule.applies}`)),
				rule.decides ? el('strong', { class: 'decides' }, t('trace.decides')) : null,
			),
			el(
				'p',
				{
					class: 'condition',
					dir: rule.condition ? 'ltr' : undefined,
					lang: rule.condition ? 'en' : undefined,
				},
				rule.condition ?? el('em', {}, t('trace.always')),
			),
			rule.condition
				? el(
						'ul',
						{ class: 'parts' },
						this.#partItems([rule], this.#workspace.conditionOf(rule.id), rule.facts),
					)
				: null,
			rule.rollout
				? el('p', { class: 'rollout-line' }, sign(rule.rollout.applies), ' ', rolloutLine(rule.rollout))
				: null,
		);

	/**
	 * The facts that a part of a condition reads, with their values.
	 *
	 * @param {FactValue[]} read
	 */
	#read = (read) =>
		el(
			'span',
			{ class: 'fact-read' },
			read.map(({ name, value }) =>
				el(
					'span',
					{ class: value === undefined ? 'fact-value unknown' : 'fact-value' },
					el(
						'bdi',
						{},
						t('trace.set', {
							fact: labelOf(name),
							value: valueName(
								name,
								value,
								this.#workspace.facts.find((fact) => fact.name === name),
							),
						}),
					),
				),
			),
		);

	/**
	 * The parts of a condition, each with its result and the values of its facts.
	 * An "and" at the top is replaced by its operands.
	 *
	 * @param {(TracedPart | TracedRule)[]} parts
	 * @param {any} condition  the same as data, where it is known
	 * @param {FactValue[]} facts
	 * @param {boolean} [top]
	 * @returns {HTMLElement[]}
	 */
	#partItems = (parts, condition, facts, top = true) =>
		parts.flatMap((part) => {
			const inner = part.all ?? part.any;
			if (inner) {
				const operands = condition?.[part.all ? 'and' : 'or'] ?? (inner.length === 1 ? [condition] : undefined);
				const items = inner.flatMap((one, i) => this.#partItems([one], operands?.[i], facts, false));
				if (top && part.all) return items;
				return [
					el(
						'li',
						{},
						el(
							'div',
							{ class: 'part' },
							sign(part.applies),
							el('span', {}, t(part.all ? 'trace.all-of' : 'trace.any-of')),
						),
						el('ul', { class: 'parts' }, items),
					),
				];
			}
			const names = factsIn(condition);
			const read = condition ? facts.filter(({ name }) => names.has(name)) : top ? facts : [];
			const phrase = phraseOf(condition, this.#workspace.facts);
			return [
				el(
					'li',
					{},
					el(
						'div',
						{ class: 'part' },
						sign(part.applies),
						phrase
							? el('span', { class: 'phrase' }, phrase)
							: el('code', { dir: 'ltr', class: 'phrase' }, part.condition),
						this.#read(read),
					),
				),
			];
		});

	element = this.#element;

	/**
	 * @param {Workspace} workspace
	 * @param {(message: string) => void} say
	 * @param {(rule: string) => void} showRule
	 */
	constructor(workspace, say, showRule) {
		super();
		this.#workspace = workspace;
		this.#say = say;
		this.#showRule = showRule;
		this.#list.addEventListener('keydown', (event) => {
			const options = /** @type {HTMLElement[]} */ ([...this.#list.children]);
			const at = options.indexOf(/** @type {HTMLElement} */ (event.target));
			const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
			if (to === undefined || !options[to]) return;
			event.preventDefault();
			options[to].focus();
			this.#choose(/** @type {string} */ (options[to].dataset.target));
		});
		this.#workspace.on(['ruleset', 'request', 'focus', 'vocabulary'], this.refresh);
	}
}

/**
 * @param {Workspace} workspace
 * @param {(message: string) => void} say
 * @param {(rule: string) => void} showRule
 */
export const traceView = (workspace, say, showRule) => new TraceView(workspace, say, showRule);

/**
 * The explanation as sentences, for those who do not read JSON.
 *
 * @param {Explanation} explanation
 * @param {string} reason in words
 * @param {Workspace} workspace
 * @returns {any[][]}
 */
function sentences({ verdict, rule: id, unknown = [], rules }, reason, workspace) {
	const rule = rules.find((r) => r.id === id);
	const named = (/** @type {TracedRule} */ r) => code(r.id);
	const because = (/** @type {TracedRule} */ r) => {
		if (!r.condition) return t('trace.always');
		const phrase = phraseOf(workspace.conditionOf(r.id), workspace.facts);
		return phrase ? el('q', {}, phrase) : el('q', { class: 'code', dir: 'ltr', lang: 'en' }, r.condition);
	};
	const permits = rules.filter(({ effect }) => effect === 'permit');
	const holding = permits.filter(({ applies }) => applies === 'true');
	const lines = [];
	switch (verdict) {
		case 'permitted':
			if (rule)
				lines.push(
					rich(rule.condition ? 'why.permitted' : 'why.permitted-always', {
						rule: named(rule),
						condition: because(rule),
					}),
				);
			lines.push([t('why.not-forbidden')]);
			break;
		case 'unavailable':
			if (rule) lines.push(rich('why.unavailable', { rule: named(rule) }));
			lines.push([reason]);
			break;
		case 'forbidden':
			if (rule) {
				lines.push(
					rule.applies === 'unknown'
						? rich(unknown.length ? 'why.cannot-be-told' : 'why.no-value', {
								rule: named(rule),
								condition: because(rule),
								facts: formatList(unknownOf(rule, unknown).map(labelOf)),
							})
						: rich(rule.condition ? 'why.forbidden' : 'why.forbidden-always', {
								rule: named(rule),
								condition: because(rule),
							}),
				);
			}
			if (holding.length) lines.push(rich('why.forbid-wins', { rule: named(holding[0]) }));
			break;
		case 'not-yet':
			if (rule) lines.push(rich('why.not-yet', { rule: named(rule) }));
			if (rule?.rollout) lines.push([rolloutLine(rule.rollout)]);
			break;
		case 'not-permitted':
			lines.push([t('why.not-permitted')]);
			for (const r of permits.slice(0, 3))
				lines.push(rich('why.would', { rule: named(r), condition: because(r) }));
			break;
	}
	return lines;
}

/**
 * The facts because of which it can't be told whether a rule applies.
 *
 * @param {TracedRule} rule
 * @param {string[]} unknown  the same of all rules that forbid the target
 */
function unknownOf({ facts }, unknown) {
	const own = unknown.filter((name) => facts.some((fact) => fact.name === name));
	return own.length ? own : unknown;
}

/** @param {NonNullable<TracedRule['rollout']>} rollout */
function rolloutLine({ name, fact, percent = 0, bucket, applies }) {
	if (fact) return t('why.rollout-fact', { rollout: name, fact });
	const values = { rollout: name, percent, bucket: bucket === undefined ? '' : formatNumber(bucket / 1000) };
	if (applies === 'true') return t('why.rollout-in', values);
	if (bucket === undefined) return t('why.rollout-unknown', values);
	return t(bucket < percent * 1000 ? 'why.rollout-time' : 'why.rollout-out', values);
}

/**
 * The explanation as text, to copy into a message.
 *
 * @param {Explanation} explanation
 * @param {string} reason in words
 * @param {Workspace} workspace
 */
function asText(explanation, reason, workspace) {
	const plain = (/** @type {any[]} */ parts) =>
		parts.map((part) => (part instanceof Node ? part.textContent : part)).join('');
	const alike = smallest(explanation, workspace);
	const why = reason && explanation.verdict === 'forbidden' ? ` – “${reason}”` : '';
	return [
		`${workspace.nameOf(explanation.target)}: ${t(`verdict.${explanation.verdict}`)}${why}`,
		...sentences(explanation, reason, workspace).map(plain),
		...(alike.length
			? [
					'',
					`${t('trace.change', { n: alike.length })}:`,
					...alike.map(({ words, verdict }) => `• ${words} → ${t(`verdict.${verdict}`)}`),
				]
			: []),
	].join('\n');
}

/** @param {'true' | 'false' | 'unknown'} applies */
const sign = (applies) =>
	el(
		'span',
		{
			class: `sign ${{ true: 'permitted', false: 'not-permitted', unknown: 'not-yet' }[applies]}`,
			role: 'img',
			'aria-label': t(`applies.${applies}`),
		},
		{ true: '✓', false: '✕', unknown: '?' }[applies],
	);

/**
 * The smallest changes in words; those of one fact to the same verdict are combined.
 *
 * @param {Explanation} explanation
 * @param {Workspace} workspace
 */
function smallest({ changes: list }, workspace) {
	/** @type {Map<string, Explanation['changes']>} */
	const together = new Map();
	for (const change of list) {
		const key = change.facts.length === 1 ? `${change.facts[0].name} ${change.verdict}` : JSON.stringify(change);
		together.set(key, [...(together.get(key) ?? []), change]);
	}
	return [...together.values()].slice(0, 6).map((alike) => {
		const [{ facts, verdict }] = alike;
		const values = (/** @type {number} */ i) =>
			formatEither([
				...new Set(
					alike.map((change) =>
						valueName(
							facts[i].name,
							change.facts[i].value,
							workspace.facts.find(({ name }) => name === facts[i].name),
						),
					),
				),
			]);
		return {
			facts,
			verdict,
			words: formatList(facts.map(({ name }, i) => t('trace.set', { fact: labelOf(name), value: values(i) }))),
		};
	});
}

/**
 * The smallest changes, each with a button that tries it.
 *
 * @param {Explanation} explanation
 * @param {(facts: FactValue[]) => void} attempt
 * @param {Workspace} workspace
 */
function changes(explanation, attempt, workspace) {
	const all = smallest(explanation, workspace);
	const cut = explanation.cut ? el('p', { class: 'note' }, t('trace.cut')) : null;
	if (!all.length) return cut;
	return el(
		'section',
		{ class: 'change' },
		el('h3', {}, t('trace.change', { n: all.length })),
		el(
			'ul',
			{},
			all.map(({ facts, verdict, words }) =>
				el(
					'li',
					{},
					el(
						'span',
						{ class: 'what' },
						el('bdi', {}, words),
						document.dir === 'rtl' ? ' ← ' : ' → ',
						verdictMark(/** @type {any} */ (verdict)),
					),
					el(
						'button',
						{
							type: 'button',
							'aria-label': t('trace.try-label', { change: words }),
							onclick: () => attempt(facts),
						},
						t('trace.try'),
					),
				),
			),
		),
		cut,
	);
}
