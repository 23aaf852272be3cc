/**
 * The ruleset's own tests: run at every change, shown with their coverage, and
 * extended by the current request.
 *
 * @module
 */
import { code, el, fill, set } from './dom.js';
import { verdictMark } from './verdict.js';
import { formatNumber, t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('./shapes.d.ts').TestReport} TestReport */

/** The ruleset's own tests. */
class TestsView {
	#workspace;
	#say;
	#ruleset;
	#visible = false;

	/** @type {any} */
	#sheet;

	#summary = el('div', { class: 'bar' });

	#list = el('ul', { class: 'tests' });

	#coverage = el('div', { class: 'scroll' });

	#name = el('input', { type: 'text', id: 'test-name', dir: 'auto', placeholder: t('tests.name-example') });

	#choice = el(
		'select',
		{ id: 'test-targets' },
		el('option', { value: 'all' }, t('tests.all-targets')),
		el('option', { value: 'permitted' }, t('tests.permitted-targets')),
		el('option', { value: 'focus' }, t('tests.one-target')),
	);

	#form = el(
		'form',
		{
			class: 'bar wrap add-test',
			onsubmit: async (/** @type {Event} */ event) => {
				event.preventDefault();
				const answer = await this.#workspace.asker.ask('sheet', this.#workspace.request);
				if (!answer.ok) {
					this.#say(t('tests.bad-request'));
					return;
				}
				const entries = answer.value.entries.filter(
					(/** @type {any} */ entry) =>
						this.#choice.value === 'all' ||
						(this.#choice.value === 'focus'
							? entry.target === this.#workspace.focus
							: entry.verdict === 'permitted'),
				);
				const names = new Set(
					(this.#workspace.document?.tests ?? []).map((/** @type {any} */ test) => test?.name),
				);
				let title = this.#name.value.trim() || suggested(this.#workspace);
				for (let n = 2; names.has(title); n++)
					title = `${this.#name.value.trim() || suggested(this.#workspace)} (${n})`;
				const added = this.#ruleset.add({
					name: title,
					request: this.#workspace.request,
					expect: Object.fromEntries(
						entries.map((/** @type {any} */ entry) => [entry.target, entry.verdict]),
					),
				});
				this.#say(added ? t('tests.added', { name: title }) : t('tests.not-added'));
				if (added) this.#name.value = '';
			},
		},
		el('label', { class: 'field', for: 'test-name' }, el('span', {}, t('tests.name')), this.#name),
		el('label', { class: 'field', for: 'test-targets' }, el('span', {}, t('tests.expect')), this.#choice),
		el('button', { type: 'submit', class: 'primary' }, t('tests.add')),
	);

	#element = el('div', { class: 'view tests-view' }, this.#form, this.#summary, this.#list, this.#coverage);

	#refresh = async () => {
		if (!this.#workspace.inForce.text) return;
		const answer = await this.#workspace.asker.latest('test', 'test').catch(() => undefined);
		if (!answer?.ok) return;
		this.#sheet = answer.value;
		this.#badge();
		if (this.#visible) this.#draw();
	};

	#badge = () => {
		const mark = /** @type {HTMLElement | null} */ (document.querySelector('#tab-tests .badge'));
		if (!mark) return;
		const failed = this.#sheet.tests.filter((/** @type {any} */ test) => !test.passed).length;
		mark.hidden = !this.#sheet.tests.length;
		mark.className = failed ? 'badge bad' : 'badge good';
		fill(
			mark,
			failed ? el('span', {}, formatNumber(failed)) : el('span', { 'aria-hidden': 'true' }, '✓'),
			el('span', { class: 'hidden-words' }, failed ? t('tests.failing', { n: failed }) : t('tests.all-pass')),
		);
	};

	/**
	 * One target of a failed test.
	 *
	 * @param {TestReport['tests'][number]['failures'][number]} failure
	 * @param {number} index
	 */
	#failure = (failure, index) =>
		el(
			'tr',
			{},
			el(
				'th',
				{ scope: 'row' },
				el(
					'button',
					{
						type: 'button',
						class: 'link',
						'aria-label': t('tests.why', {
							target: this.#workspace.nameOf(failure.target),
						}),
						onclick: () =>
							this.#ruleset.trace(
								failure.target,
								this.#workspace.document?.tests?.[index]?.request ?? {},
							),
					},
					this.#workspace.nameOf(failure.target),
				),
			),
			el('td', {}, verdictMark(failure.expected)),
			el('td', {}, verdictMark(failure.got)),
			el('td', {}, failure.rule ? code(failure.rule) : '–'),
		);

	/**
	 * The failed expectations of a test.
	 *
	 * @param {TestReport['tests'][number]} test
	 * @param {number} index
	 */
	#failures = (test, index) =>
		el(
			'div',
			{ class: 'scroll' },
			el(
				'table',
				{ class: 'plain' },
				el(
					'thead',
					{},
					el(
						'tr',
						{},
						[t('target'), t('tests.expected'), t('tests.got'), t('rule')].map((heading) =>
							el('th', { scope: 'col' }, heading),
						),
					),
				),
				el(
					'tbody',
					{},
					test.failures.map((failure) => this.#failure(failure, index)),
				),
			),
		);

	/**
	 * The buttons that use the request of a test and show the test in the text.
	 *
	 * @param {TestReport['tests'][number]} test
	 * @param {number} index
	 */
	#actions = (test, index) =>
		el(
			'span',
			{ class: 'row-actions' },
			el(
				'button',
				{
					type: 'button',
					class: 'quiet',
					'aria-label': t('tests.use-label', { name: test.name }),
					onclick: () => {
						this.#workspace.setRequest(this.#workspace.document?.tests?.[index]?.request ?? {});
						this.#say(t('tests.used', { name: test.name }));
					},
				},
				t('tests.use'),
			),
			el(
				'button',
				{
					type: 'button',
					class: 'quiet',
					'aria-label': t('tests.show-label', { name: test.name }),
					onclick: () => this.#ruleset.show(['tests', index]),
				},
				t('tests.show'),
			),
		);

	/**
	 * The name of a test and its buttons.
	 *
	 * @param {TestReport['tests'][number]} test
	 * @param {number} index
	 */
	#head = (test, index) =>
		el(
			'div',
			{ class: 'test' },
			el(
				'span',
				{
					class: 'sign',
					role: 'img',
					'aria-label': test.passed ? t('tests.pass') : t('tests.fail'),
				},
				test.passed ? '✓' : '✕',
			),
			el('bdi', { class: 'test-name' }, test.name),
			test.notRun ? el('em', {}, t('tests.not-run')) : null,
			this.#actions(test, index),
		);

	/**
	 * How often one rule has decided.
	 *
	 * @param {TestReport['coverage'][number]} { rule, effect, decided }
	 * @param {number} index
	 * @param {number} most
	 */
	#coverageRow = ({ rule, effect, decided }, index, most) =>
		el(
			'tr',
			{ class: decided ? undefined : 'missing' },
			el(
				'th',
				{ scope: 'row' },
				el(
					'button',
					{
						type: 'button',
						class: 'link',
						onclick: () => this.#ruleset.show(['rules', index]),
					},
					code(rule),
				),
			),
			el('td', { class: effect }, t(`effect.${effect}`)),
			el(
				'td',
				{},
				el('meter', { min: 0, max: most, value: decided, 'aria-hidden': 'true' }),
				el('span', { class: 'number' }, decided ? formatNumber(decided) : t('tests.never')),
			),
		);

	/**
	 * How often each rule has decided.
	 *
	 * @param {TestReport} report
	 * @param {number} uncovered
	 * @param {number} most
	 */
	#coverageTable = (report, uncovered, most) =>
		el(
			'table',
			{ class: 'plain coverage' },
			el(
				'caption',
				{},
				el('span', {}, t('tests.coverage')),
				' ',
				el(
					'small',
					{ class: uncovered ? 'warn' : '' },
					uncovered
						? t('tests.uncovered', { n: uncovered, all: report.coverage.length })
						: t('tests.covered', { n: report.coverage.length }),
				),
			),
			el(
				'thead',
				{},
				el(
					'tr',
					{},
					el('th', { scope: 'col' }, t('rule')),
					el('th', { scope: 'col' }, t('tests.effect')),
					el('th', { scope: 'col' }, t('tests.decided')),
				),
			),
			el(
				'tbody',
				{},
				report.coverage.map(({ rule, effect, decided }, index) =>
					this.#coverageRow({ rule, effect, decided }, index, most),
				),
			),
		);

	#draw = () => {
		if (!this.#sheet) return;
		const report = /** @type {TestReport} */ (this.#sheet);
		const failed = report.tests.filter(({ passed }) => !passed);
		fill(
			this.#summary,
			el(
				'p',
				{ class: failed.length ? 'headline bad' : 'headline good' },
				!report.tests.length
					? t('tests.none')
					: failed.length
						? t('tests.failed', { n: failed.length, all: report.tests.length })
						: t('tests.passed', { n: report.tests.length }),
			),
		);
		fill(
			this.#list,
			report.tests
				.map((test, index) => ({ test, index }))
				.sort((a, b) => Number(a.test.passed) - Number(b.test.passed))
				.map(({ test, index }) =>
					el(
						'li',
						{ class: test.passed ? 'passed' : 'failed' },
						this.#head(test, index),
						test.failures.length ? this.#failures(test, index) : null,
					),
				),
		);
		const uncovered = report.coverage.filter(({ decided }) => !decided).length;
		const most = Math.max(1, ...report.coverage.map(({ decided }) => decided));
		fill(this.#coverage, report.coverage.length ? this.#coverageTable(report, uncovered, most) : null);
	};

	element = this.#element;

	show = () => {
		this.#visible = true;
		this.#draw();
	};

	hide = () => {
		this.#visible = false;
	};

	/**
	 * @param {Workspace} workspace
	 * @param {(message: string) => void} say
	 * @param {{ add: (test: object) => boolean, show: (path: (string | number)[]) => void, trace: (target: string,
	 *   request: import('../src/shapes.d.ts').Request) => void }} ruleset
	 */
	constructor(workspace, say, ruleset) {
		this.#workspace = workspace;
		this.#say = say;
		this.#ruleset = ruleset;
		this.#workspace.on(['ruleset'], this.#refresh);
		this.#workspace.on(['vocabulary'], () => this.#visible && this.#draw());
		this.#workspace.on(['focus', 'request'], () => {
			const only = this.#choice.querySelector('[value=focus]');
			if (only) {
				only.textContent = this.#workspace.focus
					? t('tests.only', { target: this.#workspace.nameOf(this.#workspace.focus) })
					: t('tests.one-target');
				set(only, { disabled: !this.#workspace.focus });
			}
		});
	}
}

/**
 * @param {Workspace} workspace
 * @param {(message: string) => void} say
 * @param {{ add: (test: object) => boolean, show: (path: (string | number)[]) => void, trace: (target: string,
 *   request: import('../src/shapes.d.ts').Request) => void }} ruleset
 */
export const testsView = (workspace, say, ruleset) => new TestsView(workspace, say, ruleset);

/** @param {Workspace} workspace */
function suggested({ request: { content = {}, viewer = {} } }) {
	const parts = [content.visibility, content.kind ?? 'something', 'seen by', viewer.role ?? 'somebody'].filter(
		Boolean,
	);
	return parts.join(' ');
}
