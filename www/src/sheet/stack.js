/**
 * The stack of views in an open sheet. Each view lies on the one that led to it.
 *
 * @module
 */
import { bare } from './fallback.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * A view.
 *
 * @typedef {object} View
 * @property {string} title
 * @property {import('./dom.js').Child[]} body
 * @property {HTMLElement} [focus]   gets the focus at first; the heading by default
 * @property {() => void} [leave]    called once, when the view is removed
 * @property {() => boolean} [isKept]  whether a press beside the sheet leaves it open, as typed text would be lost
 */

/**
 * Builds a view. It is called again whenever what the view shows may have changed, so it
 * keeps in the state what the reader has typed. It returns undefined if the view is no
 * longer permitted, which removes the view; state.target is the target of the view, if
 * it is for one.
 *
 * @typedef {(stage: Stage, state: any) => View | undefined} Build
 */

/**
 * A view in the stack, and the key of the element whose press led to it.
 *
 * @typedef {{ build: Build, state: any, view?: View, from?: string }} Layer
 */

/**
 * Builds a view. If it is no longer permitted, tells the reader why.
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
	// If even the first view fails, the page's own links remain.
	if (isFirst) view ??= bare(stage);
	if (view) layer.view = view;
	return view;
}

/**
 * Makes an empty stack.
 *
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

	/** Removes the view on top. @returns {string | undefined} the key of the element that led to it */
	const drop = () => {
		const left = views.pop();
		left?.view?.leave?.();
		return left?.from;
	};

	/** Builds and shows the view on top, or the one below if it is no longer permitted. Keeps the focus. */
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

	/** Draws the view on top as the successor of another. @param {1 | -1} way  1 for forward, -1 for back */
	const move = (way) => (stage.actionsModule ? stage.actionsModule.slide(stage, draw, way) : draw());

	return {
		draw,

		/** The number of views. */
		size: () => views.length,

		/** Whether a press beside the sheet must not close it. */
		isKept: () => Boolean(views.at(-1)?.view?.isKept?.()),

		/** Removes all views, and adds one if it is given, without drawing it. @param {Build} [build] */
		reset(build) {
			for (const { view } of views.splice(0)) view?.leave?.();
			if (build) views = [{ build, state: {} }];
		},

		/** Adds a view on top and shows it. @param {Build} build @param {any} state */
		push(build, state) {
			views.push({ build, state, from: focused()?.dataset.key });
			move(1);
			const top = views.at(-1);
			if (!top || top.state !== state) return;
			body.scrollTop = 0;
			(top.view?.focus ?? heading).focus();
		},

		/** Whether the view with a state is on top; true without a state. @param {any} [state] */
		isTop: (state) => !state || views.at(-1)?.state === state,

		/** Removes the view on top and shows the one below. */
		pop() {
			const from = drop();
			move(-1);
			find(from).focus();
		},
	};
}
