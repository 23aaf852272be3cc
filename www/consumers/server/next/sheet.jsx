'use client';
/** The elements, which are defined in the browser. */
import 'sharewise/define.js';

/** @param {{ children: import('react').ReactNode }} props */
export const Sheet = ({ children }) => (
	<>
		<share-button for="sheet">Share</share-button>
		<share-sheet id="sheet">{children}</share-sheet>
	</>
);
