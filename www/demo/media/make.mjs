/**
 * Draws the clips and pictures of the demo: "node make.mjs [NAME…]". The files
 * it makes are committed, so this runs only when a scene changes. It needs
 * Chromium, and ffmpeg with x264 on PATH; both are Debian packages.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { withExif } from './exif.js';
import { scenes } from './scenes.js';
import { executablePath } from '../../chromium.mjs';

process.chdir(import.meta.dirname);

const framesPerSecond = 24;
const clipBytes = 140_000;
/** The picture with a place in it, which saving takes away. */
const told = 'tiles';

const browser = await chromium.launch({
	executablePath,
	args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
});
const page = await browser.newPage();
await page.addScriptTag({
	type: 'module',
	content: `${readFileSync('scenes.js', 'utf8')}\nglobalThis.scenes = scenes;`,
});
await page.waitForFunction('globalThis.scenes');

/**
 * @param {string} name
 * @param {number} time
 * @param {string} type
 * @param {number} quality
 */
async function frame(name, time, type, quality) {
	const url = await page.evaluate(([name, time, type, quality]) => {
		const { width, height, draw } = /** @type {any} */ (globalThis).scenes[name];
		const canvas = Object.assign(document.createElement('canvas'), { width, height });
		draw(canvas.getContext('2d', { willReadFrequently: true }), time);
		return canvas.toDataURL(type, quality);
	}, /** @type {const} */ ([name, time, type, quality]));
	return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** @param {string[]} names */
const report = (...names) =>
	names.forEach((name) =>
		console.log(`${name.padEnd(16)} ${(statSync(name).size / 1000).toFixed(0).padStart(5)} kB`),
	);

for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(scenes)) {
	const { seconds, poster = 0 } = scenes[name];
	const picture = await frame(name, poster, 'image/jpeg', seconds ? 0.72 : 0.6);
	writeFileSync(`${name}.jpg`, name === told ? withExif(picture) : picture);
	if (!seconds) {
		report(`${name}.jpg`);
		continue;
	}
	const count = seconds * framesPerSecond;
	const frames = [];
	for (let i = 0; i < count; i++) frames.push(await frame(name, i / count, 'image/png', 1));
	for (const pass of ['1', '2']) {
		const encoder = spawn(
			'ffmpeg',
			[
				'-y',
				'-loglevel',
				'error',
				'-f',
				'image2pipe',
				'-framerate',
				`${framesPerSecond}`,
				'-c:v',
				'png',
				'-i',
				'-',
				'-c:v',
				'libx264',
				'-preset',
				'veryslow',
				'-tune',
				'animation',
				'-pix_fmt',
				'yuv420p',
				'-g',
				`${count}`,
				'-b:v',
				`${Math.floor((clipBytes * 8) / seconds)}`,
				'-pass',
				pass,
				'-passlogfile',
				`/tmp/${name}`,
				'-movflags',
				'+faststart',
				'-threads',
				'1',
				'-an',
				...(pass === '1' ? ['-f', 'null', '/dev/null'] : [`${name}.mp4`]),
			],
			{ stdio: ['pipe', 'inherit', 'inherit'] },
		);
		for (const image of frames) if (!encoder.stdin.write(image)) await once(encoder.stdin, 'drain');
		encoder.stdin.end();
		const [status] = await once(encoder, 'close');
		if (status !== 0) throw new Error(`ffmpeg ended with ${status}`);
	}
	report(`${name}.jpg`, `${name}.mp4`);
}
await browser.close();
