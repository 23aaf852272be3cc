/**
 * The events of `<share-sheet>`, as addEventListener knows them.
 *
 * @module
 */
import type { Delivery, Method, Verdict } from './shapes.js';
import type { Friend, ShareSheetElement } from './share-sheet.js';

/**
 * An event that only the host can answer: the promise that it gives to
 * respondWith says how it went. Where that resolves to an object with a
 * function `undo`, the reader can take it back.
 */
export interface HostEvent<T> extends Event {
	readonly detail: T;
	respondWith(answer: unknown): void;
}

/**
 * All events of the element. They bubble and leave shadow roots. Cancelling
 * `share-request` keeps the target from being used.
 */
export interface ShareSheetEventMap {
	/** Before anything is done. */
	'share-request': CustomEvent<{ target: string; delivery: Delivery }>;
	/** Something was done. */
	'share-done': CustomEvent<{ target: string; method: Method }>;
	/** The reader asked for a target that is not permitted. */
	'share-denied': CustomEvent<{ target: string; verdict: Verdict; reason: string }>;
	/** Something went wrong; the reader was told. */
	'share-error': CustomEvent<{ target?: string; error: unknown }>;
	/** The host deletes the content; the reader has confirmed it. */
	'share-delete': HostEvent<{}>;
	/** The host changes who can see the content. */
	'share-privacy': HostEvent<{ visibility: 'public' | 'friends' | 'private' }>;
	/** The host sends the content to friends. */
	'share-friends': HostEvent<{ friends: Friend[]; note: string }>;
	/** The host does what a target that the ruleset declares stands for; its method is `host`. */
	'target-action': HostEvent<{ target: string }>;
	/** The host's own app takes over. */
	'share-bridge': HostEvent<{ message: Record<string, unknown> }>;
	/** The sheet was closed. */
	'share-close': CustomEvent<null>;
}

/**
 * The names that some events had before. An event that the host answers is
 * dispatched under its old name where nobody has answered or cancelled it
 * under its new one. `close` does not bubble.
 *
 * @deprecated listen to the events of {@link ShareSheetEventMap}
 */
export interface DeprecatedShareSheetEventMap {
	/** @deprecated listen to `share-delete` */
	'content-delete': ShareSheetEventMap['share-delete'];
	/** @deprecated listen to `share-privacy` */
	'content-privacy': ShareSheetEventMap['share-privacy'];
	/** @deprecated listen to `share-friends` */
	'friends-send': ShareSheetEventMap['share-friends'];
	/** @deprecated listen to `share-bridge` */
	'bridge-send': ShareSheetEventMap['share-bridge'];
	/** @deprecated listen to `share-close` */
	close: Event;
}

type Listener<E> = (this: ShareSheetElement, event: E) => unknown;

declare module './share-sheet.js' {
	interface ShareSheetElement {
		addEventListener<K extends keyof ShareSheetEventMap>(
			type: K,
			listener: Listener<ShareSheetEventMap[K]>,
			options?: boolean | AddEventListenerOptions,
		): void;
		/** @deprecated listen to the event's name that begins with `share-` */
		addEventListener<K extends keyof DeprecatedShareSheetEventMap>(
			type: K,
			listener: Listener<DeprecatedShareSheetEventMap[K]>,
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
		/** @deprecated listen to the event's name that begins with `share-` */
		removeEventListener<K extends keyof DeprecatedShareSheetEventMap>(
			type: K,
			listener: Listener<DeprecatedShareSheetEventMap[K]>,
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
