/**
 * Makes QR codes (ISO/IEC 18004) of addresses, to scan from the screen or to save.
 * Nothing is stored or sent.
 *
 * @module
 */
import { encode } from 'uqr';

/** The width of the quiet zone around the code, which readers need. */
const quiet = 4;

/** Codes are dark on light in dark mode too, since many readers recognise no others. */
const dark = '#000';
const light = '#fff';

/**
 * The squares of a code.
 *
 * @typedef {object} Code
 * @property {number} size  squares in a row, the quiet zone included
 * @property {string} path  path data of the dark ones, each one unit wide and high
 * @property {[x: number, y: number, length: number][]} runs  the same, as runs of dark squares
 */

/**
 * Encodes a text as UTF-8, with error correction level M (15 % may be unreadable),
 * or a higher one if the code does not become larger, or L (7 %) if the text does
 * not fit otherwise.
 *
 * @param {string} text
 * @returns {Code}
 * @throws {RangeError} if the text is longer than 2953 bytes, which the largest code can hold
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
 * Draws a code for the page; its size is up to the style.
 *
 * @param {string} text
 * @param {string} label  its accessible name, such as "QR code for video.example"
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
 * Returns a code as an SVG file.
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
 * Returns a code as a PNG file in which all squares have the same size.
 *
 * @param {string} text
 * @param {number} [pixels]  the largest width and height, 1024 by default; a square has at least two
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
