/**
 * The state shared by all parts of the page: the ruleset as typed and as in
 * force, the request, and the target in focus. Parts change it through its
 * methods and learn of changes through its events.
 *
 * @module
 */

/** @typedef {import('../src/shapes.d.ts').Request} Request */
/** @typedef {import('./asking.js').Asker} Asker */

import { Overdue } from './asking.js';

/**
 * @typedef {object} Problem
 * @property {number} line
 * @property {number} column in bytes, from 1
 * @property {string} path
 * @property {string} message
 * @property {boolean} [warning]
 */

/**
 * @typedef {object} Fact
 * @property {string} name
 * @property {string} type
 * @property {string[]} [values]
 * @property {string} [unit]
 * @property {string} [about]
 */

/**
 * @typedef {object} Target
 * @property {string} id
 * @property {string} name
 * @property {string} network
 * @property {string} category
 */

/**
 * - `checking`: the text has changed and the engine is looking at it.
 * - `good`: the text is in force.
 * - `bad`: the text is refused; the last good one stays in force.
 * - `unanswered`: the engine took too long with the text and was stopped; the
 *   last good one stays in force.
 * - `unchecked`: the text is in force, but looking for warnings took too long.
 * - `broken`: there is no engine.
 *
 * @typedef {'checking' | 'good' | 'bad' | 'unanswered' | 'unchecked' | 'broken'} State
 */

export class Workspace extends EventTarget {
	/** @type {Asker} */
	asker;
	/** @type {Asker} */
	checker;
	/** The text as it is typed. */
	text = '';
	/** @type {State} */
	state = 'checking';
	/** @type {Problem[]} */
	problems = [];
	/** Why there is no engine. */
	failure = '';
	/** The ruleset in force; `document` is its text parsed. */
	inForce = { id: '', hash: '', text: '', document: /** @type {any} */ (undefined) };
	/** @type {any} the typed text parsed, as of the last time that it was JSON */
	document = undefined;
	/** @type {any} */
	schema = undefined;
	/** @type {Fact[]} */
	builtinFacts = [];
	/** @type {Target[]} */
	targets = [];
	/** @type {Request} */
	request = {};
	/** @type {string} */
	preset = '';
	/** The target that the trace explains. */
	focus = '';
	#timer = 0;
	/** @type {Map<string, string>} one-line forms of conditions, by rule */
	#sentences = new Map();
	/** The hash of the ruleset that `#sentences` belongs to. */
	#sentencesOf = '';

	/**
	 * @param {Asker} asker
	 * @param {Asker} checker  a second engine for checks, which may take long, so that the views need not wait
	 */
	constructor(asker, checker) {
		super();
		this.asker = asker;
		this.checker = checker;
	}

	/** The facts that a condition may read, those that the ruleset declares included. */
	get facts() {
		const declared = this.document?.facts;
		if (!declared || typeof declared !== 'object') return this.builtinFacts;
		return [
			...this.builtinFacts,
			...Object.entries(declared).map(([name, fact]) => ({ name, type: 'text', ...fact })),
		];
	}

	/**
	 * The condition of a rule in force, parsed; undefined if the rule has none.
	 *
	 * @param {string} rule
	 */
	conditionOf(rule) {
		return this.inForce.document?.rules?.find((/** @type {any} */ r) => r?.id === rule)?.when;
	}

	/**
	 * The name to show for a target.
	 *
	 * @param {string} id
	 */
	nameOf(id) {
		return this.targets.find((target) => target.id === id)?.name ?? id;
	}

	/** Loads the schema and the vocabulary from the engine. */
	async start() {
		const [schema, vocabulary] = await Promise.all([this.asker.ask('schema'), this.asker.ask('vocabulary')]);
		this.schema = schema.value;
		this.builtinFacts = vocabulary.value.facts;
		this.targets = vocabulary.value.targets;
		this.#tell('vocabulary');
	}

	/**
	 * Takes a text that has been typed, and checks it once typing pauses.
	 *
	 * @param {() => string} text
	 */
	type(text) {
		clearTimeout(this.#timer);
		if (this.state !== 'checking') {
			this.state = 'checking';
			this.#tell('report');
		}
		this.#timer = window.setTimeout(() => this.check(text()), 150);
	}

	/**
	 * Checks a text and, if it has no errors, puts it in force.
	 *
	 * @param {string} text
	 */
	async check(text) {
		clearTimeout(this.#timer);
		this.text = text;
		this.state = 'checking';
		this.#tell('report');
		let whole = true;
		try {
			this.document = JSON.parse(text);
		} catch {
			whole = false; // keep the last document, for completion
		}
		try {
			const loaded = await this.asker.latest('load', 'load', text);
			if (!loaded) return;
			const { problems, warnings } = loaded.value;
			if (!loaded.ok) {
				this.#report('bad', problems);
				if (whole) return;
				// The engine stops at a syntax error; the schema checks the rest.
				const more = await this.checker.latest('check', 'lint', text);
				if (more && this.text === text)
					this.#report('bad', [
						...problems,
						...more.value.problems.filter(
							(/** @type {Problem} */ one) =>
								!problems.some(
									(/** @type {Problem} */ other) =>
										other.line === one.line && other.column === one.column,
								),
						),
					]);
				return;
			}
			this.inForce = { id: loaded.value.id, hash: loaded.value.hash, text, document: this.document };
			this.#report(
				'good',
				(warnings ?? []).map((/** @type {Problem} */ problem) => ({ ...problem, warning: true })),
			);
			this.#tell('ruleset');
			const checked = await this.checker.latest('check', 'check', text);
			if (checked && this.text === text)
				this.#report(
					checked.value.problems.some((/** @type {Problem} */ p) => !p.warning) ? 'bad' : 'good',
					checked.value.problems,
				);
		} catch (error) {
			if (error instanceof Overdue) {
				if (this.text === text)
					this.#report(
						this.inForce.text === text ? 'unchecked' : 'unanswered',
						this.inForce.text === text ? this.problems : [],
					);
				return;
			}
			this.failure = error instanceof Error ? error.message : String(error);
			this.#report('broken', []);
		}
	}

	/**
	 * Puts another ruleset in force in place of a text that was refused, or to
	 * which the engine did not answer. The text keeps its state until it is edited.
	 *
	 * @param {string} text
	 * @param {string} other
	 */
	async leave(text, other) {
		const { state, problems } = this;
		await this.check(other);
		if (this.state === 'broken') return;
		this.text = text;
		if (state === 'bad') this.#report('bad', problems);
		else this.#report('unanswered', []);
	}

	/**
	 * @param {State} state
	 * @param {Problem[]} problems
	 */
	#report(state, problems) {
		this.state = state;
		this.problems = problems;
		this.#tell('report');
	}

	/**
	 * @param {Request} request
	 * @param {string} [preset] the preset that it is
	 */
	setRequest(request, preset = '') {
		this.request = request;
		this.preset = preset;
		this.#tell('request');
	}

	/** @param {string} target */
	setFocus(target) {
		this.focus = target;
		this.#tell('focus');
	}

	/**
	 * The one-line form of a rule's condition; '' if the ruleset in force has no
	 * such rule or the rule has no condition.
	 *
	 * @param {string} rule
	 */
	async sentence(rule) {
		if (this.#sentencesOf !== this.inForce.hash) {
			const { ok, value } = await this.asker.ask('conditions');
			if (!ok) return '';
			this.#sentencesOf = this.inForce.hash;
			this.#sentences = new Map(
				value.rules.map((/** @type {{ id: string, condition?: string }} */ r) => [r.id, r.condition ?? '']),
			);
		}
		return this.#sentences.get(rule) ?? '';
	}

	/**
	 * Calls a listener on each of these changes.
	 *
	 * @param {string[]} changes  report, ruleset, request, focus, vocabulary
	 * @param {() => void} listener
	 */
	on(changes, listener) {
		for (const change of changes) this.addEventListener(change, listener);
	}

	/** @param {string} change */
	#tell(change) {
		this.dispatchEvent(new Event(change));
	}
}
