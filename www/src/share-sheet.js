/**
 * `<share-sheet>`: shows where content may be shared, and shares it. Importing this module
 * registers nothing, and works outside of a browser too.
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
/** @typedef {import('./shapes.d.ts').Request} Request */
/** @typedef {import('./engine.js').Engine} Engine */

/**
 * Somebody to whom the reader can send the content within the host's app.
 *
 * @typedef {object} Friend
 * @property {string} id
 * @property {string} name
 * @property {string} [avatar]  the address of a picture
 */

/**
 * What a picture with a QR code shows beside the content.
 *
 * @typedef {object} Card
 * @property {string} [author]  the name of whoever has made the content
 * @property {string} [avatar]  the address of their picture
 * @property {string} [brand]   the name of the site
 * @property {string} [mark]    the address of its logo
 */

/**
 * The properties of the element that the page can set.
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
 * @property {Card} [card]
 */

const names = /** @type {const} */ ([
	'content',
	'viewer',
	'device',
	'page',
	'friends',
	'now',
	'engine',
	'player',
	'card',
]);

const style = css(':host{display:contents}:host([hidden]:not([open])){display:none}');

/**
 * A share sheet. Its properties say what is shared, by whom and where, and a child
 * `<script type="application/json">` has the values of those that are not set. Children
 * `<a href>` are links that work without script, and if the rules cannot be loaded.
 *
 * @tag share-sheet
 *
 * @attribute {string} wasm - address of the engine; `engine.wasm` beside the script by default
 * @attribute {string} ruleset - address of the rules; `ruleset.json` beside the script by default
 * @attribute {string} integrity - subresource integrity of the engine
 * @attribute {'intent' | 'idle' | 'eager'} loading - when to load: on `intent` (the default), when `idle`, or `eager`
 * @attribute {boolean} open - whether the sheet is shown
 * @attribute {'auto' | 'light' | 'dark'} theme - `auto` (the default), `light` or `dark`
 * @attribute {'off'} recent - `off` remembers nothing on the device
 * @attribute {'fold' | 'show' | 'hide'} denied - whether refused targets are in a view behind a button (`fold`, the
 *   default), in the list with their reasons (`show`), or nowhere (`hide`)
 * @attribute {boolean} history - whether the browser's Back goes back in the sheet, by an entry in the page's history
 * @attribute {string} return-to - id of the element that gets the focus if the opener is gone
 *
 * @slot - links that work without script
 * @slot trigger - opens the sheet when it is clicked
 * @slot preview - replaces the picture and the title of the content
 * @slot header - beside the heading
 * @slot footer - below everything
 *
 * @fires {CustomEvent<{ target: string, delivery: Delivery }>} share-request - a target is about to be used; cancelable
 * @fires {CustomEvent<{ target: string, method: Method }>} share-done - a target was used
 * @fires {CustomEvent<{ target: string, verdict: Verdict, reason: string }>} share-denied - the reader asked for a
 *   target that is not permitted
 * @fires {CustomEvent<{ target?: string, error: unknown }>} share-error - something has failed
 * @fires {HostEvent<{}>} share-delete - the host deletes the content
 * @fires {HostEvent<{ target: string }>} target-action - the host carries out a target that the ruleset declares
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
 * @csspart header - the heading and the buttons beside it
 * @csspart close - the button that closes the sheet
 * @csspart body - everything between header and footer
 * @csspart footer - messages, and the slot
 * @csspart status - messages
 * @csspart preview - the content
 * @csspart group - a row of targets
 * @csspart friends - the row of friends
 * @csspart apps - the row of apps
 * @csspart target - one target
 * @csspart denied - a refused target, with the reason
 * @csspart own - the row of what can be done with the content
 * @csspart banner - the reason if no app is permitted
 * @csspart alert - the confirmation before deleting
 *
 * @cssprop --share-sheet-accent - links and main buttons
 * @cssprop --share-sheet-on-accent - text on main buttons
 * @cssprop --share-sheet-surface - the background of the sheet
 * @cssprop --share-sheet-well - fields, rows and marks on the sheet
 * @cssprop --share-sheet-ink - text
 * @cssprop --share-sheet-quiet - less important text
 * @cssprop --share-sheet-line - lines
 * @cssprop --share-sheet-focus - the focus ring
 * @cssprop --share-sheet-font - the font family; the page's by default
 * @cssprop --share-sheet-radius - the radius of the sheet's corners
 * @cssprop --share-sheet-control-radius - the radius of the corners of buttons, fields and rows
 * @cssprop --share-sheet-mark - the background of the marks of networks, instead of their colours
 * @cssprop --share-sheet-on-mark - the icons in the marks of networks
 * @cssprop --share-sheet-mark-radius - the radius of the corners of marks
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
	/** The engine for the stage, started while its code still loads. @type {Promise<Engine> | undefined} */
	#engine;
	/** @type {Promise<void> | undefined} */
	#showing;
	// In the document of another window, they can no longer be attached.
	#internals = this.attachInternals?.();
	/** @type {AbortController | undefined} */
	#connection;
	/** Shows the page's links if the sheet cannot be loaded or shown. @type {HTMLSlotElement | undefined} */
	#links;

	/** The content to share; see shapes.d.ts. @type {Content | undefined} */
	get content() {
		return this.#get('content');
	}
	set content(value) {
		this.#set('content', value);
	}

	/** The viewer of the sheet. @type {Viewer | undefined} */
	get viewer() {
		return this.#get('viewer');
	}
	set viewer(value) {
		this.#set('viewer', value);
	}

	/** What the device can do; detected if undefined. @type {Device | undefined} */
	get device() {
		return this.#get('device');
	}
	set device(value) {
		this.#set('device', value);
	}

	/** The settings of the page for all its content. @type {Page | undefined} */
	get page() {
		return this.#get('page');
	}
	set page(value) {
		this.#set('page', value);
	}

	/** The friends to whom the reader can send the content within the host's app. @type {Friend[]} */
	get friends() {
		return this.#get('friends') ?? [];
	}
	set friends(value) {
		this.#set('friends', value);
	}

	/** The time of the decision in RFC 3339; the clock's if undefined. @type {string | undefined} */
	get now() {
		return this.#get('now');
	}
	set now(value) {
		this.#set('now', value);
	}

	/** The engine that decides; one is started if undefined. @type {Engine | undefined} */
	get engine() {
		return this.#given.engine;
	}
	set engine(value) {
		this.#given.engine = value;
		this.#restart();
	}

	/** The player of the content, so that a link can start at its current time. @type {HTMLMediaElement | undefined} */
	get player() {
		return this.#given.player;
	}
	set player(value) {
		this.#set('player', value);
	}

	/** What a picture with a QR code shows beside the content. @type {Card | undefined} */
	get card() {
		return this.#get('card');
	}
	set card(value) {
		this.#set('card', value);
	}

	/**
	 * The current sheet; undefined until it is decided for the current properties, or if that failed.
	 *
	 * @type {Sheet | undefined}
	 */
	get sheet() {
		return this.#stage?.sheet;
	}

	/**
	 * The request that the current sheet answers, with what the reader has chosen in it; undefined without a sheet.
	 *
	 * @type {Request | undefined}
	 */
	get request() {
		return this.sheet && this.#stage?.lastRequest;
	}

	/** Whether the sheet is shown. @type {boolean} */
	get open() {
		return this.hasAttribute('open');
	}
	set open(value) {
		this.toggleAttribute('open', Boolean(value));
	}

	/**
	 * Shows the sheet. While it is open, further calls return the same promise.
	 *
	 * @param {Element} [opener]  gets the focus back when the sheet closes; the focused element by default
	 * @returns {Promise<void>} fulfilled when the sheet is visible and decided, or was closed before; rejected if it
	 *   cannot be loaded or shown
	 */
	show(opener = focused(this.ownerDocument) ?? undefined) {
		if (!this.isConnected || !this.ownerDocument.defaultView)
			return Promise.reject(new Error('the sheet is in no document of a window'));
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
			// The page's own links replace the sheet.
			this.shadowRoot?.append((this.#links ??= document.createElement('slot')));
			console.error(`<${this.localName}>: ${/** @type {any} */ (error)?.message ?? error}`);
			this.dispatchEvent(new CustomEvent('share-error', { detail: { error }, bubbles: true, composed: true }));
			throw error;
		}
	}

	/** Called when another engine or ruleset is wanted. */
	#restart() {
		this.#engine = undefined;
		this.#stage?.restart();
	}

	/** Closes the sheet, if it is open. */
	close() {
		this.#showing = undefined;
		this.#stage?.close();
	}

	/**
	 * Loads the sheet's code, the engine and the words, so that `show` is fast.
	 *
	 * @returns {Promise<void>} rejected if the engine cannot be started
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
					/* reported by share-error */
				});
			});
		}
		style(/** @type {ShadowRoot} */ (this.shadowRoot));
		this.#connection = new AbortController();
		const { signal } = this.#connection;
		const prepare = () => {
			this.prepare().catch(() => {
				/* reported when the sheet is shown */
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
						/* reported by share-error */
					});
				if (event.command === '--close') this.close();
			},
			{ signal },
		);
		// Browsers dispatch no command event for show-modal, except on dialogs.
		this.ownerDocument.addEventListener(
			'click',
			(event) => {
				const [from] = /** @type {Element[]} */ (event.composedPath());
				const button = from.closest('[command="show-modal"]');
				if (this.id && button?.getAttribute('commandfor') === this.id)
					this.show(button).catch(() => {
						/* reported by share-error */
					});
			},
			{ signal },
		);
		const loading = this.getAttribute('loading');
		if (loading === 'eager') prepare();
		if (loading === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(prepare);
		// A copy of the page's HTML may contain an open sheet, which is not open in this page.
		if (this.hasAttribute('data-shown')) {
			this.removeAttribute('data-shown');
			this.open = false;
		}
		if (this.open) this.#reflect();
	}

	/** Called instead of the other two by moveBefore(): an open sheet stays open. */
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
		else if (name !== 'loading') this.#restart();
	}

	#reflect() {
		if (this.open)
			this.show().catch(() => {
				/* reported by share-error */
			});
		else this.close();
	}

	/** Loads the sheet's code, once. */
	#staged() {
		if (this.#staging) return this.#staging;
		// Beside the code of the sheet, so that the engine doesn't wait for it.
		this.#engine = import('./sheet/decision.js').then(({ engineOf }) => engineOf(this));
		this.#engine.catch(() => {
			/* reported by the stage, which needs it */
		});
		return (this.#staging = import('./sheet/stage.js').then(
			({ Stage }) => (this.#stage = new Stage(this, this.#internals, this.#engine)),
			(error) => {
				this.#staging = undefined;
				throw error;
			},
		));
	}

	/**
	 * The value of a property: as set, or else from the data block.
	 *
	 * @template {keyof Given} K
	 * @param {K} name
	 * @returns {Given[K]}
	 */
	#get(name) {
		// A member of Object.prototype was not set by the page.
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

	/** Passes properties that were set before the element was defined to their setters. */
	#upgrade() {
		for (const name of names) {
			if (!Object.hasOwn(this, name)) continue;
			const value = /** @type {any} */ (this)[name];
			delete (/** @type {any} */ (this)[name]);
			/** @type {any} */ (this)[name] = value;
		}
	}
}
