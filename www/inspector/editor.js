/**
 * The editor of a ruleset.
 *
 * It is in a shadow root, where CodeMirror uses adopted style sheets. In the
 * document it would add a style element, which the page's policy forbids.
 *
 * @module
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyField, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
	HighlightStyle,
	bracketMatching,
	codeFolding,
	foldGutter,
	foldKeymap,
	indentOnInput,
	indentUnit,
	syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap, nextDiagnostic, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import {
	EditorView,
	drawSelection,
	dropCursor,
	highlightActiveLine,
	highlightActiveLineGutter,
	hoverTooltip,
	keymap,
	lineNumbers,
	showTooltip,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { el } from './dom.js';
import { t } from './words.js';

/** @typedef {import('./workspace.js').Problem} Problem */

/** @type {Parameters<typeof EditorView.theme>[0]} */
const styles = {
	'&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: 'var(--code-size)' },
	'&.cm-focused': { outline: 'none' },
	'.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
	'.cm-content': { caretColor: 'var(--accent)', paddingBlock: '8px' },
	'.cm-gutters': {
		backgroundColor: 'transparent',
		color: 'var(--faint)',
		border: 'none',
		fontVariantNumeric: 'tabular-nums',
	},
	'.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--line-active)' },
	'.cm-activeLineGutter': { color: 'var(--muted)' },
	'.cm-cursor': { borderInlineStartColor: 'var(--accent)', borderInlineStartWidth: '2px' },
	[[
		'&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground',
		'.cm-selectionBackground',
		'.cm-content ::selection',
	].join()]: { backgroundColor: 'var(--selection)' },
	'.cm-selectionMatch': { backgroundColor: 'var(--match)' },
	'.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
		backgroundColor: 'var(--match)',
		outline: '1px solid var(--edge)',
		color: 'inherit',
	},
	'.cm-foldPlaceholder': {
		background: 'var(--sunken)',
		color: 'var(--muted)',
		border: '1px solid var(--edge)',
		paddingInline: '4px',
	},
	'.cm-lintRange-error': {
		backgroundImage: 'none',
		textDecoration: 'underline wavy var(--bad) 1px',
		textUnderlineOffset: '3px',
	},
	'.cm-lintRange-warning': {
		backgroundImage: 'none',
		textDecoration: 'underline wavy var(--warn) 1px',
		textUnderlineOffset: '3px',
	},
	'.cm-lint-marker': { width: '8px', height: '8px', margin: '6px 2px', content: 'none', borderRadius: '50%' },
	'.cm-lint-marker-error': { backgroundColor: 'var(--bad)', content: 'none' },
	'.cm-lint-marker-warning': { backgroundColor: 'var(--warn)', borderRadius: '1px', content: 'none' },
	'.cm-gutter-lint': { width: '14px' },
	'.cm-tooltip': {
		backgroundColor: 'var(--raised)',
		color: 'var(--ink)',
		border: '1px solid var(--edge)',
		borderRadius: '8px',
		boxShadow: 'var(--shadow)',
		overflow: 'hidden',
	},
	'.cm-tooltip-lint, .cm-tooltip-hover': { maxWidth: 'min(34rem, 90vw)' },
	'.cm-diagnostic': {
		fontFamily: 'var(--sans)',
		fontSize: 'var(--small)',
		padding: '8px 12px',
		borderInlineStartWidth: '3px',
	},
	'.cm-diagnostic-error': { borderInlineStartColor: 'var(--bad)' },
	'.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warn)' },
	'.cm-tooltip.cm-tooltip-autocomplete > ul': {
		fontFamily: 'var(--mono)',
		fontSize: 'var(--code-size)',
		maxHeight: '17em',
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 10px', lineHeight: '1.4' },
	'.cm-tooltip-autocomplete ul li[aria-selected]': {
		backgroundColor: 'var(--accent)',
		color: 'var(--on-accent)',
	},
	'.cm-completionDetail': {
		fontFamily: 'var(--sans)',
		fontStyle: 'normal',
		opacity: '.72',
		marginInlineStart: '12px',
	},
	'.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
	'.cm-completionInfo': {
		fontFamily: 'var(--sans)',
		fontSize: 'var(--small)',
		padding: '8px 12px',
		maxWidth: '20rem',
	},
	'.cm-panels': {
		backgroundColor: 'var(--raised)',
		color: 'var(--ink)',
		borderColor: 'var(--edge)',
		fontFamily: 'var(--sans)',
	},
	'.cm-panel.cm-search': { padding: '8px 10px', fontSize: 'var(--small)' },
	'.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': {
		fontSize: 'var(--small)',
	},
	'.cm-textfield': {
		backgroundColor: 'var(--field)',
		color: 'var(--ink)',
		border: '1px solid var(--edge)',
		borderRadius: '5px',
		padding: '3px 6px',
	},
	'.cm-button': {
		backgroundImage: 'none',
		backgroundColor: 'var(--field)',
		color: 'var(--ink)',
		border: '1px solid var(--edge)',
		borderRadius: '5px',
	},
	'.cm-searchMatch': { backgroundColor: 'var(--match)', outline: '1px solid var(--edge)' },
	'.cm-searchMatch-selected': { backgroundColor: 'var(--selection)' },
	'.about': {
		fontFamily: 'var(--sans)',
		fontSize: 'var(--small)',
		lineHeight: '1.45',
		padding: '8px 12px',
		maxWidth: '30rem',
	},
	'.about strong': {
		fontFamily: 'var(--mono)',
		fontSize: 'var(--code-size)',
		fontWeight: '600',
		display: 'block',
		marginBlockEnd: '2px',
	},
	'.about small': {
		color: 'var(--muted)',
		display: 'block',
		marginBlockStart: '4px',
		fontSize: 'var(--tiny)',
	},
};

/** @param {boolean} dark */
const theme = (dark) => EditorView.theme(styles, { dark });

const colours = HighlightStyle.define([
	{ tag: tags.propertyName, color: 'var(--code-name)' },
	{ tag: tags.string, color: 'var(--code-text)' },
	{ tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
	{ tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--muted)' },
]);

/**
 * The extensions that the editor and both sides of a comparison use.
 *
 * @returns {import('@codemirror/state').Extension[]}
 */
export function reading() {
	return [
		lineNumbers(),
		codeFolding(),
		foldGutter(),
		json(),
		syntaxHighlighting(colours),
		bracketMatching(),
		theme(matchMedia('(prefers-color-scheme: dark)').matches),
		EditorView.contentAttributes.of({
			dir: 'ltr',
			lang: 'en',
			translate: 'no',
			spellcheck: 'false',
			tabindex: '0',
		}),
		EditorState.phrases.of(phrases()),
	];
}

/** @typedef {{ from: number, to: number, title: string, lines: string[] }} About */

/**
 * @param {About} found
 * @returns {import('@codemirror/view').Tooltip}
 */
const tooltip = ({ from, to, title, lines }) => ({
	pos: from,
	end: to,
	above: true,
	create: () => ({
		dom: el(
			'div',
			{ class: 'about', dir: 'ltr', lang: 'en' },
			el('strong', {}, title),
			...lines.map((line, i) => (i ? el('small', {}, line) : line)),
		),
	}),
});

/** @type {import('@codemirror/state').StateEffectType<import('@codemirror/view').Tooltip | null>} */
const setAbout = StateEffect.define();

/**
 * The tooltip about what is under the cursor, shown when its key is pressed.
 *
 * @type {StateField<import('@codemirror/view').Tooltip | null>}
 */
const aboutCursor = StateField.define({
	create: () => /** @type {import('@codemirror/view').Tooltip | null} */ (null),
	update: (shown, transaction) => {
		for (const effect of transaction.effects) if (effect.is(setAbout)) return effect.value;
		return transaction.docChanged || transaction.selection ? null : shown;
	},
	provide: (field) => showTooltip.from(field),
});

/**
 * The keys that open and close the tooltip about what is under the cursor.
 *
 * @param {(state: EditorState, position: number) => Promise<About | null>} about
 * @param {(words: string) => void} heard
 */
const aboutKeys = (about, heard) =>
	keymap.of([
		{
			key: 'F1',
			run: (view) => {
				const { state } = view;
				about(state, state.selection.main.head).then((found) => {
					heard(found ? [found.title, ...found.lines].join('. ') : t('editor.nothing-here'));
					if (found && view.state === state) view.dispatch({ effects: setAbout.of(tooltip(found)) });
				});
				return true;
			},
		},
		{
			key: 'Escape',
			run: (view) => {
				if (!view.state.field(aboutCursor)) return false;
				view.dispatch({ effects: setAbout.of(null) });
				return true;
			},
		},
	]);

export class RulesetEditor {
	/** @type {EditorView} */
	view;

	/**
	 * @param {HTMLElement} host
	 * @param {object} options
	 * @param {string} options.text
	 * @param {any} [options.saved]  an earlier value of {@link saved}, which has the undo history
	 * @param {(text: () => string) => void} options.changed
	 * @param {(line: number, column: number) => void} options.moved
	 * @param {import('@codemirror/autocomplete').CompletionSource} options.complete
	 * @param {(state: EditorState, position: number) => Promise<About | null>} options.about
	 * @param {(words: string) => void} options.heard  announces words to screen readers only
	 * @param {import('@codemirror/view').KeyBinding[]} options.keys
	 */
	constructor(host, { text, saved, changed, moved, complete, about, heard, keys }) {
		const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
		const extensions = [
			keymap.of(keys),
			...reading(),
			lintGutter(),
			history(),
			drawSelection(),
			dropCursor(),
			indentOnInput(),
			indentUnit.of('  '),
			closeBrackets(),
			autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }),
			highlightActiveLine(),
			highlightActiveLineGutter(),
			highlightSelectionMatches(),
			hoverTooltip(async (view, position) => {
				const found = await about(view.state, position);
				return found && tooltip(found);
			}),
			aboutCursor,
			aboutKeys(about, heard),
			keymap.of([
				...closeBracketsKeymap,
				...defaultKeymap,
				...searchKeymap,
				...historyKeymap,
				...foldKeymap,
				...completionKeymap,
				...lintKeymap,
				indentWithTab,
			]),
			EditorView.theme({ '.cm-content': { paddingBlockEnd: '40vh' } }),
			EditorView.contentAttributes.of({ 'aria-label': t('editor.label'), 'aria-describedby': 'editor-help' }),
			EditorView.updateListener.of((update) => {
				if (update.docChanged) changed(() => this.text);
				if (update.docChanged || update.selectionSet) {
					const head = update.state.selection.main.head;
					const line = update.state.doc.lineAt(head);
					moved(line.number, head - line.from + 1);
				}
			}),
		];
		const state = restored(saved, text, extensions) ?? EditorState.create({ doc: text, extensions });
		this.view = new EditorView({ state, parent: root, root });
	}

	get text() {
		return this.view.state.doc.toString();
	}

	/** The state to keep, with the undo history, so that undo works after a reload. */
	get saved() {
		return this.view.state.toJSON({ history: historyField });
	}

	/**
	 * Replaces the text as one step of the undo history.
	 *
	 * @param {string} text
	 */
	replace(text) {
		const { state } = this.view;
		if (text === this.text) return;
		this.view.dispatch({
			changes: { from: 0, to: state.doc.length, insert: text },
			selection: { anchor: 0 },
			scrollIntoView: true,
			userEvent: 'input.replace',
		});
	}

	/**
	 * Replaces one part of the text.
	 *
	 * @param {number} from
	 * @param {number} to
	 * @param {string} text
	 */
	change(from, to, text) {
		this.view.dispatch({
			changes: { from, to, insert: text },
			selection: { anchor: from, head: from + text.length },
			effects: EditorView.scrollIntoView(from, { y: 'center' }),
			userEvent: 'input',
		});
	}

	/** @param {Problem[]} problems */
	mark(problems) {
		mark(this.view, problems);
	}

	/**
	 * Puts the cursor at a place and shows it.
	 *
	 * @param {number} line
	 * @param {number} column in bytes, from 1
	 */
	reveal(line, column) {
		const at = offsetOf(this.view.state.doc, line, column);
		this.show(at, at);
	}

	/**
	 * Selects a part of the text and shows it.
	 *
	 * @param {number} from
	 * @param {number} to
	 */
	show(from, to) {
		show(this.view, from, to);
	}

	nextProblem() {
		nextDiagnostic(this.view);
		this.view.focus();
	}
}

/**
 * A small JSON editor, for example for a pasted request.
 *
 * @param {HTMLElement} host
 * @param {{ label: string, changed: () => void }} options
 */
export function textEditor(host, { label, changed }) {
	const root = host.attachShadow({ mode: 'open' });
	const view = new EditorView({
		parent: root,
		root,
		extensions: [
			...reading(),
			lintGutter(),
			history(),
			drawSelection(),
			keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
			EditorView.contentAttributes.of({ 'aria-label': label }),
			EditorView.updateListener.of((update) => update.docChanged && changed()),
		],
	});
	return {
		view,
		get text() {
			return view.state.doc.toString();
		},
		mark: (/** @type {Problem[]} */ problems) => mark(view, problems),
		reveal: (/** @type {number} */ line, /** @type {number} */ column) => {
			const at = offsetOf(view.state.doc, line, column);
			show(view, at, at);
		},
	};
}

/**
 * @param {EditorView} view
 * @param {Problem[]} problems
 */
function mark(view, problems) {
	const { doc } = view.state;
	view.dispatch(
		setDiagnostics(
			view.state,
			problems.map((problem) => {
				const from = offsetOf(doc, problem.line, problem.column);
				return {
					from,
					to: endOfToken(doc, from),
					severity: /** @type {'warning' | 'error'} */ (problem.warning ? 'warning' : 'error'),
					message: problem.message,
				};
			}),
		),
	);
}

/**
 * @param {EditorView} view
 * @param {number} from
 * @param {number} to
 */
function show(view, from, to) {
	view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
	view.focus();
}

/**
 * @param {any} saved
 * @param {string} text
 * @param {import('@codemirror/state').Extension[]} extensions
 */
function restored(saved, text, extensions) {
	if (!saved || saved.doc !== text) return undefined;
	try {
		return EditorState.fromJSON(saved, { extensions }, { history: historyField });
	} catch {
		return undefined; // kept by an older version of the editor
	}
}

/**
 * The offset of a line and column as the engine reports them; it counts
 * columns in bytes of UTF-8.
 *
 * @param {import('@codemirror/state').Text} doc
 * @param {number} line
 * @param {number} column
 */
export function offsetOf(doc, line, column) {
	const { from, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
	let at = 0;
	for (let bytes = 1; at < text.length && bytes < column;) {
		const point = /** @type {number} */ (text.codePointAt(at));
		bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
		at += point < 0x10000 ? 1 : 2;
	}
	return from + at;
}

/**
 * @param {import('@codemirror/state').Text} doc
 * @param {number} from
 */
function endOfToken(doc, from) {
	const rest = doc.sliceString(from, Math.min(doc.length, from + 400));
	const token = /^(?:"(?:[^"\\\n]|\\.)*"|[\w.+-]+|\S)/.exec(rest);
	return from + (token ? token[0].length : 0);
}

/** @returns {Record<string, string>} CodeMirror's own words in the reader's language */
function phrases() {
	const names = [
		'Find',
		'Replace',
		'next',
		'previous',
		'all',
		'match case',
		'regexp',
		'by word',
		'replace',
		'replace all',
		'close',
		'Go to line',
		'go',
		'Completions',
		'Diagnostics',
		'No diagnostics',
		'Fold line',
		'Unfold line',
	];
	return Object.fromEntries(names.map((name) => [name, t(`editor.phrase.${name}`, {}, name)]));
}
