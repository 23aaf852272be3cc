import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import decode from 'qr/decode.js';
import { brotli } from '../size.mjs';
import { qrCode } from '../src/qr.js';
import { launch } from './chromium.js';

const policy =
	"default-src 'none'; script-src 'self'; img-src blob:; require-trusted-types-for 'script'; trusted-types 'none'";

/** @type {[what: string, text: string][]} */
const texts = [
	['a short address', 'https://video.example/@lina/story/7100'],
	['an address with everything', 'https://video.example/watch?v=7100&t=42&list=a%20b%2Bc#comments=~!$()*,;:@'],
	['one in Arabic', 'https://video.example/قصص/غروب-الشمس?من=لينا'],
	['one in Hebrew, with an isolate', 'https://video.example/\u2068שקיעה\u2069/7100'],
	['one in Japanese', 'https://video.example/物語/夕焼け'],
	['one with emoji', 'https://video.example/🌅/👩‍👩‍👧'],
	['one with accents', 'https://vidéo.example/été/çà-et-là/ß'],
	['one that a host made of capitals and digits', 'HTTPS://VIDEO.EXAMPLE/7100'],
	['digits', '0123456789'.repeat(30)],
	['one letter', 'a'],
	['the longest that the sheet shows', `https://video.example/${'a1-'.repeat(393)}b`.slice(0, 1200)],
	['the longest in Arabic', `https://video.example/${'غروب/'.repeat(128)}`],
	['the longest at the usual correction', 'a'.repeat(2331)],
	['the longest of all', 'a'.repeat(2953)],
];

/**
 * Draws a code from its path, as the page does, and decodes it.
 *
 * @param {import('../src/qr.js').Code} code
 */
function read({ size, path }) {
	const scale = 4;
	const width = size * scale;
	const data = new Uint8ClampedArray(width * width * 4).fill(255);
	for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
		for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
			for (let column = Number(x) * scale; column < (Number(x) + Number(length)) * scale; column++)
				data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
		}
	}
	return decode({ width, height: width, data });
}

for (const [what, text] of texts) {
	test(`${what} is read back from its code`, () => {
		const code = qrCode(text);
		assert.equal(read(code), text);
		assert.ok(
			code.runs.every(([x, y, length]) => x >= 4 && y >= 4 && x + length <= code.size - 4 && y < code.size - 4),
			'four light squares all around',
		);
	});
}

test('an address of usual length makes a code of usual size', () => {
	assert.equal(qrCode('https://video.example/@lina/story/7100').size, 29 + 8);
});

test('a code can be damaged in the middle and still be read', () => {
	const text = 'https://video.example/@lina/story/7100';
	const { size, path } = qrCode(text);
	const at = size / 2 - 2.5;
	assert.equal(read({ size, runs: [], path: `${path}M${at} ${at}h5v1h-5zM${at} ${at + 1}h5v1h-5z` }), text);
});

test('what no code holds is refused', () => {
	assert.throws(() => qrCode('a'.repeat(2954)), {
		name: 'RangeError',
		message: 'no code holds 2954 bytes; 2953 are the most',
	});
	assert.throws(() => qrCode('غ'.repeat(1500)), {
		name: 'RangeError',
		message: 'no code holds 3000 bytes; 2953 are the most',
	});
});

/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Uint8Array} */
let script;

before(async () => {
	const { outputFiles } = await build({
		entryPoints: [new URL('../src/qr.js', import.meta.url).pathname],
		bundle: true,
		minify: true,
		format: 'esm',
		target: 'es2022',
		write: false,
	});
	script = outputFiles[0].contents;
	server = createServer(({ url }, response) => {
		if (url === '/qr.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
		else
			response
				.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy })
				.end('<!doctype html><meta name="color-scheme" content="dark"><title>page</title>');
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
	browser = await launch();
});
after(async () => {
	await browser?.close();
	server?.close();
});

/**
 * Decodes the picture of a code.
 *
 * @param {{ width: number, height: number, lightness: string }} picture  a character for each pixel: its lightness, 0
 *   to 9
 */
function readPicture({ width, height, lightness }) {
	const data = new Uint8ClampedArray(width * height * 4).fill(255);
	for (let i = 0; i < lightness.length; i++) data.fill(Number(lightness[i]) * 28, i * 4, i * 4 + 3);
	return decode({ width, height, data });
}

test('in Chromium, the code on the page and both files are read back, in dark mode and in forced colours', async () => {
	const text = 'https://video.example/قصص/غروب?t=42';
	const { size } = qrCode(text);
	for (const forcedColors of /** @type {const} */ (['none', 'active'])) {
		const page = await browser.newPage({ colorScheme: 'dark', forcedColors });
		/** @type {string[]} */
		const wrong = [];
		page.on('console', (message) => wrong.push(...(message.type() === 'error' ? [message.text()] : [])));
		await page.addInitScript(() => {
			Object.assign(globalThis, {
				/** @param {Blob} file */
				async picture(file) {
					const image = new Image();
					image.src = URL.createObjectURL(file);
					await image.decode();
					const { width, height } = image;
					const context = /** @type {CanvasRenderingContext2D} */ (
						Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
					);
					context.drawImage(image, 0, 0);
					let lightness = '';
					for (const [i, value] of context.getImageData(0, 0, width, height).data.entries())
						if (i % 4 === 0) lightness += Math.floor((value * 9) / 255);
					return { type: file.type, width, height, lightness };
				},
			});
		});
		await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`);
		const files = await page.evaluate(async (text) => {
			const { qrSvg, qrPng, qrSvgFile } = await import(/** @type {any} */ ('/qr.js'));
			const svg = qrSvg(text, 'رمز QR');
			svg.style.width = '200px';
			document.body.append(svg);
			return Promise.all(
				[await qrPng(text), await qrPng(text, 300), await qrPng(text, 1), qrSvgFile(text)].map(
					/** @type {any} */ (globalThis).picture,
				),
			);
		}, text);
		for (const file of files) assert.equal(readPicture(file), text, file.type);
		assert.deepEqual(
			files.map(({ type, width, height }) => [type, width, height]),
			[
				['image/png', Math.floor(1024 / size) * size, Math.floor(1024 / size) * size],
				['image/png', Math.floor(300 / size) * size, Math.floor(300 / size) * size],
				['image/png', 2 * size, 2 * size],
				['image/svg+xml', 8 * size, 8 * size],
			],
		);

		const shot = (await page.getByRole('img', { name: 'رمز QR' }).screenshot()).toString('base64');
		const shown = await page.evaluate((base64) => {
			const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
			return /** @type {any} */ (globalThis).picture(new Blob([bytes], { type: 'image/png' }));
		}, shot);
		assert.equal(readPicture(shown), text, `on the page, forced colours: ${forcedColors}`);
		assert.equal(shown.lightness[0], '9', 'dark on light');
		assert.deepEqual(wrong, []);
		await page.close();
	}
});

test('what a visitor downloads when a code is shown', () => {
	assert.ok(brotli(Buffer.from(script)) <= 4300, `${brotli(Buffer.from(script))} bytes`);
});
