/**
 * What JSX knows of the elements: `import type {} from 'sharewise/react'`.
 *
 * @module
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ShareButtonElement } from './share-button.js';
import type { DeprecatedShareSheetEventMap, ShareSheetElement, ShareSheetEventMap } from './events.js';

type Plain<T> = Omit<HTMLAttributes<T>, 'content'>;
type Settable<T, K extends keyof T> = { [name in K]?: T[name] };
/** React 19 sets what is a property and listens to what begins with "on". */
type Listeners = { [name in keyof ShareEventMap as `on${name}`]?: (event: ShareEventMap[name]) => void };
type ShareEventMap = ShareSheetEventMap & DeprecatedShareSheetEventMap;

declare module 'react' {
	namespace JSX {
		interface IntrinsicElements {
			'share-sheet': DetailedHTMLProps<Plain<ShareSheetElement>, ShareSheetElement> &
				Settable<
					ShareSheetElement,
					'content' | 'viewer' | 'device' | 'page' | 'friends' | 'now' | 'engine' | 'player'
				> &
				Listeners & {
					wasm?: string;
					ruleset?: string;
					integrity?: string;
					loading?: 'intent' | 'idle' | 'eager';
					theme?: 'auto' | 'light' | 'dark';
					recent?: 'off';
				};
			'share-button': DetailedHTMLProps<HTMLAttributes<ShareButtonElement>, ShareButtonElement> & {
				for?: string;
			};
		}
	}
}
