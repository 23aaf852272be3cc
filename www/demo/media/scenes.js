/**
 * The pictures and clips of the demo, drawn on a canvas. Each scene is a
 * function of time alone and ends where it began, so that a clip loops.
 * make.mjs turns them into files.
 *
 * @module
 */

/** @typedef {CanvasRenderingContext2D} Context */

/**
 * @typedef {object} Scene
 * @property {number} width
 * @property {number} height
 * @property {number} [seconds]  a clip; without it, a picture
 * @property {number} [poster]   the moment of a clip that its still shows, from 0 to 1
 * @property {(c: Context, t: number) => void} draw  t runs from 0 to 1, exclusive
 */

const turn = Math.PI * 2;

/**
 * Numbers that look random and are the same in every run (mulberry32).
 *
 * @param {number} seed
 */
function numbers(seed) {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let n = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
		return ((n ^ (n >>> 14)) >>> 0) / 4294967296;
	};
}

/**
 * @param {Context} c
 * @param {number} top
 * @param {number} bottom
 * @param {[number, string][]} stops
 */
function vertical(c, top, bottom, stops) {
	const gradient = c.createLinearGradient(0, top, 0, bottom);
	for (const [at, color] of stops) gradient.addColorStop(at, color);
	return gradient;
}

/**
 * @param {Context} c
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {[number, string][]} stops
 */
function glow(c, x, y, radius, stops) {
	const gradient = c.createRadialGradient(x, y, 0, x, y, radius);
	for (const [at, color] of stops) gradient.addColorStop(at, color);
	c.fillStyle = gradient;
	c.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

/**
 * Fills from a wavy line down to the edge.
 *
 * @param {Context} c
 * @param {string | CanvasGradient} fill
 * @param {(x: number) => number} line
 */
function below(c, fill, line) {
	const { width, height } = c.canvas;
	c.beginPath();
	c.moveTo(0, height);
	for (let x = 0; x <= width + 4; x += 4) c.lineTo(x, line(x));
	c.lineTo(width + 4, height);
	c.fillStyle = fill;
	c.fill();
}

/**
 * @param {Context} c
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function dot(c, x, y, radius) {
	c.beginPath();
	c.arc(x, y, radius, 0, turn);
	c.fill();
}

/**
 * Fine grain, so that a picture doesn't look printed on plastic.
 *
 * @param {Context} c
 * @param {number} strength
 */
function grain(c, strength) {
	const random = numbers(7);
	const image = c.getImageData(0, 0, c.canvas.width, c.canvas.height);
	for (let i = 0; i < image.data.length; i += 4) {
		const n = (random() + random() - 1) * strength;
		image.data[i] += n;
		image.data[i + 1] += n;
		image.data[i + 2] += n;
	}
	c.putImageData(image, 0, 0);
}

/** The sun sets behind an old harbour; a dhow rocks. @type {Scene} */
const harbour = {
	width: 720,
	height: 1280,
	seconds: 6,
	poster: 0.3,
	draw(c, t) {
		const horizon = 742;
		c.fillStyle = vertical(c, 0, horizon, [
			[0, '#2a2350'],
			[0.32, '#6d3a6b'],
			[0.6, '#d2605c'],
			[0.82, '#f59b57'],
			[1, '#ffd07a'],
		]);
		c.fillRect(0, 0, 720, horizon);
		const sun = { x: 468, y: 672 };
		glow(c, sun.x, sun.y, 420, [
			[0, 'rgb(255 232 170 / .75)'],
			[0.35, 'rgb(255 180 110 / .32)'],
			[1, 'rgb(255 160 100 / 0)'],
		]);
		c.fillStyle = '#fff0c4';
		dot(c, sun.x, sun.y, 66);

		c.fillStyle = 'rgb(255 214 170 / .26)';
		for (const [x, y, w, h] of [
			[110, 330, 190, 16],
			[220, 356, 260, 12],
			[500, 250, 170, 12],
			[600, 276, 220, 14],
			[330, 488, 250, 10],
			[70, 560, 200, 9],
		]) {
			c.beginPath();
			c.ellipse(x + Math.sin(turn * t) * 6, y, w, h, 0, 0, turn);
			c.fill();
		}
		below(c, '#a4506a', (x) => horizon - 54 - 34 * Math.sin(x / 118 + 0.6) - 16 * Math.sin(x / 47));
		below(c, '#74406a', (x) => horizon - 20 - 26 * Math.sin(x / 150 + 2.4) - 10 * Math.sin(x / 38 + 1));

		// The old town: a quay, flat roofs, a minaret and lit windows.
		c.fillStyle = '#3a2650';
		c.fillRect(0, horizon - 22, 330, 30);
		const roofs = [
			[0, 84, 74],
			[58, 130, 56],
			[100, 98, 70],
			[160, 66, 52],
			[204, 88, 48],
			[244, 52, 62],
			[296, 34, 34],
		];
		for (const [x, h, w] of roofs) c.fillRect(x, horizon - 12 - h, w, h + 10);
		c.fillRect(132, horizon - 232, 20, 150);
		c.fillRect(126, horizon - 202, 32, 8);
		c.beginPath();
		c.moveTo(130, horizon - 231);
		c.quadraticCurveTo(142, horizon - 276, 154, horizon - 231);
		c.fill();
		dot(c, 142, horizon - 266, 3.4);
		c.beginPath();
		c.arc(228, horizon - 98, 24, Math.PI, turn);
		c.fill();
		const window = numbers(11);
		for (let i = 0; i < 24; i++) {
			const [x, h, w] = roofs[i % roofs.length];
			c.fillStyle = `rgb(255 206 120 / ${0.45 + 0.35 * window()})`;
			c.fillRect(
				x + 9 + Math.floor(window() * (w - 22)),
				horizon - h + 6 + Math.floor(window() * (h - 34)),
				6,
				9,
			);
		}

		c.fillStyle = vertical(c, horizon, 1280, [
			[0, '#f0a268'],
			[0.1, '#c66a68'],
			[0.42, '#6c3d6c'],
			[1, '#231c44'],
		]);
		c.fillRect(0, horizon, 720, 1280 - horizon);
		// Sunlight on the water: bars that breathe, each at its own pace.
		const bar = numbers(3);
		for (let i = 0; i < 44; i++) {
			const depth = i / 43;
			const y = horizon + 6 + depth ** 1.45 * 500;
			const width = 30 + 130 * depth * (0.6 + bar() * 0.6);
			const phase = bar() * turn;
			const pace = 1 + Math.floor(bar() * 2);
			const sway = Math.sin(turn * pace * t + phase);
			const alpha = (0.72 - 0.52 * depth) * (0.7 + 0.3 * sway);
			c.fillStyle = `rgb(255 ${214 - 60 * depth} ${150 - 50 * depth} / ${alpha})`;
			c.beginPath();
			c.ellipse(
				sun.x + (bar() - 0.5) * 90 * depth + sway * 10,
				y,
				width * (0.8 + 0.2 * sway),
				2 + 5 * depth,
				0,
				0,
				turn,
			);
			c.fill();
		}
		const ripple = numbers(5);
		for (let i = 0; i < 46; i++) {
			const depth = ripple();
			const y = horizon + 14 + depth * 520;
			const x = ripple() * 720 + Math.sin(turn * t + ripple() * turn) * 8;
			c.fillStyle = `rgb(255 190 170 / ${0.1 + 0.08 * ripple()})`;
			c.beginPath();
			c.ellipse(x, y, 22 + 70 * depth, 1.4 + 2 * depth, 0, 0, turn);
			c.fill();
		}

		// A dhow, its reflection first.
		const rock = Math.sin(turn * t) * 0.028;
		const dhow = (/** @type {boolean} */ reflected) => {
			c.save();
			c.translate(262 + Math.sin(turn * t) * 5, 936 + Math.sin(turn * t + 1) * 3);
			if (reflected) {
				c.scale(1, -0.55);
				c.globalAlpha = 0.35;
			}
			c.rotate(rock);
			c.fillStyle = '#1c1538';
			c.beginPath();
			c.moveTo(-150, -26);
			c.quadraticCurveTo(-96, 26, -20, 26);
			c.lineTo(70, 26);
			c.quadraticCurveTo(132, 22, 176, -44);
			c.quadraticCurveTo(90, -8, -20, -10);
			c.quadraticCurveTo(-110, -10, -150, -26);
			c.fill();
			c.lineWidth = 6;
			c.strokeStyle = '#1c1538';
			c.beginPath();
			c.moveTo(4, -8);
			c.lineTo(22, -330);
			c.stroke();
			c.lineWidth = 4;
			c.beginPath();
			c.moveTo(-128, -150);
			c.lineTo(150, -376);
			c.stroke();
			c.fillStyle = reflected
				? '#45284f'
				: vertical(c, -376, -20, [
						[0, '#f3b78a'],
						[0.55, '#b65f68'],
						[1, '#633764'],
					]);
			c.beginPath();
			c.moveTo(-124, -148);
			c.quadraticCurveTo(40, -226, 148, -370);
			c.quadraticCurveTo(176, -170, 116, -34);
			c.quadraticCurveTo(30, -120, -124, -148);
			c.fill();
			c.restore();
		};
		dhow(true);
		dhow(false);

		c.strokeStyle = '#2a1c40';
		c.lineWidth = 4;
		c.lineCap = 'round';
		for (const [x, y, size, phase] of [
			[520, 420, 22, 0],
			[580, 452, 17, 2],
			[474, 468, 15, 4],
			[622, 396, 13, 1],
		]) {
			const flap = Math.sin(turn * 6 * t + phase) * size * 0.45;
			const dx = Math.sin(turn * t + phase) * 14;
			c.beginPath();
			c.moveTo(x + dx - size, y - flap);
			c.quadraticCurveTo(x + dx - size * 0.4, y - size * 0.3, x + dx, y);
			c.quadraticCurveTo(x + dx + size * 0.4, y - size * 0.3, x + dx + size, y - flap);
			c.stroke();
		}
	},
};

/** From the window of a night train. @type {Scene} */
const train = {
	width: 720,
	height: 1280,
	seconds: 6,
	poster: 0.62,
	draw(c, t) {
		c.fillStyle = vertical(c, 0, 900, [
			[0, '#0a1733'],
			[0.5, '#173a63'],
			[0.85, '#3f7c92'],
			[1, '#8fc0b4'],
		]);
		c.fillRect(0, 0, 720, 1280);
		const star = numbers(21);
		for (let i = 0; i < 90; i++) {
			const x = star() * 720;
			const y = star() * 560;
			c.fillStyle = `rgb(255 250 230 / ${0.25 + 0.6 * star() * (0.75 + 0.25 * Math.sin(turn * t + i))})`;
			dot(c, x, y, 0.8 + star() * 1.5);
		}
		glow(c, 508, 320, 260, [
			[0, 'rgb(255 244 214 / .5)'],
			[0.4, 'rgb(200 220 230 / .14)'],
			[1, 'rgb(200 220 230 / 0)'],
		]);
		c.fillStyle = '#fdf3d6';
		dot(c, 508, 320, 62);
		c.fillStyle = 'rgb(214 200 170 / .5)';
		dot(c, 490, 304, 12);
		dot(c, 528, 332, 9);
		dot(c, 506, 350, 6);

		// Every layer repeats after a whole number of its own lengths.
		const layer = (
			/** @type {string} */ fill,
			/** @type {number} */ y,
			/** @type {number} */ height,
			/** @type {number} */ length,
			/** @type {number} */ times,
		) => {
			const shift = length * times * t;
			below(
				c,
				fill,
				(x) =>
					y -
					height *
						(0.5 +
							0.3 * Math.sin(((x + shift) / length) * turn) +
							0.2 * Math.sin(((x + shift) / length) * turn * 3 + 1)),
			);
		};
		layer('#2c5f7d', 800, 150, 1440, 1);
		layer('#1f4a68', 850, 130, 900, 2);
		c.fillStyle = vertical(c, 850, 1010, [
			[0, '#4f8fa0'],
			[1, '#1c4560'],
		]);
		c.fillRect(0, 872, 720, 140);
		c.fillStyle = 'rgb(253 243 214 / .55)';
		for (let i = 0; i < 12; i++) {
			c.beginPath();
			c.ellipse(
				508 + Math.sin(turn * 2 * t + i * 1.7) * 10,
				882 + i * 10,
				34 - i * 1.2 + 8 * Math.sin(turn * 3 * t + i),
				1.8,
				0,
				0,
				turn,
			);
			c.fill();
		}
		layer('#123450', 985, 70, 720, 4);
		// Houses with lit windows, then poles and a wire.
		const house = numbers(8);
		for (let i = 0; i < 10; i++) {
			const at = i * 216 + house() * 90;
			const w = 60 + house() * 60;
			const h = 44 + house() * 54;
			const x = ((((at - 2160 * 2 * t) % 2160) + 2160) % 2160) - 200;
			c.fillStyle = '#0d2740';
			c.fillRect(x, 1000 - h, w, h + 30);
			c.beginPath();
			c.moveTo(x - 8, 1000 - h);
			c.lineTo(x + w / 2, 970 - h);
			c.lineTo(x + w + 8, 1000 - h);
			c.fill();
			c.fillStyle = '#ffd27d';
			for (let k = 0; k < 3; k++)
				if (house() > 0.35) c.fillRect(x + 12 + (k * (w - 24)) / 3, 1012 - h + 8, 11, 15);
		}
		layer('#0b2138', 1030, 50, 720, 8);
		c.strokeStyle = '#071626';
		for (let i = 0; i < 3; i++) {
			const x = ((((i * 480 - 1440 * 4 * t) % 1440) + 1440) % 1440) - 240;
			c.lineWidth = 11;
			c.beginPath();
			c.moveTo(x, 1080);
			c.lineTo(x, 560);
			c.stroke();
			c.lineWidth = 7;
			c.beginPath();
			c.moveTo(x - 44, 590);
			c.lineTo(x + 44, 590);
			c.stroke();
			c.lineWidth = 2.4;
			for (const end of [-40, 40]) {
				c.beginPath();
				c.moveTo(x + end, 588);
				c.quadraticCurveTo(x + end + 240, 660, x + end + 480, 588);
				c.stroke();
				c.beginPath();
				c.moveTo(x + end, 588);
				c.quadraticCurveTo(x + end - 240, 660, x + end - 480, 588);
				c.stroke();
			}
		}

		// The compartment: frame, sill, lamp light, a cup of tea.
		c.fillStyle = '#2b1720';
		c.beginPath();
		c.rect(0, 0, 720, 1280);
		c.roundRect(54, 96, 612, 966, 64);
		c.fill('evenodd');
		c.lineWidth = 14;
		c.strokeStyle = '#4a2a30';
		c.beginPath();
		c.roundRect(54, 96, 612, 966, 64);
		c.stroke();
		c.lineWidth = 3;
		c.strokeStyle = '#7c4a42';
		c.beginPath();
		c.roundRect(62, 104, 596, 950, 58);
		c.stroke();
		c.fillStyle = vertical(c, 1096, 1280, [
			[0, '#8a5142'],
			[0.14, '#6b3b36'],
			[1, '#351c22'],
		]);
		c.beginPath();
		c.roundRect(-20, 1106, 760, 220, 22);
		c.fill();
		glow(c, 120, 1150, 360, [
			[0, 'rgb(255 196 120 / .38)'],
			[1, 'rgb(255 180 110 / 0)'],
		]);
		const jolt = Math.sin(turn * 8 * t) * 1.4;
		c.save();
		c.translate(198, 1112 + jolt);
		c.fillStyle = 'rgb(20 8 10 / .35)';
		c.beginPath();
		c.ellipse(8, 42, 86, 13, 0, 0, turn);
		c.fill();
		c.fillStyle = '#e9e2d3';
		c.beginPath();
		c.ellipse(0, 36, 80, 12, 0, 0, turn);
		c.fill();
		c.fillStyle = vertical(c, -90, 34, [
			[0, '#f3d9a0'],
			[0.22, '#c9722e'],
			[1, '#8a3d17'],
		]);
		c.beginPath();
		c.moveTo(-44, -88);
		c.bezierCurveTo(-44, -40, -22, -36, -34, 32);
		c.lineTo(34, 32);
		c.bezierCurveTo(22, -36, 44, -40, 44, -88);
		c.fill();
		c.fillStyle = 'rgb(255 255 255 / .35)';
		c.beginPath();
		c.moveTo(-30, -80);
		c.bezierCurveTo(-30, -44, -12, -30, -20, 24);
		c.lineTo(-12, 24);
		c.bezierCurveTo(-6, -30, -20, -44, -20, -80);
		c.fill();
		c.strokeStyle = 'rgb(255 240 220 / .28)';
		c.lineWidth = 9;
		c.lineCap = 'round';
		for (const side of [-14, 14]) {
			c.beginPath();
			for (let y = 0; y <= 110; y += 10)
				c.lineTo(side + Math.sin(y / 26 + turn * 2 * t + side) * (4 + y / 11), -102 - y);
			c.stroke();
		}
		c.restore();
	},
};

/** Paper lanterns rise over roofs. @type {Scene} */
const lanterns = {
	width: 720,
	height: 1280,
	seconds: 6,
	poster: 0.1,
	draw(c, t) {
		c.fillStyle = vertical(c, 0, 1280, [
			[0, '#0b1d2e'],
			[0.45, '#123f4f'],
			[0.75, '#2f7c74'],
			[0.92, '#e0a862'],
		]);
		c.fillRect(0, 0, 720, 1280);
		const star = numbers(31);
		c.fillStyle = 'rgb(230 245 240 / .5)';
		for (let i = 0; i < 60; i++) dot(c, star() * 720, star() * 620, 0.7 + star() * 1.3);
		below(c, '#1b5a5c', (x) => 1080 - 60 * Math.sin(x / 170 + 1) - 22 * Math.sin(x / 61));
		below(c, '#124046', (x) => 1130 - 46 * Math.sin(x / 130 + 3) - 14 * Math.sin(x / 43 + 2));

		const random = numbers(14);
		const all = Array.from({ length: 26 }, () => ({
			x: random() * 720,
			start: random(),
			size: 0.22 + random() ** 2.4 * 1.05,
			phase: random() * turn,
		}));
		all.sort((a, b) => a.size - b.size);
		for (const { x, start, size, phase } of all) {
			// Each rises through the picture exactly once, and fades at both ends.
			const way = (start + t) % 1;
			const y = 1150 - way * 1250;
			const cx = x + Math.sin(turn * t + phase) * 16 * size;
			const shown = Math.min(1, way * 7, (1 - way) * 7);
			const flicker = 0.9 + 0.1 * Math.sin(turn * 5 * t + phase);
			c.globalAlpha = shown * (0.45 + 0.55 * Math.min(1, size * 1.6));
			glow(c, cx, y, 150 * size, [
				[0, `rgb(255 190 100 / ${0.55 * flicker})`],
				[0.4, `rgb(255 160 80 / ${0.18 * flicker})`],
				[1, 'rgb(255 150 80 / 0)'],
			]);
			c.save();
			c.translate(cx, y);
			c.rotate(Math.sin(turn * t + phase) * 0.06);
			c.scale(size, size);
			c.fillStyle = vertical(c, -72, 62, [
				[0, '#c9552f'],
				[0.4, '#f08a3c'],
				[0.8, '#ffd27a'],
				[1, '#fff1bf'],
			]);
			c.beginPath();
			c.moveTo(-30, 60);
			c.bezierCurveTo(-58, 20, -62, -70, -26, -74);
			c.lineTo(26, -74);
			c.bezierCurveTo(62, -70, 58, 20, 30, 60);
			c.closePath();
			c.fill();
			c.strokeStyle = 'rgb(150 50 20 / .35)';
			c.lineWidth = 2.5;
			for (const k of [-18, 18]) {
				c.beginPath();
				c.moveTo(k * 0.8, -74);
				c.bezierCurveTo(k * 1.8, -30, k * 1.6, 20, k * 0.8, 60);
				c.stroke();
			}
			c.fillStyle = '#7a2f1d';
			c.fillRect(-30, 58, 60, 6);
			c.restore();
			c.globalAlpha = 1;
		}

		c.fillStyle = '#071a24';
		for (const [x, w, h] of [
			[-10, 150, 118],
			[128, 96, 172],
			[214, 130, 92],
			[336, 86, 146],
			[412, 140, 84],
			[540, 92, 166],
			[622, 130, 112],
		])
			c.fillRect(x, 1280 - h, w, h);
		c.beginPath();
		c.arc(176, 1108, 44, Math.PI, turn);
		c.fill();
		c.beginPath();
		c.arc(586, 1116, 40, Math.PI, turn);
		c.fill();
		c.strokeStyle = '#071a24';
		c.lineWidth = 4;
		c.beginPath();
		c.moveTo(176, 1066);
		c.lineTo(176, 1036);
		c.moveTo(586, 1076);
		c.lineTo(586, 1050);
		c.stroke();
		const window = numbers(5);
		for (let i = 0; i < 22; i++) {
			c.fillStyle = `rgb(255 205 120 / ${0.4 + window() * 0.5})`;
			c.fillRect(12 + window() * 690, 1196 + window() * 66, 9, 14);
		}
	},
};

/** Surf on a beach, from above. @type {Scene} */
const surf = {
	width: 720,
	height: 1280,
	seconds: 6,
	poster: 0.38,
	draw(c, t) {
		c.fillStyle = vertical(c, 0, 1280, [
			[0, '#efd9b0'],
			[0.5, '#e6c48f'],
			[1, '#d9ae74'],
		]);
		c.fillRect(0, 0, 720, 1280);
		const speck = numbers(17);
		for (let i = 0; i < 420; i++) {
			c.fillStyle = speck() > 0.5 ? 'rgb(150 105 55 / .22)' : 'rgb(255 245 220 / .35)';
			dot(c, speck() * 720, speck() * 900, 0.8 + speck() * 1.6);
		}
		// A towel and an umbrella with its shadow.
		c.save();
		c.translate(210, 270);
		c.rotate(-0.32);
		c.fillStyle = 'rgb(120 75 30 / .22)';
		c.fillRect(48, 22, 130, 236);
		c.fillStyle = '#f4efe4';
		c.fillRect(36, 10, 130, 236);
		c.fillStyle = '#d8344f';
		for (let i = 0; i < 6; i++) c.fillRect(36, 24 + i * 40, 130, 16);
		c.restore();
		c.fillStyle = 'rgb(110 70 30 / .28)';
		c.beginPath();
		c.ellipse(246, 262, 152, 140, 0.5, 0, turn);
		c.fill();
		for (let i = 0; i < 12; i++) {
			c.fillStyle = i % 2 ? '#fff6e6' : '#157f87';
			c.beginPath();
			c.moveTo(196, 214);
			c.arc(196, 214, 142, (i * turn) / 12, ((i + 1) * turn) / 12);
			c.fill();
		}
		glow(c, 150, 166, 180, [
			[0, 'rgb(255 255 255 / .28)'],
			[1, 'rgb(255 255 255 / 0)'],
		]);
		c.fillStyle = '#e9c38a';
		dot(c, 196, 214, 8);
		// Footprints.
		c.fillStyle = 'rgb(150 100 50 / .4)';
		for (let i = 0; i < 9; i++) {
			c.save();
			c.translate(372 + i * 34, 336 + i * 30 + Math.sin(i) * 6);
			c.rotate(2.4);
			c.beginPath();
			c.ellipse(i % 2 ? 11 : -11, 0, 6, 13, 0, 0, turn);
			c.fill();
			c.restore();
		}

		const reach = Math.sin(turn * t);
		const shore =
			(/** @type {number} */ base, /** @type {number} */ swing, /** @type {number} */ phase) =>
			(/** @type {number} */ x) =>
				base -
				swing * Math.sin(turn * t - phase) -
				x * 0.14 +
				26 * Math.sin(x / 96 + phase * 2) +
				12 * Math.sin(x / 41 + turn * t + phase);
		below(c, 'rgb(176 130 80 / .55)', shore(760, 40, -0.5));
		const bands = /** @type {[number, number, number, string][]} */ ([
			[812, 62, 0, '#9fdcd0'],
			[872, 54, 0.4, '#63c5bf'],
			[950, 44, 0.9, '#2fa6ad'],
			[1050, 32, 1.5, '#168795'],
			[1170, 22, 2.2, '#0f6a80'],
		]);
		bands.forEach(([base, swing, phase, fill], i) => {
			const line = shore(base, swing, phase);
			if (i < 3)
				below(
					c,
					`rgb(255 255 255 / ${[0.95, 0.6, 0.3][i]})`,
					(x) => line(x) - [15, 9, 6][i] - (4 + 3 * reach) * Math.sin(x / 17 + i),
				);
			below(c, fill, line);
		});
		c.lineCap = 'round';
		const foam = numbers(41);
		for (let i = 0; i < 64; i++) {
			const x = foam() * 720;
			const y = shore(850 + foam() * 330, 40, foam())(x);
			const length = 10 + foam() * 34;
			c.strokeStyle = `rgb(255 255 255 / ${(0.12 + 0.32 * foam()) * (0.7 + 0.3 * Math.sin(turn * t + i))})`;
			c.lineWidth = 2 + foam() * 3;
			c.beginPath();
			c.moveTo(x, y);
			c.quadraticCurveTo(x + length / 2, y - 8, x + length, y - length * 0.14);
			c.stroke();
		}
	},
};

/** A row of camels crosses dunes in the morning. @type {Scene} */
const dunes = {
	width: 1080,
	height: 1350,
	draw(c) {
		c.fillStyle = vertical(c, 0, 760, [
			[0, '#5aa0c8'],
			[0.55, '#b9d8d6'],
			[1, '#fbe6c2'],
		]);
		c.fillRect(0, 0, 1080, 1350);
		glow(c, 236, 330, 520, [
			[0, 'rgb(255 250 225 / .95)'],
			[0.14, 'rgb(255 244 205 / .75)'],
			[0.5, 'rgb(255 236 190 / .2)'],
			[1, 'rgb(255 236 190 / 0)'],
		]);
		c.fillStyle = '#fffbe9';
		dot(c, 236, 330, 58);
		below(
			c,
			vertical(c, 560, 800, [
				[0, '#d9b48c'],
				[1, '#e7c79b'],
			]),
			(x) => 660 - 46 * Math.sin(x / 210 + 0.4) - 20 * Math.sin(x / 90),
		);
		below(
			c,
			vertical(c, 600, 900, [
				[0, '#d39a63'],
				[1, '#e9bd85'],
			]),
			(x) => 740 - 60 * Math.sin(x / 260 + 2.2) - 12 * Math.sin(x / 120),
		);

		/**
		 * A dune: a ridge, its lit slope, and the shade beyond the ridge's line.
		 *
		 * @param {(x: number) => number} ridge
		 * @param {(x: number) => number} fold
		 * @param {[string, string]} light
		 * @param {[string, string]} shade
		 */
		const dune = (ridge, fold, light, shade) => {
			const top = Math.min(...Array.from({ length: 28 }, (_, i) => ridge(i * 40)));
			below(
				c,
				vertical(c, top, 1350, [
					[0, light[0]],
					[1, light[1]],
				]),
				ridge,
			);
			c.beginPath();
			for (let x = 0; x <= 1084; x += 4) c.lineTo(x, ridge(x));
			for (let x = 1084; x >= 0; x -= 4) c.lineTo(x, Math.max(ridge(x), fold(x)));
			c.fillStyle = vertical(c, top, 1200, [
				[0, shade[0]],
				[1, shade[1]],
			]);
			c.fill();
		};
		const far = (/** @type {number} */ x) =>
			850 - 130 * Math.exp(-(((x - 760) / 300) ** 2)) - 18 * Math.sin(x / 150);
		dune(
			far,
			(x) => far(x) + (x > 760 ? (x - 760) * 0.5 + 26 * Math.sin((x - 760) / 60) : -4),
			['#eeb26e', '#e39a52'],
			['#a9603c', '#c67b48'],
		);
		const camel = (/** @type {number} */ x, /** @type {number} */ size, /** @type {boolean} */ ridden) => {
			c.save();
			c.translate(x, far(x) + 3);
			c.scale(size, size);
			c.fillStyle = '#4b2a22';
			c.strokeStyle = '#4b2a22';
			c.lineCap = 'round';
			c.lineJoin = 'round';
			c.lineWidth = 5;
			for (const [leg, knee] of [
				[-19, -15],
				[-12, -15],
				[13, 17],
				[20, 18],
			]) {
				c.beginPath();
				c.moveTo(leg, -34);
				c.lineTo(knee, -16);
				c.lineTo(leg + 2, 0);
				c.stroke();
			}
			c.beginPath();
			c.moveTo(-30, -34);
			c.bezierCurveTo(-34, -54, -16, -58, -10, -60);
			c.bezierCurveTo(-4, -78, 8, -78, 12, -60);
			c.bezierCurveTo(24, -58, 30, -52, 30, -40);
			c.bezierCurveTo(18, -28, -18, -28, -30, -34);
			c.fill();
			c.lineWidth = 8;
			c.beginPath();
			c.moveTo(-28, -44);
			c.bezierCurveTo(-46, -40, -44, -62, -48, -78);
			c.stroke();
			c.beginPath();
			c.ellipse(-54, -80, 11, 5.5, 0.2, 0, turn);
			c.fill();
			if (ridden) {
				c.fillStyle = '#c33b45';
				c.beginPath();
				c.moveTo(-8, -60);
				c.lineTo(14, -60);
				c.lineTo(8, -96);
				c.lineTo(-2, -96);
				c.fill();
				c.fillStyle = '#f7ecd8';
				dot(c, 3, -103, 8);
			}
			c.restore();
		};
		camel(470, 0.86, true);
		camel(556, 0.9, false);
		camel(640, 0.94, true);
		camel(722, 0.96, false);
		const near = (/** @type {number} */ x) =>
			1010 -
			210 * Math.exp(-(((x - 190) / 330) ** 2)) -
			26 * Math.sin(x / 220 + 1) -
			(x > 520 ? 0.05 * (x - 520) : 0);
		dune(
			near,
			(x) => near(x) + (x > 190 ? (x - 190) * 0.62 + 34 * Math.sin((x - 190) / 90) : -6),
			['#f4bd76', '#d98d47'],
			['#8f4a33', '#bd6c40'],
		);
		const front = (/** @type {number} */ x) => 1180 + 60 * Math.sin(x / 260 + 2.6) - x * 0.05;
		below(
			c,
			vertical(c, 1080, 1350, [
				[0, '#f2b871'],
				[1, '#c67a3d'],
			]),
			front,
		);
		c.lineWidth = 2.4;
		for (let i = 0; i < 17; i++) {
			c.beginPath();
			for (let x = 0; x <= 1080; x += 8)
				c.lineTo(
					x,
					front(x) + 18 + i * (13 + i * 0.8) + 6 * Math.sin(x / 52 + i * 1.3) + 3 * Math.sin(x / 23 + i),
				);
			c.strokeStyle = i % 2 ? 'rgb(255 226 170 / .30)' : 'rgb(130 70 30 / .22)';
			c.stroke();
		}
		grain(c, 4);
	},
};

/** Tiles of a courtyard wall in the shade of a lemon tree. @type {Scene} */
const tiles = {
	width: 1080,
	height: 1350,
	draw(c) {
		c.fillStyle = '#f2eadb';
		c.fillRect(0, 0, 1080, 1350);
		const cell = 180;
		const star = (
			/** @type {number} */ x,
			/** @type {number} */ y,
			/** @type {number} */ outer,
			/** @type {number} */ inner,
			/** @type {string} */ fill,
			points = 8,
			from = 0,
		) => {
			c.beginPath();
			for (let i = 0; i < points * 2; i++) {
				const r = i % 2 ? inner : outer;
				c.lineTo(
					x + Math.cos(from + (i * Math.PI) / points) * r,
					y + Math.sin(from + (i * Math.PI) / points) * r,
				);
			}
			c.closePath();
			c.fillStyle = fill;
			c.fill();
		};
		const random = numbers(9);
		const tint = (/** @type {number[]} */ [h, s, l]) =>
			`hsl(${h + random() * 5} ${s}% ${l + (random() - 0.5) * 6}%)`;
		for (let row = -1; row <= 8; row++) {
			for (let column = -1; column <= 6; column++) {
				const x = column * cell + cell / 2;
				const y = row * cell + cell / 2;
				// Crosses between the stars.
				for (let k = 0; k < 4; k++) {
					c.save();
					c.translate(x, y);
					c.rotate((k * Math.PI) / 2);
					c.fillStyle = tint([18, 62, 47]);
					c.beginPath();
					c.moveTo(0, -90);
					c.lineTo(24, -66);
					c.lineTo(0, -52);
					c.lineTo(-24, -66);
					c.fill();
					c.fillStyle = tint([40, 82, 58]);
					c.beginPath();
					c.moveTo(64, -64);
					c.lineTo(84, -70);
					c.lineTo(90, -84);
					c.lineTo(90, -90);
					c.lineTo(84, -90);
					c.lineTo(70, -84);
					c.fill();
					c.restore();
				}
				star(x, y, 84, 64, tint([200, 62, 30]), 8, Math.PI / 8);
				star(x, y, 68, 50, '#f2eadb', 8, Math.PI / 8);
				star(x, y, 61, 44, tint([174, 52, 38]), 8, Math.PI / 8);
				star(x, y, 40, 24, '#f2eadb', 8);
				star(x, y, 33, 19, tint([214, 66, 34]), 8);
				star(x, y, 13, 7, tint([42, 88, 62]), 8, Math.PI / 8);
			}
		}
		c.strokeStyle = 'rgb(110 90 70 / .28)';
		c.lineWidth = 2;
		for (let i = 0; i <= 8; i++) {
			c.beginPath();
			c.moveTo(0, i * cell);
			c.lineTo(1080, i * cell);
			c.moveTo(i * cell, 0);
			c.lineTo(i * cell, 1350);
			c.stroke();
		}
		// Afternoon light, and the shade of leaves on it.
		c.fillStyle = 'rgb(255 226 170 / .22)';
		c.fillRect(0, 0, 1080, 1350);
		const leaf = numbers(23);
		// On a sheet of its own, so that leaves over leaves are no darker.
		const shade = /** @type {OffscreenCanvasRenderingContext2D} */ (
			new OffscreenCanvas(1080, 1350).getContext('2d')
		);
		shade.fillStyle = '#12203a';
		const branch = (
			/** @type {number} */ x,
			/** @type {number} */ y,
			/** @type {number} */ angle,
			/** @type {number} */ length,
		) => {
			shade.save();
			shade.translate(x, y);
			shade.rotate(angle);
			shade.fillRect(0, -4, length, 8);
			for (let at = 30; at < length; at += 34) {
				for (const side of [-1, 1]) {
					shade.save();
					shade.translate(at, 0);
					shade.rotate(side * (0.7 + leaf() * 0.5));
					shade.beginPath();
					shade.ellipse(52, 0, 46 + leaf() * 12, 17 + leaf() * 6, 0, 0, turn);
					shade.fill();
					shade.restore();
				}
			}
			shade.restore();
		};
		branch(1120, -20, 2.5, 640);
		branch(1140, 240, 2.72, 560);
		branch(1130, 640, 2.9, 420);
		branch(760, -40, 2.1, 420);
		branch(1120, 980, 3.3, 330);
		c.filter = 'blur(6px)';
		c.globalAlpha = 0.42;
		c.drawImage(shade.canvas, 0, 0);
		c.globalAlpha = 1;
		c.filter = 'none';
		c.fillStyle = vertical(c, 0, 1350, [
			[0, 'rgb(255 240 200 / .16)'],
			[1, 'rgb(30 20 60 / .26)'],
		]);
		c.fillRect(0, 0, 1080, 1350);
		// A branch in front, with lemons.
		c.save();
		c.translate(-30, 1130);
		c.rotate(-0.42);
		c.strokeStyle = '#4c3a26';
		c.lineWidth = 13;
		c.lineCap = 'round';
		c.beginPath();
		c.moveTo(-40, 80);
		c.quadraticCurveTo(240, 30, 560, 60);
		c.stroke();
		for (const [x, y, angle, size] of [
			[60, 40, -0.9, 1],
			[140, 96, 0.7, 1.1],
			[220, 22, -0.7, 1.15],
			[330, 88, 0.6, 1],
			[400, 18, -0.8, 1.1],
			[500, 88, 0.5, 0.95],
			[560, 44, -0.2, 1.05],
		]) {
			c.save();
			c.translate(x, y);
			c.rotate(angle);
			c.scale(size, size);
			c.fillStyle = 'rgb(10 30 20 / .3)';
			c.beginPath();
			c.ellipse(70, 14, 70, 27, 0, 0, turn);
			c.fill();
			c.fillStyle = vertical(c, -28, 28, [
				[0, '#5f9a44'],
				[0.5, '#3f7a35'],
				[0.51, '#2f6630'],
				[1, '#2a5a2c'],
			]);
			c.beginPath();
			c.moveTo(0, 0);
			c.quadraticCurveTo(66, -50, 142, 0);
			c.quadraticCurveTo(66, 50, 0, 0);
			c.fill();
			c.restore();
		}
		for (const [x, y, angle] of [
			[270, 124, 0.5],
			[455, 134, 0.2],
		]) {
			c.save();
			c.translate(x, y);
			c.rotate(angle);
			const skin = c.createRadialGradient(-18, -22, 6, 0, 0, 84);
			skin.addColorStop(0, '#fff3a1');
			skin.addColorStop(0.45, '#f8d23c');
			skin.addColorStop(1, '#d69a17');
			c.fillStyle = skin;
			c.beginPath();
			c.moveTo(-84, 0);
			c.bezierCurveTo(-62, -20, -52, -56, 0, -56);
			c.bezierCurveTo(52, -56, 60, -18, 82, 0);
			c.bezierCurveTo(60, 18, 52, 56, 0, 56);
			c.bezierCurveTo(-52, 56, -62, 20, -84, 0);
			c.fill();
			c.restore();
		}
		c.restore();
		grain(c, 4);
	},
};

/** Coffee and dates on a copper tray, from above. @type {Scene} */
const coffee = {
	width: 1080,
	height: 1920,
	draw(c) {
		c.fillStyle = vertical(c, 0, 1920, [
			[0, '#17433f'],
			[1, '#0e2c2f'],
		]);
		c.fillRect(0, 0, 1080, 1920);
		// A woven cloth.
		c.save();
		c.translate(540, 960);
		c.rotate(-0.22);
		for (let i = -13; i <= 13; i++) {
			c.fillStyle = ['#b33a3a', '#e8ddc4', '#1f6f6a', '#e8ddc4', '#e0a13a'][(i + 20) % 5];
			c.fillRect(i * 66, -1300, 66, 2600);
			c.fillStyle = 'rgb(0 0 0 / .12)';
			c.fillRect(i * 66, -1300, 5, 2600);
		}
		c.fillStyle = 'rgb(30 15 10 / .16)';
		for (let y = -1300; y < 1300; y += 9) c.fillRect(-900, y, 1800, 3);
		c.restore();
		const disc = (
			/** @type {number} */ x,
			/** @type {number} */ y,
			/** @type {number} */ radius,
			/** @type {[number, string][]} */ stops,
			turned = -0.35,
		) => {
			const g = c.createRadialGradient(x + radius * turned, y + radius * turned, radius * 0.05, x, y, radius);
			for (const [at, color] of stops) g.addColorStop(at, color);
			c.fillStyle = g;
			dot(c, x, y, radius);
		};
		const shadow = (
			/** @type {number} */ x,
			/** @type {number} */ y,
			/** @type {number} */ radius,
			/** @type {number} */ alpha,
		) => {
			c.filter = 'blur(22px)';
			c.fillStyle = `rgb(10 5 5 / ${alpha})`;
			dot(c, x, y, radius);
			c.filter = 'none';
		};
		shadow(590, 1030, 452, 0.6);
		disc(540, 960, 450, [
			[0, '#f6c99a'],
			[0.4, '#d98f57'],
			[0.8, '#a75c30'],
			[1, '#7c3e1e'],
		]);
		c.lineWidth = 7;
		c.strokeStyle = 'rgb(255 220 175 / .55)';
		c.beginPath();
		c.arc(540, 960, 440, 0, turn);
		c.stroke();
		c.lineWidth = 3;
		c.strokeStyle = 'rgb(95 45 20 / .55)';
		for (const r of [410, 398, 300, 290]) {
			c.beginPath();
			c.arc(540, 960, r, 0, turn);
			c.stroke();
		}
		for (let i = 0; i < 36; i++) {
			c.save();
			c.translate(540, 960);
			c.rotate((i * turn) / 36);
			c.beginPath();
			c.ellipse(350, 0, 40, 13, 0, 0, turn);
			c.stroke();
			c.beginPath();
			c.arc(350, 0, 6, 0, turn);
			c.stroke();
			c.restore();
		}
		// The cup.
		shadow(470, 930, 178, 0.55);
		disc(440, 880, 180, [
			[0, '#ffffff'],
			[0.6, '#efe7da'],
			[1, '#cfc2ae'],
		]);
		c.strokeStyle = '#1f6f6a';
		c.lineWidth = 8;
		c.beginPath();
		c.arc(440, 880, 160, 0, turn);
		c.stroke();
		c.lineWidth = 3;
		c.beginPath();
		c.arc(440, 880, 149, 0, turn);
		c.stroke();
		shadow(456, 902, 106, 0.5);
		disc(440, 880, 112, [
			[0, '#ffffff'],
			[0.75, '#f2ebdf'],
			[1, '#d8cbb8'],
		]);
		disc(
			440,
			880,
			96,
			[
				[0, '#9a6234'],
				[0.5, '#5d3115'],
				[1, '#2b1408'],
			],
			0.2,
		);
		c.strokeStyle = 'rgb(222 170 110 / .7)';
		c.lineWidth = 6;
		c.beginPath();
		c.arc(440, 880, 90, 0.4, 3.4);
		c.stroke();
		c.fillStyle = 'rgb(230 185 130 / .55)';
		for (const [x, y, r] of [
			[408, 850, 11],
			[424, 838, 7],
			[398, 868, 6],
			[470, 912, 9],
			[484, 898, 5],
		])
			dot(c, x, y, r);
		// A bowl of dates.
		shadow(720, 1130, 166, 0.55);
		disc(696, 1092, 166, [
			[0, '#3fa39a'],
			[0.7, '#1f6f6a'],
			[1, '#124a48'],
		]);
		disc(696, 1092, 140, [
			[0, '#0f3d3d'],
			[1, '#1b5c59'],
		]);
		const date = numbers(19);
		for (let i = 0; i < 13; i++) {
			const angle = i * 2.4;
			const r = 26 * Math.sqrt(i);
			c.save();
			c.translate(696 + Math.cos(angle) * r, 1092 + Math.sin(angle) * r);
			c.rotate(date() * turn);
			c.fillStyle = 'rgb(5 10 10 / .45)';
			c.beginPath();
			c.ellipse(6, 8, 46, 25, 0, 0, turn);
			c.fill();
			const skin = c.createRadialGradient(-12, -10, 3, 0, 0, 48);
			skin.addColorStop(0, '#c98247');
			skin.addColorStop(0.4, '#7d3b1c');
			skin.addColorStop(1, '#3c160c');
			c.fillStyle = skin;
			c.beginPath();
			c.ellipse(0, 0, 45, 24, 0, 0, turn);
			c.fill();
			c.strokeStyle = 'rgb(255 220 180 / .22)';
			c.lineWidth = 2.5;
			for (const k of [-8, 4]) {
				c.beginPath();
				c.moveTo(-32, k);
				c.quadraticCurveTo(0, k - 8, 32, k + 2);
				c.stroke();
			}
			c.restore();
		}
		// Cardamom.
		for (const [x, y, a] of [
			[620, 800, 0.4],
			[668, 776, 1.2],
			[654, 836, -0.5],
			[330, 1130, 0.9],
			[386, 1162, -0.2],
		]) {
			c.save();
			c.translate(x, y);
			c.rotate(a);
			c.fillStyle = 'rgb(60 20 5 / .4)';
			c.beginPath();
			c.ellipse(4, 6, 24, 12, 0, 0, turn);
			c.fill();
			c.fillStyle = '#9bb36a';
			c.beginPath();
			c.ellipse(0, 0, 24, 12, 0, 0, turn);
			c.fill();
			c.strokeStyle = '#6f8a45';
			c.lineWidth = 2;
			c.beginPath();
			c.moveTo(-20, 0);
			c.lineTo(20, 0);
			c.stroke();
			c.restore();
		}
		c.fillStyle = vertical(c, 0, 1920, [
			[0, 'rgb(255 240 210 / .20)'],
			[0.5, 'rgb(255 240 210 / 0)'],
			[1, 'rgb(0 10 20 / .35)'],
		]);
		c.fillRect(0, 0, 1080, 1920);
		grain(c, 4);
	},
};

/** A cat on a blue step in the noon light. @type {Scene} */
const step = {
	width: 1080,
	height: 1920,
	draw(c) {
		c.fillStyle = vertical(c, 0, 1500, [
			[0, '#f7f1e6'],
			[1, '#efe3cf'],
		]);
		c.fillRect(0, 0, 1080, 1920);
		// The door: an arch, two leaves, studs.
		c.fillStyle = '#dcc9a8';
		c.beginPath();
		c.moveTo(250, 1400);
		c.lineTo(250, 640);
		c.arc(560, 640, 310, Math.PI, turn);
		c.lineTo(870, 1400);
		c.fill();
		c.fillStyle = vertical(c, 330, 1400, [
			[0, '#1f7fb2'],
			[1, '#135d8c'],
		]);
		c.beginPath();
		c.moveTo(290, 1400);
		c.lineTo(290, 640);
		c.arc(560, 640, 270, Math.PI, turn);
		c.lineTo(830, 1400);
		c.fill();
		c.save();
		c.beginPath();
		c.moveTo(290, 1400);
		c.lineTo(290, 640);
		c.arc(560, 640, 270, Math.PI, turn);
		c.lineTo(830, 1400);
		c.clip();
		c.fillStyle = '#0e4c75';
		c.fillRect(555, 640, 10, 760);
		c.fillRect(290, 630, 540, 14);
		c.lineWidth = 10;
		c.strokeStyle = '#0e4c75';
		for (let i = 1; i < 6; i++) {
			c.beginPath();
			c.moveTo(560, 632);
			c.lineTo(
				560 + Math.cos(Math.PI + (i * Math.PI) / 6) * 280,
				632 + Math.sin(Math.PI + (i * Math.PI) / 6) * 280,
			);
			c.stroke();
		}
		c.fillStyle = '#f2c14e';
		for (const x of [330, 386, 442, 498, 622, 678, 734, 790]) for (let y = 710; y < 1380; y += 110) dot(c, x, y, 9);
		c.lineWidth = 8;
		c.strokeStyle = '#f2c14e';
		for (const x of [520, 600]) {
			c.beginPath();
			c.arc(x, 955, 24, 0, turn);
			c.stroke();
		}
		c.restore();
		// Steps.
		const stepped = /** @type {[number, number, string, string][]} */ ([
			[1390, 170, '#2f93c0', '#1d749f'],
			[1540, 90, '#3fa5cf', '#2482ae'],
			[1700, -10, '#58b8dc', '#3193bd'],
		]);
		for (const [y, x, top, front] of stepped) {
			c.fillStyle = front;
			c.fillRect(x, y + 44, 1080 - x * 2 + 40, 170);
			c.fillStyle = top;
			c.fillRect(x, y, 1080 - x * 2 + 40, 50);
		}
		c.fillStyle = '#e3d3b6';
		c.fillRect(0, 1850, 1080, 70);
		// A window with a grille, higher up.
		c.fillStyle = '#135d8c';
		c.beginPath();
		c.roundRect(60, 330, 120, 210, 12);
		c.fill();
		c.strokeStyle = '#f7f1e6';
		c.lineWidth = 7;
		for (let i = 1; i < 4; i++) {
			c.beginPath();
			c.moveTo(60 + i * 30, 330);
			c.lineTo(60 + i * 30, 540);
			c.moveTo(60, 330 + i * 52);
			c.lineTo(180, 330 + i * 52);
			c.stroke();
		}
		// Bougainvillea over the door.
		const random = numbers(77);
		c.strokeStyle = '#5a4630';
		c.lineWidth = 12;
		c.lineCap = 'round';
		c.beginPath();
		c.moveTo(1010, 1420);
		c.bezierCurveTo(940, 900, 1060, 620, 900, 380);
		c.bezierCurveTo(800, 240, 560, 200, 330, 260);
		c.stroke();
		for (let i = 0; i < 520; i++) {
			const k = random();
			const bx = (1 - k) ** 2 * 1020 + 2 * k * (1 - k) * 1010 + k * k * 300;
			const by = (1 - k) ** 2 * 700 + 2 * k * (1 - k) * 190 + k * k * 262;
			const r = random() * (60 + 90 * Math.sin(k * Math.PI));
			const angle = random() * turn;
			const x = bx + Math.cos(angle) * r;
			const y = by + Math.sin(angle) * r * 0.8;
			c.save();
			c.translate(x, y);
			c.rotate(random() * turn);
			if (random() < 0.42) {
				c.fillStyle = `hsl(${118 + random() * 24} 38% ${26 + random() * 16}%)`;
				c.beginPath();
				c.ellipse(0, 0, 24, 12, 0, 0, turn);
				c.fill();
			} else {
				c.fillStyle = `hsl(${326 + random() * 14} 72% ${46 + random() * 18}%)`;
				for (let petal = 0; petal < 3; petal++) {
					c.rotate(turn / 3);
					c.beginPath();
					c.ellipse(11, 0, 15, 10, 0, 0, turn);
					c.fill();
				}
				c.fillStyle = '#fff4d0';
				dot(c, 0, 0, 4);
			}
			c.restore();
		}
		// Light from above, cut by a roof across the street.
		c.fillStyle = 'rgb(30 50 90 / .20)';
		c.beginPath();
		c.moveTo(0, 0);
		c.lineTo(0, 1920);
		c.lineTo(300, 1920);
		c.lineTo(0, 900);
		c.fill();
		// Pots.
		const pot = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ size) => {
			c.save();
			c.translate(x, y);
			c.scale(size, size);
			c.fillStyle = 'rgb(10 40 70 / .28)';
			c.beginPath();
			c.ellipse(34, 4, 110, 16, 0, 0, turn);
			c.fill();
			for (let i = 0; i < 26; i++) {
				c.save();
				c.translate(0, -130);
				c.rotate((i / 25 - 0.5) * 2.7 + (random() - 0.5) * 0.2);
				c.fillStyle = `hsl(${130 + random() * 26} 36% ${24 + random() * 18}%)`;
				const long = 120 + random() * 80;
				c.beginPath();
				c.moveTo(-9, 0);
				c.quadraticCurveTo(-15, -long * 0.6, 0, -long);
				c.quadraticCurveTo(15, -long * 0.6, 9, 0);
				c.fill();
				c.restore();
			}
			c.fillStyle = vertical(c, -140, 0, [
				[0, '#d67b4c'],
				[1, '#a9522f'],
			]);
			c.beginPath();
			c.moveTo(-74, -130);
			c.lineTo(74, -130);
			c.lineTo(54, 0);
			c.lineTo(-54, 0);
			c.fill();
			c.fillStyle = '#e08d5e';
			c.beginPath();
			c.roundRect(-84, -152, 168, 36, 8);
			c.fill();
			c.restore();
		};
		pot(244, 1404, 0.9);
		pot(900, 1556, 1.15);
		// The cat.
		c.save();
		c.translate(590, 1404);
		c.fillStyle = 'rgb(10 40 70 / .32)';
		c.beginPath();
		c.ellipse(26, 0, 130, 18, 0, 0, turn);
		c.fill();
		const fur = '#e0913f';
		c.strokeStyle = fur;
		c.lineWidth = 30;
		c.lineCap = 'round';
		c.beginPath();
		c.moveTo(76, -20);
		c.bezierCurveTo(170, -6, 180, 70, 128, 96);
		c.stroke();
		c.strokeStyle = '#b9682a';
		c.lineWidth = 30;
		c.beginPath();
		c.moveTo(138, 90);
		c.lineTo(128, 96);
		c.stroke();
		c.fillStyle = fur;
		c.beginPath();
		c.moveTo(-66, 0);
		c.bezierCurveTo(-86, -130, -50, -210, 0, -214);
		c.bezierCurveTo(70, -206, 116, -90, 98, 0);
		c.fill();
		c.fillStyle = '#fff3df';
		c.beginPath();
		c.ellipse(-16, -96, 34, 78, 0.08, 0, turn);
		c.fill();
		c.beginPath();
		c.ellipse(-40, -6, 30, 16, 0, 0, turn);
		c.ellipse(14, -6, 30, 16, 0, 0, turn);
		c.fill();
		c.fillStyle = fur;
		c.beginPath();
		c.moveTo(-84, -250);
		c.lineTo(-80, -346);
		c.lineTo(-22, -300);
		c.fill();
		c.beginPath();
		c.moveTo(60, -250);
		c.lineTo(62, -346);
		c.lineTo(0, -300);
		c.fill();
		c.fillStyle = '#f3b6a0';
		c.beginPath();
		c.moveTo(-70, -276);
		c.lineTo(-69, -324);
		c.lineTo(-38, -300);
		c.fill();
		c.beginPath();
		c.moveTo(48, -276);
		c.lineTo(50, -324);
		c.lineTo(18, -300);
		c.fill();
		c.fillStyle = fur;
		c.beginPath();
		c.ellipse(-11, -248, 84, 70, 0, 0, turn);
		c.fill();
		c.fillStyle = '#fff3df';
		c.beginPath();
		c.ellipse(-12, -222, 44, 34, 0, 0, turn);
		c.fill();
		c.fillStyle = '#b9682a';
		for (const x of [-34, -12, 10]) {
			c.beginPath();
			c.ellipse(x, -300, 6, 20, 0, 0, turn);
			c.fill();
		}
		for (const y of [-150, -112, -74]) {
			c.beginPath();
			c.ellipse(82 - (y + 150) * -0.06, y, 22, 6, -0.3, 0, turn);
			c.fill();
		}
		c.strokeStyle = '#2a1a10';
		c.lineWidth = 6;
		for (const x of [-44, 22]) {
			c.beginPath();
			c.arc(x, -258, 15, 0.15 * Math.PI, 0.85 * Math.PI);
			c.stroke();
		}
		c.fillStyle = '#d0605a';
		c.beginPath();
		c.moveTo(-20, -236);
		c.lineTo(-2, -236);
		c.lineTo(-11, -226);
		c.fill();
		c.lineWidth = 4;
		c.beginPath();
		c.moveTo(-11, -226);
		c.quadraticCurveTo(-24, -208, -34, -220);
		c.moveTo(-11, -226);
		c.quadraticCurveTo(2, -208, 12, -220);
		c.stroke();
		c.lineWidth = 2.5;
		c.strokeStyle = 'rgb(60 40 20 / .5)';
		for (const k of [-1, 1])
			for (const dy of [-6, 6]) {
				c.beginPath();
				c.moveTo(-11 + k * 40, -222 + dy * 0.4);
				c.lineTo(-11 + k * 104, -226 + dy * 2);
				c.stroke();
			}
		c.restore();
		c.fillStyle = vertical(c, 0, 1920, [
			[0, 'rgb(255 230 170 / .22)'],
			[1, 'rgb(20 40 90 / .10)'],
		]);
		c.fillRect(0, 0, 1080, 1920);
		grain(c, 4);
	},
};

/** @type {Record<string, Scene>} */
export const scenes = { harbour, train, lanterns, surf, dunes, tiles, coffee, step };
