/**
 * What TypeScript knows of the elements once they are registered.
 *
 * @module
 */
import type { ShareButtonElement } from './share-button.js';
import type { ShareSheetElement } from './events.js';

export * from './define.js';

declare global {
	interface HTMLElementTagNameMap {
		'share-sheet': ShareSheetElement;
		'share-button': ShareButtonElement;
	}
}
