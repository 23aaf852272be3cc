/**
 * The inspector: a page for those who write and review rulesets. This file
 * puts its parts together.
 *
 * @module
 */
import { Asker, Overdue } from './asking.js';
import { compareView } from './compare.js';
import { completing, explaining } from './completion.js';
import { code, el, fill, roving, set } from './dom.js';
import { RulesetEditor } from './editor.js';
import { formatted } from './format.js';
import { fromFragment, maxLength, toFragment } from './fragment.js';
import { keep, recall, set as remember, setting } from './keep.js';
import { matrixView } from './matrix.js';
import { placed, insertTest } from './edit.js';
import { preset } from './presets.js';
import { presetPicker, requestLine, requestPanel } from './request.js';
import { rolloutsView } from './rollouts.js';
import { testsView } from './tests.js';
import { traceView } from './trace.js';
import { language, languages, t } from './words.js';
import { Workspace } from './workspace.js';

set(document.documentElement, { lang: language, dir: languages[language].dir });
document.title = t('title');
setTheme(setting('theme', 'system'));

const worker = new URL('./inspector-worker.js', import.meta.url);
const workspace = new Workspace(new Asker(worker, overdue), new Asker(worker, overdue));
const status = el('div', { class: 'hidden-words', role: 'status' });
let turn = false;

/**
 * Announces to screen readers what has been done, and shows it.
 *
 * @param {string} message
 * @param {{ heard?: boolean }} [options]  heard: announce only, since it is visible anyway
 */
function say(message, { heard = false } = {}) {
	turn = !turn;
	status.textContent = message + (turn ? '\u00a0' : ''); // a changed text is announced even if the words are the same
	if (heard) return;
	fill(toast, message);
	toast.classList.add('shown');
	clearTimeout(fading);
	fading = window.setTimeout(() => toast.classList.remove('shown'), 4000);
}
const toast = el('div', { class: 'toast', 'aria-hidden': 'true' });
let fading = 0;

function overdue() {
	say(t('engine.stopped'));
}
// The page has already said that the engine was stopped, and views keep what they show.
addEventListener('unhandledrejection', (event) => event.reason instanceof Overdue && event.preventDefault());

// The editor.

const host = el('div', { class: 'editor' });
const problems = el('ol', { class: 'problems', 'aria-label': t('editor.problems') });
const position = el('span', { dir: 'ltr' });
const summary = el('button', {
	type: 'button',
	class: 'quiet',
	'aria-expanded': 'true',
	onclick: () => {
		problems.hidden = !problems.hidden;
		set(summary, { 'aria-expanded': String(!problems.hidden) });
	},
});
const editorPanel = el(
	'div',
	{ class: 'ruleset' },
	el('p', { class: 'hidden-words', id: 'editor-help' }, t('editor.help')),
	host,
	problems,
	el(
		'div',
		{ class: 'foot' },
		summary,
		el('span', { class: 'spring' }),
		el(
			'button',
			{
				type: 'button',
				class: 'quiet',
				onclick: async () => {
					load(await defaultRuleset());
					say(t('editor.default-opened'));
				},
			},
			t('editor.default'),
		),
		position,
	),
);

/** @type {RulesetEditor} */
let editor;
let keeping = 0;

/** Stores the text and its undo history shortly after the last change. */
function keepSoon() {
	clearTimeout(keeping);
	keeping = window.setTimeout(keepNow, 400);
}
function keepNow() {
	clearTimeout(keeping);
	if (editor) keep('editor', editor.saved);
}
addEventListener('pagehide', keepNow);
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keepNow());

// The views.

const request = requestPanel(workspace, say);
/**
 * @param {string} target
 * @param {import('../src/shapes.d.ts').Request} asked
 */
function showTrace(target, asked) {
	workspace.setRequest(asked);
	workspace.setFocus(target);
	select('trace', true);
}
const matrix = matrixView(workspace, showTrace);
const trace = traceView(workspace, say, showRule);
const rollouts = rolloutsView(workspace, say, (name, percent) => {
	const at = placed(editor.view.state, ['rollouts', name, 'percent']);
	if (!at) return;
	editor.change(at.from, at.to, String(percent));
	say(t('rollouts.written', { rollout: name, percent }));
});
const compare = compareView(workspace, say, () => editor.text, showTrace, shareLink);
const tests = testsView(workspace, say, {
	add: (test) => {
		const change = insertTest(editor.view.state, test);
		if (!change) return false;
		editor.change(change.from, change.to, change.text);
		return true;
	},
	show: (path) => {
		const at = placed(editor.view.state, path);
		if (!at) return;
		select('ruleset');
		editor.show(at.from, at.to);
	},
	trace: showTrace,
});

/**
 * @type {Record<string, { side: 'inputs' | 'results', element: HTMLElement, show?: () => void, hide?: () => void }>}
 */
const views = {
	ruleset: { side: 'inputs', element: editorPanel },
	request: { side: 'inputs', element: request },
	matrix: { side: 'results', ...matrix },
	trace: { side: 'results', ...trace },
	rollouts: { side: 'results', ...rollouts },
	compare: { side: 'results', ...compare },
	tests: { side: 'results', ...tests },
};
/** @type {Record<'inputs' | 'results', string>} */
const chosen = { inputs: 'ruleset', results: 'matrix' };
let side = /** @type {'inputs' | 'results'} */ ('inputs');
const narrow = matchMedia('(max-width: 56.25em)');

const tabs = Object.fromEntries(
	Object.entries(views).map(([name]) => [
		name,
		el(
			'button',
			{
				type: 'button',
				role: 'tab',
				id: `tab-${name}`,
				'aria-controls': `panel-${name}`,
				onclick: () => select(name),
			},
			el('span', {}, t(`tab.${name}`)),
			name === 'tests' ? el('span', { class: 'badge', hidden: true }) : null,
		),
	]),
);
const panels = Object.fromEntries(
	Object.entries(views).map(([name, { element }]) => [
		name,
		el('div', { role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, class: 'panel' }, element),
	]),
);
const inputTabs = el('div', { role: 'tablist', 'aria-label': t('tabs.inputs') }, tabs.ruleset, tabs.request);
const resultTabs = el(
	'div',
	{ role: 'tablist', 'aria-label': t('tabs.results') },
	['matrix', 'trace', 'rollouts', 'compare', 'tests'].map((name) => tabs[name]),
);
const nav = el('nav', { class: 'tabs', 'aria-label': t('tabs') }, inputTabs, resultTabs);
for (const list of [inputTabs, resultTabs]) roving(list, '[role=tab]', (tab) => tab.click());
const inputs = el('section', { class: 'inputs', 'aria-label': t('tabs.inputs') }, panels.ruleset, panels.request);
const results = el(
	'section',
	{ class: 'results-side', 'aria-label': t('tabs.results') },
	el(
		'div',
		{ class: 'given' },
		el('span', { class: 'given-name' }, t('request.given')),
		presetPicker(workspace),
		requestLine(workspace),
	),
	['matrix', 'trace', 'rollouts', 'compare', 'tests'].map((name) => panels[name]),
);
const desk = el('main', { class: 'desk' }, inputs, results);

/**
 * Shows a view.
 *
 * @param {string} name
 * @param {boolean} [focus] puts the focus on its tab
 */
function select(name, focus = false) {
	const before = chosen[views[name].side];
	side = views[name].side;
	chosen[side] = name;
	remember('view', `${chosen.inputs} ${chosen.results}`);
	if (before !== name) views[before].hide?.();
	arrange();
	if (focus) tabs[name].focus();
	else tabs[name].scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Shows one view on each side; on a small screen, or when comparing, only the last one chosen. */
function arrange() {
	const wide = side === 'results' && chosen.results === 'compare';
	const alone = narrow.matches || wide;
	for (const [name, view] of Object.entries(views)) {
		const open = chosen[view.side] === name && (!alone || side === view.side);
		set(tabs[name], { 'aria-selected': String(open), tabindex: chosen[view.side] === name ? 0 : -1 });
		panels[name].hidden = !open;
	}
	desk.dataset.side = side;
	document.body.toggleAttribute('data-wide', wide);
	for (const at of /** @type {const} */ (['inputs', 'results'])) {
		const view = views[chosen[at]];
		if (!alone || side === at) view.show?.();
		else view.hide?.();
	}
}
narrow.addEventListener('change', arrange);

/** @param {string} rule id of a rule */
function showRule(rule) {
	const index = (workspace.document?.rules ?? []).findIndex((/** @type {any} */ r) => r?.id === rule);
	const at = index < 0 ? null : placed(editor.view.state, ['rules', index]);
	if (!at) return;
	select('ruleset');
	editor.show(at.from, at.to);
}

// What the engine says about the text.

const state = el('span', { class: 'state' });
/**
 * A problem, with a button that shows its place in the text.
 *
 * @param {import('./workspace.js').Problem} problem
 */
const problemItem = (problem) =>
	el(
		'li',
		{ class: problem.warning ? 'warning' : 'error' },
		el(
			'button',
			{
				type: 'button',
				onclick: () => {
					select('ruleset');
					editor.reveal(problem.line, problem.column);
				},
			},
			el('span', { class: 'kind' }, problem.warning ? t('warning') : t('error')),
			el('bdi', { dir: 'ltr', class: 'place' }, `${problem.line}:${problem.column}`),
			el('bdi', { dir: 'ltr', lang: 'en', class: 'message' }, problem.message),
		),
	);

workspace.on(['report'], () => {
	const errors = workspace.problems.filter(({ warning }) => !warning).length;
	const warnings = workspace.problems.length - errors;
	state.dataset.state = workspace.state;
	const { inForce } = workspace;
	const words = {
		checking: t('state.checking'),
		good: warnings ? t('state.warnings', { n: warnings }) : t('state.good'),
		bad: t('state.bad', { n: errors }),
		unanswered: t('state.unanswered'),
		unchecked: t('state.unchecked'),
		broken: t('state.broken', { why: workspace.failure }),
	}[workspace.state];
	fill(
		state,
		el('span', { class: 'dot', 'aria-hidden': 'true' }),
		inForce.id ? code(inForce.id) : null,
		el('span', {}, words),
	);
	if (workspace.state === 'checking') {
		wait();
		return;
	}
	settle();
	editor?.mark(workspace.problems);
	fill(
		summary,
		workspace.problems.length ? t('editor.count', { n: workspace.problems.length }) : t('editor.no-problems'),
	);
	fill(
		problems,
		workspace.problems.slice(0, 200).map((problem) => problemItem(problem)),
	);
	if (workspace.state === 'unanswered')
		problems.append(
			el(
				'li',
				{ class: 'note' },
				t('editor.unanswered'),
				' ',
				el(
					'button',
					{ type: 'button', class: 'link', onclick: () => workspace.check(editor.text) },
					t('editor.check-again'),
				),
			),
		);
	if (['bad', 'unanswered'].includes(workspace.state) && inForce.id)
		problems.append(el('li', { class: 'note' }, t('editor.last-good')));
});

/*
 * A text to which the engine does not answer is stored like any other, so that
 * nothing is lost. The checksums of the last such texts are stored as well: when
 * the page is opened again with one of them, the engine gets the default ruleset
 * and the text is left unchecked until it is edited.
 */

let waiting = 0;
/** A checksum of a text. @param {string} text */
function mark(text) {
	let sum = text.length;
	for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
	return String(sum);
}
const marks = () => setting('unanswered', '').split(' ');
/**
 * Stores whether the engine leaves a text unanswered.
 *
 * @param {string} text
 * @param {boolean} unanswered
 */
function rememberUnanswered(text, unanswered) {
	const others = marks().filter((other) => other && other !== mark(text));
	remember('unanswered', (unanswered ? [...others, mark(text)] : others).slice(-8).join(' '));
}
function wait() {
	clearTimeout(waiting);
	const { text } = workspace;
	waiting = window.setTimeout(() => rememberUnanswered(text, true), 2000);
}
function settle() {
	clearTimeout(waiting);
	if (workspace.state !== 'broken') rememberUnanswered(workspace.text, workspace.state === 'unanswered');
}

// Open, save, format, share.

const files = el('input', {
	type: 'file',
	accept: '.json,application/json',
	hidden: true,
	onchange: () => {
		const file = files.files?.[0];
		if (file) openFile(file);
		files.value = '';
	},
});
/** @type {any} the handle of the opened file, in browsers that can write to it */
let handle;

/** The text last read from or saved to a file. @type {import('@codemirror/state').Text | undefined} */
let filed;
let unsaved = false;
const saveButton = el('button', { type: 'button', onclick: save });
function markUnsaved() {
	const before = unsaved;
	unsaved = filed !== undefined && !editor.view.state.doc.eq(filed);
	if (unsaved === before) return;
	fill(
		saveButton,
		t('file.save'),
		unsaved
			? el(
					'span',
					{ class: 'unsaved' },
					el('span', { 'aria-hidden': 'true' }, '•'),
					el('span', { class: 'hidden-words' }, ` (${t('file.unsaved')})`),
				)
			: null,
	);
}

/**
 * Replaces the text in the editor; undo restores the previous one.
 *
 * @param {string} text
 */
function load(text) {
	editor.replace(text);
	return workspace.check(editor.text);
}

/** @param {File} file */
async function openFile(file) {
	if (file.size > maxLength) {
		say(t('file.too-large', { name: file.name, n: maxLength >> 20 }));
		return;
	}
	const text = await file.text();
	load(text);
	filed = editor.view.state.doc;
	markUnsaved();
	compare.setBaseline(file.name, text);
	say(t('file.opened', { name: file.name }));
}

async function open() {
	const { showOpenFilePicker } = /** @type {any} */ (window);
	if (!showOpenFilePicker) return files.click();
	try {
		[handle] = await showOpenFilePicker({ types: [{ accept: { 'application/json': ['.json'] } }] });
		openFile(await handle.getFile());
	} catch (error) {
		if (/** @type {Error} */ (error).name !== 'AbortError') files.click();
	}
}

async function save() {
	const { text } = editor;
	const { doc } = editor.view.state;
	try {
		if (handle) {
			const writing = await handle.createWritable();
			await writing.write(text);
			await writing.close();
			filed = doc;
			markUnsaved();
			say(t('file.saved', { name: handle.name }));
			return;
		}
	} catch {
		handle = undefined; // writing was not allowed; the file is downloaded instead
	}
	const name = `${workspace.inForce.id || 'ruleset'}.json`;
	const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
	el('a', { href: address, download: name }).click();
	// A browser that is busy, or asks where to save the file, reads the address later.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
	filed = doc;
	markUnsaved();
	say(t('file.downloaded', { name }));
}

function format() {
	const text = formatted(editor.text);
	if (text === undefined) {
		say(t('format.not-json'));
		editor.nextProblem();
		return;
	}
	load(text);
	say(t('format.done'));
}

/** The text that the address contains, until it is edited. @type {string | undefined} */
let linked;

/** @param {string} [before]  a ruleset to compare with */
async function shareLink(before) {
	const address = new URL(location.href);
	const rules = editor.text;
	address.hash = await toFragment({ rules, before });
	history.replaceState(null, '', address);
	linked = rules;
	try {
		await navigator.clipboard.writeText(address.href);
		say(t('share.copied', { n: address.href.length }));
	} catch {
		say(t('share.address'));
	}
}

/** Removes the ruleset from the address once the text differs from it. */
function forgetLink() {
	if (linked === undefined || editor.text === linked) return;
	linked = undefined;
	history.replaceState(null, '', location.pathname + location.search);
}

/** @param {import('./fragment.js').Shared} shared */
async function openShared({ rules, before }) {
	linked = rules;
	const checked = load(rules);
	if (before !== undefined) {
		compare.setBaseline(t('compare.shared'), before, true);
		select('compare');
	}
	say(t('share.opened'));
	await checked;
}

/** Shows the trace that a link asks for, if it does. @param {import('./fragment.js').Shared} shared */
function openTrace({ request, target = '' }) {
	if (!request) return;
	workspace.setRequest(request);
	workspace.setFocus(target);
	select('trace');
}

addEventListener('hashchange', async () => {
	try {
		const shared = await fromFragment(location.hash);
		if (!shared) return;
		await openShared(shared);
		openTrace(shared);
	} catch {
		say(t('share.damaged'));
	}
});

document.addEventListener('dragover', (event) => {
	if (!event.dataTransfer?.types.includes('Files')) return;
	event.preventDefault();
	document.body.classList.add('dropping');
});
document.addEventListener('dragleave', (event) => {
	if (!event.relatedTarget) document.body.classList.remove('dropping');
});
document.addEventListener(
	'drop',
	(event) => {
		document.body.classList.remove('dropping');
		const file = event.dataTransfer?.files[0];
		// A file dropped on the simulator is a list of viewers, which it reads itself.
		if (!file || (event.target instanceof Element && event.target.closest('.rollouts-view'))) return;
		event.preventDefault();
		handle = undefined;
		openFile(file);
	},
	true,
);

/** @type {Record<string, () => void>} */
const shortcuts = { o: open, s: save };
document.addEventListener('keydown', (event) => {
	if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
	const action = shortcuts[event.key.toLowerCase()];
	if (!action) return;
	event.preventDefault();
	action();
});

/** @param {string} theme system, light or dark */
function setTheme(theme) {
	set(document.documentElement, { 'data-theme': theme === 'system' ? undefined : theme });
}

const themePicker = el(
	'select',
	{
		'aria-label': t('theme'),
		onchange: () => {
			setTheme(themePicker.value);
			remember('theme', themePicker.value);
		},
	},
	['system', 'light', 'dark'].map((name) =>
		el('option', { value: name, selected: setting('theme', 'system') === name }, t(`theme.${name}`)),
	),
);
const languagePicker = el(
	'select',
	{
		'aria-label': t('language'),
		onchange: async () => {
			remember('language', languagePicker.value);
			if (editor) await keep('editor', editor.saved);
			location.reload();
		},
	},
	Object.entries(languages).map(([tag, { name }]) =>
		el('option', { value: tag, lang: tag, selected: tag === language }, name),
	),
);

fill(saveButton, t('file.save'));
const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+';
saveButton.title = `${mod}S`;
const header = el(
	'header',
	{ class: 'top' },
	el('h1', {}, el('img', { src: 'icon.svg', alt: '', width: 22, height: 22 }), el('span', {}, t('title'))),
	state,
	el('span', { class: 'spring' }),
	el(
		'div',
		{ class: 'actions', role: 'group', 'aria-label': t('file') },
		el('button', { type: 'button', title: `${mod}O`, onclick: open }, t('file.open')),
		saveButton,
		el('button', { type: 'button', title: 'Shift+Alt+F', onclick: format }, t('format')),
		el('button', { type: 'button', class: 'primary', onclick: () => shareLink() }, t('share')),
	),
	el(
		'div',
		{ class: 'actions' },
		el('a', { href: '../demo/', class: 'button' }, t('demo')),
		languagePicker,
		themePicker,
	),
);

fill(document.body, header, nav, desk, toast, status, files);

// The start.

async function defaultRuleset() {
	const response = await fetch(new URL('./ruleset.json', import.meta.url));
	return response.ok ? response.text() : '';
}

const saved = await recall('editor');
const unanswered = typeof saved?.doc === 'string' && marks().includes(mark(saved.doc));
const text = typeof saved?.doc === 'string' ? saved.doc : await defaultRuleset();
editor = new RulesetEditor(host, {
	text,
	saved,
	changed: (current) => {
		workspace.type(current);
		keepSoon();
		markUnsaved();
		forgetLink();
	},
	moved: (line, column) => fill(position, t('editor.position', { line, column })),
	complete: completing(workspace),
	about: explaining(workspace),
	heard: (words) => say(words, { heard: true }),
	keys: [{ key: 'Shift-Alt-f', run: () => (format(), true) }],
});
fill(position, t('editor.position', { line: 1, column: 1 }));
const [lastInput, lastResult] = setting('view', '').split(' ');
if (views[lastInput]?.side === 'inputs') chosen.inputs = lastInput;
if (views[lastResult]?.side === 'results') chosen.results = lastResult;
arrange();
compare.setBaseline(t('compare.default'), await defaultRuleset());
const shared = await fromFragment(location.hash).catch(() => say(t('share.damaged')));
if (shared) await openShared(shared);
else if (!unanswered) await workspace.check(editor.text);
if (!workspace.inForce.text && workspace.state !== 'broken') await workspace.leave(editor.text, await defaultRuleset());
if (workspace.state !== 'broken') {
	await workspace.start();
	const kept = await recall('request');
	if (shared?.request) openTrace(shared);
	else if (kept) workspace.setRequest(kept.request, kept.preset);
	else workspace.setRequest(await preset('creator', workspace), 'creator');
	workspace.on(['request'], () => keep('request', { request: workspace.request, preset: workspace.preset }));
}
document.documentElement.dataset.ready = '';
