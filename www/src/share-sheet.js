/**
 * `<share-sheet>`: where a piece of content may be shared, and the way there.
 * Importing this module does nothing by itself, in a browser or elsewhere.
 *
 * @module
 */
import { css, define } from './sheet/element.js';
import { Stage } from './sheet/stage.js';

/** @typedef {import('./shapes.d.ts').Content} Content */
/** @typedef {import('./shapes.d.ts').Viewer} Viewer */
/** @typedef {import('./shapes.d.ts').Device} Device */
/** @typedef {import('./shapes.d.ts').Page} Page */
/** @typedef {import('./shapes.d.ts').Sheet} Sheet */
/** @typedef {import('./engine.js').Engine} Engine */

/**
 * Somebody to send to inside the host's app.
 *
 * @typedef {object} Friend
 * @property {string} id
 * @property {string} name
 * @property {string} [avatar]  address of a picture
 */

/**
 * What the element is given; each is a property of its own.
 *
 * @typedef {object} Given
 * @property {Content} [content]
 * @property {Viewer} [viewer]
 * @property {Device} [device]
 * @property {Page} [page]
 * @property {Friend[]} [friends]
 * @property {string} [now]
 * @property {Engine} [engine]
 * @property {HTMLMediaElement} [player]
 */

const names = /** @type {const} */ (['content', 'viewer', 'device', 'page', 'friends', 'now', 'engine', 'player']);

const style = css(':host { display: contents; } :host([hidden]) { display: none; } .links { display: none; }');

/**
 * A share sheet. Its properties say what is shared, by whom and where; a child
 * `<script type="application/json">` may say the same. Children `<a href>` are
 * the links that work before and without script, and whenever the rules cannot
 * be had.
 *
 * Attributes: `wasm`, `ruleset`, `integrity`, `loading`, `open`, `theme`,
 * `recent`, `return-to`.
 *
 * Slots: `trigger`, `preview`, `header`, `footer`.
 *
 * Events: `share-request`, `share-done`, `share-denied`, `share-error`, `close`,
 * and what only the host can do, to be answered with `event.respondWith`:
 * `content-delete`, `content-privacy`, `friends-send`, `bridge-send`.
 */
export class ShareSheetElement extends (globalThis.HTMLElement ?? class {}) {
	static observedAttributes = ['open', 'wasm', 'ruleset', 'integrity', 'loading'];

	/**
	 * Registers the element, unless the tag is taken already.
	 *
	 * @param {string} [tag]
	 * @param {CustomElementRegistry} [registry]
	 */
	static define(tag = 'share-sheet', registry = globalThis.customElements) {
		define(this, tag, registry);
	}

	/** @type {Given} */
	#given = {};
	/** @type {Stage | undefined} */
	#stage;
	/** @type {AbortController | undefined} */
	#connection;

	/** What is shared; see shapes.d.ts. @returns {Content | undefined} */
	get content() { return this.#get('content'); }
	set content(value) { this.#set('content', value); }

	/** Who looks at it. @returns {Viewer | undefined} */
	get viewer() { return this.#get('viewer'); }
	set viewer(value) { this.#set('viewer', value); }

	/** What the device can do; found out where it is undefined. @returns {Device | undefined} */
	get device() { return this.#get('device'); }
	set device(value) { this.#set('device', value); }

	/** What the page has set once for all its content. @returns {Page | undefined} */
	get page() { return this.#get('page'); }
	set page(value) { this.#set('page', value); }

	/** Whom the reader can send it to inside the host's app. @returns {Friend[]} */
	get friends() { return this.#get('friends') ?? []; }
	set friends(value) { this.#set('friends', value); }

	/** The moment of the decision, in RFC 3339; the clock's where it is undefined. @returns {string | undefined} */
	get now() { return this.#get('now'); }
	set now(value) { this.#set('now', value); }

	/** The engine that decides; started on intent where it is undefined. @returns {Engine | undefined} */
	get engine() { return this.#given.engine; }
	set engine(value) {
		this.#given.engine = value;
		this.#stage?.restart();
	}

	/** Plays the content, so that a link can start where it stands. @returns {HTMLMediaElement | undefined} */
	get player() { return this.#given.player; }
	set player(value) { this.#set('player', value); }

	/** The sheet that was decided last. @returns {Sheet | undefined} */
	get sheet() { return this.#stage?.sheet; }

	/** Whether the sheet is to be seen. */
	get open() { return this.hasAttribute('open'); }
	set open(value) { this.toggleAttribute('open', Boolean(value)); }

	/**
	 * Shows the sheet. While it is open, the same promise is given again.
	 *
	 * @param {Element} [opener]  gets the focus back; what has it now, unless given
	 * @returns {Promise<void>} settled when the sheet can be seen and is decided, or was closed before
	 */
	show(opener) {
		return this.#staged().show(opener);
	}

	/** Closes the sheet. */
	close() {
		this.#stage?.close();
	}

	/**
	 * Gets ready for showing: loads the engine and the words.
	 *
	 * @returns {Promise<void>} rejected where there is no engine
	 */
	async prepare() {
		await this.#staged().prepare();
	}

	connectedCallback() {
		this.#upgrade();
		if (!this.shadowRoot) {
			const root = this.attachShadow({ mode: 'open' });
			root.adoptedStyleSheets = [style()];
			const trigger = document.createElement('slot');
			trigger.name = 'trigger';
			root.append(trigger);
			trigger.addEventListener('click', (event) => {
				this.show(/** @type {Element} */ (event.target)).catch(() => { /* said by share-error */ });
			});
		}
		this.#connection = new AbortController();
		const { signal } = this.#connection;
		const prepare = () => {
			this.prepare().catch(() => { /* said when it is shown */ });
		};
		for (const type of ['pointerenter', 'focusin', 'touchstart']) {
			this.querySelector('[slot="trigger"]')?.addEventListener(type, prepare, { signal, passive: true });
		}
		this.addEventListener('command', (/** @type {any} */ event) => {
			if (event.command === '--show') this.show(event.source).catch(() => { /* said by share-error */ });
			if (event.command === '--close') this.close();
		}, { signal });
		const loading = this.getAttribute('loading');
		if (loading === 'eager') prepare();
		if (loading === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(prepare);
		if (this.open) this.#reflect();
	}

	disconnectedCallback() {
		this.#connection?.abort();
		this.#stage?.leave();
	}

	/** @param {string} name @param {string | null} before @param {string | null} now */
	attributeChangedCallback(name, before, now) {
		if (before === now || !this.isConnected || !this.#connection) return;
		if (name === 'open') this.#reflect();
		else if (name !== 'loading') this.#stage?.restart();
	}

	#reflect() {
		if (this.open) this.show().catch(() => { /* said by share-error */ });
		else this.close();
	}

	#staged() {
		return this.#stage ??= new Stage(this, this.attachInternals?.());
	}

	/**
	 * @template {keyof Given} K
	 * @param {K} name
	 * @returns {Given[K]}
	 */
	#get(name) {
		if (name in this.#given) return this.#given[name];
		const block = this.querySelector?.(':scope > script[type="application/json"]');
		try {
			return JSON.parse(block?.textContent || '{}')[name];
		} catch {
			return undefined;
		}
	}

	/**
	 * @template {keyof Given} K
	 * @param {K} name
	 * @param {Given[K]} value
	 */
	#set(name, value) {
		if (value === undefined) delete this.#given[name];
		else this.#given[name] = value;
		this.#stage?.refresh();
	}

	/** Takes over properties that were set before the element was defined. */
	#upgrade() {
		for (const name of names) {
			if (!Object.hasOwn(this, name)) continue;
			const value = /** @type {any} */ (this)[name];
			delete (/** @type {any} */ (this)[name]);
			/** @type {any} */ (this)[name] = value;
		}
	}
}
