/**
 * The dialog of one sheet: what it shows, and what it does with what the page
 * has given it.
 *
 * @module
 */
import { icon } from '../icons.js';
import { around, focused, h, nearest } from './dom.js';
import { css } from './element.js';
import { fallback, list, waiting } from './list.js';
import { localeFor, speak, wordsOf } from './words.js';
import text from './sheet.css';

/** @typedef {import('../share-sheet.js').ShareSheetElement} ShareSheetElement */
/** @typedef {import('../engine.js').Engine} Engine */
/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('../shapes.d.ts').Method} Method */
/** @typedef {import('../shapes.d.ts').Page} Page */
/** @typedef {import('../shapes.d.ts').Request} Request */
/** @typedef {import('../shapes.d.ts').Sheet} Sheet */

/**
 * What is shown at one time.
 *
 * @typedef {object} View
 * @property {string} title
 * @property {import('./dom.js').Child[]} body
 * @property {HTMLElement} [focus]   the heading unless given
 * @property {() => void} [leave]    called once when it is left for good
 */

/**
 * Makes a view. It is called again when the language changes; what the reader
 * has typed by then is in the state.
 *
 * @typedef {(stage: Stage, state: any) => View} Build
 */

const style = css(text);

/** The one that is open; there is one at a time. @type {Stage | undefined} */
let current;

/** An event that the host answers. */
class HostEvent extends Event {
	/** @type {Promise<any> | undefined} */
	answer;

	/** @param {string} type @param {object} detail */
	constructor(type, detail) {
		super(type, { bubbles: true, composed: true, cancelable: true });
		this.detail = detail;
	}

	/** @param {unknown} answer */
	respondWith(answer) {
		this.answer = Promise.resolve(answer);
		this.answer.catch(() => { /* whoever asked hears of it */ });
	}
}

/**
 * Throws where the page's data block is not JSON. Who reads a property of the
 * element hears nothing of it.
 *
 * @param {ShareSheetElement} element
 */
function readable(element) {
	try {
		JSON.parse(element.querySelector(':scope > script[type="application/json"]')?.textContent || '{}');
	} catch (cause) {
		const { message } = /** @type {Error} */ (cause);
		throw Object.assign(new Error(`the data block is not JSON: ${message}`, { cause }), { code: 'request', problems: [{ line: 0, column: 0, path: '', message }] });
	}
}

/** The host has no answer to an event that only it can answer. */
class Unanswered extends Error {}

export class Stage {
	/** @type {Sheet | undefined} */
	sheet;
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

	#internals;
	/** @type {Engine | undefined} */
	#engine;
	/** @type {Promise<void> | undefined} */
	#preparing;
	#restarts = 0;
	/** @type {{ build: Build, state: any, view?: View, from?: string }[]} */
	#views = [];
	/** @type {AbortController | undefined} */
	#session;
	/** @type {Element[]} */
	#back = [];
	/** @type {typeof import('./start.js') | undefined} */
	#started;

	/** @type {HTMLDialogElement} */
	dialog;
	#heading = h('h2', { id: 'title', tabindex: '-1' });
	#return;
	#close;
	body = h('div', { class: 'body', part: 'body' });
	#status = h('p', { role: 'status' });
	#alert = h('p', { role: 'alert' });
	#undo = h('button', { type: 'button', class: 'small', hidden: true });
	#tray = h('div', { class: 'tray', hidden: true });

	/**
	 * @param {ShareSheetElement} element
	 * @param {ElementInternals | undefined} internals
	 */
	constructor(element, internals) {
		this.element = element;
		this.#internals = internals;
		this.#return = h('button', { type: 'button', class: 'round', hidden: true, onclick: () => this.back() }, icon('back'));
		this.#close = h('button', { type: 'button', class: 'round', part: 'close', onclick: () => this.close() }, icon('close'));
		this.dialog = h('dialog', { part: 'dialog', 'aria-labelledby': 'title' },
			h('div', { class: 'surface', part: 'surface' },
				h('div', { class: 'grip', 'aria-hidden': 'true' }),
				h('header', { part: 'header' }, this.#return, this.#heading, h('slot', { name: 'header' }), this.#close),
				this.body,
				h('footer', { part: 'footer' },
					this.#tray,
					h('div', { class: 'note', part: 'status' }, this.#status, this.#alert, this.#undo),
					h('slot', { name: 'footer' }))));
	}

	/** Loads what it takes to decide and to speak. */
	prepare() {
		return this.#preparing ??= Promise.all([this.#start(), this.#speak()]).then(() => { /* nothing to give */ }, (error) => {
			this.#preparing = undefined;
			throw error;
		});
	}

	async #start() {
		const restarts = this.#restarts;
		const started = await import('./start.js');
		this.#started = started;
		this.recent ??= started.recent();
		const { element } = this;
		const at = (/** @type {string} */ name) => {
			const value = element.getAttribute(name);
			return value === null ? undefined : new URL(value, document.baseURI);
		};
		const engine = element.engine ?? await started.startEngine({ wasm: at('wasm'), ruleset: at('ruleset'), integrity: element.getAttribute('integrity') ?? undefined });
		// Another may have been asked for since then, and may be there already.
		if (restarts === this.#restarts) this.#engine = engine;
		else await this.prepare();
	}

	async #speak() {
		const tag = nearest(this.element, 'lang') || navigator.language;
		const language = localeFor(tag, speak(tag));
		if (language === this.language) return;
		const say = await wordsOf(speak(tag), language).catch(() => undefined);
		if (!say) return;
		this.say = say;
		this.language = language;
	}

	/** Another engine, ruleset or address: what was loaded is of no use. */
	restart() {
		this.#restarts++;
		this.#preparing = undefined;
		this.#engine = undefined;
		this.refresh();
	}

	/** Decides again, where somebody is looking. */
	refresh() {
		if (!this.#session || this.#stale) return;
		this.#stale = true;
		// Properties are set one after the other; one decision is enough.
		queueMicrotask(async () => {
			this.#stale = false;
			if (!this.#session) return;
			await this.#decide();
			if (this.#views.length === 1) this.#draw();
		});
	}
	#stale = false;
	#isVisible = false;

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
		this.#back = [];
		for (let at = /** @type {Element | null | undefined} */ (opener); at; at = around(at)) this.#back.push(at);
		if (!this.#back.includes(this.element)) this.#back.push(this.element);
		const { element } = this;
		const root = /** @type {ShadowRoot} */ (element.shadowRoot);
		if (!this.dialog.isConnected) {
			root.adoptedStyleSheets = [...root.adoptedStyleSheets, style()];
			root.append(this.dialog);
		}
		await this.#speak();
		this.chosen = {};
		this.lately = undefined;
		const deciding = this.#decide();
		let isDecided = false;
		// Most often all is there, and nothing flickers.
		await Promise.race([deciding.then(() => isDecided = true), new Promise((done) => setTimeout(done, 100))]);
		if (signal.aborted) return;
		this.#listen(signal);
		this.#orient();
		this.#views = [{ build: isDecided ? this.#first : waiting, state: {} }];
		this.#lock(signal);
		this.#isVisible = true;
		this.#draw(); // before it is shown, so that what stood there last is not laid out once more
		this.dialog.showModal();
		element.open = true;
		this.#internals?.states?.add('open');
		this.#heading.focus({ preventScroll: true });
		if (!isDecided) {
			await deciding;
			if (signal.aborted) return;
			this.#views[0].build = this.#first;
			if (this.#views.length === 1) this.#draw();
		}
		this.views().then(({ dress, drag }) => {
			dress(root);
			drag(this, signal);
		}, () => { /* what is needed is asked for again */ });
	}

	/** @type {Build} */
	#first = (stage, state) => this.sheet ? list(stage, state) : fallback(stage);

	/** What is seldom needed comes after the sheet, before anybody can ask for it. */
	views() {
		return import('./views.js');
	}

	async #decide() {
		try {
			await this.prepare();
			this.lately ??= this.remembers ? this.recent?.order() : [];
			this.sheet = this.decide();
			this.error = undefined;
		} catch (/** @type {any} */ error) {
			// What the page has got wrong is for whoever makes it, and said once.
			if (error.problems?.length && error.message !== /** @type {any} */ (this.error)?.message) console.error(`<${this.element.localName}>: ${error.message}`);
			this.sheet = undefined;
			this.error = error;
			this.emit('share-error', { error });
		}
	}

	/** Whether what is used may be remembered. */
	get remembers() {
		return this.element.getAttribute('recent') !== 'off';
	}

	/**
	 * Decides with other choices than those kept.
	 *
	 * @param {Page} [chosen]
	 * @returns {Sheet}
	 */
	decide(chosen = this.chosen) {
		if (!this.#engine || !this.#started) throw new Error('there is no engine');
		if (!this.element.content) readable(this.element);
		return this.remembers ? this.#started.decideWithServers((servers) => this.#ask(chosen, servers)) : this.#ask(chosen, {});
	}

	/**
	 * Asks the engine. What the page has set stands above what is stored on the
	 * device, and what the reader chooses now above both.
	 *
	 * @param {Page} chosen
	 * @param {Record<string, string>} servers  stored, by network
	 */
	#ask(chosen, servers) {
		const engine = /** @type {Engine} */ (this.#engine);
		const { content, viewer, device, page, now } = this.element;
		/** @type {Request} */
		const request = {
			content,
			viewer: { locale: this.language, ...viewer },
			device: device ?? this.#started?.detectDevice(),
			page: {
				...page, ...chosen,
				text: { ...page?.text, ...chosen.text },
				instances: { ...servers, ...page?.instances, ...chosen.instances },
			},
			now: now ?? new Date().toISOString(),
		};
		const sheet = engine.sheet(request);
		// The viewer's own language may be another than the page's; in one sheet
		// there is one.
		if (sheet.messages && viewer?.locale && speak(viewer.locale) !== speak(this.language)) {
			Object.assign(sheet.messages, engine.sheet({ ...request, viewer: { ...viewer, locale: this.language } }).messages);
		}
		return sheet;
	}

	/**
	 * Keeps a choice and shows what follows from it.
	 *
	 * @param {Page} choice
	 */
	choose(choice) {
		Object.assign(this.chosen, choice);
		this.sheet = this.decide();
		if (this.#views.length === 1) this.#draw();
	}

	/** @param {string} target @returns {Entry | undefined} */
	entry(target) {
		return this.sheet?.entries.find((entry) => entry.target === target);
	}

	/** @param {string} target */
	permitted(target) {
		const entry = this.entry(target);
		return entry?.delivery && entry;
	}

	/* Views */

	/**
	 * Shows a view on top of the one that is there.
	 *
	 * @param {Build} build
	 * @param {any} [state]
	 */
	open(build, state = {}) {
		const root = /** @type {ShadowRoot} */ (this.element.shadowRoot);
		const from = /** @type {HTMLElement | null} */ (root.activeElement)?.dataset.key;
		this.#views.push({ build, state, from });
		if (this.#undo.hidden) this.tell('');
		this.#draw();
		this.body.scrollTop = 0;
		(this.#views.at(-1)?.view?.focus ?? this.#heading).focus();
	}

	/** Goes back to the view below, or closes the sheet. */
	back() {
		if (this.#views.length <= 1) return this.close();
		const left = this.#views.pop();
		left?.view?.leave?.();
		this.#draw();
		(this.#find(left?.from) ?? this.#heading).focus();
	}

	/** Shows the view again, with the focus where it was. */
	#draw() {
		const shown = this.#views.at(-1);
		if (!shown) return;
		const root = /** @type {ShadowRoot} */ (this.element.shadowRoot);
		const had = /** @type {HTMLElement | null} */ (root.activeElement);
		const isInside = had && this.body.contains(had);
		const view = shown.view = shown.build(this, shown.state);
		const { say } = this;
		this.#heading.textContent = view.title;
		this.#return.hidden = this.#views.length === 1;
		this.#return.setAttribute('aria-label', say('back'));
		this.#close.setAttribute('aria-label', say('close'));
		this.#undo.textContent = say('undo');
		this.dialog.lang = this.language;
		this.body.replaceChildren(.../** @type {Node[]} */ (view.body.filter(Boolean)));
		if (isInside) (this.#find(had.dataset.key) ?? this.#heading).focus({ preventScroll: true });
	}

	/** @param {string} [key] */
	#find(key) {
		return key ? /** @type {HTMLElement | null} */ (this.body.querySelector(`[data-key="${CSS.escape(key)}"]`)) : null;
	}

	/** Shows a view in the place of all. @param {Build} build */
	only(build) {
		for (const { view } of this.#views.splice(0)) view?.leave?.();
		this.open(build);
	}

	/** Shows something beside the views, or nothing. @param {...Node} nodes */
	tray = (...nodes) => {
		this.#tray.replaceChildren(...nodes);
		this.#tray.hidden = nodes.length === 0;
	};

	get isOpen() {
		return this.#session !== undefined;
	}

	/** @param {() => void} then  called once the sheet is closed */
	whenClosed(then) {
		this.#session?.signal.addEventListener('abort', then);
	}

	/* What happened */

	/**
	 * Says that something happened. It stays until something else does.
	 *
	 * @param {string} words
	 * @param {() => unknown} [undo]
	 */
	tell(words, undo) {
		this.#alert.textContent = '';
		// A region whose text stays the same is not spoken again.
		this.#status.textContent = words && this.#status.textContent === words ? `${words}\u00A0` : words;
		this.#offer(undo);
	}

	/** Shows the button that takes something back, or hides it. @param {() => unknown} [undo] */
	#offer(undo) {
		const hadFocus = this.#undo.matches(':focus');
		this.#undo.hidden = !undo;
		this.#undo.onclick = undo ? () => undo() : null;
		if (hadFocus && !undo) this.#heading.focus({ preventScroll: true });
	}

	/** Says that something went wrong. @param {string} words */
	warn(words) {
		this.#status.textContent = '';
		this.#alert.textContent = this.#alert.textContent === words ? `${words}\u00A0` : words;
		this.#offer();
	}

	/**
	 * @param {string} type
	 * @param {object} detail
	 * @param {boolean} [cancelable]
	 */
	emit(type, detail, cancelable = false) {
		return this.element.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
	}

	/**
	 * Asks the page whether something may be done now.
	 *
	 * @param {Entry} entry
	 * @param {import('../shapes.d.ts').Delivery} [way]  where it is done in another way than the entry's
	 */
	request({ target, delivery }, way = delivery) {
		return this.emit('share-request', { target, delivery: way }, true);
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

	/**
	 * Asks the host to do what only it can.
	 *
	 * @param {string} type
	 * @param {object} detail
	 * @returns {Promise<any>} its answer
	 */
	async ask(type, detail) {
		const event = new HostEvent(type, detail);
		this.element.dispatchEvent(event);
		if (!event.answer) throw new Unanswered(`nobody answered ${type}`);
		return event.answer;
	}

	/** @param {unknown} error */
	isUnanswered(error) {
		return error instanceof Unanswered;
	}

	/**
	 * What takes back what the host has done, where it can.
	 *
	 * @param {any} answer
	 * @param {string} [words]  to say when it is back
	 */
	undo(answer, words = '') {
		if (typeof answer?.undo !== 'function') return undefined;
		return async () => {
			try {
				await answer.undo();
				if (words) this.only(this.#first);
				this.tell(words);
				this.refresh();
			} catch (error) {
				this.warn(this.say('failed.sheet'));
				this.emit('share-error', { error });
			}
		};
	}

	/* Opening and closing */

	/** @param {AbortSignal} signal */
	#listen(signal) {
		const { dialog } = this;
		let isOutside = false;
		dialog.addEventListener('pointerdown', (event) => isOutside = event.target === dialog, { signal });
		// Browsers without closedby leave it to the page; acting on the way up lets
		// a reader change their mind.
		if ('closedBy' in dialog) dialog.closedBy = 'any';
		else {
			/** @type {HTMLDialogElement} */ (dialog).addEventListener('click', (event) => {
				if (isOutside && event.target === dialog) this.close();
			}, { signal });
		}
		dialog.addEventListener('keydown', (event) => {
			if (event.key !== 'Escape' || event.isComposing) return;
			event.preventDefault();
			event.stopPropagation();
			const field = /** @type {HTMLInputElement} */ (event.target);
			if (field.type === 'search' && field.value) {
				field.value = '';
				field.dispatchEvent(new Event('input', { bubbles: true }));
			} else this.back();
		}, { signal });
		dialog.addEventListener('cancel', (event) => {
			if (event.target !== dialog || isOutside || this.#views.length <= 1 || !event.cancelable) return;
			event.preventDefault();
			this.back();
		}, { signal });
		dialog.addEventListener('close', (event) => {
			// The event of an earlier closing may come once it is open again.
			if (event.target === dialog && !dialog.open) this.#finish();
		}, { signal });

		const observer = new MutationObserver(async () => {
			await this.#speak();
			if (signal.aborted) return;
			this.#orient();
			this.refresh();
			this.#draw();
		});
		for (let root = this.element.getRootNode(); ; root = root.host.getRootNode()) {
			observer.observe(root, { subtree: true, attributeFilter: ['lang', 'dir'] });
			if (!(root instanceof ShadowRoot)) break;
		}
		signal.addEventListener('abort', () => observer.disconnect());
	}

	/** Where the page says nothing of a direction, the language does. */
	#orient() {
		if (nearest(this.element, 'dir')) this.dialog.removeAttribute('dir');
		else this.dialog.dir = /^(ar|fa|he|ur)\b/.test(this.language) ? 'rtl' : 'ltr';
	}

	/** Keeps the page behind from moving. @param {AbortSignal} signal */
	#lock(signal) {
		const { style, clientWidth } = document.documentElement;
		const { overflow, scrollbarGutter } = style;
		if (innerWidth > clientWidth) style.scrollbarGutter = 'stable';
		style.overflow = 'hidden';
		signal.addEventListener('abort', () => Object.assign(style, { overflow, scrollbarGutter }));
	}

	close = () => {
		if (!this.#session) return;
		if (this.dialog.open) this.dialog.close();
		this.#finish();
	};

	/** The element left the page. */
	leave() {
		this.close();
		this.dialog.removeAttribute('open');
	}

	#finish() {
		if (!this.#session) return;
		const wasVisible = this.#isVisible;
		this.#isVisible = false;
		this.#session.abort();
		this.#session = undefined;
		if (current === this) current = undefined;
		for (const { view } of this.#views.splice(0)) view?.leave?.();
		this.tell('');
		this.tray();
		this.#internals?.states?.delete('open');
		this.element.open = false;
		this.#refocus();
		if (wasVisible) this.element.dispatchEvent(new Event('close', { bubbles: true, composed: true }));
	}

	/**
	 * Gives the focus back to what had it; where that is gone, to what the page
	 * names, or to the nearest around it that takes it.
	 */
	#refocus() {
		const now = focused();
		if (now && now !== document.body && !this.dialog.contains(now) && now !== this.element && now.isConnected) {
			if (now !== this.#back[0] && !this.#back[0]?.isConnected) return; // the page has moved it
		}
		const named = document.getElementById(this.element.getAttribute('return-to') ?? '');
		const [opener, ...rest] = this.#back;
		for (const candidate of [opener, named, ...rest, document.querySelector('main')]) {
			if (!candidate?.isConnected || candidate === document.body) continue;
			/** @type {HTMLElement} */ (candidate).focus({ preventScroll: true });
			const has = focused();
			if (has && (has === candidate || candidate.shadowRoot?.contains(has))) return;
		}
		const main = /** @type {HTMLElement | null} */ (document.querySelector('main, h1'));
		main?.setAttribute('tabindex', '-1');
		main?.focus({ preventScroll: true });
	}
}
