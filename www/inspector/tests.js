/**
 * The ruleset's own tests: run at every change, with what they cover, and
 * added to with the request at hand.
 *
 * @module
 */
import { code, el, fill, set } from './dom.js';
import { verdictMark } from './verdict.js';
import { formatNumber, t } from './words.js';

/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('./shapes.d.ts').TestReport} TestReport */

/**
 * @param {Workspace} workspace
 * @param {(message: string) => void} say
 * @param {{ add: (test: object) => boolean, show: (path: (string | number)[]) => void, trace: (target: string,
 *   request: import('../src/shapes.d.ts').Request) => void }} ruleset
 */
export function testsView(workspace, say, ruleset) {
	let visible = false;
	/** @type {any} */
	let sheet;
	const summary = el('div', { class: 'bar' });
	const list = el('ul', { class: 'tests' });
	const coverage = el('div', { class: 'scroll' });
	const name = el('input', { type: 'text', id: 'test-name', dir: 'auto', placeholder: t('tests.name-example') });
	const choice = el(
		'select',
		{ id: 'test-targets' },
		el('option', { value: 'all' }, t('tests.all-targets')),
		el('option', { value: 'permitted' }, t('tests.permitted-targets')),
		el('option', { value: 'focus' }, t('tests.one-target')),
	);
	const form = el(
		'form',
		{
			class: 'bar wrap add-test',
			onsubmit: async (/** @type {Event} */ event) => {
				event.preventDefault();
				const answer = await workspace.asker.ask('sheet', workspace.request);
				if (!answer.ok) {
					say(t('tests.bad-request'));
					return;
				}
				const entries = answer.value.entries.filter(
					(/** @type {any} */ entry) =>
						choice.value === 'all' ||
						(choice.value === 'focus' ? entry.target === workspace.focus : entry.verdict === 'permitted'),
				);
				const names = new Set((workspace.document?.tests ?? []).map((/** @type {any} */ test) => test?.name));
				let title = name.value.trim() || suggested(workspace);
				for (let n = 2; names.has(title); n++) title = `${name.value.trim() || suggested(workspace)} (${n})`;
				const added = ruleset.add({
					name: title,
					request: workspace.request,
					expect: Object.fromEntries(
						entries.map((/** @type {any} */ entry) => [entry.target, entry.verdict]),
					),
				});
				say(added ? t('tests.added', { name: title }) : t('tests.not-added'));
				if (added) name.value = '';
			},
		},
		el('label', { class: 'field', for: 'test-name' }, el('span', {}, t('tests.name')), name),
		el('label', { class: 'field', for: 'test-targets' }, el('span', {}, t('tests.expect')), choice),
		el('button', { type: 'submit', class: 'primary' }, t('tests.add')),
	);
	const element = el('div', { class: 'view tests-view' }, form, summary, list, coverage);

	const refresh = async () => {
		if (!workspace.inForce.text) return;
		const answer = await workspace.asker.latest('test', 'test').catch(() => undefined);
		if (!answer?.ok) return;
		sheet = answer.value;
		badge();
		if (visible) draw();
	};
	const badge = () => {
		const mark = /** @type {HTMLElement | null} */ (document.querySelector('#tab-tests .badge'));
		if (!mark) return;
		const failed = sheet.tests.filter((/** @type {any} */ test) => !test.passed).length;
		mark.hidden = !sheet.tests.length;
		mark.className = failed ? 'badge bad' : 'badge good';
		fill(
			mark,
			failed ? el('span', {}, formatNumber(failed)) : el('span', { 'aria-hidden': 'true' }, '✓'),
			el('span', { class: 'hidden-words' }, failed ? t('tests.failing', { n: failed }) : t('tests.all-pass')),
		);
	};
	const draw = () => {
		if (!sheet) return;
		const report = /** @type {TestReport} */ (sheet);
		const failed = report.tests.filter(({ passed }) => !passed);
		fill(
			summary,
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
			list,
			report.tests
				.map((test, index) => ({ test, index }))
				.sort((a, b) => Number(a.test.passed) - Number(b.test.passed))
				.map(({ test, index }) =>
					el(
						'li',
						{ class: test.passed ? 'passed' : 'failed' },
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
											workspace.setRequest(workspace.document?.tests?.[index]?.request ?? {});
											say(t('tests.used', { name: test.name }));
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
										onclick: () => ruleset.show(['tests', index]),
									},
									t('tests.show'),
								),
							),
						),
						test.failures.length
							? el(
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
												[t('target'), t('tests.expected'), t('tests.got'), t('rule')].map(
													(heading) => el('th', { scope: 'col' }, heading),
												),
											),
										),
										el(
											'tbody',
											{},
											test.failures.map((failure) =>
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
																	target: workspace.nameOf(failure.target),
																}),
																onclick: () =>
																	ruleset.trace(
																		failure.target,
																		workspace.document?.tests?.[index]?.request ??
																			{},
																	),
															},
															workspace.nameOf(failure.target),
														),
													),
													el('td', {}, verdictMark(failure.expected)),
													el('td', {}, verdictMark(failure.got)),
													el('td', {}, failure.rule ? code(failure.rule) : '–'),
												),
											),
										),
									),
								)
							: null,
					),
				),
		);
		const uncovered = report.coverage.filter(({ decided }) => !decided).length;
		const most = Math.max(1, ...report.coverage.map(({ decided }) => decided));
		fill(
			coverage,
			report.coverage.length
				? el(
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
												onclick: () => ruleset.show(['rules', index]),
											},
											code(rule),
										),
									),
									el('td', { class: effect }, t(`effect.${effect}`)),
									el(
										'td',
										{},
										el('meter', { min: 0, max: most, value: decided, 'aria-hidden': 'true' }),
										el(
											'span',
											{ class: 'number' },
											decided ? formatNumber(decided) : t('tests.never'),
										),
									),
								),
							),
						),
					)
				: null,
		);
	};
	workspace.on(['ruleset'], refresh);
	workspace.on(['vocabulary'], () => visible && draw());
	workspace.on(['focus', 'request'], () => {
		const only = choice.querySelector('[value=focus]');
		if (only) {
			only.textContent = workspace.focus
				? t('tests.only', { target: workspace.nameOf(workspace.focus) })
				: t('tests.one-target');
			set(only, { disabled: !workspace.focus });
		}
	});
	return {
		element,
		show: () => {
			visible = true;
			draw();
		},
		hide: () => {
			visible = false;
		},
	};
}

/** @param {Workspace} workspace */
function suggested({ request: { content = {}, viewer = {} } }) {
	const parts = [content.visibility, content.kind ?? 'something', 'seen by', viewer.role ?? 'somebody'].filter(
		Boolean,
	);
	return parts.join(' ');
}
