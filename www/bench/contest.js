/**
 * The measurements that run in node and in a page.
 *
 * @module
 */
import { startEngine } from '../dist/engine.js';
import { agree, alternate, medianOf } from './measure.js';
import { peers } from './peers/index.js';
import { expected, factsOf, requests } from './policy.js';

/**
 * The policy in every language, by file name, and WebAssembly modules.
 *
 * @typedef {object} Files
 * @property {Record<string, string>} texts
 * @property {Record<string, Uint8Array<ArrayBuffer>>} modules
 */

/**
 * @param {Files} files
 * @param {{ rounds: number, batch: number, load: (peer: string) => Promise<any>, only?: string[], say?: (text:
 *   string) => void }} how
 */
export async function contest(files, { rounds, batch, load, only = peers, say = () => {} }) {
	const list = requests(256),
		want = expected(list);
	const input = { ...files, requests: list, facts: list.map(factsOf) };
	const contestants = [],
		failed = [];
	let sheets = [];
	for (const name of only) {
		try {
			const peer = await load(name);
			const made = await peer.make(input);
			for (const contestant of made) await agree(contestant, want);
			contestants.push(...made);
			if (peer.sheets) sheets = await peer.sheets(input);
		} catch (error) {
			// Sharewise has to run; a peer that fails here is listed in the table.
			if (name === 'sharewise' || name === 'by-hand') throw error;
			failed.push({ name, why: String(/** @type {any} */ (error)?.message ?? error).split('\n')[0] });
		}
	}
	say(
		`${contestants.length} engines give the same ${want.length} answers${failed.map((f) => `; ${f.name} doesn't run: ${f.why}`).join('')}`,
	);
	const results = await alternate(contestants, { requests: list.length, rounds, batch });
	return {
		answers: want.length,
		engines: results,
		sheet: await alternate(sheets, { requests: list.length, rounds, batch }),
		failed,
	};
}

/**
 * Measures how times grow with one size at a time.
 *
 * @param {Files} files
 * @param {import('./growth.js').Point[]} points
 * @param {boolean} quick
 */
export async function growth(files, points, quick) {
	const wasm = await WebAssembly.compile(files.modules['bulk.wasm']);
	const curves = [];
	for (const { curve, size, ruleset, requests } of points) {
		try {
			const engine = await startEngine({ wasm, ruleset, bulk: true });
			const compile = medianOf(() => engine.load(ruleset));
			const decide = medianOf(() => engine.verdicts(requests)) / requests.length;
			const sheet = medianOf(() => engine.sheet(requests[0]));
			curves.push({ curve, size, bytes: ruleset.length, compile, decide, sheet });
		} catch (error) {
			curves.push({
				curve,
				size,
				bytes: ruleset.length,
				failed: String(/** @type {any} */ (error)?.message ?? error).split('\n')[0],
			});
		}
	}
	const engine = await startEngine({ wasm, ruleset: files.texts['ruleset.json'], bulk: true });
	const sizes = [1, 10, 100, 1000, 10000, ...(quick ? [] : [100000, 1000000])];
	for (const size of sizes) {
		const many = requests(size);
		curves.push({ curve: 'requests', size, decide: medianOf(() => engine.verdicts(many)) / size });
		if (size === 1000) {
			// One rule of a thousand has changed.
			const previous = engine.verdicts(many);
			curves.push({
				curve: 'changed',
				size,
				decide: medianOf(() => engine.verdicts(many, { previous, changed: [500] })),
			});
		}
	}
	return curves;
}

/**
 * Calls the engine millions of times, and measures the memory in use before and
 * after.
 *
 * @param {Files} files
 * @param {{ verdicts: number, sheets: number, held: () => { heap: number, engine: number } | Promise<{ heap: number,
 *   engine: number }> }} how
 */
export async function memory(files, { verdicts, sheets, held }) {
	const engine = await startEngine({
		wasm: files.modules['bulk.wasm'],
		ruleset: files.texts['ruleset.json'],
		bulk: true,
	});
	const list = requests(256);
	const report = [];
	/** @param {string} what @param {number} calls @param {(n: number) => void} call */
	const measured = async (what, calls, call) => {
		call(Math.min(calls / 100, 20000)); // fills the caches first
		const before = await held();
		const start = performance.now();
		call(calls);
		const took = performance.now() - start;
		report.push({ what, calls, before, after: await held(), seconds: took / 1000 });
	};
	await measured('verdicts', verdicts, (n) => {
		for (let i = 0; i < n; i += list.length) engine.verdicts(list);
	});
	await measured('sheet', sheets, (n) => {
		for (let i = 0; i < n; i++) engine.sheet(list[i & 255]);
	});
	return report;
}
