/**
 * Loads the engine and has it decide requests.
 *
 * @module
 */
import { ownOnly } from './own-only.js';
import { problemOf, requestOf } from './request.js';
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
 * @param {Promise<Engine>} [early]  an engine that is starting, for the first time it is needed
 */
export function engineClient(stage, early) {
	/** @type {Engine | undefined} */
	let engine;
	/** @type {Promise<void> | undefined} */
	let loading;
	/** @type {typeof import('./decision.js') | undefined} */
	let decision;

	const start = async () => {
		decision = await import('./decision.js');
		stage.recent ??= decision.recent();
		const engine = early ?? decision.engineOf(stage.element);
		early = undefined;
		return engine;
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
			loading = early = engine = undefined;
		},

		/**
		 * Decides with what the page gives and what the reader has chosen. What the engine
		 * refuses is left out: servers stored on the device, and members that the page gives,
		 * also those of a data block that is not JSON.
		 *
		 * @param {Page} chosen
		 * @param {Content} [content]  the page's by default
		 * @returns {{ request: Request, sheet: Sheet, error?: any }} error: why members were left out, if any were
		 * @throws if the engine is not loaded, or refuses the request as a whole
		 */
		decide(chosen, content) {
			const loaded = engine;
			if (!decision || !loaded) throw new Error('the engine is not loaded');
			const { detectDevice, decideWithServers } = decision;
			const decideWith = (/** @type {Record<string, string>} */ servers) => {
				const request = requestOf(stage, chosen, servers, detectDevice, content);
				const { sheet, error = problemOf(stage.element) } = sheetOf(loaded, request, stage.language);
				return { request, sheet, error };
			};
			return stage.remembers ? decideWithServers(decideWith) : decideWith({});
		},
	};
}

/**
 * The engine's sheet for what it can read of a request. Its messages are in the language
 * of the page even if the viewer has another one, so that everything shown is in the same
 * language.
 *
 * @param {Engine} engine
 * @param {Request} request
 * @param {string} language
 */
function sheetOf(engine, request, language) {
	const { viewer } = request;
	const { sheet, error } = engine.partialSheet(request);
	if (sheet.messages && viewer?.locale && speak(`${viewer.locale}`) !== speak(language)) {
		const { messages } = engine.partialSheet({ ...request, viewer: { ...viewer, locale: language } }).sheet;
		Object.assign(sheet.messages, messages);
	}
	return { sheet: ownOnly(sheet), error };
}
