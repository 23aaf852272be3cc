/**
 * Draws pictures with a title, an address and its QR code, to share where a link is of no
 * use. Nothing is fetched or stored; pictures from outside are given loaded.
 *
 * @module
 */

/**
 * @typedef {object} Card
 * @property {string} title     '' if there is none
 * @property {string} address   for people to read
 * @property {string} [code]    what the code says; without it there is none
 * @property {string} [author]
 * @property {string} [brand]   the name of the site
 * @property {Partial<Record<'poster' | 'avatar' | 'mark', HTMLImageElement>>} pictures
 * @property {Record<'surface' | 'ink' | 'quiet' | 'well', string>} colours  as CSS writes them
 * @property {string} font      a list of families as in CSS
 * @property {string} language  of the words, as a BCP 47 tag
 * @property {boolean} isRtl    whether the picture is laid out from right to left
 */

/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ context: CanvasRenderingContext2D, card: Card, size: Size }} Drawing */
/** @typedef {{ weight: number, px: number, colour: string, most: number, isLtr?: boolean }} Style */

/** The most bytes of a picture. */
const mostBytes = 400_000;

/**
 * What Instagram and Facebook cover of a story: the parts of the height above and below,
 * and of the width at either side.
 */
const covered = { above: 0.14, below: 0.2, beside: 0.06 };

/** The least pixels of a square of the code, which compression has to leave readable. */
const leastSquare = 4;

/**
 * Draws a card as a JPEG file of at most 400 KB.
 *
 * @param {Card} card
 * @param {Size} size  in pixels; the layout is that of a story if it is higher than wide
 * @returns {Promise<Blob>}
 */
export async function drawCard(card, size) {
	const code = card.code ? (await import('./qr.js')).qrCode(card.code) : undefined;
	const canvas = document.createElement('canvas');
	Object.assign(canvas, size);
	const context = canvas.getContext('2d', { alpha: false });
	if (!context) throw new Error('the browser has no canvas to draw the picture on');
	const drawing = { context, card, size };
	fill(drawing, { x: 0, y: 0, ...size }, '#fff');
	fill(drawing, { x: 0, y: 0, ...size }, card.colours.surface);
	(size.height > size.width ? upright : wide)(drawing, code);
	for (let quality = 0.9; ; quality -= 0.1) {
		const blob = await jpegOf(canvas, quality);
		if (blob.size <= mostBytes || quality < 0.2) return blob;
	}
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
const jpegOf = (canvas, quality) =>
	new Promise((resolve, reject) => {
		canvas.toBlob(
			(blob) => (blob ? resolve(blob) : reject(new Error('the browser did not make a JPEG file'))),
			'image/jpeg',
			quality,
		);
	});

/* Layouts. Boxes are laid out from left to right, and mirrored where they are drawn. */

/** @param {Drawing} drawing @param {import('./qr.js').Code} [code] */
function upright(drawing, code) {
	const { card, size } = drawing;
	const { poster } = card.pictures;
	const safe = safeOf(size);
	if (poster) {
		backdrop(drawing, poster);
		fill(drawing, safe, card.colours.surface, 56);
	}
	const pad = poster ? 52 : 0;
	const [x, width] = [safe.x + pad, safe.width - 2 * pad];
	const foot = footOf(drawing, code, 300, width);
	let bottom = safe.y + safe.height - pad - foot.height;
	foot.draw(x, bottom, width);
	bottom -= 44;
	if (card.author) {
		by(drawing, { x, y: bottom - 76, width, height: 76 });
		bottom -= 76 + 32;
	}
	const { most, px } = poster ? { most: 3, px: 58 } : { most: 7, px: 92 };
	const title = textOf(drawing, card.title, width, { weight: 700, px, most, colour: card.colours.ink });
	if (!poster) {
		// What there is stands in the middle of what is left.
		title.draw(x, safe.y + Math.max(0, (bottom - safe.y - title.height) / 2));
		return;
	}
	title.draw(x, bottom - title.height);
	bottom -= title.height + (title.height ? 36 : 0);
	photo(drawing, poster, { x: safe.x, y: safe.y, width: safe.width, height: bottom - safe.y }, [56, 56, 0, 0]);
}

/** @param {Drawing} drawing @param {import('./qr.js').Code} [code] */
function wide(drawing, code) {
	const { card, size } = drawing;
	const { poster } = card.pictures;
	const pad = 48;
	const side = poster ? Math.round(size.width * 0.38) : 0;
	if (poster) photo(drawing, poster, { x: 0, y: 0, width: side, height: size.height }, [0]);
	const [x, width] = [side + pad, size.width - side - 2 * pad];
	const foot = footOf(drawing, code, 208, width);
	let bottom = size.height - pad - foot.height;
	foot.draw(x, bottom, width);
	bottom -= 28;
	if (card.author) {
		by(drawing, { x, y: bottom - 60, width, height: 60 });
		bottom -= 60 + 20;
	}
	const px = poster ? 44 : 60;
	const most = Math.max(1, Math.floor((bottom - pad) / lineOf(px)));
	const title = textOf(drawing, card.title, width, { weight: 700, px, most, colour: card.colours.ink });
	title.draw(x, pad + Math.max(0, (bottom - pad - title.height) / 2));
}

/**
 * The code with the name of the site and the address beside it.
 *
 * @param {Drawing} drawing
 * @param {import('./qr.js').Code | undefined} code
 * @param {number} most   the usual width and height of the code
 * @param {number} width
 */
function footOf(drawing, code, most, width) {
	const { card } = drawing;
	const square = code ? Math.max(leastSquare, Math.floor(most / code.size)) : 0;
	const side = code ? square * code.size : 0;
	const gap = code ? 36 : 0;
	const [big, little] = most > 250 ? [44, 32] : [32, 24];
	const room = width - side - gap;
	const address = textOf(drawing, card.address, room, {
		weight: 400,
		px: little,
		most: 3,
		colour: card.colours.quiet,
		isLtr: true,
	});
	const mark = card.pictures.mark ? big * 1.5 : 0;
	const name = textOf(drawing, card.brand ?? '', Math.max(0, room - (mark && mark + 16)), {
		weight: 700,
		px: big,
		most: 1,
		colour: card.colours.ink,
	});
	const head = Math.max(mark, name.height);
	const between = head ? 14 : 0;
	const words = head + between + address.height;
	return {
		height: Math.max(side, words),
		/** @param {number} x @param {number} y @param {number} width */
		draw(x, y, width) {
			if (code) squares(drawing, code, square, { x: x + width - side, y, width: side, height: side });
			const top = y + (Math.max(side, words) - words) / 2;
			if (card.pictures.mark) {
				const box = { x, y: top + (head - mark) / 2, width: mark, height: mark };
				photo(drawing, card.pictures.mark, box, [mark / 5], true);
			}
			name.draw(x + (mark && mark + 16), top + (head - name.height) / 2);
			address.draw(x, top + head + between);
		},
	};
}

/** Who has made it, with a face or the first letter of the name. @param {Drawing} drawing @param {Box} box */
function by(drawing, { x, y, width, height }) {
	const { card } = drawing;
	const { author = '', colours, pictures } = card;
	const face = { x, y, width: height, height };
	if (pictures.avatar) photo(drawing, pictures.avatar, face, [height / 2]);
	else {
		fill(drawing, face, colours.well, height / 2);
		const [initial = ''] = graphemesOf(author);
		const letter = textOf(drawing, initial, height, {
			weight: 600,
			px: height * 0.46,
			most: 1,
			colour: colours.ink,
		});
		letter.draw(x + (height - letter.width) / 2, y + (height - letter.height) / 2);
	}
	const style = { weight: 600, px: Math.round(height / 2), most: 1, colour: colours.ink };
	const name = textOf(drawing, author, width - height - 24, style);
	name.draw(x + height + 24, y + (height - name.height) / 2);
}

/**
 * The part of a story that is not covered. It begins and ends with blocks of JPEG, since
 * sharp edges leave traces as far as these go.
 *
 * @param {Size} size
 * @returns {Box}
 */
function safeOf({ width, height }) {
	const block = 16;
	const [x, y] = [width * covered.beside, height * covered.above].map((at) => Math.ceil(at / block) * block);
	const [right, bottom] = [width * (1 - covered.beside), height * (1 - covered.below)].map(
		(at) => Math.floor(at / block) * block,
	);
	return { x, y, width: right - x, height: bottom - y };
}

/* Shapes */

/** Where a box begins in the picture. @param {Drawing} drawing @param {{ x: number, width: number }} box */
const leftOf = ({ card, size }, { x, width }) => (card.isRtl ? size.width - x - width : x);

/** @param {Drawing} drawing @param {Box} box @param {string} colour @param {number | number[]} [radius] */
function fill(drawing, box, colour, radius = 0) {
	const { context } = drawing;
	context.fillStyle = colour;
	context.beginPath();
	round(context, leftOf(drawing, box), box, radius);
	context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {number} left @param {Box} box @param {number | number[]} radius */
function round(context, left, { y, width, height }, radius) {
	if (context.roundRect) context.roundRect(left, y, width, height, radius);
	else context.rect(left, y, width, height);
}

/**
 * Draws a picture so that it covers a box, or lies in it whole.
 *
 * @param {Drawing} drawing
 * @param {HTMLImageElement} picture
 * @param {Box} box
 * @param {number[]} radius
 * @param {boolean} [isWhole]
 */
function photo(drawing, picture, box, radius, isWhole = false) {
	const { context } = drawing;
	const { width, height } = sizeOf(picture);
	const scale = Math[isWhole ? 'min' : 'max'](box.width / width, box.height / height);
	const [w, h] = [width * scale, height * scale];
	const left = leftOf(drawing, box);
	context.save();
	context.beginPath();
	round(context, left, box, radius);
	context.clip();
	context.imageSmoothingQuality = 'high';
	// Faces are above the middle more often than below.
	context.drawImage(picture, left + (box.width - w) / 2, box.y + (box.height - h) * (isWhole ? 0.5 : 0.4), w, h);
	context.restore();
}

/** An SVG file may have no size of its own. @param {HTMLImageElement} picture */
const sizeOf = ({ naturalWidth, naturalHeight }) => ({ width: naturalWidth || 300, height: naturalHeight || 300 });

/**
 * Fills everything with a picture that is blurred and blended with the surface.
 *
 * @param {Drawing} drawing
 * @param {HTMLImageElement} picture
 */
function backdrop(drawing, picture) {
	const { context, card, size } = drawing;
	// Not every browser has filters, and all of them smooth a picture that they enlarge.
	const tiny = document.createElement('canvas');
	[tiny.width, tiny.height] = [9, 16];
	const { width, height } = sizeOf(picture);
	const scale = Math.max(tiny.width / width, tiny.height / height);
	const [w, h] = [width * scale, height * scale];
	const small = tiny.getContext('2d');
	if (!small) return;
	small.drawImage(picture, (tiny.width - w) / 2, (tiny.height - h) / 2, w, h);
	context.imageSmoothingQuality = 'high';
	context.drawImage(tiny, 0, 0, size.width, size.height);
	context.globalAlpha = 0.5;
	fill(drawing, { x: 0, y: 0, ...size }, card.colours.surface);
	context.globalAlpha = 1;
}

/** @param {Drawing} drawing @param {import('./qr.js').Code} code @param {number} square @param {Box} box */
function squares(drawing, { runs }, square, box) {
	fill(drawing, box, '#fff', 2 * square);
	const left = leftOf(drawing, box);
	drawing.context.fillStyle = '#000';
	for (const [x, y, length] of runs)
		drawing.context.fillRect(left + x * square, box.y + y * square, length * square, square);
}

/* Text */

/** The height of a line. @param {number} px */
const lineOf = (px) => Math.ceil(px * 1.3);

/** Letters that are written from right to left. */
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of a text by its first letter. @param {string} text @param {boolean} isRtl  where it has none */
function directionOf(text, isRtl) {
	for (const letter of text) {
		if (/\p{L}/u.test(letter) && rightToLeft.test(letter)) return 'rtl';
		if (/\p{L}/u.test(letter)) return 'ltr';
	}
	return isRtl ? 'rtl' : 'ltr';
}

/** @param {string} text */
const graphemesOf = (text) =>
	globalThis.Intl?.Segmenter ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment) : [...text];

/**
 * Words of a language that puts no blanks between them, each with the marks after it.
 *
 * @param {string} text
 * @param {string} language
 */
function wordsOf(text, language) {
	if (!globalThis.Intl?.Segmenter) return [text];
	/** @type {string[]} */
	const words = [];
	for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
		if (isWordLike || !words.length) words.push(segment);
		else words[words.length - 1] += segment;
	}
	return words;
}

/**
 * Breaks a text into lines: between words, or within one that is wider than a line.
 *
 * @param {string} text
 * @param {number} most
 * @param {string} language
 * @param {(line: string) => boolean} fits
 */
function linesOf(text, most, language, fits) {
	const splits = [
		(/** @type {string} */ part) => part.match(/\S+\s*/g) ?? [],
		(/** @type {string} */ part) => wordsOf(part, language),
		graphemesOf,
	];
	/** @type {string[]} */
	const lines = [];
	let line = '';
	/** @param {string} part @param {number} level */
	const add = (part, level) => {
		if (lines.length > most) return;
		if (fits((line + part).trimEnd())) line += part;
		else if (level < splits.length && !fits(part.trimEnd()))
			for (const piece of splits[level](part)) add(piece, level + 1);
		else {
			if (line) lines.push(line.trimEnd());
			line = part;
		}
	};
	for (const part of splits[0](text)) add(part, 1);
	if (line) lines.push(line.trimEnd());
	if (lines.length <= most) return lines;
	const last = graphemesOf(lines[most - 1]);
	while (last.length && !fits(`${last.join('').trimEnd()}…`)) last.pop();
	return [...lines.slice(0, most - 1), `${last.join('').trimEnd()}…`];
}

/**
 * Lays out a text, which then can be drawn at a place.
 *
 * @param {Drawing} drawing
 * @param {string} text
 * @param {number} width
 * @param {Style} style
 */
function textOf({ context, card, size }, text, width, { weight, px, colour, most, isLtr }) {
	const set = () => {
		context.font = `${weight} ${px}px ${card.font}`;
		context.direction = isLtr ? 'ltr' : directionOf(text, card.isRtl);
		context.textAlign = card.isRtl ? 'right' : 'left';
		context.textBaseline = 'middle';
		context.fillStyle = colour;
	};
	set();
	const widthOf = (/** @type {string} */ line) => context.measureText(line).width;
	const lines = linesOf(text, most, card.language, (line) => widthOf(line) <= width);
	const height = lineOf(px);
	return {
		height: lines.length * height,
		width: Math.max(0, ...lines.map(widthOf)),
		/** @param {number} x @param {number} y */
		draw(x, y) {
			set();
			const left = card.isRtl ? size.width - x : x;
			for (const [i, line] of lines.entries()) context.fillText(line, left, y + (i + 0.5) * height);
		},
	};
}
