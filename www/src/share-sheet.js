/**
 * `<share-sheet>`: where a piece of content may be shared, and the way there.
 * Importing this module does nothing by itself, in a browser or elsewhere.
 *
 * @module
 */
import { focused } from './sheet/dom.js';
import { css, define } from './sheet/element.js';

export { ShareButtonElement } from './share-button.js';

/** @typedef {import('./sheet/stage.js').Stage} Stage */
/** @typedef {import('./shapes.d.ts').Delivery} Delivery */
/** @typedef {import('./shapes.d.ts').Method} Method */
/** @typedef {import('./shapes.d.ts').Verdict} Verdict */
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

const style = css(':host{display:contents}:host([hidden]:not([open])){display:none}');

/**
 * A share sheet. Its properties say what is shared, by whom and where; a child
 * `<script type="application/json">` may say the same. Children `<a href>` are
 * the links that work before and without script, and whenever the rules cannot
 * be loaded.
 *
 * @tag share-sheet
 *
 * @attribute {string} wasm - address of the engine; `engine.wasm` beside the script unless given
 * @attribute {string} ruleset - address of the rules; `ruleset.json` beside the script unless given
 * @attribute {string} integrity - subresource integrity of the engine
 * @attribute {'intent' | 'idle' | 'eager'} loading - when to load: on `intent` (the default), when `idle`, or `eager`
 * @attribute {boolean} open - whether the sheet is shown
 * @attribute {'auto' | 'light' | 'dark'} theme - `auto` (the default), `light` or `dark`
 * @attribute {'off'} recent - `off` remembers nothing on the device
 * @attribute {'fold' | 'show' | 'hide'} denied - whether targets that are not permitted stand behind one question
 *   (`fold`, the default), with their reasons in the list (`show`), or nowhere (`hide`)
 * @attribute {string} return-to - id of what gets the focus where the opener is gone
 *
 * @slot - links that work without script
 * @slot trigger - what opens the sheet
 * @slot preview - what is shown of the content, in the place of its picture and title
 * @slot header - beside the heading
 * @slot footer - below everything
 *
 * @fires {CustomEvent<{ target: string, delivery: Delivery }>} share-request - before anything is done; cancelable
 * @fires {CustomEvent<{ target: string, method: Method }>} share-done - something was done
 * @fires {CustomEvent<{ target: string, verdict: Verdict, reason: string }>} share-denied - the reader asked for a
 *   target that is not permitted
 * @fires {CustomEvent<{ target?: string, error: unknown }>} share-error - something went wrong
 * @fires {HostEvent<{}>} share-delete - the host deletes the content
 * @fires {HostEvent<{ target: string }>} target-action - the host does what a target of the ruleset's own stands for
 * @fires {HostEvent<{ visibility: 'public' | 'friends' | 'private' }>} share-privacy - the host changes who can see
 *   the content
 * @fires {HostEvent<{ friends: Friend[], note: string }>} share-friends - the host sends the content to friends
 * @fires {HostEvent<{ message: Record<string, unknown> }>} share-bridge - the host's own app takes over
 * @fires {CustomEvent<null>} share-close - the sheet was closed
 * @fires {HostEvent<{}>} content-delete - deprecated: listen to share-delete
 * @fires {HostEvent<{ visibility: 'public' | 'friends' | 'private' }>} content-privacy - deprecated: listen to
 *   share-privacy
 * @fires {HostEvent<{ friends: Friend[], note: string }>} friends-send - deprecated: listen to share-friends
 * @fires {HostEvent<{ message: Record<string, unknown> }>} bridge-send - deprecated: listen to share-bridge
 * @fires {Event} close - deprecated: listen to share-close; does not bubble
 *
 * @csspart dialog - the dialog
 * @csspart surface - the visible box of the dialog
 * @csspart header - heading, and the buttons beside it
 * @csspart close - the button that closes
 * @csspart body - all between header and footer
 * @csspart footer - messages, and the slot
 * @csspart status - messages
 * @csspart preview - the content
 * @csspart group - a row of targets
 * @csspart friends - the row of friends
 * @csspart apps - the row of apps
 * @csspart target - one target
 * @csspart denied - a target that is not permitted, with the reason
 * @csspart own - the row of what can be done with the content
 * @csspart banner - the one cause for which the content goes to no app
 * @csspart alert - the question before deleting
 *
 * @cssprop --share-sheet-accent - links and main buttons
 * @cssprop --share-sheet-on-accent - text on main buttons
 * @cssprop --share-sheet-surface - the sheet
 * @cssprop --share-sheet-well - fields, rows and marks on the sheet
 * @cssprop --share-sheet-ink - text
 * @cssprop --share-sheet-quiet - text that matters less
 * @cssprop --share-sheet-line - lines
 * @cssprop --share-sheet-focus - the ring around what has the focus
 * @cssprop --share-sheet-font - the family of the font; the page's unless given
 * @cssprop --share-sheet-radius - of the sheet's corners
 * @cssprop --share-sheet-control-radius - of the corners of buttons, fields and rows
 * @cssprop --share-sheet-mark - behind the marks of networks, in the place of their colours
 * @cssprop --share-sheet-on-mark - marks of networks
 * @cssprop --share-sheet-mark-radius - of the corners of marks
 *
 * @cssState open - the sheet is shown
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
	#given = Object.create(null);
	/** @type {Stage | undefined} */
	#stage;
	/** @type {Promise<Stage> | undefined} */
	#staging;
	/** @type {Promise<void> | undefined} */
	#showing;
	/** @type {ElementInternals | undefined} */
	#internals;
	/** @type {AbortController | undefined} */
	#connection;
	/** Shows the page's links where there is no sheet to show them. @type {HTMLSlotElement | undefined} */
	#links;

	/** What is shared; see shapes.d.ts. @type {Content | undefined} */
	get content() {
		return this.#get('content');
	}
	set content(value) {
		this.#set('content', value);
	}

	/** Who looks at it. @type {Viewer | undefined} */
	get viewer() {
		return this.#get('viewer');
	}
	set viewer(value) {
		this.#set('viewer', value);
	}

	/** What the device can do; found out where it is undefined. @type {Device | undefined} */
	get device() {
		return this.#get('device');
	}
	set device(value) {
		this.#set('device', value);
	}

	/** What the page has set once for all its content. @type {Page | undefined} */
	get page() {
		return this.#get('page');
	}
	set page(value) {
		this.#set('page', value);
	}

	/** Whom the reader can send it to inside the host's app. @type {Friend[]} */
	get friends() {
		return this.#get('friends') ?? [];
	}
	set friends(value) {
		this.#set('friends', value);
	}

	/** The moment of the decision, in RFC 3339; the clock's where it is undefined. @type {string | undefined} */
	get now() {
		return this.#get('now');
	}
	set now(value) {
		this.#set('now', value);
	}

	/** The engine that decides; started on intent where it is undefined. @type {Engine | undefined} */
	get engine() {
		return this.#given.engine;
	}
	set engine(value) {
		this.#given.engine = value;
		this.#stage?.restart();
	}

	/** Plays the content, so that a link can start where it stands. @type {HTMLMediaElement | undefined} */
	get player() {
		return this.#given.player;
	}
	set player(value) {
		this.#set('player', value);
	}

	/** The sheet that was decided last, for what the element has been given since. @type {Sheet | undefined} */
	get sheet() {
		return this.#stage?.sheet;
	}

	/** Whether the sheet is shown. @type {boolean} */
	get open() {
		return this.hasAttribute('open');
	}
	set open(value) {
		this.toggleAttribute('open', Boolean(value));
	}

	/**
	 * Shows the sheet. While it is open, the same promise is given again.
	 *
	 * @param {Element} [opener]  gets the focus back; what has it now, unless given
	 * @returns {Promise<void>} settled when the sheet can be seen and is decided, or was closed before
	 */
	show(opener = focused(this.ownerDocument) ?? undefined) {
		if (!this.isConnected) return Promise.reject(new Error('the sheet is in no document'));
		return (this.#showing ??= this.#show(opener));
	}

	/** @param {Element} [opener] */
	async #show(opener) {
		try {
			const stage = await this.#staged();
			this.#links?.remove();
			if (this.#showing) await stage.show(opener, () => (this.#showing = undefined));
		} catch (error) {
			this.close();
			this.open = false;
			// The sheet cannot be loaded or shown; the page's own links are.
			this.shadowRoot?.append((this.#links ??= document.createElement('slot')));
			console.error(`<${this.localName}>: ${/** @type {any} */ (error)?.message ?? error}`);
			this.dispatchEvent(new CustomEvent('share-error', { detail: { error }, bubbles: true, composed: true }));
			throw error;
		}
	}

	/** Closes the sheet. */
	close() {
		this.#showing = undefined;
		this.#stage?.close();
	}

	/**
	 * Gets ready for showing: loads the engine and the words.
	 *
	 * @returns {Promise<void>} rejected where there is no engine
	 */
	async prepare() {
		await (await this.#staged()).prepare();
	}

	connectedCallback() {
		this.#upgrade();
		if (!this.shadowRoot) {
			const root = this.attachShadow({ mode: 'open' });
			const trigger = document.createElement('slot');
			trigger.name = 'trigger';
			root.append(trigger);
			trigger.addEventListener('click', (event) => {
				this.show(/** @type {Element} */ (event.target)).catch(() => {
					/* said by share-error */
				});
			});
		}
		style(/** @type {ShadowRoot} */ (this.shadowRoot));
		this.#connection = new AbortController();
		const { signal } = this.#connection;
		const prepare = () => {
			this.prepare().catch(() => {
				/* said when it is shown */
			});
		};
		for (const type of ['pointerenter', 'focusin', 'touchstart']) {
			this.querySelector('[slot="trigger"]')?.addEventListener(type, prepare, { signal, passive: true });
		}
		this.addEventListener(
			'command',
			(/** @type {any} */ event) => {
				if (event.command === '--show')
					this.show(event.source).catch(() => {
						/* said by share-error */
					});
				if (event.command === '--close') this.close();
			},
			{ signal },
		);
		// Browsers know this command for dialogs alone, and tell no other element of it.
		this.ownerDocument.addEventListener(
			'click',
			(event) => {
				const [from] = /** @type {Element[]} */ (event.composedPath());
				const button = from.closest('[command="show-modal"]');
				if (this.id && button?.getAttribute('commandfor') === this.id)
					this.show(button).catch(() => {
						/* said by share-error */
					});
			},
			{ signal },
		);
		const loading = this.getAttribute('loading');
		if (loading === 'eager') prepare();
		if (loading === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(prepare);
		// What stands in a copy of a page, which the reader has closed by leaving it.
		if (this.hasAttribute('data-shown')) {
			this.removeAttribute('data-shown');
			this.open = false;
		}
		if (this.open) this.#reflect();
	}

	/** It is moved, not taken out: a sheet that is open stays open. */
	connectedMoveCallback() {
		this.#stage?.moved();
	}

	disconnectedCallback() {
		this.#connection?.abort();
		this.#links?.remove();
		this.#showing = undefined;
		this.#stage?.leave();
	}

	/** @param {string} name @param {string | null} before @param {string | null} now */
	attributeChangedCallback(name, before, now) {
		if (before === now || !this.isConnected || !this.#connection) return;
		if (name === 'open') this.#reflect();
		else if (name !== 'loading') this.#stage?.restart();
	}

	#reflect() {
		if (this.open)
			this.show().catch(() => {
				/* said by share-error */
			});
		else this.close();
	}

	/** Loads the sheet's own scripts, when somebody is about to open it. */
	#staged() {
		import('./sheet/decision.js').catch(() => {
			/* said by whoever needs it */
		});
		return (this.#staging ??= import('./sheet/stage.js').then(
			({ Stage }) => (this.#stage = new Stage(this, (this.#internals ??= this.attachInternals?.()))),
			(error) => {
				this.#staging = undefined;
				throw error;
			},
		));
	}

	/**
	 * @template {keyof Given} K
	 * @param {K} name
	 * @returns {Given[K]}
	 */
	#get(name) {
		// A property of Object.prototype was not given by the page.
		if (Object.hasOwn(this.#given, name)) return this.#given[name];
		const block = this.querySelector?.(':scope > script[type="application/json"]');
		try {
			const given = JSON.parse(block?.textContent || '{}');
			return given && Object.hasOwn(given, name) ? given[name] : undefined;
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
		if (name !== 'friends' && name !== 'player') this.#stage?.forget();
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
