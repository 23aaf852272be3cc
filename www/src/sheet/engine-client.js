/**
 * Loads the engine and asks it.
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

/** @param {import('./current-sheet.js').CurrentSheet} stage */
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
	 * Loads the engine, unless that was done.
	 *
	 * @returns {Promise<void>} rejected if it cannot be started; the next call tries again
	 */
	const load = () => {
		if (loading) return loading;
		const mine = (loading = start().then(
			(started) => {
				// Another engine may have been asked for by now.
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
		isReady: () => engine,

		/** Drops the engine: the element has another engine, ruleset or address. */
		reset() {
			loading = undefined;
			engine = undefined;
		},

		async learn() {
			if (partial) return false;
			({ partial } = await import('./actions.js'));
			return true;
		},

		/**
		 * Decides with what the page gives and what the reader has chosen. Stored servers
		 * that the engine refuses are left out, and once `partial` is set also members of
		 * the page's that it refuses.
		 *
		 * @param {Page} chosen
		 * @param {Content} [content]  the page's by default
		 * @returns {{ request: Request, sheet: Sheet, error?: any }} error: the refusal of what was left out
		 * @throws if there is no engine, or it refuses the request
		 */
		decide(chosen, content) {
			const loaded = engine;
			if (!decision || !loaded) throw new Error('there is no engine');
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
 * Asks the engine. The messages of the rules are in the language of the page, which
 * may differ from the viewer's, since a sheet has only one language.
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
