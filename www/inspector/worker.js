/**
 * The engine in a worker. It answers questions one after the other, skips those
 * for which a newer one of the same topic waits, and keeps the last good ruleset
 * in force. It reports when it begins with a question, so that the page notices
 * one that takes too long.
 *
 * @module
 */
import { Engine } from './engine.js';
import { lint } from './lint.js';

/** @type {Promise<Engine> | undefined} */
let starting;
/** The number of the current simulation; increasing it ends the simulation. */
let turn = 0;

/** @typedef {{ id: number, question: string, input: any, topic?: string }} Question */

/** @type {Question[]} */
const queue = [];
let busy = false;

self.onmessage = async ({ data }) => {
	if (data.question === 'stop') {
		turn++;
		return;
	}
	queue.push(data);
	if (busy) return;
	busy = true;
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve)); // receives the messages that have arrived meanwhile
		const question = queue.shift();
		if (!question) break;
		const { id, topic } = question;
		if (topic && queue.some((newer) => newer.topic === topic))
			self.postMessage({ id, ok: false, value: undefined });
		else if (question.question === 'simulate') answer(question);
		else await answer(question);
	}
	busy = false;
};

/** @param {Question} question */
async function answer({ id, question, input }) {
	try {
		const engine = await (starting ??= Engine.start());
		if (id) self.postMessage({ begun: id }); // the time limit starts after loading
		const answer =
			question === 'simulate'
				? await simulate(engine, input, id)
				: question === 'lint'
					? { ok: true, value: { problems: lint(input, engine.ask('schema', '').value) } }
					: engine.ask(question, input);
		self.postMessage({ id, ...answer });
	} catch (error) {
		self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
	}
}

/** Viewers per call: few enough that other questions do not wait long. */
const chunk = 20000;

/**
 * Finds the buckets of many viewers in chunks, between which other questions
 * are answered.
 *
 * @param {Engine} engine
 * @param {{ rollout: string, prefix?: string, count: number, ids?: string[] }} input
 * @param {number} id of the question, for its progress
 */
async function simulate(engine, { rollout, prefix = 'u-', count, ids }, id) {
	const mine = ++turn;
	const histogram = new Uint32Array(100000);
	/** @type {{ id: string, bucket: number }[]} */
	const viewers = [];
	const keptViewers = ids ? ids.length : 40;
	for (let first = 0; first < count; first += chunk) {
		const size = Math.min(chunk, count - first);
		const { ok, value } = engine.ask(
			'buckets',
			ids ? { rollout, ids: ids.slice(first, first + size) } : { rollout, prefix, first: first + 1, count: size },
		);
		if (!ok) return { ok, value };
		value.buckets.forEach((/** @type {number} */ bucket, /** @type {number} */ i) => {
			histogram[bucket]++;
			if (viewers.length < keptViewers)
				viewers.push({ id: ids ? ids[first + i] : `${prefix}${first + 1 + i}`, bucket });
		});
		self.postMessage({ id, progress: first + size });
		await new Promise((resolve) => setTimeout(resolve));
		if (turn !== mine) return { ok: true, value: { stopped: true } };
	}
	return { ok: true, value: { histogram, count, viewers } };
}
