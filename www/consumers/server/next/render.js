/** Renders the page as a server with React does. */
import { createElement } from 'react';
import { prerender } from 'react-dom/static.edge';

/** @param {import('react').ComponentType} Page */
export async function render(Page) {
	const { prelude } = await prerender(createElement(Page));
	const head =
		'<title>Next</title><link rel="icon" href="data:,">' +
		'<script type="module" src="../node_modules/sharewise/dist/define.js"></script>';
	const body = await new Response(prelude).text();
	return `<!doctype html><html lang="en">${head}<body>${body}</body></html>`;
}
