/**
 * The sheet of an element as the reader sees it: opens and closes the dialog, and shows
 * the views in it.
 *
 * @module
 */
import { buildDialog, setDirection } from './dialog.js';
import { css } from './element.js';
import { fallback, waiting } from './fallback.js';
import { list } from './list.js';
import { listen, lock, refocus, returning } from './opening.js';
import { Permissions } from './permissions.js';
import { stack } from './stack.js';
import text from './sheet.css';

/** @typedef {import('../share-sheet.js').ShareSheetElement} ShareSheetElement */
/** @typedef {import('../shapes.d.ts').Method} Method */
/** @typedef {import('./permissions.js').Permitted} Permitted */
/** @typedef {import('./stack.js').Build} Build */
/** @typedef {import('./stack.js').View} View */

const style = css(text);

/** The stage that is open, of all on the page. @type {Stage | undefined} */
let current;

/** The first view, which is below all others. @type {Build} */
const firstView = (stage) => (stage.sheet ? list : stage.error ? fallback : waiting)(stage);

/** A sheet with its dialog and its views, which all work with it. */
export class Stage extends Permissions {
	#internals;
	/** Aborted when the sheet closes. @type {AbortController | undefined} */
	#session;
	/** The elements that may get the focus back, best first. @type {Element[]} */
	#back = [];
	/** Whether the reader can see the dialog. */
	isVisible = false;

	#frame = buildDialog(this);
	dialog = this.#frame.dialog;
	body = this.#frame.body;
	/** Replaces what is shown beside the messages, such as the progress of a download. */
	tray = this.#frame.tray;
	#messages = this.#frame.messages;
	status = this.#messages.status;
	tell = this.#messages.tell;
	warn = this.#messages.warn;
	#stack = stack(this, this.#frame);

	/**
	 * @param {ShareSheetElement} element
	 * @param {ElementInternals | undefined} internals
	 * @param {Promise<import('../engine.js').Engine>} [engine]  one that is starting
	 */
	constructor(element, internals, engine) {
		super(element, engine);
		this.#internals = internals;
	}

	/* Opening and closing */

	/**
	 * Opens the sheet, unless it is open.
	 *
	 * @param {Element | undefined} opener  gets the focus back
	 * @param {() => void} closed           called when the sheet closes
	 * @returns {Promise<void>} settled when the sheet can be seen and is decided, or was closed before
	 */
	async show(opener, closed) {
		if (this.isOpen) return;
		current?.close();
		current = this;
		this.begin();
		this.#session = new AbortController();
		const { signal } = this.#session;
		signal.addEventListener('abort', closed);
		this.#back = returning(opener, this.element);
		const { element, dialog } = this;
		const root = /** @type {ShadowRoot} */ (element.shadowRoot);
		style(root);
		if (!dialog.isConnected) root.append(dialog);
		await this.loadWords();
		if (signal.aborted) return;
		// Usually the decision is made by then, and nothing flickers.
		await Promise.race([this.start(), new Promise((done) => setTimeout(done, 100))]);
		if (signal.aborted) return;
		this.tell('');
		this.tray();
		listen(this, this.#stack, () => this.#finish(), signal);
		setDirection(this);
		this.#stack.reset(firstView);
		this.#stack.draw(); // first, so that no earlier view is seen or laid out
		element.dataset.shown = '';
		element.open = true;
		dialog.showModal();
		if (!dialog.checkVisibility()) {
			this.close();
			throw new Error('an element around the sheet is hidden');
		}
		this.isVisible = true;
		lock(this.page, signal);
		this.#internals?.states?.add('open');
		this.#frame.heading.focus({ preventScroll: true });
		await this.settled();
		if (signal.aborted) return;
		this.#later(({ attend }) => {
			if (signal.aborted) return;
			attend(this, signal);
			this.#followLanguage(signal);
		});
	}

	/** Watches the language around the element, which may have changed already. @param {AbortSignal} signal */
	#followLanguage(signal) {
		this.actionsModule?.watchLanguage(this.element, () => this.#translate(signal), signal);
		this.#translate(signal);
	}

	/** Follows the language and the direction of the page. @param {AbortSignal} signal */
	async #translate(signal) {
		const { language } = this;
		await this.loadWords();
		if (signal.aborted) return;
		setDirection(this);
		if (language !== this.language) this.refresh();
	}

	/** Loads the code of everything beyond the first view. @returns {Promise<typeof import('./actions.js')>} */
	async actions() {
		return (this.actionsModule ??= await import('./actions.js'));
	}
	/** That code, once it is loaded. @type {typeof import('./actions.js') | undefined} */
	actionsModule;

	/**
	 * Calls a function with that code. If it can't be loaded, it is tried again when the
	 * reader needs it.
	 *
	 * @param {(actions: typeof import('./actions.js')) => void} then
	 */
	#later(then) {
		this.actions().then(then, ({ message }) => this.log('warn', message));
	}

	/** Closes the sheet, if it is open. */
	close = () => {
		if (!this.isOpen) return;
		if (this.dialog.open) this.dialog.close();
		this.#finish();
	};

	#finish() {
		if (!this.isOpen) return;
		const wasVisible = this.isVisible;
		this.isVisible = false;
		this.#session?.abort();
		this.end();
		if (current === this) current = undefined;
		this.#stack.reset();
		this.release(true);
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

	/** Gives the focus back to where it was before the sheet opened, or near it. */
	#refocus() {
		const back = this.#back;
		if (refocus(this.element, this.dialog, back[0])) return;
		// A sheet may have opened meanwhile.
		this.#later(({ near }) => !current && near(this.dialog, back));
	}

	/** Called when the element was moved within its document. */
	moved() {
		const signal = this.#session?.signal;
		if (!signal || signal.aborted) return;
		this.#later(({ raise }) => {
			if (signal.aborted) return;
			raise(this.dialog);
			this.#followLanguage(signal);
		});
	}

	/** Called when the element was removed from its document. */
	leave() {
		this.close();
		this.dialog.removeAttribute('open');
	}

	/* Views */

	/** @param {boolean} [isShown] */
	draw = (isShown) => {
		if (!isShown || this.#stack.size() === 1) this.#stack.draw();
	};

	replaced() {
		if (!this.#stack.size()) return;
		this.#stack.reset(firstView);
		this.#messages.clear();
		this.release(true);
	}

	/**
	 * Shows a view on top of the current one.
	 *
	 * @param {Build} build
	 * @param {any} [state]  passed to build
	 */
	open(build, state = {}) {
		this.#messages.clear();
		this.#stack.push(build, state);
	}

	/**
	 * Goes back to the view below, or closes the sheet.
	 *
	 * @param {any} [state]  of the view to leave; nothing happens if another view is on top
	 */
	back(state) {
		if (!this.#stack.isTop(state)) return;
		if (this.#stack.size() <= 1) this.close();
		else this.#stack.pop();
	}

	/** Replaces all views by one. @param {Build} [build]  the first view by default */
	showOnly(build = firstView) {
		this.#stack.reset();
		this.open(build);
	}

	/**
	 * Reports that a target was used, to the page and to the store of recent targets.
	 *
	 * @param {string} target
	 * @param {Method} method
	 */
	done(target, method) {
		if (this.remembers && method !== 'host') this.recent?.note(target);
		this.emit('share-done', { target, method });
	}
}
