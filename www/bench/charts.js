/**
 * Draws small charts as SVG, coloured by the page's style sheet.
 *
 * @module
 */

/**
 * Returns a function that draws bars on a common logarithmic scale.
 *
 * @param {{ median: number, low: number, high: number, best: number }[]} list
 * @param {number} [unit] the value labelled 1 on the axis; moves the grid lines only
 * @returns {(e: { median: number, low: number, high: number }) => string}
 */
export function bars(list, unit = 1000) {
	const from = Math.floor(Math.log10(Math.min(...list.map((e) => e.best)) / unit));
	const to = Math.ceil(Math.log10(Math.max(...list.map((e) => e.high)) / unit));
	/** @param {number} v */
	const x = (v) => round(((Math.log10(v / unit) - from) / (to - from)) * 200);
	const grid = Array.from(
		{ length: to - from + 1 },
		(_, i) => `<path class="grid" d="M${round((i / (to - from)) * 200)} 0v16"/>`,
	).join('');
	return (e) =>
		`<svg viewBox="-1 0 202 16" width="202" height="16" aria-hidden="true" focusable="false">${grid}<rect class="bar" y="4" height="8" width="${Math.max(1, x(e.median))}" rx="2"/><path class="spread" d="M${x(e.low)} 8H${x(e.high)}"/></svg>`;
}

/**
 * Draws lines on two logarithmic axes.
 *
 * @param {{ name: string, points: [number, number][] }[]} series
 * @param {{ label: string, divide: number }} how
 */
export function lines(series, { label, divide }) {
	const points = series.flatMap((s) => s.points);
	const [x0, x1] = decades(points.map(([x]) => x)),
		[y0, y1] = decades(points.map(([, y]) => y / divide));
	const width = 300,
		height = 180,
		left = 44,
		bottom = 22,
		top = 8,
		right = 12;
	/** @param {number} v */
	const x = (v) => round(left + ((Math.log10(v) - x0) / (x1 - x0)) * (width - left - right));
	/** @param {number} v */
	const y = (v) => round(height - bottom - ((Math.log10(v) - y0) / (y1 - y0)) * (height - top - bottom));
	const xs = steps(x0, x1),
		ys = steps(y0, y1);
	return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${ys.map((v) => `<path class="grid" d="M${left} ${y(v)}H${width - right}"/><text class="axis end" x="${left - 6}" y="${y(v) + 4}">${short(v)}</text>`).join('')}
${xs.map((v) => `<path class="grid" d="M${x(v)} ${top}V${height - bottom}"/><text class="axis middle" x="${x(v)}" y="${height - 6}">${short(v)}</text>`).join('')}
${series.map((s) => `<g class="line-${s.name.toLowerCase()}"><path class="line" d="${s.points.map(([px, py], i) => `${i ? 'L' : 'M'}${x(px)} ${y(py / divide)}`).join('')}"/>${s.points.map(([px, py]) => `<circle class="point" cx="${x(px)}" cy="${y(py / divide)}" r="2.5"/>`).join('')}</g>`).join('\n')}
</svg>`;
}

/** The powers of ten around some values. @param {number[]} values */
function decades(values) {
	const from = Math.floor(Math.log10(Math.min(...values)) + 1e-9),
		to = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
	return [from, Math.max(to, from + 1)];
}

/** @param {number} from @param {number} to */
const steps = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));

/** @param {number} v */
function short(v) {
	if (v >= 1e6) return `${v / 1e6}M`;
	return v >= 1000 ? `${v / 1000}k` : String(Number(v.toPrecision(1)));
}

/** @param {number} n */
const round = (n) => Math.round(n * 10) / 10;
