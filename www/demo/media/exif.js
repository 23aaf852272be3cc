/**
 * Gives a picture what a phone writes into one: where, when and with what it was
 * taken. All of it is made up.
 *
 * @module
 */

/** The camera that a picture names. */
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
		degrees(12, 34, 56),
		degrees(47, 0, 8),
	]);
}

/** @param {Buffer} jpeg  without metadata */
export function withExif(jpeg) {
	const data = Buffer.concat([bytes('Exif\0\0'), exif()]);
	return Buffer.concat([jpeg.subarray(0, 2), bytes(0xffe1, data.length + 2), data, jpeg.subarray(2)]);
}
