/**
 * An address as a QR code (ISO/IEC 18004), to scan from the screen or to save.
 * Nothing of it is stored or sent.
 *
 * @module
 */
import { encode } from 'uqr';

/** Light squares around the code, which readers need to find it. */
const quiet = 4;

/** A code is dark on light in dark mode too: many readers know no other. */
const dark = '#000';
const light = '#fff';

/**
 * A text as squares.
 *
 * @typedef {object} Code
 * @property {number} size  squares in a row, the quiet zone included
 * @property {string} path  path data of the dark ones, each one unit wide and high
 * @property {[x: number, y: number, length: number][]} runs  the same, as runs of dark squares
 */

/**
 * Encodes a text as UTF-8, at the level of correction M (15 % may be
 * unreadable), or a higher one where the code grows no larger by it; at L
 * (7 %) where nothing else holds the text.
 *
 * @param {string} text
 * @returns {Code}
 * @throws {RangeError} where the text is longer than the largest code holds, which is 2953 bytes
 */
export function qrCode(text) {
	const { size, data } = squares(text);
	/** @type {Code['runs']} */
	const runs = [];
	for (const [y, row] of data.entries()) {
		for (let x = 0; x < size; x++) {
			const from = x;
			while (row[x]) x++;
			if (x > from) runs.push([from, y, x - from]);
		}
	}
	return { size, runs, path: runs.map(([x, y, length]) => `M${x} ${y}h${length}v1h-${length}z`).join('') };
}

/** @param {string} text */
function squares(text) {
	try {
		return encode(text, { ecc: 'M', boostEcc: true, border: quiet });
	} catch {
		try {
			return encode(text, { ecc: 'L', border: quiet });
		} catch (cause) {
			throw new RangeError(`no code holds ${new TextEncoder().encode(text).length} bytes; 2953 are the most`, {
				cause,
			});
		}
	}
}

/**
 * Draws a code for the page, as large as a style says.
 *
 * @param {string} text
 * @param {string} label  its name, such as "QR code for video.example"
 * @returns {SVGSVGElement} with the role of an image
 */
export function qrSvg(text, label) {
	const { size, path } = qrCode(text);
	/** @param {string} name @param {Record<string, string>} attributes */
	const element = (name, attributes) => {
		const made = document.createElementNS('http://www.w3.org/2000/svg', name);
		for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
		return made;
	};
	const svg = element('svg', {
		viewBox: `0 0 ${size} ${size}`,
		role: 'img',
		'aria-label': label,
		'shape-rendering': 'crispEdges',
	});
	svg.append(
		element('path', { d: `M0 0h${size}v${size}H0z`, fill: light }),
		element('path', { d: path, fill: dark }),
	);
	return /** @type {SVGSVGElement} */ (svg);
}

/**
 * Gives a code as an SVG file.
 *
 * @param {string} text
 * @returns {Blob}
 */
export function qrSvgFile(text) {
	const { size, path } = qrCode(text);
	return new Blob(
		[
			`<svg xmlns="http://www.w3.org/2000/svg" width="${8 * size}" height="${8 * size}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">`,
			`<path fill="${light}" d="M0 0h${size}v${size}H0z"/><path fill="${dark}" d="${path}"/></svg>\n`,
		],
		{ type: 'image/svg+xml' },
	);
}

/**
 * Gives a code as a PNG file, every square of it equally wide.
 *
 * @param {string} text
 * @param {number} [pixels]  how wide and high at most, 1024 unless given; never less than two for a square
 * @returns {Promise<Blob>}
 */
export async function qrPng(text, pixels = 1024) {
	const { size, runs } = qrCode(text);
	const square = Math.max(2, Math.floor(pixels / size));
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = square * size;
	const context = canvas.getContext('2d');
	if (!context) throw new Error('the browser has no canvas to draw the code on');
	context.fillStyle = light;
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.fillStyle = dark;
	for (const [x, y, length] of runs) context.fillRect(x * square, y * square, length * square, square);
	return new Promise((resolve, reject) => {
		canvas.toBlob(
			(blob) => (blob ? resolve(blob) : reject(new Error('the browser did not make a PNG file of the code'))),
			'image/png',
		);
	});
}
