/**
 * Files that tell where they were made, for tests: at made-up coordinates, with a
 * made-up phone.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { camera, withExif } from '../demo/media/exif.js';
import { cleanFile } from '../dist/media.js';

const harbour = readFileSync(new URL('../demo/media/harbour.jpg', import.meta.url));

/** A photo of a harbour, which shows as it does without its metadata. */
export const photo = () => withExif(harbour);

/** A file of the demo as it leaves. @param {string} name */
export async function leaving(name) {
	const [original, wasm] = [`../demo/media/${name}`, '../dist/media.wasm'].map((path) =>
		readFileSync(new URL(path, import.meta.url)),
	);
	const { file } = await cleanFile(new Blob([original]), { wasm });
	return Buffer.from(await file.arrayBuffer());
}

/** Whether a picture has Exif, or names the camera. @param {Uint8Array} file */
export function tells(file) {
	const text = Buffer.from(file).toString('latin1');
	return text.includes('Exif') || text.includes(camera);
}

/** @param {...(number | string)} parts  texts, and numbers of 16 bits */
function bytes(...parts) {
	return Buffer.concat(
		parts.map((part) =>
			typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part >> 8, part & 255]),
		),
	);
}

/** A box of MP4. @param {string} kind @param {...(number | string | Buffer)} parts */
function box(kind, ...parts) {
	const body = Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : bytes(part))));
	return Buffer.concat([bytes(0, body.length + 8, kind), body]);
}

/** A number of 32 bits. @param {number} n */
function long(n) {
	const four = Buffer.alloc(4);
	four.writeUInt32BE(n);
	return four;
}

/** @param {number} n */
const none = (n) => Buffer.alloc(n);

/**
 * What stands before and after the one sample of a video.
 *
 * @param {number} size  of the sample
 * @param {boolean} [tells]  whether it tells a place
 * @returns {{ head: Buffer, tail: Buffer }}
 */
export function movie(size, tells = true) {
	const brand = box('ftyp', 'isom', none(4), 'isommp41');
	const head = Buffer.concat([brand, long(size + 8), Buffer.from('mdat')]);
	const full = (/** @type {string} */ kind, /** @type {Buffer[]} */ ...parts) => box(kind, none(4), ...parts);
	const tables = box(
		'stbl',
		full('stsd', long(1), box('mp4v', none(78))),
		full('stts', long(0)),
		full('stsc', long(1), long(1), long(1), long(1)),
		full('stsz', long(0), long(1), long(size)),
		full('stco', long(1), long(head.length)),
	);
	const track = box(
		'trak',
		full('tkhd', none(8), long(1), none(64), none(4)),
		box(
			'mdia',
			full('mdhd', none(8), long(1000), long(200), none(4)),
			full('hdlr', none(4), Buffer.from('vide'), none(13)),
			box('minf', box('dinf', full('dref', long(1), box('url ', long(1)))), tables),
		),
	);
	const place = box('udta', box('\xa9xyz', 18, 5575, '+12.5822+47.0022/', none(1)));
	const header = full('mvhd', none(8), long(1000), long(200), none(80));
	return { head, tail: box('moov', header, track, tells ? place : none(0)) };
}

/** A video of so many bytes that tells nothing. @param {number} size */
export function video(size) {
	const { head, tail } = movie(0, false);
	const sample = size - head.length - tail.length;
	const whole = movie(sample, false);
	return Buffer.concat([whole.head, none(sample), whole.tail]);
}
