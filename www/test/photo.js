/**
 * Files that tell where they were made, for tests: at made-up coordinates, with a
 * made-up phone.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

const harbour = readFileSync(new URL('../demo/media/harbour.jpg', import.meta.url));

/** The camera that the photo names. */
export const camera = 'Lamha Phone 7';

/** @param {...(number | string)} parts  texts, and numbers of 16 bits */
function bytes(...parts) {
	return Buffer.concat(
		parts.map((part) =>
			typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part >> 8, part & 255]),
		),
	);
}

/** An entry of Exif: a tag, its type, how many values, and the value or where it is. @param {...number} all */
const entry = (...all) => bytes(all[0], all[1], 0, all[2], ...(all.length > 4 ? all.slice(3) : [0, all[3]]));

/** Exif with a camera, a time and a place. */
function exif() {
	const text = (/** @type {string} */ value) => `${value}\0`;
	const [model, time] = [text(camera), text('2026:03:01 18:00:00')];
	const first = 8 + 2 + 3 * 12 + 4;
	const place = first + model.length + time.length;
	const degrees = (/** @type {number} */ d, /** @type {number} */ m, /** @type {number} */ s) =>
		bytes(0, d, 0, 1, 0, m, 0, 1, 0, s, 0, 1);
	const values = place + 2 + 4 * 12 + 4;
	return Buffer.concat([
		bytes('MM', 42, 0, 8, 3),
		entry(0x110, 2, model.length, first),
		entry(0x132, 2, time.length, first + model.length),
		entry(0x8825, 4, 1, place),
		bytes(0, 0, model, time, 4),
		entry(1, 2, 2, 0x4e00, 0),
		entry(2, 5, 3, values),
		entry(3, 2, 2, 0x4500, 0),
		entry(4, 5, 3, values + 24),
		bytes(0, 0),
		degrees(36, 10, 53),
		degrees(37, 9, 48),
	]);
}

/** A photo of a harbour, which shows as it does without its metadata. */
export function photo() {
	const data = Buffer.concat([bytes('Exif\0\0'), exif()]);
	return Buffer.concat([harbour.subarray(0, 2), bytes(0xffe1, data.length + 2), data, harbour.subarray(2)]);
}

/** Whether a picture has Exif, or names the camera. @param {Uint8Array} file */
export function tells(file) {
	const text = Buffer.from(file).toString('latin1');
	return text.includes('Exif') || text.includes(camera);
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
	const place = box('udta', box('\xa9xyz', 18, 5575, '+36.1814+37.1633/', none(1)));
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
