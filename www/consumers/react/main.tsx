import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'sharewise/define.js';
import type {} from 'sharewise/react';
import { content, viewer } from '../post.js';

function Story() {
	const [shared, setShared] = useState('');
	return (
		<>
			<share-button for="sheet">Share</share-button>
			<share-sheet
				id="sheet"
				content={content}
				viewer={viewer}
				onshare-done={(event) => setShared(event.detail.target)}
			/>
			<output>{shared}</output>
		</>
	);
}

/** TypeScript knows the element by its tag name. */
export const reopen = (): Promise<void> | undefined => document.querySelector('share-sheet')?.show();

createRoot(document.getElementById('app')!).render(<Story />);
