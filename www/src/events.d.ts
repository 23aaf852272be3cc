/**
 * The events of `<share-sheet>`, as addEventListener knows them.
 *
 * @module
 */
import type { ShareSheetEventMap } from './share-sheet.js';

type Listener<E> = (this: import('./share-sheet.js').ShareSheetElement, event: E) => unknown;

declare module './share-sheet.js' {
	interface ShareSheetElement {
		addEventListener<K extends keyof ShareSheetEventMap>(
			type: K,
			listener: Listener<ShareSheetEventMap[K]>,
			options?: boolean | AddEventListenerOptions,
		): void;
		addEventListener<K extends keyof HTMLElementEventMap>(
			type: K,
			listener: Listener<HTMLElementEventMap[K]>,
			options?: boolean | AddEventListenerOptions,
		): void;
		addEventListener(
			type: string,
			listener: EventListenerOrEventListenerObject,
			options?: boolean | AddEventListenerOptions,
		): void;
		removeEventListener<K extends keyof ShareSheetEventMap>(
			type: K,
			listener: Listener<ShareSheetEventMap[K]>,
			options?: boolean | EventListenerOptions,
		): void;
		removeEventListener<K extends keyof HTMLElementEventMap>(
			type: K,
			listener: Listener<HTMLElementEventMap[K]>,
			options?: boolean | EventListenerOptions,
		): void;
		removeEventListener(
			type: string,
			listener: EventListenerOrEventListenerObject,
			options?: boolean | EventListenerOptions,
		): void;
	}
}

export * from './share-sheet.js';
