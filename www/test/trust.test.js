import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { EngineError, startEngine } from '../dist/engine.js';
import { verify } from '../src/signature.js';
import { checkedTrust } from '../src/trust.js';
import { launch } from './chromium.js';
import { fault } from './counted.js';
import { listen } from './listening.js';

const wasm = readFileSync(new URL('../dist/engine.wasm', import.meta.url));
/**
 * A ruleset with one rule, whose id tells rulesets apart.
 *
 * @param {string} name
 * @param {string} [id]
 */
const rules = (name, id = 'stories') =>
	JSON.stringify({ sharewise: 1, id, about: 'für alle 😀', rules: [{ id: name, permit: ['reddit'] }] });

let folder = '';
let command = '';
/** The public keys, as in a page. @type {Record<string, string>} */
let keys = {};

before(() => {
	folder = mkdtempSync(join(tmpdir(), 'sharewise-'));
	command = join(folder, 'sharewise');
	execFileSync('go', ['build', '-o', command, './share/cmd/sharewise'], {
		cwd: new URL('../..', import.meta.url),
		stdio: 'inherit',
	});
	for (const name of ['ops-2026', 'ops-2027', 'stranger']) {
		const made = JSON.parse(
			execFileSync(command, ['key', name, join(folder, `${name}.pem`)], { encoding: 'utf8' }),
		);
		if (name !== 'stranger') keys = { ...keys, ...made };
	}
});
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * @param {string} text
 * @param {number} version
 * @param {string} [key]
 */
function signed(text, version, key = 'ops-2026') {
	return execFileSync(
		command,
		['sign', '--key', join(folder, `${key}.pem`), '--name', key, '--version', `${version}`, '-'],
		{ input: text, encoding: 'utf8' },
	);
}

/**
 * Signs with WebCrypto as the command does, and also what the command refuses to sign.
 *
 * @param {string} ruleset
 * @param {object} says
 * @param {string} [key]
 */
async function signedHere(ruleset, says, key = 'ops-2026') {
	const der = Buffer.from(
		readFileSync(join(folder, `${key}.pem`), 'utf8').replace(/-----[^-]+-----|\s/g, ''),
		'base64',
	);
	const privateKey = await webcrypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
	const sha256 = createHash('sha256').update(ruleset).digest('hex');
	const message = JSON.stringify({ 'sharewise-signature': 2, key, ...says, sha256 }).slice(0, -1);
	const bytes = await webcrypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(message));
	return `${message},"signature":"${Buffer.from(bytes).toString('base64')}"}`;
}

/**
 * @param {Promise<unknown>} promise
 * @returns {Promise<string>} the message of the error
 */
async function refusal(promise) {
	try {
		await promise;
	} catch (error) {
		assert.ok(error instanceof EngineError && error.code === 'ruleset', String(error));
		return error.message;
	}
	return 'taken';
}

/**
 * The rule that permits, which identifies the ruleset in force.
 *
 * @param {import('../dist/engine.js').Engine} engine
 */
const inForce = (engine) => engine.sheet({ content: { kind: 'link', url: 'https://news.example/' } }).entries[0].rule;

describe('keys and signatures are read alike by Go and by JavaScript', () => {
	const { cases, ...common } = JSON.parse(
		readFileSync(new URL('../../share/signature/testdata/cases.json', import.meta.url), 'utf8'),
	);
	for (const one of cases) {
		test(one.name, async () => {
			const { ruleset, signature, keys, id, minimum, now, want } = { ...common, ...one };
			let got = '';
			try {
				const { version } = await verify(
					ruleset,
					signature,
					checkedTrust({ id, keys, minimumVersion: minimum }),
					Date.parse(now),
				);
				assert.ok(version >= minimum && version > 0);
			} catch (error) {
				got = /** @type {Error} */ (error).message;
			}
			assert.equal(got, want);
		});
	}

	test('what WebCrypto has signed is good for the command, and the same bytes', async () => {
		const pair = /** @type {CryptoKeyPair} */ (
			await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
		);
		const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
		const publicKey = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey)).toString('base64');
		/** @param {string} name @param {string} words */
		const file = (name, words) => {
			writeFileSync(join(folder, name), words);
			return join(folder, name);
		};
		file('web.pem', `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`);
		const text = rules('good');
		const signature = await signedHere(text, { id: 'stories', version: 3 }, 'web');
		assert.equal(signed(text, 3, 'web'), `${signature}\n`);
		const args = [
			'verify',
			'--keys',
			file('web.json', JSON.stringify({ web: publicKey })),
			'--id',
			'stories',
			file('rules.json', text),
			file('web.sig', signature),
		];
		assert.equal(
			execFileSync(command, args, { encoding: 'utf8' }),
			`${join(folder, 'rules.json')} is version 3 of stories, signed with the key web\n`,
		);
		file('rules.json', rules('other'));
		const refused = spawnSync(command, args, { encoding: 'utf8' });
		assert.deepEqual(
			[refused.status, refused.stdout],
			[1, `${join(folder, 'rules.json')} is not to be trusted: it is not what was signed with the key "web"\n`],
		);
	});
});

describe('an engine that trusts takes what was signed with one of the keys', () => {
	test('a ruleset as it was signed, and after another key took over', async () => {
		const text = rules('good', 'taking-over');
		for (const signature of [signed(text, 7), signed(text, 8, 'ops-2027')]) {
			const engine = await startEngine({
				wasm,
				ruleset: text,
				trust: { id: 'taking-over', keys, signature, minimumVersion: 7 },
			});
			assert.equal(inForce(engine), 'good');
		}
	});

	test('nothing else, and says why', async () => {
		const text = rules('good', 'else');
		/** @type {[string, string, string, string][]} */
		const cases = [
			['another text', `${text} `, signed(text, 7), 'it is not what was signed with the key "ops-2026"'],
			['an older version', text, signed(text, 6), 'its version 6 is older than 7'],
			[
				'another ruleset of the same key',
				rules('good', 'internal'),
				signed(rules('good', 'internal'), 7),
				'it is signed as the ruleset "internal", and not as "else"',
			],
			[
				'one that has expired',
				text,
				await signedHere(text, { id: 'else', version: 7, expires: '2020-01-01T00:00:00Z' }),
				'it expired at 2020-01-01T00:00:00Z',
			],
			[
				'a key that is not trusted',
				text,
				signed(text, 7, 'stranger'),
				'it is signed with the key "stranger", which is not trusted',
			],
			[
				'a signature by another key under the name of one that is trusted',
				text,
				signed(text, 7).replace(/[^"]+==/, /[^"]+==/.exec(signed(text, 7, 'stranger'))?.[0] ?? ''),
				'its signature was not made with the key "ops-2026"',
			],
			['a page instead of a signature', text, '<!doctype html>', 'its signature cannot be read'],
			['an empty signature', text, '', 'its signature cannot be read'],
		];
		for (const [name, ruleset, signature, reason] of cases) {
			assert.equal(
				await refusal(
					startEngine({ wasm, ruleset, trust: { id: 'else', keys, signature, minimumVersion: 7 } }),
				),
				`the ruleset is not to be trusted: ${reason}`,
				name,
			);
		}
		assert.equal(
			await refusal(startEngine({ wasm, ruleset: text, trust: { id: 'else', keys } })),
			'the ruleset is not to be trusted: its signature is missing',
		);
	});

	test('one that has not expired', async () => {
		const text = rules('good', 'expiring');
		const signature = await signedHere(text, { id: 'expiring', version: 1, expires: '9999-12-31T23:59:59Z' });
		assert.equal(
			inForce(await startEngine({ wasm, ruleset: text, trust: { id: 'expiring', keys, signature } })),
			'good',
		);
	});

	test('a trust that is wrong takes nothing, signed or not', async () => {
		const text = rules('good', 'wrong');
		const trust = { id: 'wrong', keys, signature: signed(text, 7) };
		const inherited = Object.create({ id: 'wrong', keys });
		/** @type {[unknown, string][]} */
		const cases = [
			[null, 'want an object with id and keys, not null'],
			[false, 'want an object with id and keys, not false'],
			[0, 'want an object with id and keys, not 0'],
			['', 'want an object with id and keys, not ""'],
			[{}, "the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which undefined has not"],
			[[], "the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which undefined has not"],
			[
				inherited,
				"the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which undefined has not",
			],
			[
				{ ...trust, id: undefined },
				"the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which undefined has not",
			],
			[
				{ ...trust, id: ['wrong'] },
				"the id of a signed ruleset has 1 to 64 letters, digits, '.', '_' and '-', which an object has not",
			],
			[{ ...trust, keys: undefined }, 'want keys by name, such as {"ops-2026":"…"}, not undefined'],
			[{ ...trust, keys: null }, 'want keys by name, such as {"ops-2026":"…"}, not null'],
			[
				{ ...trust, keys: keys['ops-2026'] },
				`want keys by name, such as {"ops-2026":"…"}, not "${keys['ops-2026']}"`,
			],
			[{ ...trust, keys: {} }, 'no key is trusted; want keys by name, such as {"ops-2026":"…"}'],
			[{ ...trust, keys: [keys['ops-2026'], 'AAAA'] }, 'the key "1" is not 32 bytes in base64'],
			[
				{ ...trust, keys: { ...keys, next: `${'A'.repeat(43)}=` } },
				'the key "next" is a point of small order, for which anybody can sign',
			],
			...[NaN, Infinity, 1.5, -1, 2 ** 53, -0.5].map(
				(n) =>
					/** @type {[unknown, string]} */ ([
						{ ...trust, minimumVersion: n },
						`the lowest version to take lies between 0 and 9007199254740991, which ${n} does not`,
					]),
			),
			[
				{ ...trust, minimumVersion: null },
				'the lowest version to take lies between 0 and 9007199254740991, which null does not',
			],
			[
				{ ...trust, minimumVersion: '8x' },
				'the lowest version to take lies between 0 and 9007199254740991, which "8x" does not',
			],
			[
				{ ...trust, minimumVersion: '8' },
				'the lowest version to take lies between 0 and 9007199254740991, which "8" does not',
			],
			[
				{ ...trust, minimumVersion: 8n },
				'the lowest version to take lies between 0 and 9007199254740991, which 8 does not',
			],
			[{ ...trust, signature: null }, 'want the signature as a URL or as its text, not null'],
			[{ ...trust, minVersion: 8 }, 'unknown member "minVersion"; want id, keys, signature and minimumVersion'],
			[{ ...trust, key: keys['ops-2026'] }, 'unknown member "key"; want id, keys, signature and minimumVersion'],
		];
		for (const [wrong, reason] of cases) {
			for (const ruleset of [text, rules('unsigned', 'wrong')]) {
				assert.equal(
					await refusal(startEngine({ wasm, ruleset, trust: /** @type {any} */ (wrong) })),
					`trust: ${reason}`,
				);
			}
		}
		assert.equal(inForce(await startEngine({ wasm, ruleset: rules('unsigned'), trust: undefined })), 'unsigned');
	});

	test('a keep that is no time is refused', async () => {
		for (const [keep, said] of /** @type {[any, string][]} */ ([
			[NaN, 'NaN'],
			[-1, '-1'],
			[null, 'object'],
			['3600', 'string'],
		])) {
			assert.equal(
				await refusal(startEngine({ wasm, ruleset: rules('any'), keep })),
				`keep: want seconds from 0, not ${said}`,
			);
		}
	});

	test('whom to trust cannot be changed afterwards', async () => {
		const text = rules('good', 'fixed');
		const trust = { id: 'fixed', keys: { ...keys }, signature: signed(text, 7) };
		const engine = await startEngine({ wasm, ruleset: text, trust });
		const stranger = JSON.parse(
			execFileSync(command, ['key', 'ops-2028', join(folder, 'ops-2028.pem')], { encoding: 'utf8' }),
		);
		Object.assign(trust.keys, stranger);
		assert.equal(
			await refusal(engine.loadSigned(text, signed(text, 8, 'ops-2028'))),
			'the ruleset is not to be trusted: it is signed with the key "ops-2028", which is not trusted',
		);
	});
});

describe('later rulesets', () => {
	test('come into force with their signature only, and the good one stays where one is refused', async () => {
		const text = rules('good', 'later');
		const engine = await startEngine({
			wasm,
			ruleset: text,
			trust: { id: 'later', keys, signature: signed(text, 7) },
		});
		const next = rules('next', 'later');
		assert.throws(() => engine.load(next), { message: 'only signed rulesets are taken; use loadSigned' });
		assert.equal(
			await refusal(engine.loadSigned(`${next} `, signed(next, 8))),
			'the ruleset is not to be trusted: it is not what was signed with the key "ops-2026"',
		);
		assert.equal(
			await refusal(engine.loadSigned(next, signed(next, 6))),
			'the ruleset is not to be trusted: its version 6 is older than 7',
		);
		assert.equal(
			await refusal(engine.loadSigned(rules('next', 'other'), signed(rules('next', 'other'), 8))),
			'the ruleset is not to be trusted: it is signed as the ruleset "other", and not as "later"',
		);
		assert.equal(inForce(engine), 'good');
		await engine.loadSigned(next, signed(next, 8));
		assert.equal(inForce(engine), 'next');
		// An old one cannot be brought back.
		assert.equal(
			await refusal(engine.loadSigned(text, signed(text, 7))),
			'the ruleset is not to be trusted: its version 7 is older than 8',
		);
		assert.throws(() => engine.load(text), { message: 'only signed rulesets are taken; use loadSigned' });
		assert.equal(inForce(engine), 'next');
	});

	test('of which one does not compile leave the one before it in force, and its version does not count', async () => {
		const text = rules('good', 'broken');
		const engine = await startEngine({
			wasm,
			ruleset: text,
			trust: { id: 'broken', keys, signature: signed(text, 7) },
		});
		const bad = '{"sharewise": 2}';
		assert.match(
			await refusal(engine.loadSigned(bad, await signedHere(bad, { id: 'broken', version: 9 }))),
			/^the ruleset was refused: /,
		);
		assert.equal(inForce(engine), 'good');
		const next = rules('next', 'broken');
		await engine.loadSigned(next, signed(next, 8));
		assert.equal(inForce(engine), 'next');
	});

	test('that come at once leave the highest version in force, in any order', async () => {
		for (const [id, order] of /** @type {[string, number[]][]} */ ([
			['at-once-down', [9, 8]],
			['at-once-up', [8, 9]],
			['at-once-many', [3, 9, 2, 8, 9, 4, 7]],
		])) {
			const engine = await startEngine({
				wasm,
				ruleset: rules('1', id),
				trust: { id, keys, signature: signed(rules('1', id), 1) },
			});
			const signatures = order.map((version) => signed(rules(`${version}`, id), version));
			await Promise.allSettled(
				order.map((version, i) => engine.loadSigned(rules(`${version}`, id), signatures[i])),
			);
			assert.equal(inForce(engine), '9', `${order}`);
			assert.equal(
				await refusal(engine.loadSigned(rules('8', id), signed(rules('8', id), 8))),
				'the ruleset is not to be trusted: its version 8 is older than 9',
			);
		}
	});

	test('are no older than what the same key has signed under another name', async () => {
		const id = 'renamed';
		const start = (/** @type {number} */ version, /** @type {string[]} */ ...names) =>
			startEngine({
				wasm,
				ruleset: rules(`${version}`, id),
				trust: {
					id,
					keys: Object.fromEntries(names.map((name) => [name, keys['ops-2026']])),
					signature: signed(rules(`${version}`, id), version),
				},
			});
		const old = 'the ruleset is not to be trusted: its version 1 is older than 9';
		await start(9, 'ops-2026', 'old');
		assert.equal(await refusal(start(1, 'old', 'ops-2026')), old);
		await assert.rejects(start(1, 'other'));
		assert.equal(await refusal(start(1, 'ops-2026')), old);
	});

	test('are no older than what any engine of the page has had', async () => {
		const text = rules('1', 'elsewhere');
		const trust = { id: 'elsewhere', keys, signature: signed(text, 1) };
		const [one, other] = [
			await startEngine({ wasm, ruleset: text, trust }),
			await startEngine({ wasm, ruleset: text, trust }),
		];
		await one.loadSigned(rules('9', 'elsewhere'), signed(rules('9', 'elsewhere'), 9));
		assert.equal(
			await refusal(other.loadSigned(rules('8', 'elsewhere'), signed(rules('8', 'elsewhere'), 8, 'ops-2027'))),
			'the ruleset is not to be trusted: its version 8 is older than 9',
		);
		assert.equal(
			await refusal(startEngine({ wasm, ruleset: text, trust })),
			'the ruleset is not to be trusted: its version 1 is older than 9',
		);
		assert.deepEqual([inForce(one), inForce(other)], ['9', '1']);
	});

	test('an engine without trust takes no signature for one', async () => {
		const text = rules('good', 'plain');
		const engine = await startEngine({ wasm, ruleset: text });
		assert.equal(
			await refusal(engine.loadSigned(text, signed(text, 7))),
			'the ruleset is not to be trusted: the engine was started without trust',
		);
		engine.load(rules('plain'));
		assert.equal(inForce(engine), 'plain');
	});
});

describe('a page that fetches its ruleset', () => {
	/** The server's files, by address. @type {Record<string, string | Buffer | undefined>} */
	let files = {};
	/** @type {import('node:http').Server} */
	let server;
	/** @type {import('playwright-core').Browser} */
	let browser;
	let origin = '';
	/** @type {Record<string, string>} */
	const types = { js: 'text/javascript', wasm: 'application/wasm' };

	before(async () => {
		server = createServer(({ url = '' }, response) => {
			const [path] = url.split('?');
			if (path.startsWith('/dist/')) {
				response
					.writeHead(200, { 'Content-Type': types[path.split('.').pop() ?? ''] })
					.end(readFileSync(new URL(`..${path}`, import.meta.url)));
			} else if (path === '/') {
				response
					.writeHead(200, {
						'Content-Type': 'text/html',
						'Content-Security-Policy':
							"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'",
					})
					.end('<!doctype html><title>page</title>');
			} else {
				response
					.writeHead(files[path] === undefined ? 404 : 200, { 'Cache-Control': 'no-store' })
					.end(files[path]);
			}
		});
		origin = await listen(server);
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		server?.close();
	});
	beforeEach(() => publish(1));

	/** Publishes a version, whose number is the id of its rule. @param {number} version @param {string} [id] */
	function publish(version, id = 'stories') {
		const text = rules(`v${version}`, id);
		files = { '/rules.json': text, '/rules.json.sig': signed(text, version) };
	}

	/** @typedef {(page: import('playwright-core').Page) => unknown} Change */

	/**
	 * Returns the ruleset in force at each of several visits of one device.
	 *
	 * @param {Change[]} changes  one before each visit
	 * @param {{ keep?: number, address?: string, names?: string[], trusts?: boolean }} [options]
	 */
	async function visits(
		changes,
		{ keep = 0, address = '/rules.json', names = ['ops-2026', 'ops-2027'], trusts = true } = {},
	) {
		const context = await browser.newContext();
		const seen = [];
		for (const change of changes) {
			const page = await context.newPage();
			await page.goto(origin);
			const at = await change(page);
			const trust = trusts
				? { id: 'stories', keys: Object.fromEntries(names.map((name) => [name, keys[name]])) }
				: undefined;
			seen.push(
				await page.evaluate(
					async ({ keep, address, trust }) => {
						const module = '/dist/engine.js';
						const { startEngine } = await import(module);
						try {
							const engine = await startEngine({ ruleset: new URL(address, location.href), keep, trust });
							const [{ rule }] = engine.sheet({
								content: { kind: 'link', url: 'https://news.example/' },
							}).entries;
							return engine.ruleset.insteadOf
								? `${rule} instead: ${engine.ruleset.insteadOf.message}`
								: rule;
						} catch (error) {
							return /** @type {Error} */ (error).message;
						}
					},
					{ keep, address: typeof at === 'string' ? at : address, trust },
				),
			);
			await page.close();
		}
		await context.close();
		return seen.map((line) => line.replace(origin, '').replace('the ruleset is not to be trusted: ', ''));
	}

	const same = () => {};
	const tampered = () => {
		files['/rules.json'] += ' ';
	};
	const unsigned = () => {
		files['/rules.json.sig'] = undefined;
	};
	const gone = () => {
		files = {};
	};
	const unread = "the ruleset /rules.json can't be read: 404 Not Found";
	/** @param {number} version */
	const published = (version) => () => publish(version);
	/** @param {number} milliseconds */
	const clock = (milliseconds) => (/** @type {import('playwright-core').Page} */ page) =>
		page.clock.setFixedTime(Date.now() + milliseconds);

	test('finds its signature beside it, and permits nothing without', async () => {
		assert.deepEqual(await visits([same, tampered, published(1), unsigned], {}), [
			'v1',
			'it is not what was signed with the key "ops-2026"',
			'v1',
			'its signature /rules.json.sig cannot be read: 404 Not Found',
		]);
	});

	test('keeps the last good one, and takes none that is older', async () => {
		assert.deepEqual(
			await visits([published(2), tampered, published(1), unsigned, published(3), gone], { keep: 3600 }),
			[
				'v2',
				'v2 instead: it is not what was signed with the key "ops-2026"',
				'v2 instead: its version 1 is older than 2',
				'v2 instead: its signature /rules.json.sig cannot be read: 404 Not Found',
				'v3',
				`v3 instead: ${unread}`,
			],
		);
	});

	test('takes no version that is older than the highest it has had, where nothing is kept', async () => {
		assert.deepEqual(await visits([published(9), published(1), published(10), published(9)]), [
			'v9',
			'its version 1 is older than 9',
			'v10',
			'its version 9 is older than 10',
		]);
	});

	test('nor after what was kept ran out, with the clock put back or forward, or under another address', async () => {
		const old = 'its version 1 is older than 9';
		const beginning = (/** @type {Change} */ how) => [
			published(9),
			async (/** @type {import('playwright-core').Page} */ page) => {
				publish(1);
				return how(page);
			},
			published(1),
		];
		assert.deepEqual(await visits(beginning(clock(3_601_000)), { keep: 3600 }), ['v9', old, old]);
		assert.deepEqual(await visits(beginning(clock(-60_000)), { keep: 3600 }), ['v9', old, old]);
		assert.deepEqual(
			await visits(
				beginning(() => '/rules.json?x=1'),
				{ keep: 3600 },
			),
			['v9', old, `v9 instead: ${old}`],
		);
		assert.deepEqual(
			await visits(
				beginning(async (page) => {
					await page.evaluate(async () => {
						const module = '/dist/engine.js';
						await (await import(module)).forgetRulesets();
					});
				}),
				{ keep: 3600 },
			),
			['v9', old, old],
		);
	});

	test('whichever of its keys signed the higher one, unless that key is dropped', async () => {
		const nine = () =>
			(files = { '/rules.json': rules('v9'), '/rules.json.sig': signed(rules('v9'), 9, 'ops-2027') });
		assert.deepEqual(await visits([nine, published(1)]), ['v9', 'its version 1 is older than 9']);
		assert.deepEqual(await visits([published(1), nine, published(2)], { names: ['ops-2026'] }), [
			'v1',
			'it is signed with the key "ops-2027", which is not trusted',
			'v2',
		]);
	});

	test('what the device stores of versions counts only with a signature that proves it', async () => {
		/** @param {string} number @param {(signature: string) => string} [change] */
		const raised =
			(number, change = (signature) => signature) =>
			async (/** @type {import('playwright-core').Page} */ page) => {
				const [address, signature] = await page.evaluate(async () => {
					const cache = await caches.open('sharewise-signatures');
					const [{ url }] = await cache.keys();
					return [url, (await (await cache.match(url))?.text()) ?? ''];
				});
				await page.evaluate(
					async ([address, signature]) =>
						(await caches.open('sharewise-signatures')).put(address, new Response(signature)),
					[address.replace(/\d+$/, number), change(signature)],
				);
				publish(3);
			};
		assert.deepEqual(await visits([published(2), raised('9007199254740991'), published(2)]), [
			'v2',
			'v3',
			'its version 2 is older than 3',
		]);
		assert.deepEqual(
			await visits([
				published(2),
				raised('99', (signature) => signature.replace('"version":2', '"version":99')),
				published(3),
			]),
			['v2', 'v3', 'v3'],
		);
		for (const text of ['', '99', '{"version":99}', 'x'.repeat(1e6)]) {
			assert.deepEqual(
				await visits([published(2), raised('99', () => text), published(2)]),
				['v2', 'v3', 'its version 2 is older than 3'],
				text.slice(0, 20),
			);
		}
	});

	fault('where storage is forbidden it works all the same, and remembers while the page lives', async () => {
		const forbidden =
			(/** @type {number} */ version) => async (/** @type {import('playwright-core').Page} */ page) => {
				publish(version);
				await page.evaluate(() => {
					caches.open = () => Promise.reject(new DOMException('no', 'SecurityError'));
				});
			};
		assert.deepEqual(await visits([forbidden(9), forbidden(1)], { keep: 3600 }), ['v9', 'v1']);
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.goto(origin);
		await forbidden(9)(page);
		const start = (/** @type {string} */ address) =>
			page.evaluate(
				async ({ address, keys }) => {
					const module = '/dist/engine.js';
					return (await import(module))
						.startEngine({ ruleset: new URL(address, location.href), trust: { id: 'stories', keys } })
						.then(
							() => 'taken',
							(/** @type {Error} */ { message }) => message,
						);
				},
				{ address, keys },
			);
		assert.equal(await start('/rules.json'), 'taken');
		publish(1);
		assert.equal(await start('/rules.json?x=1'), 'the ruleset is not to be trusted: its version 1 is older than 9');
		await context.close();
	});

	describe('puts nothing in force from Cache Storage that it does not trust', () => {
		/**
		 * Overwrites the kept ruleset while the network is down.
		 *
		 * @param {() => { text?: string, signature?: string } | Promise<{ text?: string, signature?: string }>} change
		 */
		const altered = (change) => async (/** @type {import('playwright-core').Page} */ page) => {
			gone();
			const { text, signature } = await change();
			await page.evaluate(
				async ({ text, signature }) => {
					const cache = await caches.open('sharewise-rulesets');
					const [request] = await cache.keys();
					const kept = /** @type {Response} */ (await cache.match(request));
					const headers = new Headers(kept.headers);
					if (signature !== undefined) headers.set('sharewise-kept-with', signature.trim());
					await cache.put(request, new Response(text ?? (await kept.text()), { headers }));
				},
				{ text, signature },
			);
		};
		/** @type {[string, Parameters<typeof altered>[0]][]} */
		const cases = [
			['another text', () => ({ text: rules('evil') })],
			['a byte order mark before the text', () => ({ text: `\ufeff${rules('v2')}` })],
			['no signature', () => ({ text: rules('evil'), signature: '' })],
			[
				"a stranger's signature",
				() => ({ text: rules('evil'), signature: signed(rules('evil'), 9, 'stranger') }),
			],
			[
				'another ruleset with its good signature',
				() => ({ text: rules('evil', 'internal'), signature: signed(rules('evil', 'internal'), 9) }),
			],
			[
				'an older version with its good signature',
				() => ({ text: rules('v1'), signature: signed(rules('v1'), 1) }),
			],
			[
				'one that has expired',
				async () => ({
					text: rules('v3'),
					signature: await signedHere(rules('v3'), {
						id: 'stories',
						version: 3,
						expires: '2020-01-01T00:00:00Z',
					}),
				}),
			],
			[
				'what does not compile',
				async () => ({ text: '{}', signature: await signedHere('{}', { id: 'stories', version: 3 }) }),
			],
		];
		for (const [name, change] of cases) {
			test(name, async () => {
				assert.deepEqual(await visits([published(2), gone, altered(change), published(2)], { keep: 3600 }), [
					'v2',
					`v2 instead: ${unread}`,
					unread,
					'v2',
				]);
			});
		}

		test('what an engine without trust has kept', async () => {
			const context = await browser.newContext();
			const seen = [];
			for (const trust of [undefined, { id: 'stories', keys }]) {
				const page = await context.newPage();
				await page.goto(origin);
				seen.push(
					await page.evaluate(async (trust) => {
						const module = '/dist/engine.js';
						const { startEngine } = await import(module);
						return startEngine({ ruleset: new URL('/rules.json', location.href), keep: 3600, trust }).then(
							() => 'taken',
							(/** @type {Error} */ { message }) => message,
						);
					}, trust),
				);
				await page.close();
				unsigned();
			}
			await context.close();
			assert.deepEqual(seen, [
				'taken',
				`the ruleset is not to be trusted: its signature ${origin}/rules.json.sig cannot be read: 404 Not Found`,
			]);
		});
	});

	test('reads every byte: a byte order mark breaks the ruleset and the signature', async () => {
		assert.deepEqual(
			await visits([
				() => {
					files['/rules.json'] = `\ufeff${rules('v1')}`;
				},
				() => {
					publish(1);
					files['/rules.json.sig'] = `\ufeff${files['/rules.json.sig']}`;
				},
				() => {
					publish(1);
					files['/rules.json.sig'] += '\u0085';
				},
				published(1),
			]),
			[
				'it is not what was signed with the key "ops-2026"',
				'its signature cannot be read',
				'its signature cannot be read',
				'v1',
			],
		);
		const latin1 = () => {
			files['/rules.json'] = Buffer.from(rules('v1'), 'latin1');
		};
		assert.deepEqual(await visits([latin1], { trusts: false }), [
			"the ruleset /rules.json can't be read: it is not UTF-8",
		]);
	});

	test('engines are shared by calls with the same options, and by no others', async () => {
		const page = await browser.newPage();
		await page.goto(origin);
		const shared = await page.evaluate(async (keys) => {
			const module = '/dist/engine.js';
			const { startEngine } = await import(module);
			const ruleset = new URL('/rules.json', location.href);
			const signature = new URL('/rules.json.sig', location.href);
			/** @param {object} [more] */
			const trust = (more) => ({ id: 'stories', keys, ...more });
			const options = [
				{ ruleset },
				{ ruleset, keep: 60 },
				{ ruleset, keep: 3600 },
				{ ruleset, keep: Infinity },
				{ ruleset, trust: trust() },
				{ ruleset, trust: trust({ minimumVersion: 1 }) },
				{ ruleset, trust: trust({ keys: { 'ops-2026': keys['ops-2026'] } }) },
				{ ruleset, trust: trust({ signature }) },
				{ ruleset, keep: 60, trust: trust() },
			];
			const engines = await Promise.all(options.map((one) => startEngine(one)));
			const again = await Promise.all(
				options.map((one) => startEngine({ ...one, ...(one.trust && { trust: { ...one.trust } }) })),
			);
			const text = await startEngine({ ruleset, trust: trust({ signature: signature.href }) }).then(
				() => 'taken',
				(/** @type {Error} */ { message }) => message,
			);
			return [new Set(engines).size === options.length, engines.every((engine, i) => engine === again[i]), text];
		}, keys);
		await page.close();
		assert.deepEqual(shared, [true, true, 'the ruleset is not to be trusted: its signature cannot be read']);
	});
});
