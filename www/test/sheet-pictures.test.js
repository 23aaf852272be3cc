/**
 * Pictures of content and people: requested without a referrer or cookies, and
 * shown on cross-origin isolated pages too.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { listen } from './listening.js';
import { look } from './looking.js';

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
/** Another site, with pictures. @type {import('node:http').Server} */
let server;
let elsewhere = '';
/** @type {{ path: string, cookie?: string, referer?: string }[]} */
const asked = [];
const png = readFileSync(new URL('../docs/inspector.png', import.meta.url));

const policy =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src *";
const isolation = { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' };

before(async () => {
	world = await look();
	server = createServer(({ url = '', headers: { cookie, referer, origin } }, response) => {
		if (url === '/cookie') return response.writeHead(200, { 'Set-Cookie': 'who=me; SameSite=Lax' }).end();
		asked.push({ path: url, cookie, referer });
		response
			.writeHead(200, {
				'Content-Type': 'image/png',
				...(url.startsWith('/allowed') && origin && { 'Access-Control-Allow-Origin': origin }),
			})
			.end(png);
	});
	elsewhere = await listen(server);
});
after(async () => {
	server?.close();
	server?.closeAllConnections();
	await world?.end();
});

for (const isIsolated of [false, true]) {
	test(`pictures of another site ${isIsolated ? 'under COEP require-corp ' : ''}come without credentials where it allows it, and are left out where not`, async () => {
		const { page, context } = await world.visit({ policy });
		await page.goto(`${elsewhere}/cookie`);
		await page.goto(world.site.page({ policy, headers: isIsolated ? isolation : {} }));
		await page.waitForFunction(() => customElements.get('share-sheet'));
		assert.equal(await page.evaluate(() => crossOriginIsolated), isIsolated);
		for (const [path, shows] of /** @type {[string, boolean][]} */ ([
			['/allowed.png', true],
			['/other.png', false],
		])) {
			asked.length = 0;
			await page.evaluate(
				async ([src, story]) => {
					const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
					sheet.close();
					Object.assign(sheet, {
						content: { ...story.content, imageUrl: src },
						viewer: story.viewer,
						now: story.now,
						friends: [{ id: '1', name: 'Nour', avatar: `${src}?face` }],
					});
					await sheet.show();
				},
				/** @type {[string, any]} */ ([elsewhere + path, world.site.story]),
			);
			await page.waitForFunction((shows) => {
				const root = document.querySelector('share-sheet')?.shadowRoot;
				const images = [...(root?.querySelectorAll('img') ?? [])];
				return shows
					? images.length === 2 && images.every((image) => image.complete && image.naturalWidth > 0)
					: images.length === 0;
			}, shows);
			assert.equal(
				await page.locator('share-sheet .face').first().textContent(),
				shows ? '' : 'N',
				'a letter stands for a face',
			);
			assert.deepEqual(
				asked.map(({ cookie, referer }) => [cookie, referer]),
				[
					[undefined, undefined],
					[undefined, undefined],
				],
				path,
			);
		}
		world.outside.length = 0;
		await context.close();
	});
}

test('a blob of the page is a picture, a blob of another and data are none', async () => {
	const { page, context } = await world.visit({
		policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src * blob: data:",
	});
	const shown = await page.evaluate(async (story) => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		const own = URL.createObjectURL(
			new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' }),
		);
		const addresses = [
			own,
			'blob:https://lamha.example/1',
			'data:image/png;base64,AA==',
			'javascript:alert(1)',
			`https://a.example/${'a'.repeat(9000)}`,
			{ toString: () => own },
		];
		Object.assign(sheet, {
			content: story.content,
			viewer: story.viewer,
			now: story.now,
			friends: addresses.map((avatar, i) => ({ id: `${i}`, name: 'Nour', avatar })),
		});
		await sheet.show();
		return [...sheet.shadowRoot.querySelectorAll('.face')].map(
			(face) => face.firstElementChild?.localName ?? face.textContent,
		);
	}, world.site.story);
	assert.deepEqual(shown, ['img', 'N', 'N', 'N', 'N', 'N']);
	await context.close();
});
