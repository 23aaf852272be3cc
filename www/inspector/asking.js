/**
 * Asking the engine, which runs in a worker so that typing never waits for
 * it.
 *
 * @module
 */

/**
 * @typedef {object} Answer
 * @property {boolean} ok      false: the text was refused, and `value.problems` says why
 * @property {any} value
 */

export class Asker {
	#worker;
	#next = 1;
	/** @type {Map<number, { resolve: (answer: Answer) => void, reject: (error: Error) => void, progress?: (part: any) => void }>} */
	#waiting = new Map();
	/** @type {Map<string, number>} the last question of each kind */
	#last = new Map();

	/** @param {URL} script */
	constructor(script) {
		this.#worker = new Worker(/** @type {any} */ (trusted(script)), { type: 'module' });
		this.#worker.onmessage = ({ data }) => {
			const waiting = this.#waiting.get(data.id);
			if (!waiting) return;
			if ('progress' in data) return waiting.progress?.(data.progress);
			this.#waiting.delete(data.id);
			if (data.error) waiting.reject(new Error(data.error));
			else waiting.resolve({ ok: data.ok, value: data.value });
		};
		this.#worker.onerror = (event) => {
			const error = new Error(event.message || 'the worker could not be started');
			for (const { reject } of this.#waiting.values()) reject(error);
			this.#waiting.clear();
		};
	}

	/**
	 * @param {string} question   a function of the engine
	 * @param {any} [input]       text, or anything that goes as JSON
	 * @param {(part: any) => void} [progress]
	 * @param {string} [topic]  what a newer question of the same topic overtakes is not answered
	 * @returns {Promise<Answer>}
	 */
	ask(question, input = '', progress, topic = undefined) {
		const id = this.#next++;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject, progress });
			this.#worker.postMessage({ id, question, input, topic });
		});
	}

	/**
	 * Asks, and gives undefined where a newer question of the same topic has
	 * been asked since: its answer is the one to show.
	 *
	 * @param {string} topic
	 * @param {string} question
	 * @param {any} [input]
	 * @returns {Promise<Answer | undefined>}
	 */
	async latest(topic, question, input) {
		const turn = (this.#last.get(topic) ?? 0) + 1;
		this.#last.set(topic, turn);
		const answer = await this.ask(question, input, undefined, topic);
		return this.#last.get(topic) === turn ? answer : undefined;
	}

	/** Ends the worker. What it was still asked is never answered. */
	end() {
		this.#worker.terminate();
		this.#waiting.clear();
	}

	/** Ends a question that reports progress; it is answered with `stopped`. */
	stop() {
		this.#worker.postMessage({ question: 'stop' });
	}
}

/**
 * Under Trusted Types the address of a worker has to come out of a policy.
 * This one lets through a script of our own folder and nothing else.
 *
 * @param {URL} script
 */
function trusted(script) {
	const types = /** @type {any} */ (globalThis).trustedTypes;
	const home = new URL('./', import.meta.url).href;
	const createScriptURL = (/** @type {string} */ address) => {
		if (!address.startsWith(home)) throw new TypeError(`${address} is not a script of this page`);
		return address;
	};
	return types ? types.createPolicy('sharewise-inspector', { createScriptURL }).createScriptURL(script.href) : createScriptURL(script.href);
}
