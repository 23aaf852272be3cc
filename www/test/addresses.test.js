/**
 * Addresses are serialised as the URL standard does, by both engines: those of
 * the web platform tests, and generated ones, for which `URL` of Node is asked.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { EngineError, startEngine } from '../dist/engine.js';

/** @param {string} path from the root of the project */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url));
const ruleset = JSON.stringify({ sharewise: 1, id: 'all', rules: [{ id: 'r', permit: ['link.copy'] }] });

/** @type {{ input: string, href: string, failure?: boolean }[]} */
const suite = JSON.parse(read('share/testdata/urltestdata.json').toString()).filter(
	(/** @type {any} */ c) => typeof c === 'object' && /^[\0- ]*h\s*t\s*t\s*p\s*s?\s*:/i.test(c.input),
);

/** Why an address is refused that the standard takes. */
const reasons = {
	'a user name or password': /^the URL holds a user name or password; leave it out$/,
	'no // before the host': /^want "\/\/" after "https?:"$/,
	'a backslash before the query': /^the URL holds a backslash, which browsers read as \/; write \/ or %5C$/,
	'a percent sign, quotes, braces or an empty label in the host':
		/^"(\.|[^"]*([%\uFFFD{}`]|\.\.))[^"]*" cannot be a host$/,
	'a control character': /^the text holds the control character U\+00[0-9A-F]{2}$/,
};

/** Numbers that are the same in every run (Marsaglia, xorshift32). @param {number} seed */
function random(seed) {
	return (/** @type {number} */ below) => {
		seed ^= seed << 13;
		seed ^= seed >>> 17;
		seed ^= seed << 5;
		return (seed >>> 0) % below;
	};
}

// Node 20 writes ^ in a path as it is, as the standard did before 2024.
const hosts = 'A.example|a.example.|مثال.إختبار|bücher.example|faß.example|नेपाल.example|xn--mgbh0fb.xn--kgbechtv|xn--a';
const numbers =
	'|1.2.772|0x7f.1|1.2.3.4|256.0.0.1|[::1]|[2001:DB8:0:0:1::]|[::FFFF:1.2.3.4]|[1:2]|a.1|1.2.3.4.5|４.example';
const parts = {
	scheme: ['https://', 'http://', 'HTTPS://', ' Http://'],
	host: `${hosts}${numbers}|a_b.example|vid\u00adeo.example|a\u202eb.example|a..b|℀.example`.split('|'),
	port: ['', '', ':', ':80', ':443', ':0443', ':8080', ':65536', ':x'],
	path: '/|/.|/..|/%2e%2E|/a|/.a|/...|//|/ |/é|/مصر|/"|/{}|/`|/<>|/\'|/|||/%|/%zz|/;a=b|/@|/:|/😀|/\u202e'.split('|'),
	end: ['?', '#', 'a=b', '&', ' ', '"', "'", '`', '{}', '<>', 'é', '日本', '/../', '\\', '%', '^', '|', '\u200f'],
};

for (const name of ['engine.wasm', 'engine.go.wasm']) {
	describe(name, async () => {
		const engine = await startEngine({ wasm: new WebAssembly.Module(read(`www/dist/${name}`)), ruleset });

		/** The address as the sheet has it, or why it is refused. @param {string} url */
		function serialised(url) {
			try {
				return { url: engine.sheet({ content: { url }, page: { keepTracking: true } }).link?.url };
			} catch (error) {
				assert.ok(error instanceof EngineError && error.code === 'request', String(error));
				return { problem: error.problems[0]?.message ?? '' };
			}
		}

		test('every address of the web platform tests is serialised as there, or refused with a reason', (t) => {
			/** @type {Record<string, number>} */
			const refused = {};
			let equal = 0,
				none = 0;
			for (const { input, href, failure } of suite) {
				const { url, problem } = serialised(input);
				if (problem === undefined) {
					assert.equal(url, failure ? undefined : href, input);
					equal++;
				} else if (failure) none++;
				else {
					const [reason] = Object.entries(reasons).find(([, message]) => message.test(problem)) ?? [];
					assert.ok(reason, `${JSON.stringify(input)} is refused: ${problem}`);
					refused[reason] = (refused[reason] ?? 0) + 1;
				}
			}
			t.diagnostic(`${equal} serialised as there, ${none} none as there, refused ${JSON.stringify(refused)}`);
			assert.deepEqual(
				{ equal, none, ...refused },
				{
					equal: 105,
					none: 203,
					'a user name or password': 20,
					'no // before the host': 20,
					'a backslash before the query': 5,
					'a percent sign, quotes, braces or an empty label in the host': 8,
					'a control character': 16,
				},
			);
		});

		test('what is serialised is what URL makes of it, and is serialised to itself', (t) => {
			const below = random(20261127);
			/** @param {string[]} list */
			const one = (list) => list[below(list.length)];
			let equal = 0;
			for (let n = 0; n < 4000; n++) {
				const path = Array.from({ length: below(5) }, () => one(parts.path));
				const end = below(2) ? ['?', ...Array.from({ length: below(5) }, () => one(parts.end))] : [];
				const input = one(parts.scheme) + one(parts.host) + one(parts.port) + path.join('') + end.join('');
				const { url } = serialised(input);
				if (url === undefined) continue; // the suite above tells what is refused
				assert.equal(url, new URL(input).href, input);
				assert.equal(serialised(url).url, url);
				assert.match(url, /^[!-~]+$/);
				equal++;
			}
			t.diagnostic(`${equal} of 4000 addresses`);
			assert.ok(equal > 1500);
		});
	});
}
