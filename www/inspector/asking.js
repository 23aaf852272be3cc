/**
 * Asks the engine, which runs in a worker, so that typing never waits for it,
 * even if it does not answer at all.
 *
 * @module
 */

/**
 * @typedef {object} Answer
 * @property {boolean} ok      false: the text was refused, and `value.problems` says why
 * @property {any} value
 */

/**
 * @typedef {object} Waiting
 * @property {{ id: number, question: string, input: any, topic?: string }} message
 * @property {(answer: Answer) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {(part: any) => void} [progress]
 */

/** The error of a question that took so long that the engine was stopped. */
export class Overdue extends Error {
	name = 'Overdue';
}

/** How long the engine may take with one question, in milliseconds. */
export const patience = 20_000;

/** How long the engine may go on with a question whose answer is no longer wanted, in milliseconds. */
const leftover = 1000;

export class Asker {
	/** @type {any} */
	#script;
	/** @type {Worker} */
	#worker;
	#next = 1;
	/** @type {Map<number, Waiting>} in the order in which they were asked */
	#waiting = new Map();
	/** @type {Map<string, number>} the last question of each kind */
	#last = new Map();
	/** The id of the question that the engine is working on; 0 if there is none. */
	#current = 0;
	#begun = 0;
	#timer = 0;
	/** The last good ruleset, for a new worker to start with. */
	#inForce = '';
	#overdue;

	/**
	 * @param {URL} script
	 * @param {() => void} [overdue]  called when the engine has been stopped
	 */
	constructor(
		script,
		overdue = () => {
			/* nothing to tell */
		},
	) {
		this.#script = trusted(script);
		this.#overdue = overdue;
		this.#worker = this.#start();
	}

	#start() {
		const worker = new Worker(this.#script, { type: 'module' });
		worker.onmessage = ({ data }) => this.#hear(data);
		worker.onerror = (event) => {
			const error = new Error(event.message || 'the worker could not be started');
			for (const { reject } of this.#waiting.values()) reject(error);
			this.#waiting.clear();
			this.#end();
		};
		return worker;
	}

	/** @param {any} data a message of the worker: it has begun with a question, its progress, or the answer */
	#hear(data) {
		if ('begun' in data) {
			this.#current = data.begun;
			this.#begun = performance.now();
			return this.#watch();
		}
		const waiting = this.#waiting.get(data.id);
		if (!waiting) return;
		if ('progress' in data) {
			if (this.#current === data.id) this.#watch();
			return waiting.progress?.(data.progress);
		}
		this.#waiting.delete(data.id);
		if (this.#current === data.id) this.#end();
		if (waiting.message.question === 'load' && data.ok) this.#inForce = waiting.message.input;
		if (data.error) waiting.reject(new Error(data.error));
		else waiting.resolve({ ok: data.ok, value: data.value });
	}

	/** Starts the time limit of the current question anew. */
	#watch() {
		clearTimeout(this.#timer);
		this.#timer = window.setTimeout(() => {
			// Drop the question wherever it waits: it would stop the next engine too.
			const at = this.#waiting.get(this.#current)?.message;
			this.#restart(({ question, input }) => question === at?.question && input === at.input);
			this.#overdue();
		}, patience);
	}

	#end() {
		clearTimeout(this.#timer);
		this.#current = 0;
	}

	/**
	 * Replaces the worker by a new one with the same ruleset in force, which is
	 * asked all questions but those given up.
	 *
	 * @param {(message: Waiting['message']) => boolean} isGiven  whether a question is given up
	 */
	#restart(isGiven) {
		const given = [...this.#waiting.values()].filter(({ message }) => isGiven(message));
		for (const { message } of given) this.#waiting.delete(message.id);
		this.#worker.terminate();
		this.#end();
		this.#worker = this.#start();
		if (this.#inForce) this.#worker.postMessage({ id: 0, question: 'load', input: this.#inForce });
		for (const { message } of this.#waiting.values()) this.#worker.postMessage(message);
		for (const { reject } of given) reject(new Overdue(`the engine was stopped after ${patience / 1000} seconds`));
	}

	/**
	 * @param {string} question   a function of the engine
	 * @param {any} [input]       text, or a value to pass as JSON
	 * @param {(part: any) => void} [progress]
	 * @param {string} [topic]  a newer question of the same topic replaces this one, which then gets no answer
	 * @returns {Promise<Answer>} rejected with {@link Overdue} where the engine takes too long
	 */
	ask(question, input = '', progress, topic = undefined) {
		const message = { id: this.#next++, question, input, topic };
		return new Promise((resolve, reject) => {
			this.#waiting.set(message.id, { message, resolve, reject, progress });
			this.#worker.postMessage(message);
			const at = this.#waiting.get(this.#current)?.message;
			if (topic && at?.topic === topic && performance.now() - this.#begun > leftover)
				this.#restart(({ id }) => id === at.id);
		});
	}

	/**
	 * Asks, and resolves to undefined if a newer question of the same topic has
	 * been asked since: only the newest answer is to be shown.
	 *
	 * @param {string} topic
	 * @param {string} question
	 * @param {any} [input]
	 * @returns {Promise<Answer | undefined>}
	 */
	async latest(topic, question, input) {
		const turn = (this.#last.get(topic) ?? 0) + 1;
		this.#last.set(topic, turn);
		try {
			const answer = await this.ask(question, input, undefined, topic);
			return this.#last.get(topic) === turn ? answer : undefined;
		} catch (error) {
			if (this.#last.get(topic) === turn) throw error;
			return undefined;
		}
	}

	/** Ends the worker. Questions still open are never answered. */
	end() {
		this.#worker.terminate();
		this.#waiting.clear();
		this.#end();
	}

	/** Stops the simulation, the question that reports progress; its answer has `stopped`. */
	stop() {
		this.#worker.postMessage({ question: 'stop' });
	}
}

/**
 * Returns the address of a worker's script as Trusted Types require it, made
 * by a policy. The policy accepts scripts of this folder only.
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
	return types
		? types.createPolicy('sharewise-inspector', { createScriptURL }).createScriptURL(script.href)
		: createScriptURL(script.href);
}
