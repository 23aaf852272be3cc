/**
 * The sheet as it is decided for what the page gives and the reader has chosen.
 *
 * @module
 */
import { nearest } from './dom.js';
import { engineClient } from './engine-client.js';
import { people } from './people.js';
import { localeFor, speak, wordsOf } from './words.js';

/** @typedef {import('../share-sheet.js').ShareSheetElement} ShareSheetElement */
/** @typedef {import('../shapes.d.ts').Content} Content */
/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('../shapes.d.ts').Page} Page */
/** @typedef {import('../shapes.d.ts').Request} Request */
/** @typedef {import('../shapes.d.ts').Sheet} Sheet */
/** @typedef {import('./permissions.js').Permitted} Permitted */

/** The milliseconds that a reader waits for the engine before the fallback is shown. */
const patience = 10_000;

/**
 * The decided sheet of an element, and when it is decided again: whenever the page or
 * the reader changes what it depends on. How it is shown is up to subclasses.
 */
export class CurrentSheet {
	/** The current sheet, or undefined while the engine decides or if it failed. @type {Sheet | undefined} */
	sheet;
	/** The content that the sheet was decided for. @type {Content} */
	content = {};
	/** @type {import('./people.js').Person[]} */
	friends = [];
	/** Why there is no sheet. @type {unknown} */
	error;
	/** The reader's choices, which override what the page has set. @type {Page} */
	chosen = {};
	/** Returns the words of a key. @type {import('./words.js').Say} */
	say = (key) => key;
	/** The language of the words, as a BCP 47 tag. */
	language = '';
	/** The targets used recently, as of when the sheet opened. @type {string[] | undefined} */
	recentTargets;
	/** Stores recently used targets; set when it is loaded. @type {import('../recent.js').Recent | undefined} */
	recent;
	/** The request that was decided last. @type {Request | undefined} */
	lastRequest;
	/** The id, address or title of the content; undefined if there is none. @type {string | undefined} */
	subject;
	/** Whether the sheet is open. A closed one is not decided when the page changes something. */
	isOpen = false;
	/** Whether a decision is scheduled; nothing is drawn before it. */
	isStale = false;

	#client;
	/** @type {Promise<void> | undefined} */
	#deciding;
	/** The subject of the last content that the page gave. @type {string | undefined} */
	#lastSubject;
	/** The data shown last, as JSON, to tell whether a decision changes anything. */
	#shown = '';
	/** The number of decisions begun. One that ends after a later one has begun is discarded. */
	#turn = 0;
	/** The last refusal that was reported, of members left out of the request. @type {string | undefined} */
	#leftOut;
	/** The messages logged so far. @type {Set<string>} */
	#logged = new Set();

	/**
	 * @param {ShareSheetElement} element
	 * @param {Promise<import('../engine.js').Engine>} [engine]  one that is starting
	 */
	constructor(element, engine) {
		this.element = element;
		this.#client = engineClient(this, engine);
	}

	/* Overridden by subclasses */

	/** Called when the page has given other content. */
	replaced() {}
	/** Called after each decision, before it is drawn: ends what is no longer permitted. */
	release() {}
	/**
	 * Called to draw the sheet when it has changed. isShown is true if the view on top
	 * shows the change already and the same targets are permitted as before.
	 *
	 * @type {(isShown?: boolean) => void}
	 */
	draw = () => {};

	/** The document of the element, which may be that of a frame or a pop-up window. */
	get page() {
		return this.element.ownerDocument;
	}

	/** The window of that document. */
	get view() {
		return this.page.defaultView ?? window;
	}

	/** Whether the page lets the device remember used targets and servers. */
	get remembers() {
		return this.element.getAttribute('recent') !== 'off';
	}

	/** Loads the engine and the words. @returns {Promise<void>} rejected if there is no engine */
	async prepare() {
		await Promise.all([this.#client.load(), this.loadWords()]);
	}

	/**
	 * Loads the words in the language of the page around the element. If they cannot be
	 * loaded, the words so far are kept.
	 */
	async loadWords() {
		const tag = nearest(this.element, 'lang') || navigator.language;
		const language = localeFor(tag, speak(tag));
		if (language === this.language) return;
		const say = await wordsOf(speak(tag), language).catch(() => undefined);
		if (!say) return;
		// A ruleset may name its targets; the engine has chosen the name in the viewer's language.
		this.say = (key, values) => this.entry(key)?.name ?? say(key, values);
		this.language = language;
	}

	/** Discards the engine and the sheet, after the element has got another engine, ruleset or address. */
	restart() {
		this.#client.reset();
		this.forget();
		this.refresh();
	}

	/** Discards the sheet, which no longer holds. */
	forget() {
		this.sheet = undefined;
	}

	/** Called when the sheet opens; discards what the reader has chosen before. */
	begin() {
		this.isOpen = true;
		this.chosen = {};
		this.recentTargets = undefined;
		this.forget();
	}

	/** Called when the sheet closes. */
	end() {
		this.isOpen = false;
	}

	/** Schedules a decision, if the sheet is open. */
	refresh() {
		if (!this.isOpen || this.isStale) return;
		this.isStale = true;
		// A page sets several properties one after the other; one decision serves them all.
		queueMicrotask(() => {
			this.isStale = false;
			if (this.isOpen) this.start();
		});
	}

	/** Starts a decision. @returns {Promise<void>} fulfilled when it is made or has failed */
	start() {
		return (this.#deciding = this.#decide());
	}

	/** Waits for the decisions that were started, also meanwhile. */
	async settled() {
		for (let seen; seen !== this.#deciding;) await (seen = this.#deciding);
	}

	/** Decides once the engine is loaded; until then there is no sheet. */
	async #decide() {
		const turn = ++this.#turn;
		const client = this.#client;
		try {
			if (!client.isReady()) {
				this.error = undefined;
				this.#read();
				this.#settle(undefined);
				const preparing = this.prepare();
				await Promise.race([preparing, new Promise((done) => setTimeout(done, patience))]);
				if (!client.isReady() && turn === this.#turn) {
					// However late it is, it decides.
					preparing.then(
						() => turn === this.#turn && this.again(),
						() => {
							/* the fallback says so already */
						},
					);
					throw new Error('the engine is not loaded yet');
				}
			}
			if (turn !== this.#turn) return;
			const error = this.#attempt();
			if (error) throw error;
		} catch (error) {
			if (turn === this.#turn) this.#fail(error);
		}
	}

	/**
	 * Decides again at once, and draws the sheet if it has changed. Without an engine it
	 * does nothing.
	 *
	 * @param {boolean} [isShown]  whether the view on top shows the reason for the change already
	 */
	again(isShown) {
		const error = this.#attempt(isShown);
		if (error) this.#fail(error);
	}

	/** @param {boolean} [isShown] @returns {any} the error if nothing could be decided */
	#attempt(isShown) {
		if (!this.#client.isReady()) return undefined;
		try {
			this.#read();
			this.recentTargets ??= this.remembers ? this.recent?.order() : [];
			const { request, sheet, error } = this.#client.decide(this.chosen);
			this.lastRequest = request;
			this.#settle(sheet, JSON.stringify({ ...request, now: '' }), isShown);
			if (error && error.message !== this.#leftOut) this.emit('share-error', { error });
			this.#leftOut = error?.message;
			return undefined;
		} catch (error) {
			return error ?? new Error('the engine failed');
		}
	}

	/** Reads content and friends from the element. The reader's choices end with other content. */
	#read() {
		const { content, friends } = this.element;
		this.content = Object(content ?? {});
		this.friends = people(friends, (problem) => this.log('warn', problem));
		const { id, url, title } = this.content;
		const named = [id, url, title].find((value) => typeof value === 'string') ?? '';
		const subject = content === undefined || content === null ? undefined : named;
		this.subject = subject;
		// While there is no content, deleting the last one can still be undone.
		if (subject === undefined || subject === this.#lastSubject) return;
		this.#lastSubject = subject;
		const { instances } = this.chosen;
		this.chosen = instances ? { instances } : {};
		this.replaced();
	}

	/**
	 * Replaces the current sheet.
	 *
	 * @param {Sheet | undefined} sheet
	 * @param {string} [request]  that was decided, without its time
	 * @param {boolean} [isShown]
	 */
	#settle(sheet, request = '', isShown) {
		const before = this.#permits();
		this.sheet = sheet;
		if (sheet) this.error = undefined;
		this.release();
		const friends = this.friends.map(({ id, name, avatar }) => [id, name, avatar]);
		const shown = sheet
			? JSON.stringify([this.language, request, sheet, friends, this.recentTargets, Boolean(this.element.player)])
			: '';
		if (shown && shown === this.#shown) return;
		this.#shown = this.isStale ? '' : shown;
		this.draw(isShown && this.#permits() === before);
	}

	/** The permitted targets as one text, for comparison. */
	#permits() {
		return this.sheet?.entries.map(({ target }) => this.permitted(target) && target).join();
	}

	/** Discards the sheet because of an error. @param {unknown} error */
	#fail(error) {
		this.error = error;
		this.#settle(undefined);
		this.emit('share-error', { error });
	}

	/**
	 * Decides with other choices or for other content. The current sheet stays as it is.
	 *
	 * @param {Page} [chosen]
	 * @param {Content} [content]
	 * @returns {Sheet}
	 * @throws if the engine is not loaded or refuses the request
	 */
	decide(chosen = this.chosen, content = this.element.content) {
		return this.#client.decide(chosen, content).sheet;
	}

	/**
	 * Adds to what the reader has chosen, and decides again.
	 *
	 * @param {Page} choice
	 */
	choose(choice) {
		Object.assign(this.chosen, choice);
		this.again(true);
	}

	/** The entry of a target in the current sheet. @param {string} target @returns {Entry | undefined} */
	entry(target) {
		return this.sheet?.entries.find((entry) => entry.target === target);
	}

	/** The same, but undefined unless it is permitted. @param {string} target @returns {Permitted | undefined} */
	permitted(target) {
		const entry = this.entry(target);
		return entry?.verdict === 'permitted' && entry.delivery ? /** @type {Permitted} */ (entry) : undefined;
	}

	/** Logs a message for the developers of the page, once. @param {'warn' | 'error'} level @param {string} message */
	log(level, message) {
		if (this.#logged.has(message)) return;
		this.#logged.add(message);
		console[level](`<${this.element.localName}>: ${message}`);
	}

	/**
	 * Dispatches an event on the element. The error of a share-error is logged too.
	 *
	 * @param {string} type
	 * @param {any} [detail]
	 * @param {boolean} [cancelable]
	 * @returns {boolean} false if a listener has cancelled the event
	 */
	emit(type, detail, cancelable = false) {
		if (type === 'share-error') {
			const { target, error } = detail;
			this.log(target ? 'warn' : 'error', (target ? `${target}: ` : '') + (error?.message ?? error));
		}
		return this.element.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
	}
}
