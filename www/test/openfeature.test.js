import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { FlagdCore } from '@openfeature/flagd-core';
import { InMemoryProvider, OpenFeature } from '@openfeature/web-sdk';
import { startEngine } from '../dist/engine.js';
import { readFlags, watchFlags } from '../dist/openfeature.js';

const ruleset = JSON.stringify({
	sharewise: 1,
	id: 'flagged',
	facts: { 'viewer.attributes.first': { type: 'boolean' } },
	rollouts: { stories: { fact: 'viewer.attributes.first' } },
	rules: [
		{ id: 'stories', permit: ['instagram.story'], rollout: 'stories' },
		{ id: 'saving', permit: ['media.save'] },
	],
});
const story = {
	content: {
		kind: /** @type {const} */ ('story'),
		url: 'https://video.example/1',
		media: [{ url: 'https://video.example/1.mp4', type: 'video/mp4' }],
	},
	device: { platform: /** @type {const} */ ('android'), share: true, shareFiles: true },
};

/** @type {import('../dist/engine.js').Engine} */
let engine;
before(async () => {
	engine = await startEngine({ wasm: readFileSync(new URL('../dist/engine.wasm', import.meta.url)), ruleset });
});
after(() => OpenFeature.close());

/** @param {Record<string, boolean | undefined>} attributes */
const verdict = (attributes) =>
	engine.sheet({ ...story, viewer: { id: 'u-1', attributes: /** @type {any} */ (attributes) } }).entries[0].verdict;

/** @param {boolean} on */
const flags = (on) => ({
	'stories-to-meta': { variants: { on: true, off: false }, defaultVariant: on ? 'on' : 'off', disabled: false },
	theme: { variants: { dark: 'dark' }, defaultVariant: 'dark', disabled: false },
});

test("a provider's flag decides who is in a rollout, and its change is told once", async () => {
	const provider = new InMemoryProvider(flags(false));
	await OpenFeature.setProviderAndWait('memory', provider);
	/** @type {string[]} */
	const told = [];
	const stop = new AbortController();
	watchFlags(
		OpenFeature.getClient('memory'),
		{ first: 'stories-to-meta' },
		(attributes) => told.push(verdict(attributes)),
		stop,
	);
	assert.deepEqual(told, ['not-yet']);
	await provider.putConfiguration(flags(true));
	await provider.putConfiguration(flags(true));
	await new Promise((resolve) => setTimeout(resolve));
	assert.deepEqual(told, ['not-yet', 'permitted']);
	stop.abort();
	await provider.putConfiguration(flags(false));
	await new Promise((resolve) => setTimeout(resolve));
	assert.deepEqual(told, ['not-yet', 'permitted'], 'nothing is told after the end');
});

test('a flag without an answer lets nobody in', async () => {
	await OpenFeature.setProviderAndWait('memory', new InMemoryProvider(flags(true)));
	const client = OpenFeature.getClient('memory');
	assert.deepEqual(readFlags(client, { first: 'no-such-flag' }), {});
	assert.deepEqual(readFlags(client, { first: 'theme' }), {}, 'a text is no answer');
	assert.equal(verdict(readFlags(client, { first: 'no-such-flag' })), 'not-yet');
	assert.deepEqual(
		readFlags(OpenFeature.getClient('nobody'), { first: 'stories-to-meta' }),
		{},
		'there is no provider',
	);
});

/** An OpenFeature provider with flagd's own evaluator. */
class FlagdInProcess {
	metadata = { name: 'flagd' };
	runsOn = /** @type {const} */ ('client');
	#core = new FlagdCore();

	/** @param {object} flags */
	constructor(flags) {
		this.#core.setConfigurations(JSON.stringify({ flags }));
	}
	/** @param {string} key @param {boolean} otherwise @param {any} context */
	resolveBooleanEvaluation(key, otherwise, context) {
		return this.#core.resolveBooleanEvaluation(key, otherwise, context);
	}
	/** @returns {any} */
	resolveStringEvaluation() {
		throw new Error('not asked for');
	}
	/** @returns {any} */
	resolveNumberEvaluation() {
		throw new Error('not asked for');
	}
	/** @returns {any} */
	resolveObjectEvaluation() {
		throw new Error('not asked for');
	}
}

test("flagd's own evaluator lets in the same viewers as a percentage in the ruleset", async () => {
	const percent = 12.5;
	await OpenFeature.setProviderAndWait(
		'flagd',
		new FlagdInProcess({
			'stories-to-meta': {
				state: 'ENABLED',
				variants: { in: true, out: false },
				defaultVariant: 'out',
				targeting: {
					fractional: [
						{ cat: ['stories-to-meta/1', { var: 'targetingKey' }] },
						['in', percent * 1000],
						['out', 100_000 - percent * 1000],
					],
				},
			},
		}),
	);
	const client = OpenFeature.getClient('flagd');
	const counted = await startEngine({
		wasm: readFileSync(new URL('../dist/engine.wasm', import.meta.url)),
		ruleset: JSON.stringify({
			sharewise: 1,
			id: 'counted',
			rollouts: { stories: { percent, hash: 'flagd-v2', salt: 'stories-to-meta/1' } },
			rules: [
				{ id: 'stories', permit: ['instagram.story'], rollout: 'stories' },
				{ id: 'saving', permit: ['media.save'] },
			],
		}),
	});
	let admitted = 0;
	for (let i = 0; i < 400; i++) {
		const id = `viewer-${i}`;
		await OpenFeature.setContext('flagd', { targetingKey: id });
		const byFlag = verdict(readFlags(client, { first: 'stories-to-meta' }));
		const [byPercent] = counted.sheet({ ...story, viewer: { id } }).entries;
		assert.equal(byFlag, byPercent.verdict, id);
		if (byFlag === 'permitted') admitted++;
	}
	assert.ok(admitted > 20 && admitted < 80, `${admitted} of 400 are in`);
});
