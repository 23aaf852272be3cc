/**
 * The dialog of one sheet: what it shows, and what it does with what the page
 * has given it.
 *
 * @module
 */
import { icon } from '../icons.js';
import { h, nearest } from './dom.js';
import { css } from './element.js';
import { fallback, waiting } from './fallback.js';
import { list } from './list.js';
import { messages } from './messages.js';
import { listen, lock, refocus, returning } from './opening.js';
import { ownOnly } from './own-only.js';
import { people } from './people.js';
import { reasonOf } from './reason.js';
import { requestOf } from './request.js';
import { stack } from './stack.js';
import { nameOf } from './targets.js';
import { isolate } from './text.js';
import { isRtl, localeFor, speak, wordsOf } from './words.js';
import text from './sheet.css';

/** @typedef {import('../share-sheet.js').ShareSheetElement} ShareSheetElement */
/** @typedef {import('../engine.js').Engine} Engine */
/** @typedef {import('../shapes.d.ts').Content} Content */
/** @typedef {import('../shapes.d.ts').Delivery} Delivery */
/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('../shapes.d.ts').Method} Method */
/** @typedef {import('../shapes.d.ts').Page} Page */
/** @typedef {import('../shapes.d.ts').Request} Request */
/** @typedef {import('../shapes.d.ts').Sheet} Sheet */
/** @typedef {import('./stack.js').Build} Build */
/** @typedef {import('./stack.js').View} View */

/**
 * An entry that can be carried out.
 *
 * @typedef {Entry & { delivery: Delivery }} Permitted
 */

/**
 * Something that goes on for as long as its target is permitted.
 *
 * @typedef {object} Held
 * @property {string} target
 * @property {(words: string) => void} stop  gets to hear why
 * @property {(entry: Permitted) => unknown} as  what has to stay the same
 * @property {unknown} was
 */

const style = css(text);

/** Milliseconds after which a reader is not left waiting for the engine. */
const patience = 10_000;

/** The one that is open; there is one at a time. @type {Stage | undefined} */
let current;

export class Stage {
	/** What is decided; nothing while it is being decided, or cannot be. @type {Sheet | undefined} */
	sheet;
	/** What it was decided for. @type {Content} */
	content = {};
	/** @type {import('./people.js').Person[]} */
	friends = [];
	/** Why there is no sheet. @type {unknown} */
	error;
	/** What the reader has chosen, on top of what the page has set. @type {Page} */
	chosen = {};
	/** @type {import('./words.js').Say} */
	say = (key) => key;
	/** What is spoken, by a tag (BCP 47). */
	language = '';
	/** What was used lately, as it was when the sheet opened. @type {string[] | undefined} */
	lately;
	/** @type {import('../recent.js').Recent | undefined} */
	recent;

	/** What was asked last. @type {Request | undefined} */
	asked;
	#internals;
	/** @type {Engine | undefined} */
	#engine;
	/** @type {Promise<void> | undefined} */
	#preparing;
	/** @type {Set<Held>} */
	#held = new Set();
	/** Tells one content from another. @type {string | undefined} */
	subject;
	/** The last content that there was. @type {string | undefined} */
	#begun;
	/** What was decided, and what for, as it was last shown. */
	#shown = '';
	/** Counts decisions, so that a late one gives way to what was asked after it. */
	#turn = 0;
	/** What the console has heard. @type {Set<string>} */
	#warned = new Set();
	/** @type {AbortController | undefined} */
	#session;
	/** @type {Element[]} */
	#back = [];
	/** @type {typeof import('./decision.js') | undefined} */
	#decision;

	/** @type {HTMLDialogElement} */
	dialog;
	#heading = h('h2', { id: 'title', tabindex: '-1' });
	#return;
	#close;
	#messages = messages(this.#heading);
	tell = this.#messages.tell;
	warn = this.#messages.warn;
	/** @type {ReturnType<typeof stack>} */
	#stack;
	body = h('div', { class: 'body', part: 'body' });
	#tray = h('div', { class: 'tray', hidden: true });

	/**
	 * @param {ShareSheetElement} element
	 * @param {ElementInternals | undefined} internals
	 */
	constructor(element, internals) {
		this.element = element;
		this.#stack = stack(this, this.#heading, (title) => this.#entitle(title));
		this.#internals = internals;
		this.#return = h(
			'button',
			{ type: 'button', class: 'round', hidden: true, onclick: () => this.back() },
			icon('back'),
		);
		this.#close = h(
			'button',
			{ type: 'button', class: 'round', part: 'close', onclick: () => this.close() },
			icon('close'),
		);
		this.dialog = h(
			'dialog',
			{ part: 'dialog', 'aria-labelledby': 'title' },
			h(
				'div',
				{ class: 'surface', part: 'surface' },
				h('div', { class: 'grip', 'aria-hidden': 'true' }),
				h(
					'header',
					{ part: 'header' },
					this.#return,
					this.#heading,
					h('slot', { name: 'header' }),
					this.#close,
				),
				this.body,
				h('footer', { part: 'footer' }, this.#tray, this.#messages.node, h('slot', { name: 'footer' })),
			),
		);
	}

	/** Loads what it takes to decide and to speak. @returns {Promise<void>} */
	prepare() {
		if (this.#preparing) return this.#preparing;
		const preparing = (this.#preparing = Promise.all([this.#start(), this.#speak()]).then(
			([engine]) => {
				// Another engine may have been asked for by now.
				if (this.#preparing !== preparing) return this.prepare();
				this.#engine = engine;
			},
			(error) => {
				if (this.#preparing !== preparing) return this.prepare();
				this.#preparing = undefined;
				throw error;
			},
		));
		return preparing;
	}

	/** @returns {Promise<Engine>} */
	async #start() {
		this.#decision = await import('./decision.js');
		this.recent ??= this.#decision.recent();
		return this.#decision.engineOf(this.element);
	}

	async #speak() {
		const tag = nearest(this.element, 'lang') || navigator.language;
		const language = localeFor(tag, speak(tag));
		if (language === this.language) return;
		const say = await wordsOf(speak(tag), language).catch(() => undefined);
		if (!say) return;
		// A ruleset may name targets; its names are in the viewer's language too.
		this.say = (key, values) => this.entry(key)?.name ?? say(key, values);
		this.language = language;
	}

	/** Another engine, ruleset or address: what was loaded is of no use. */
	restart() {
		this.#preparing = undefined;
		this.#engine = undefined;
		this.forget();
		this.refresh();
	}

	/** What was decided no longer holds. */
	forget() {
		this.sheet = undefined;
	}

	/** Decides again, where somebody is looking. */
	refresh() {
		if (!this.#session || this.isStale) return;
		this.isStale = true;
		// Properties are set one after the other; one decision is enough.
		queueMicrotask(() => {
			this.isStale = false;
			if (this.#session) this.#decide();
		});
	}
	/** Whether a decision is due, and nothing is drawn before it. */
	isStale = false;
	/** Whether it can be seen. */
	isVisible = false;

	/**
	 * @param {Element | undefined} opener
	 * @param {() => void} closed
	 */
	async show(opener, closed) {
		if (this.#session) return;
		current?.close();
		current = this;
		this.#session = new AbortController();
		const { signal } = this.#session;
		signal.addEventListener('abort', closed);
		this.#back = returning(opener, this.element);
		const { element, dialog } = this;
		const root = /** @type {ShadowRoot} */ (element.shadowRoot);
		style(root);
		if (!dialog.isConnected) root.append(dialog);
		this.chosen = {};
		this.lately = undefined;
		this.forget();
		await this.#speak();
		if (signal.aborted) return;
		this.#decide();
		// Most often the decision is there by then, and nothing flickers.
		await Promise.race([this.#deciding, new Promise((done) => setTimeout(done, 100))]);
		if (signal.aborted) return;
		this.tell('');
		this.tray();
		this.#listen(signal);
		this.#orient();
		this.#stack.reset(this.first);
		this.#stack.draw(); // before it is shown, so that no earlier view is seen or laid out
		element.dataset.shown = '';
		element.open = true;
		dialog.showModal();
		if (!dialog.checkVisibility()) {
			this.close();
			throw new Error('something around the sheet is hidden');
		}
		this.isVisible = true;
		lock(this.page, signal);
		this.#internals?.states?.add('open');
		this.#heading.focus({ preventScroll: true });
		for (let seen; seen !== this.#deciding;) await (seen = this.#deciding);
		if (signal.aborted) return;
		this.#attend(root, signal);
	}

	/** What is seldom needed comes after the sheet. @param {ShadowRoot} root @param {AbortSignal} signal */
	#attend(root, signal) {
		this.actions().then(
			({ dress, drag, keys, rove, watch, watchKeyboard, watchLanguage, watchSize }) => {
				if (signal.aborted) return;
				dress(root);
				drag(this, signal);
				rove(this.body, signal);
				watchKeyboard(this, signal);
				keys(this.dialog, () => this.back(), signal);
				watchLanguage(this.element, () => this.#translate(signal), signal);
				watchSize(this.dialog, this.close, signal);
				watch(
					() => {
						if (this.sheet && this.element.now === undefined) this.#again();
					},
					() => Date.parse(String(this.content.expiresAt)),
					this.view,
					signal,
				);
			},
			() => {
				/* what is needed is asked for again */
			},
		);
	}

	/** The page may speak another language now. @param {AbortSignal} signal */
	async #translate(signal) {
		await this.#speak();
		if (signal.aborted) return;
		this.#orient();
		this.refresh();
	}

	/** The document that the element is in, which may be that of a frame or a pop-up. */
	get page() {
		return this.element.ownerDocument;
	}

	/** Its window. */
	get view() {
		return this.page.defaultView ?? window;
	}

	/** @type {Build} */
	first = (stage) => (this.sheet ? list(stage) : this.error ? fallback(stage) : waiting(stage));

	/** What is seldom needed comes after the sheet, before anybody can ask for it. */
	async actions() {
		return (this.later ??= await import('./actions.js'));
	}
	/** It, once it is there. @type {typeof import('./actions.js') | undefined} */
	later;

	#decide() {
		this.#deciding = this.#decided();
	}
	/** @type {Promise<void> | undefined} */
	#deciding;

	/** Decides, once there is an engine. Until then nothing of what was decided before is there. */
	async #decided() {
		const turn = ++this.#turn;
		try {
			if (!this.#engine) {
				this.error = undefined;
				this.#read();
				this.#settle(undefined);
				const preparing = this.prepare();
				await Promise.race([preparing, new Promise((done) => setTimeout(done, patience))]);
				if (!this.#engine && turn === this.#turn) {
					// Whenever it comes, it is asked.
					preparing.then(
						() => turn === this.#turn && this.#again(),
						() => {
							/* said already */
						},
					);
					throw new Error('the engine has not come yet');
				}
			}
			if (turn !== this.#turn) return;
			let error = this.#attempt();
			if (error?.problems?.length && !this.#partial) {
				this.#partial = (await this.actions()).partial;
				if (turn === this.#turn) error = this.#attempt();
			}
			if (error) throw error;
		} catch (error) {
			if (turn === this.#turn) this.#fail(error);
		}
	}

	/**
	 * Decides with what holds at this moment, and shows what has changed.
	 *
	 * @param {boolean} [isOwn]  whether the view on top shows by itself what it has chosen
	 */
	#again(isOwn = false) {
		const error = this.#attempt(isOwn);
		if (error) this.#fail(error);
	}

	/** @returns {any} why that cannot be */
	#attempt(isOwn = false) {
		if (!this.#engine) return undefined;
		try {
			this.#read();
			this.lately ??= this.remembers ? this.recent?.order() : [];
			const { request, sheet, error } = this.#ask(this.chosen);
			this.asked = request;
			this.#settle(sheet, JSON.stringify({ ...request, now: '' }), isOwn);
			if (error && error.message !== this.#passed) this.emit('share-error', { error });
			this.#passed = error?.message;
			return undefined;
		} catch (error) {
			return error ?? new Error('the engine failed');
		}
	}
	/** What of the page's was passed over, in words. @type {string | undefined} */
	#passed;
	/** @type {typeof import('./partial.js').partial | undefined} */
	#partial;

	/** Reads what the page gives. What the reader has begun with another content ends here. */
	#read() {
		const { content, friends } = this.element;
		this.content = Object(content ?? {});
		this.friends = people(friends, (problem) => this.log('warn', problem));
		const { id, url, title } = this.content;
		const named = [id, url, title].find((value) => typeof value === 'string') ?? '';
		const subject = content === undefined || content === null ? undefined : named;
		this.subject = subject;
		// Without content, what was done to the last one can still be undone.
		if (subject === undefined || subject === this.#begun) return;
		this.#begun = subject;
		if (!this.#stack.size()) return;
		const { instances } = this.chosen;
		this.chosen = instances ? { instances } : {};
		this.#stack.reset(this.first);
		this.#clear();
		this.#release(() => true, '');
	}

	/**
	 * Puts a decision in the place of the one before it.
	 *
	 * @param {Sheet | undefined} sheet
	 * @param {string} [request]  what it was decided for
	 * @param {boolean} [isOwn]
	 */
	#settle(sheet, request = '', isOwn = false) {
		const before = this.#permits();
		this.sheet = sheet;
		if (sheet) this.error = undefined;
		this.#release(({ target, as, was }) => {
			const entry = this.permitted(target);
			return !entry || as(entry) !== was;
		});
		const friends = this.friends.map(({ id, name, avatar }) => [id, name, avatar]);
		const shown = sheet
			? JSON.stringify([this.language, request, sheet, friends, Boolean(this.element.player)])
			: '';
		if (shown && shown === this.#shown) return;
		this.#shown = this.isStale ? '' : shown;
		if (!isOwn || this.#stack.size() === 1 || this.#permits() !== before) this.#stack.draw();
	}

	/** What is permitted, to be compared. */
	#permits() {
		return this.sheet?.entries
			.filter(({ target }) => this.permitted(target))
			.map(({ target }) => target)
			.join();
	}

	/** @param {unknown} error  why nothing can be decided */
	#fail(error) {
		this.error = error;
		this.#settle(undefined);
		this.emit('share-error', { error });
	}

	/** Tells the page's developers, each thing once. @param {'warn' | 'error'} level @param {string} message */
	log(level, message) {
		if (this.#warned.has(message)) return;
		this.#warned.add(message);
		console[level](`<${this.element.localName}>: ${message}`);
	}

	/** Whether what is used may be remembered. */
	get remembers() {
		return this.element.getAttribute('recent') !== 'off';
	}

	/**
	 * Decides with other choices than those kept, or for other content.
	 *
	 * @param {Page} [chosen]
	 * @param {Content} [content]
	 * @returns {Sheet}
	 */
	decide(chosen = this.chosen, content = this.element.content) {
		return this.#ask(chosen, content).sheet;
	}

	/**
	 * Asks the engine. Servers that are stored on the device are taken where it
	 * takes them, and what it refuses of the page's is unknown.
	 *
	 * @param {Page} chosen
	 * @param {Content} [content]
	 * @returns {{ request: Request, sheet: Sheet, error?: any }} error: what it has refused
	 */
	#ask(chosen, content) {
		if (!this.#decision) throw new Error('there is no engine');
		const { detectDevice, decideWithServers } = this.#decision;
		const from = (/** @type {Record<string, string>} */ servers) =>
			requestOf(this.element, this.language, chosen, servers, () => detectDevice(this.view), content);
		const decided = (/** @type {Request} */ request) => ({ request, sheet: this.#sheetOf(request) });
		try {
			return this.remembers ? decideWithServers((servers) => decided(from(servers))) : decided(from({}));
		} catch (error) {
			if (!this.#partial) throw error;
			return this.#partial(error, from({}), decided);
		}
	}

	/** @param {Request} request @returns {Sheet} */
	#sheetOf(request) {
		if (!this.#engine) throw new Error('there is no engine');
		const { viewer } = request;
		const sheet = this.#engine.sheet(request);
		// The viewer's language may differ from the page's; a sheet has only one.
		if (sheet.messages && viewer?.locale && speak(viewer.locale) !== speak(this.language)) {
			Object.assign(
				sheet.messages,
				this.#engine.sheet({ ...request, viewer: { ...viewer, locale: this.language } }).messages,
			);
		}
		return ownOnly(sheet);
	}

	/**
	 * Keeps a choice and shows what follows from it.
	 *
	 * @param {Page} choice
	 */
	choose(choice) {
		Object.assign(this.chosen, choice);
		this.#again(true);
	}

	/** @param {string} target @returns {Entry | undefined} */
	entry(target) {
		return this.sheet?.entries.find((entry) => entry.target === target);
	}

	/** @param {string} target @returns {Permitted | undefined} */
	permitted(target) {
		const entry = this.entry(target);
		return entry?.verdict === 'permitted' && entry.delivery ? /** @type {Permitted} */ (entry) : undefined;
	}

	/* What may be done now */

	/**
	 * Decides again, at the moment when somebody asks for a target. Where it is
	 * not permitted, or for other content than was to be seen, the reader is
	 * told, and nothing is to be done.
	 *
	 * @param {string} target
	 * @returns {Permitted | undefined}
	 */
	permit(target) {
		const { subject } = this;
		const said = this.#messages.status.textContent;
		this.#again();
		const entry = this.permitted(target);
		if (!this.sheet) return undefined; // the sheet says so itself
		if (!entry) this.#refuse(target, said);
		else if (subject !== this.subject) this.warn(this.say('failed.sheet'));
		else return entry;
	}

	/**
	 * Asks whether a target may be used now: the rules, then the page, then the
	 * rules once more, since the page may have changed something by then.
	 *
	 * @param {string} target
	 * @param {(entry: Permitted) => Delivery | false | undefined} [way]
	 *   the delivery to use, where it is not the entry's own
	 * @returns {Permitted | undefined} with the delivery to carry out
	 */
	request(target, way = ({ delivery }) => delivery) {
		const asked = this.permit(target);
		const delivery = asked && way(asked);
		if (!delivery || !this.emit('share-request', { target, delivery }, true)) return undefined;
		const entry = this.permit(target);
		const granted = entry && way(entry);
		return granted ? Object.assign(Object.create(null), entry, { delivery: granted }) : undefined;
	}

	/** @param {string} target @param {string | null} said  before it was decided, which may have said it already */
	#refuse(target, said) {
		const words = this.refusal(target);
		const { textContent } = this.#messages.status;
		if (textContent === said || textContent !== words) this.tell(words);
		const { verdict, reason } = this.entry(target) ?? { verdict: 'not-permitted', reason: 'no-rule' };
		this.emit('share-denied', { target, verdict, reason });
	}

	/** Why a target is refused, in words. @param {string} target */
	refusal(target) {
		const name = isolate(nameOf(target, this.say), isRtl(this.language));
		return `${name}: ${reasonOf(this, this.entry(target)?.reason ?? 'no-rule')}`;
	}

	/**
	 * Has something end as soon as its target is no longer permitted, or only in
	 * another way, or the sheet closes.
	 *
	 * @param {string} target
	 * @param {(words: string) => void} stop  called once, with the reason in words, where there is one
	 * @param {(entry: Permitted) => unknown} [as]  what has to stay the same
	 * @returns {() => void} ends the watch, where it has ended by itself
	 */
	hold(target, stop, as = () => true) {
		const entry = this.permitted(target);
		/** @type {Held} */
		const held = { target, stop, as, was: entry && as(entry) };
		this.#held.add(held);
		return () => this.#held.delete(held);
	}

	/** @param {(held: Held) => boolean} ends @param {string} [words]  to say instead of the reason */
	#release(ends, words) {
		for (const held of this.#held) {
			if (!ends(held)) continue;
			this.#held.delete(held);
			held.stop(words ?? (this.permitted(held.target) ? '' : this.refusal(held.target)));
		}
	}

	/* Views */

	/**
	 * Shows a view on top of the one that is there.
	 *
	 * @param {Build} build
	 * @param {any} [state]
	 */
	open(build, state = {}) {
		this.#clear();
		this.#stack.push(build, state);
	}

	/**
	 * Goes back to the view below, or closes the sheet.
	 *
	 * @param {any} [state]  of the view to leave; where another is on top, that one stays
	 */
	back(state) {
		if (!this.#stack.isTop(state)) return;
		if (this.#stack.size() <= 1) this.close();
		else this.#stack.pop();
	}

	/** Shows a view in the place of all. @param {Build} build */
	only(build) {
		this.#stack.reset();
		this.open(build);
	}

	/** Says what is shown, and what the buttons beside it do. @param {string} title */
	#entitle(title) {
		const { say } = this;
		this.#heading.textContent = title;
		this.#return.hidden = this.#stack.size() === 1;
		this.#return.setAttribute('aria-label', say('back'));
		this.#close.setAttribute('aria-label', say('close'));
		this.#messages.button.textContent = say('undo');
		this.dialog.lang = this.language;
	}

	/** Shows something beside the views, or nothing. @param {...Node} nodes */
	tray = (...nodes) => {
		this.#tray.replaceChildren(...nodes);
		this.#tray.hidden = nodes.length === 0;
	};

	get isOpen() {
		return this.#session !== undefined;
	}

	/* What happened */

	/** Takes away what was said, unless it can still be undone. */
	#clear() {
		if (this.#messages.button.hidden) this.tell('');
	}

	/**
	 * Tells the page; what has failed is on the console too.
	 *
	 * @param {string} type
	 * @param {any} [detail]
	 * @param {boolean} [cancelable]
	 */
	emit(type, detail, cancelable = false) {
		if (type === 'share-error') {
			const { target, error } = detail;
			this.log(target ? 'warn' : 'error', (target ? `${target}: ` : '') + (error?.message ?? error));
		}
		return this.element.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
	}

	/**
	 * Reports that something was done.
	 *
	 * @param {string} target
	 * @param {Method} method
	 */
	done(target, method) {
		if (this.remembers && method !== 'host') this.recent?.note(target);
		this.emit('share-done', { target, method });
	}

	/* Opening and closing */

	/** @param {AbortSignal} signal */
	#listen(signal) {
		const { dialog, close } = this;
		listen(
			dialog,
			{
				back: () => this.back(),
				close,
				isFirst: () => this.#stack.size() <= 1,
				isKept: () => this.#stack.isKept(),
				closed: () => this.#finish(),
			},
			signal,
		);
	}

	/** Where the page says nothing of a direction, the language does. */
	#orient() {
		if (nearest(this.element, 'dir')) this.dialog.removeAttribute('dir');
		else this.dialog.dir = isRtl(this.language) ? 'rtl' : 'ltr';
	}

	close = () => {
		if (!this.#session) return;
		if (this.dialog.open) this.dialog.close();
		this.#finish();
	};

	/** The element was moved within its page. */
	async moved() {
		if (this.isVisible) (await this.actions()).raise(this.dialog);
	}

	/** The element left the page. */
	leave() {
		this.close();
		this.dialog.removeAttribute('open');
	}

	async #refocus() {
		const back = this.#back;
		if (refocus(this.element, this.dialog, back[0])) return;
		const { near } = await this.actions();
		// Somebody may have opened it again, or another one.
		if (!current) near(this.dialog, back);
	}

	#finish() {
		if (!this.#session) return;
		const wasVisible = this.isVisible;
		this.isVisible = false;
		this.#session.abort();
		this.#session = undefined;
		if (current === this) current = undefined;
		this.#stack.reset();
		this.#release(() => true, '');
		this.tell('');
		this.tray();
		this.#internals?.states?.delete('open');
		this.element.open = false;
		delete this.element.dataset.shown;
		this.#refocus();
		if (!wasVisible) return;
		this.emit('share-close');
		this.element.dispatchEvent(new Event('close')); // its deprecated name
	}
}
