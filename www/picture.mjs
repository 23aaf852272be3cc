/**
 * Takes the README's pictures: "node picture.mjs [FOLDER]" writes sheet.jpg,
 * sheet-dark.jpg and inspector.png into FOLDER, or docs.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';
import { executablePath } from './chromium.mjs';

const size = { width: 1440, height: 860 };
const most = 120 * 1024; // bytes

const server = await serve({ port: 0 });
const browser = await chromium.launch({
	executablePath,
	args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
	const page = await browser.newPage({
		viewport: size,
		reducedMotion: 'reduce',
		locale: 'en-GB',
		colorScheme: 'light',
	});
	await page.goto(new URL('/inspector/', server.url).href);
	await page.waitForSelector('html[data-ready]');
	await page.locator('.cell.permitted').first().waitFor();
	const picture = await page.screenshot();
	const blank = await browser.newPage();
	const { pixels, palette } = await blank.evaluate(fewColours, picture.toString('base64'));
	const file = png(Buffer.from(pixels, 'base64'), Buffer.from(palette), size.width);
	keep('inspector.png', file);
	keep('sheet.jpg', await sheets('light'));
	keep('sheet-dark.jpg', await sheets('dark'));
} finally {
	await browser.close();
	await server.close();
}

/**
 * @param {string} name
 * @param {Buffer} file
 */
function keep(name, file) {
	if (file.length > most) throw new Error(`${name} has ${file.length} bytes, more than ${most}`);
	writeFileSync(join(process.argv[2] ?? join(import.meta.dirname, 'docs'), name), file);
	console.log(`${name}: ${(file.length / 1024).toFixed(1)} KB`);
}

/**
 * Takes the picture of two sheets side by side: the refusals with their reasons and what
 * is possible instead, and the code that leads from a computer to the phone.
 *
 * @param {'light' | 'dark'} theme
 */
async function sheets(theme) {
	const pictures = [];
	for (const [query, target, shown] of /** @type {const} */ ([
		['as=public&device=android#share-7100', 'denied', 'section.denied'],
		['device=desktop#share-7100', 'instagram.story', '.code svg'],
	])) {
		const page = await browser.newPage({
			viewport: { width: 480, height: 720 },
			reducedMotion: 'reduce',
			locale: 'en-GB',
		});
		await page.goto(`${server.url}?theme=${theme}&${query}`);
		const sheet = page.locator('share-sheet[open]').getByRole('dialog');
		await sheet.locator(`[data-key="${target}"]`).click();
		await sheet.locator(shown).first().waitFor();
		await page.mouse.move(0, 0); // so that nothing is shown as hovered over
		await page.evaluate(() =>
			Promise.all(
				[...document.images]
					.filter(({ complete, loading }) => !complete && loading !== 'lazy')
					.map((image) => image.decode().catch(() => {})),
			),
		);
		pictures.push(`<img src="data:image/png;base64,${(await page.screenshot()).toString('base64')}">`);
		await page.close();
	}
	// The background is that of the pages on which READMEs are read.
	const page = await browser.newPage({ viewport: { width: 980, height: 720 } });
	await page.setContent(`<style>
		body { margin: 0; display: flex; gap: 20px; background: ${theme === 'dark' ? '#0d1117' : '#fff'}; }
		img { border-radius: 20px; block-size: 720px; }
	</style>${pictures.join('')}`);
	return page.screenshot({ type: 'jpeg', quality: 80 });
}

/**
 * Reduces a picture to its 256 most frequent colours; every other colour is
 * replaced by the nearest of them. Runs in a page, which can decode pictures.
 *
 * @param {string} base64  of a PNG
 */
async function fewColours(base64) {
	const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
	const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
		new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
	);
	context.drawImage(bitmap, 0, 0);
	const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
	/** @type {Map<number, number>} */
	const counts = new Map();
	for (let i = 0; i < data.length; i += 4) {
		const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	const kept = [...counts]
		.sort((a, b) => b[1] - a[1] || a[0] - b[0])
		.slice(0, 256)
		.map(([colour]) => colour);
	const parts = (/** @type {number} */ colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
	const far = (/** @type {number} */ a, /** @type {number} */ b) =>
		parts(a).reduce((sum, value, i) => sum + (value - parts(b)[i]) ** 2, 0);
	/** @type {Map<number, number>} */
	const nearest = new Map();
	for (const colour of counts.keys()) {
		let best = 0;
		for (let i = 1; i < kept.length; i++) if (far(colour, kept[i]) < far(colour, kept[best])) best = i;
		nearest.set(colour, best);
	}
	const pixels = new Uint8Array(data.length / 4);
	for (let i = 0; i < pixels.length; i++)
		pixels[i] = /** @type {number} */ (nearest.get((data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2]));
	let text = '';
	for (let i = 0; i < pixels.length; i += 8192) text += String.fromCharCode(...pixels.subarray(i, i + 8192));
	return { pixels: btoa(text), palette: kept.flatMap(parts) };
}

/**
 * A PNG with a palette (colour type 3, 8 bits).
 *
 * @param {Buffer} pixels  one byte each
 * @param {Buffer} palette
 * @param {number} width
 */
function png(pixels, palette, width) {
	const height = pixels.length / width;
	/** @param {string} type @param {Buffer} data */
	const chunk = (type, data) => {
		const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
		const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
		length.writeUInt32BE(data.length);
		check.writeUInt32BE(crc32(body));
		return Buffer.concat([length, body, check]);
	};
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 3, 0, 0, 0], 8);
	const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter type, 0 for none
	for (let y = 0; y < height; y++) pixels.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', head),
		chunk('PLTE', palette),
		chunk('IDAT', deflateSync(rows, { level: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
