/** A server with Express: it renders the page, and decides again before it deletes. */
import express from 'express';
import * as post from '../post.js';
import { engine, page } from './page.js';

export const app = express();

app.get('/post/', async (request, response) => {
	const title = request.query.title ?? post.content.title;
	response.type('html').send(await page({ content: { ...post.content, title }, viewer: post.viewer }));
});

app.delete('/post/', (request, response) => {
	// Who asks is known from the session, and what time it is from the server's clock.
	const viewer = { ...post.viewer, role: request.get('Cookie') === 'session=owner' ? 'owner' : 'public' };
	const { entries } = engine.sheet({ content: post.content, viewer, now: new Date().toISOString() });
	const verdict = entries.find(({ target }) => target === 'content.delete')?.verdict;
	response.status(verdict === 'permitted' ? 204 : 403).end();
});

app.use('/node_modules', express.static(new URL('../node_modules', import.meta.url).pathname));
