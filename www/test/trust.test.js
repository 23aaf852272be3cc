import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { EngineError, startEngine } from '../dist/engine.js';
import { launch } from './chromium.js';
import { listen } from './listening.js';

const wasm = readFileSync(new URL('../dist/engine.wasm', import.meta.url));
/** @param {string} id */
const rules = (id) => JSON.stringify({ sharewise: 1, id, about: 'für alle 😀', rules: [{ id: 'r', permit: ['reddit'] }] });

let folder = '';
let command = '';
/** What page authors put into their page. @type {Record<string, string>} */
let keys = {};

before(() => {
	folder = mkdtempSync(join(tmpdir(), 'sharewise-'));
	command = join(folder, 'sharewise');
	execFileSync('go', ['build', '-o', command, './share/cmd/sharewise'], { cwd: new URL('../..', import.meta.url), stdio: 'inherit' });
	for (const name of ['ops-2026', 'ops-2027', 'stranger']) {
		const made = JSON.parse(execFileSync(command, ['key', name, join(folder, `${name}.pem`)], { encoding: 'utf8' }));
		if (name !== 'stranger') keys = { ...keys, ...made };
	}
});
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * @param {string} text
 * @param {number} version
 * @param {string} [key]
 * @param {string} [id]  the name that the signature gives the key
 */
function signed(text, version, key = 'ops-2026', id = key) {
	return execFileSync(command, ['sign', '--key', join(folder, `${key}.pem`), '--id', id, '--version', `${version}`, '-'], { input: text, encoding: 'utf8' });
}

/**
 * @param {Promise<unknown>} promise
 * @returns {Promise<string>} the message that it was refused with
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

const text = rules('good');

describe('an engine with keys takes what was signed with one of them', () => {
	test('a ruleset as it was signed, and after another key took over', async () => {
		for (const signature of [signed(text, 7), signed(text, 8, 'ops-2027')]) {
			const engine = await startEngine({ wasm, ruleset: text, trust: { keys, signature, minimumVersion: 7 } });
			assert.equal(engine.ruleset.id, 'good');
		}
	});

	test('anything else is refused, with a reason', async () => {
		const good = signed(text, 7);
		/** @type {[string, string, string, string][]} */
		const cases = [
			['another text', `${text} `, good, 'it is not what was signed with the key "ops-2026"'],
			['an older version', text, signed(text, 6), 'its version 6 is older than 7'],
			['a version written over', text, signed(text, 6).replace(':6,', ':8,'), 'it is not what was signed with the key "ops-2026"'],
			['a key that is not trusted', text, signed(text, 7, 'stranger'), 'it is signed with the key "stranger", which is not trusted'],
			["a stranger's key under a trusted name", text, signed(text, 7, 'stranger', 'ops-2026'), 'it is not what was signed with the key "ops-2026"'],
			["a key that every object seems to have", text, signed(text, 7, 'stranger', 'constructor'), 'it is signed with the key "constructor", which is not trusted'],
			['no signature', text, '', "its signature can't be read"],
			['half a signature', text, good.slice(0, 60), "its signature can't be read"],
			['a signature with something more in it', text, good.replace('{', '{"x":1,'), "its signature can't be read"],
			['a signature written in another way', text, good.replace(':7,', ':7.0,'), "its signature can't be read"],
			['a page instead of a signature', text, '<!doctype html>', "its signature can't be read"],
		];
		for (const [name, ruleset, signature, reason] of cases) {
			assert.equal(await refusal(startEngine({ wasm, ruleset, trust: { keys, signature, minimumVersion: 7 } })), `the ruleset is not to be trusted: ${reason}`, name);
		}
	});

	test('a key that is no key is not trusted', async () => {
		for (const key of ['', 'AAAA', '-', keys['ops-2026'].replace('=', '')]) {
			const trust = { keys: { 'ops-2026': key }, signature: signed(text, 7) };
			assert.equal(await refusal(startEngine({ wasm, ruleset: text, trust })), 'the ruleset is not to be trusted: the key "ops-2026" is not 32 bytes in base64');
		}
	});

	test('a later ruleset comes into force with its signature only, and the good one stays where it is refused', async () => {
		const engine = await startEngine({ wasm, ruleset: text, trust: { keys, signature: signed(text, 7) } });
		const next = rules('next');
		assert.throws(() => engine.load(next), { message: 'only signed rulesets are taken; use loadSigned' });
		assert.equal(await refusal(engine.loadSigned(`${next} `, signed(next, 8))), 'the ruleset is not to be trusted: it is not what was signed with the key "ops-2026"');
		assert.equal(await refusal(engine.loadSigned(next, signed(next, 6))), 'the ruleset is not to be trusted: its version 6 is older than 7');
		assert.equal(engine.ruleset.id, 'good');
		assert.equal((await engine.loadSigned(next, signed(next, 8))).id, 'next');
		// An old one cannot be brought back.
		assert.equal(await refusal(engine.loadSigned(text, signed(text, 7))), 'the ruleset is not to be trusted: its version 7 is older than 8');
		assert.throws(() => engine.load(text), { message: 'only signed rulesets are taken; use loadSigned' });
		assert.deepEqual([engine.ruleset.id, engine.sheet({}).ruleset], ['next', 'next']);
	});

	test('a signed ruleset that does not compile leaves the version before it in force', async () => {
		const engine = await startEngine({ wasm, ruleset: text, trust: { keys, signature: signed(text, 7) } });
		const pem = readFileSync(join(folder, 'ops-2026.pem'), 'utf8');
		const bad = '{"sharewise": 2}';
		assert.match(await refusal(engine.loadSigned(bad, await signedHere(pem, 'ops-2026', 9, bad))), /^the ruleset was refused: /);
		assert.equal((await engine.loadSigned(text, signed(text, 8))).id, 'good');
	});

	test('an engine without keys trusts no signature', async () => {
		const engine = await startEngine({ wasm, ruleset: text });
		assert.equal(await refusal(engine.loadSigned(text, signed(text, 7))), 'the ruleset is not to be trusted: it is signed with the key "ops-2026", which is not trusted');
		assert.equal(engine.load(rules('plain')).id, 'plain');
	});
});

/**
 * Signs as the command does, by WebCrypto.
 *
 * @param {string} pem
 * @param {string} key
 * @param {number} version
 * @param {string} ruleset
 */
async function signedHere(pem, key, version, ruleset) {
	const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
	const privateKey = await webcrypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
	const bytes = await webcrypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(`sharewise ruleset signature 1\n${key}\n${version}\n${ruleset}`));
	return JSON.stringify({ 'sharewise-signature': 1, key, version, signature: Buffer.from(bytes).toString('base64') });
}

test('keys and signatures made by WebCrypto are good for the command, and the same bytes', async () => {
	const pair = /** @type {CryptoKeyPair} */ (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']));
	const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
	const pem = `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`;
	const publicKey = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey)).toString('base64');
	/** @param {string} name @param {string} words */
	const file = (name, words) => {
		writeFileSync(join(folder, name), words);
		return join(folder, name);
	};
	file('web.pem', pem);
	const signature = await signedHere(pem, 'web', 3, text);
	assert.equal(signed(text, 3, 'web'), `${signature}\n`);
	const args = ['verify', '--keys', file('web.json', JSON.stringify({ web: publicKey })), file('rules.json', text), file('web.sig', signature)];
	assert.equal(execFileSync(command, args, { encoding: 'utf8' }), `${join(folder, 'rules.json')} is version 3, signed with the key web\n`);
	file('rules.json', rules('other'));
	const refused = spawnSync(command, args, { encoding: 'utf8' });
	assert.deepEqual([refused.status, refused.stdout], [1, `${join(folder, 'rules.json')} is not to be trusted: it is not what was signed with the key "web"\n`]);
});

describe('a page that fetches its ruleset', () => {
	/** What the server has, by address. @type {Record<string, string | undefined>} */
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
			if (url.startsWith('/dist/')) {
				response.writeHead(200, { 'Content-Type': types[url.split('.').pop() ?? ''] }).end(readFileSync(new URL(`..${url}`, import.meta.url)));
			} else if (url === '/') {
				response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'" }).end('<!doctype html><title>page</title>');
			} else {
				response.writeHead(files[url] === undefined ? 404 : 200, { 'Cache-Control': 'no-store' }).end(files[url]);
			}
		});
		origin = await listen(server);
		browser = await launch();
	});
	after(async () => {
		await browser?.close();
		server?.close();
	});
	beforeEach(() => publish('first', 1));

	/**
	 * @param {string} id
	 * @param {number} version
	 */
	function publish(id, version) {
		files = { '/rules.json': rules(id), '/rules.json.sig': signed(rules(id), version) };
	}

	/**
	 * @param {(() => void)[]} changes what happens before each visit
	 * @param {number} keep
	 */
	async function visits(changes, keep) {
		const context = await browser.newContext();
		const seen = [];
		for (const change of changes) {
			change();
			const page = await context.newPage();
			await page.goto(origin);
			seen.push(await page.evaluate(async ({ keep, keys }) => {
				const module = '/dist/engine.js';
				const { startEngine } = await import(module);
				try {
					const { ruleset } = await startEngine({ ruleset: new URL('/rules.json', location.href), keep, trust: { keys } });
					return ruleset.insteadOf ? `${ruleset.id} instead: ${ruleset.insteadOf.message}` : ruleset.id;
				} catch (error) {
					return /** @type {Error} */ (error).message;
				}
			}, { keep, keys }));
			await page.close();
		}
		await context.close();
		return seen.map((line) => line.replace(origin, ''));
	}

	const tampered = () => { files['/rules.json'] += ' '; };
	const unsigned = () => { files['/rules.json.sig'] = undefined; };

	test('finds its signature beside it, and permits nothing without', async () => {
		assert.deepEqual(await visits([() => {}, tampered, () => publish('first', 1), unsigned], 0), [
			'first',
			'the ruleset is not to be trusted: it is not what was signed with the key "ops-2026"',
			'first',
			"the ruleset is not to be trusted: its signature /rules.json.sig can't be read: 404 Not Found",
		]);
	});

	test('keeps the last good one, and takes none that is older', async () => {
		assert.deepEqual(await visits([() => publish('second', 2), tampered, () => publish('first', 1), unsigned, () => publish('third', 3)], 3600), [
			'second',
			'second instead: the ruleset is not to be trusted: it is not what was signed with the key "ops-2026"',
			'second instead: the ruleset is not to be trusted: its version 1 is older than 2',
			"second instead: the ruleset is not to be trusted: its signature /rules.json.sig can't be read: 404 Not Found",
			'third',
		]);
	});
});
