/**
 * `<share-button>`: a button that opens a sheet.
 *
 * @module
 */
import { css, define } from './sheet/element.js';
import { nearest } from './sheet/dom.js';
import { speak, wordsOf } from './sheet/words.js';
import text from './share-button.css';

/** @typedef {import('./share-sheet.js').ShareSheetElement} ShareSheetElement */

const style = css(text);

/** Draws the icon for sharing. */
function picture() {
	const of = (/** @type {string} */ name) => document.createElementNS('http://www.w3.org/2000/svg', name);
	const [svg, path] = [of('svg'), of('path')];
	svg.setAttribute('viewBox', '0 0 24 24');
	svg.setAttribute('aria-hidden', 'true');
	path.setAttribute('d', 'M12 15V3M7 8l5-5 5 5M5 12v7a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-7');
	svg.append(path);
	return svg;
}

/**
 * A button that opens a `<share-sheet>`, and loads it when the button is hovered or focused.
 * Its content is the label; without content, it says "Share" in the page's language beside
 * an icon.
 *
 * @tag share-button
 * @attribute {string} for - id of the sheet
 * @slot - the label
 * @csspart button - the button
 */
export class ShareButtonElement extends (globalThis.HTMLElement ?? class {}) {
	/**
	 * Registers the element, unless the tag is taken already.
	 *
	 * @param {string} [tag]
	 * @param {CustomElementRegistry} [registry]
	 */
	static define(tag = 'share-button', registry = globalThis.customElements) {
		define(this, tag, registry);
	}

	/** @type {HTMLButtonElement | undefined} */
	#button;

	/** The sheet that the button opens, or null if there is none. @type {ShareSheetElement | null} */
	get sheet() {
		const id = this.getAttribute('for') ?? '';
		const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
		return /** @type {ShareSheetElement | null} */ (
			root.getElementById?.(id) ?? this.ownerDocument.getElementById(id)
		);
	}

	/** Called instead of the other callbacks by moveBefore(), which changes nothing. */
	connectedMoveCallback() {}

	connectedCallback() {
		if (this.shadowRoot) style(this.shadowRoot);
		if (this.#button) return;
		const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
		style(root);
		const button = (this.#button = document.createElement('button'));
		button.type = 'button';
		button.setAttribute('part', 'button');
		button.setAttribute('aria-haspopup', 'dialog');
		const slot = document.createElement('slot');
		button.append(slot);
		root.append(button);
		// Frameworks may add children later. Changing the slot's own content dispatches
		// slotchange too, hence the comparison.
		const put = (/** @type {string} */ word) => {
			const text = slot.assignedNodes().length > 0 ? '' : word;
			if (slot.textContent === text) return;
			slot.textContent = text;
			if (text) slot.prepend(picture());
		};
		const name = () => {
			if (slot.assignedNodes().length > 0) put('');
			else
				wordsOf(speak(nearest(this, 'lang') || navigator.language))
					.then(
						(say) => say('share'),
						() => 'Share',
					)
					.then(put);
		};
		slot.addEventListener('slotchange', name);
		queueMicrotask(name);
		for (const type of ['pointerenter', 'focusin', 'touchstart']) {
			this.addEventListener(
				type,
				() => {
					this.sheet?.prepare?.().catch(() => {
						/* reported when the sheet is shown */
					});
				},
				{ passive: true },
			);
		}
		button.addEventListener('click', () => {
			this.sheet?.show?.(button).catch(() => {
				/* reported by share-error */
			});
		});
	}
}
