/**
 * Loads the engine and has it decide requests.
 *
 * @module
 */
import { ownOnly } from './own-only.js';
import { requestOf } from './request.js';
import { speak } from './words.js';

/** @typedef {import('../engine.js').Engine} Engine */
/** @typedef {import('../shapes.d.ts').Content} Content */
/** @typedef {import('../shapes.d.ts').Page} Page */
/** @typedef {import('../shapes.d.ts').Request} Request */
/** @typedef {import('../shapes.d.ts').Sheet} Sheet */

/**
 * Makes a client without an engine.
 *
 * @param {import('./current-sheet.js').CurrentSheet} stage  whose requests it sends, and which gets `recent`
 */
export function engineClient(stage) {
	/** @type {Engine | undefined} */
	let engine;
	/** @type {Promise<void> | undefined} */
	let loading;
	/** @type {typeof import('./decision.js') | undefined} */
	let decision;
	/** @type {typeof import('./partial.js').partial | undefined} */
	let partial;

	const start = async () => {
		decision = await import('./decision.js');
		stage.recent ??= decision.recent();
		return decision.engineOf(stage.element);
	};

	/**
	 * Loads the engine, once.
	 *
	 * @returns {Promise<void>} rejected if it could not be started; the next call tries again
	 */
	const load = () => {
		if (loading) return loading;
		const mine = (loading = start().then(
			(started) => {
				// The element may have got another engine or ruleset meanwhile.
				if (loading !== mine) return load();
				engine = started;
			},
			(error) => {
				if (loading !== mine) return load();
				loading = undefined;
				throw error;
			},
		));
		return mine;
	};

	return {
		load,

		/** Whether the engine is loaded. */
		isReady: () => Boolean(engine),

		/** Discards the engine, also one that is being loaded. */
		reset() {
			loading = undefined;
			engine = undefined;
		},

		/**
		 * Loads the code that leaves refused members out of requests.
		 *
		 * @returns {Promise<boolean>} whether `decide` may succeed now where it failed before
		 */
		async learn() {
			if (partial) return false;
			({ partial } = await import('./actions.js'));
			return true;
		},

		/**
		 * Decides with what the page gives and what the reader has chosen. Servers stored
		 * on the device are left out if the engine refuses them, and after `learn` so are
		 * members that the page gives.
		 *
		 * @param {Page} chosen
		 * @param {Content} [content]  the page's by default
		 * @returns {{ request: Request, sheet: Sheet, error?: any }} error: why members were left out, if any were
		 * @throws if the engine is not loaded, or refuses the request
		 */
		decide(chosen, content) {
			const loaded = engine;
			if (!decision || !loaded) throw new Error('the engine is not loaded');
			const { detectDevice, decideWithServers } = decision;
			const from = (/** @type {Record<string, string>} */ servers) =>
				requestOf(stage, chosen, servers, detectDevice, content);
			const decided = (/** @type {Request} */ request) => ({
				request,
				sheet: sheetOf(loaded, request, stage.language),
			});
			try {
				return stage.remembers ? decideWithServers((servers) => decided(from(servers))) : decided(from({}));
			} catch (error) {
				if (!partial) throw error;
				return partial(error, from({}), decided);
			}
		},
	};
}

/**
 * The engine's sheet for a request. Its messages are in the language of the page even
 * if the viewer has another one, so that everything shown is in the same language.
 *
 * @param {Engine} engine
 * @param {Request} request
 * @param {string} language
 * @returns {Sheet}
 */
function sheetOf(engine, request, language) {
	const { viewer } = request;
	const sheet = engine.sheet(request);
	if (sheet.messages && viewer?.locale && speak(viewer.locale) !== speak(language)) {
		Object.assign(sheet.messages, engine.sheet({ ...request, viewer: { ...viewer, locale: language } }).messages);
	}
	return ownOnly(sheet);
}
