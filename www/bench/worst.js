/**
 * The largest requests that the engine accepts, full of input that has been slow
 * in other software. `go test -bench Worst` measures similar ones natively.
 *
 * @module
 */
import { startEngine } from '../dist/engine.js';

// The bounds of a request, in bytes and entries (www/docs/rules.md).
const title = 4096,
	text = 256 << 10,
	url = 8192,
	items = 1000;

const encoder = new TextEncoder();

/** Repeats a part as often as it fits. @param {string} part @param {number} bytes */
const fill = (part, bytes) => part.repeat(bytes / encoder.encode(part).length);

const address = 'https://video.example/7100';
const family = '👩‍👩‍👧‍👦';

/** @type {Record<string, Record<string, unknown>>} */
const contents = {
	'many addresses in a text': { url: 'http://a', text: `x${fill(' http://a', text - 1)}` },
	'an address that repeats itself': { url: `${fill('http://a/', url - 9)}x`, text: fill('http://a/', text) },
	'joined emoji': { title: fill(family, title), text: fill(family, text) },
	'combining marks': { title: `e${fill('\u0301', title - 1)}`, text: `e${fill('\u0301', text - 1)}` },
	'marks of direction': { title: fill('\u202e\u2066', title), text: fill('\u202e\u2066', text) },
	'percent signs': {
		url: `${address}?${fill('%25', url - address.length - 1)}`,
		title: fill('%', title),
		text: fill('%', text),
	},
	parameters: { url: `${address}?u${fill('&u', url - address.length - 2)}`, text: fill('&utm_a=b', text) },
	blanks: { title: `x${fill(' ', title - 2)}x`, text: `x${fill(' \n', text - 2)}x` },
	quotes: { title: fill('"', title), text: fill('\\"', text) },
	'tags and files': {
		tags: Array(items).fill('#'.repeat(512)),
		media: Array(items).fill({
			url: `${address}/${'x'.repeat(1000)}.mp4`,
			type: 'video/mp4',
			durationSeconds: 0.1234567890123456,
		}),
	},
	'attributes, 4 MiB of them': {
		attributes: Object.fromEntries(Array.from({ length: items }, (_, i) => [`a${i}`, 'é'.repeat(2000)])),
	},
};

/** @param {Record<string, unknown>} content */
const requestOf = (content) => ({
	content: {
		kind: 'video',
		visibility: 'public',
		downloadable: true,
		url: address,
		title: 'x',
		text: 'x',
		imageUrl: `${address}.jpg`,
		embedUrl: content.url ?? address,
		media: [{ url: `${address}.mp4`, type: 'video/mp4' }],
		...content,
	},
	viewer: { role: 'owner' },
	device: { platform: 'ios', share: true, shareFiles: true },
	page: {
		appIds: { facebook: '1' },
		referral: 'ref',
		startAt: 5,
		instances: { mastodon: 'a.example', misskey: 'a.example', diaspora: 'a.example' },
	},
});

/**
 * @param {{ texts: Record<string, string>, modules: Record<string, any> }} files  everything.json permits every target
 * @param {() => number | Promise<number>} memory  of the engine, in bytes
 */
export async function worst({ texts, modules }, memory) {
	const engine = await startEngine({ wasm: modules['engine.wasm'], ruleset: texts['everything.json'] });
	const report = [];
	for (const [name, content] of Object.entries(contents)) {
		const request = /** @type {any} */ (requestOf(content));
		const took = [];
		engine.sheet(request);
		const before = await memory();
		for (let i = 0; i < 7; i++) {
			const start = performance.now();
			engine.sheet(request);
			took.push(performance.now() - start);
		}
		took.sort((a, b) => a - b);
		report.push({
			name,
			bytes: encoder.encode(JSON.stringify(request)).length,
			median: took[3],
			high: took[6],
			before,
			after: await memory(),
		});
	}
	return report;
}
