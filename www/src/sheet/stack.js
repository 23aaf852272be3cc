/**
 * The views of an open sheet, each on top of the one that led to it.
 *
 * @module
 */
import { bare } from './fallback.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * What is shown at one time.
 *
 * @typedef {object} View
 * @property {string} title
 * @property {import('./dom.js').Child[]} body
 * @property {HTMLElement} [focus]   the heading unless given
 * @property {() => void} [leave]    called once when it is left for good
 * @property {() => boolean} [isKept]  whether a press beside it, which may be a slip, would lose what was typed
 */

/**
 * Makes a view. It is called again whenever what it shows may have changed;
 * what the reader has typed by then is in the state. A view that the sheet no
 * longer permits is undefined, and is closed; state.target is what it is for.
 *
 * @typedef {(stage: Stage, state: any) => View | undefined} Build
 */

/**
 * A view with what it is made of, and the key of what led there.
 *
 * @typedef {{ build: Build, state: any, view?: View, from?: string }} Layer
 */

/**
 * Makes a view. Where it is no longer permitted, tells the reader why.
 *
 * @param {Stage} stage
 * @param {Layer} layer
 * @param {boolean} isFirst
 * @returns {View | undefined}
 */
function build(stage, layer, isFirst) {
	/** @type {View | undefined} */
	let view;
	try {
		view = layer.build(stage, layer.state);
		if (!view && stage.sheet && layer.state.target) stage.tell(stage.refusal(layer.state.target));
	} catch (error) {
		stage.warn(stage.say('failed.sheet'));
		stage.emit('share-error', { error });
	}
	// Where the first view fails, the page's own links are left.
	if (isFirst) view ??= bare(stage);
	if (view) layer.view = view;
	return view;
}

/**
 * @param {Stage} stage
 * @param {ReturnType<typeof import('./dialog.js').buildDialog>} frame  shows the view on top
 */
export function stack(stage, { body, heading, label }) {
	const { element } = stage;
	/** @type {Layer[]} */
	let views = [];

	const focused = () =>
		/** @type {HTMLInputElement | null} */ (/** @type {ShadowRoot} */ (element.shadowRoot).activeElement);
	const find = (/** @type {string | undefined} */ key) =>
		(key && /** @type {HTMLElement | null} */ (body.querySelector(`[data-key="${CSS.escape(key)}"]`))) || heading;

	/** Leaves the view on top. @returns {string | undefined} the key of what led there */
	const drop = () => {
		const left = views.pop();
		left?.view?.leave?.();
		return left?.from;
	};

	/** Shows the view again, with the focus where it was; or the one below, where it is no more. */
	const draw = () => {
		if (stage.isStale || !views.length) return;
		const had = focused();
		const isInside = had && body.contains(had);
		let key = had?.dataset.key;
		let view;
		while (!(view = build(stage, views[views.length - 1], views.length === 1))) key = drop();
		label(view.title, views.length === 1);
		const { selectionStart, selectionEnd } = isInside ? had : /** @type {any} */ ({});
		body.replaceChildren(.../** @type {Node[]} */ (view.body.filter(Boolean)));
		if (!isInside) return;
		const has = find(key);
		has.focus({ preventScroll: true });
		if (typeof selectionStart === 'number') {
			/** @type {Partial<HTMLInputElement>} */ (has).setSelectionRange?.(selectionStart, selectionEnd);
		}
	};

	/** Draws what has come in the place of another view. @param {1 | -1} way */
	const move = (way) => (stage.actionsModule ? stage.actionsModule.slide(stage, draw, way) : draw());

	return {
		draw,

		size: () => views.length,

		isKept: () => Boolean(views.at(-1)?.view?.isKept?.()),

		/** Leaves every view, and begins with another where one is given. @param {Build} [build] */
		reset(build) {
			for (const { view } of views.splice(0)) view?.leave?.();
			if (build) views = [{ build, state: {} }];
		},

		/** @param {Build} build @param {any} state */
		push(build, state) {
			views.push({ build, state, from: focused()?.dataset.key });
			move(1);
			const top = views.at(-1);
			if (!top || top.state !== state) return;
			body.scrollTop = 0;
			(top.view?.focus ?? heading).focus();
		},

		/** Whether the view of a state is on top, or any where none is given. @param {any} [state] */
		isTop: (state) => !state || views.at(-1)?.state === state,

		/** Goes back to the view below. */
		pop() {
			const from = drop();
			move(-1);
			find(from).focus();
		},
	};
}
