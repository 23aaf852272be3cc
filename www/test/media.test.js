/**
 * Files are cleaned by media.wasm as natively: the cases of share/media, whose
 * results are recorded there, with both builds in Node.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { cleanFile, MediaError } from '../dist/media.js';
import { movie } from './photo.js';

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string | null} file  in Base64, as the others
 * @property {string} [clean]
 * @property {import('../dist/media.js').Receipt} [receipt]
 * @property {{ offset: number, reason: string, unknown: boolean }} [error]
 */

/** @type {Case[]} */
const cases = readFileSync(new URL('../../share/media/testdata/cases.jsonl', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line));

/** @param {string | null} [text] */
const decoded = (text) => Buffer.from(text ?? '', 'base64');
/** @param {string} name */
const built = (name) => WebAssembly.compile(readFileSync(new URL(`../dist/${name}`, import.meta.url)));
const wasm = await built('media.wasm');

for (const [compiler, module] of /** @type {const} */ ([
	['TinyGo', wasm],
	['standard Go', await built('media.go.wasm')],
])) {
	test(`by ${compiler}, every file becomes the same bytes and the same receipt as natively`, async () => {
		assert.ok(cases.length > 60);
		assert.ok(cases.filter(({ clean }) => clean).length > 20);
		for (const { name, file, clean, receipt, error } of cases) {
			const original = new File([decoded(file)], 'a.bin', { type: 'image/x' });
			const cleaning = cleanFile(original, { wasm: module });
			if (error) {
				await assert.rejects(cleaning, (/** @type {any} */ thrown) => {
					assert.ok(thrown instanceof MediaError, name);
					assert.deepEqual(
						[thrown.code, thrown.offset, thrown.reason],
						[error.unknown ? 'format' : 'broken', error.offset, error.reason],
						name,
					);
					return true;
				});
				continue;
			}
			const cleaned = await cleaning;
			assert.deepEqual(Buffer.from(await cleaned.file.arrayBuffer()), decoded(clean), name);
			assert.deepEqual(cleaned.receipt, receipt, name);
			assert.deepEqual([cleaned.file.name, cleaned.file.type], ['a.bin', 'image/x'], name);
		}
	});
}

describe('what cannot be cleaned', () => {
	/** @param {string} name */
	const fileOf = (name) => new Blob([decoded(cases.find((one) => one.name === name)?.file)]);

	test('says why, with the place in a file that is broken', async () => {
		await assert.rejects(cleanFile(fileOf('a text'), { wasm }), {
			name: 'MediaError',
			code: 'format',
			offset: 0,
			message:
				'the file was not cleaned: the file is none of JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, MOV, WebM and Matroska',
		});
		await assert.rejects(cleanFile(fileOf('gif, cut off'), { wasm }), {
			code: 'broken',
			offset: 34,
			message: 'the file was not cleaned: byte 34: the blocks from here run past the end of the file',
		});
	});

	test('is said where the browser cannot read the file, and where there is no module', async () => {
		const file = fileOf('gif');
		file.arrayBuffer = () => Promise.reject(new DOMException('it is gone', 'NotReadableError'));
		await assert.rejects(cleanFile(file, { wasm }), {
			code: 'unreadable',
			message: "the file was not cleaned: it can't be read: it is gone",
		});
		await assert.rejects(cleanFile(fileOf('gif'), { wasm: new Uint8Array(9) }), { code: 'unavailable' });
		const { fetch } = globalThis;
		try {
			globalThis.fetch = async () => new Response('', { status: 404, statusText: 'Not Found' });
			await assert.rejects(cleanFile(fileOf('gif'), { wasm: 'https://video.example/media.wasm' }), {
				code: 'unavailable',
				message:
					"the file was not cleaned: the module https://video.example/media.wasm can't be used: 404 Not Found",
			});
			globalThis.fetch = async () => new Response(readFileSync(new URL('../dist/media.wasm', import.meta.url)));
			await cleanFile(fileOf('gif'), { wasm: 'https://video.example/media.wasm' });
		} finally {
			globalThis.fetch = fetch;
		}
	});

	test('is no file at all', async () => {
		await assert.rejects(cleanFile(/** @type {any} */ ('a.jpg'), { wasm }), {
			name: 'TypeError',
			message: 'cleanFile: want a Blob or File',
		});
	});

	test('was cancelled', async () => {
		const signal = AbortSignal.abort(new Error('not wanted any more'));
		await assert.rejects(cleanFile(fileOf('gif'), { wasm, signal }), { message: 'not wanted any more' });
	});
});

test('a long stretch that was removed is as many zeros', async () => {
	const { head, tail } = movie(5);
	const secret = Buffer.alloc(2_500_000, 'secret');
	const size = Buffer.alloc(4);
	size.writeUInt32BE(secret.length + 8);
	const whole = (/** @type {string} */ name, /** @type {Buffer} */ rest) =>
		Buffer.concat([head, Buffer.from('video'), tail, size, Buffer.from(name), rest]);
	const { file } = await cleanFile(new Blob([whole('uuid', secret)]), { wasm });
	const bytes = Buffer.from(await file.arrayBuffer());
	assert.ok(!bytes.includes('+12.5822'));
	const end = bytes.length - secret.length - 8;
	assert.deepEqual(bytes.subarray(end), whole('free', Buffer.alloc(secret.length)).subarray(end));
});
