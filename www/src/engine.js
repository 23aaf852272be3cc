/**
 * The engine, which decides and makes every link, running in the page as
 * WebAssembly. Importing this module has no side effects, in a browser or
 * elsewhere.
 *
 * @module
 */
import { given } from './given.js';
import { noRuleset, refused, starter } from './instance.js';

/** @typedef {import('./batch.js').Batch} Batch */
/** @typedef {import('./instance.js').Answer} Answer */
/** @typedef {import('./instance.js').Instance} Instance */
/** @typedef {import('./instance.js').Plan} Plan */
/** @typedef {import('./trust.js').Trust} Trust */
/** @typedef {import('./trust.js').Checked} CheckedTrust */
/** @typedef {import('./shapes.d.ts').Request} Request */
/** @typedef {import('./shapes.d.ts').Sheet} Sheet */

/**
 * One mistake in a ruleset or a request.
 *
 * @typedef {object} Problem
 * @property {number} line    from 1; 0 where there is no text
 * @property {number} column  in bytes, from 1
 * @property {string} path    JSON pointer (RFC 6901); '' is the whole text
 * @property {string} message
 */

/**
 * What a load reports.
 *
 * @typedef {object} Ruleset
 * @property {string} id
 * @property {string} hash  SHA-256 of the ruleset's text, in hex
 * @property {Problem[]} warnings
 * @property {EngineError} [insteadOf]  if the ruleset kept on the device is in force: why
 */

/**
 * - `ruleset`: the ruleset was refused, or could not be fetched; see `problems`.
 * - `request`: the request was refused; see `problems`.
 * - `unavailable`: there is no engine: not found, damaged, or kept from running by the page's policy.
 * - `trap`: the engine ended during the call, for example for lack of memory, and again when the call was repeated on
 *   a new instance.
 *
 * @typedef {'ruleset' | 'request' | 'unavailable' | 'trap'} EngineErrorCode
 */

/** Everything that the engine throws. */
export class EngineError extends Error {
	/**
	 * @param {EngineErrorCode} code
	 * @param {string} message
	 * @param {{ problems?: Problem[], cause?: unknown, index?: number }} [more]
	 */
	constructor(code, message, more) {
		const { problems = [], cause, index } = given(more, 'problems', 'cause', 'index');
		super(message, cause === undefined ? undefined : { cause });
		this.name = 'EngineError';
		/** @type {EngineErrorCode} */
		this.code = code;
		/** Every mistake, in the order of the text; empty if the text is not the cause. */
		this.problems = problems;
		/** Of many requests, the index of the one that was refused. */
		this.index = index;
	}
}

/**
 * The options for starting an engine.
 *
 * @typedef {object} EngineOptions
 * @property {URL | string | Response | BufferSource | WebAssembly.Module} [wasm]
 *   The module, or its address; by default `engine.wasm` beside this file, or with
 *   `bulk` the `bulk.wasm` beside it.
 * @property {URL | string} [ruleset]
 *   A URL is fetched, a string is the ruleset's text; by default the default ruleset.
 * @property {string} [integrity]
 *   Subresource integrity of the module, such as `sha384-…`; only for an address.
 * @property {number} [keep]
 *   For how many seconds the last good ruleset of an address, kept on the device, may replace one that can't be
 *   fetched or is refused. By default 0, and no ruleset is kept.
 * @property {Trust} [trust]
 *   Which signed ruleset to accept, from whom, and from which version on. If it is undefined, any ruleset is
 *   accepted; any other value that is not a trust, such as null, is an error.
 * @property {boolean} [bulk]
 *   Loads at once what decides many requests in one call of {@link Engine.verdicts}: `bulk.wasm`, an engine with
 *   more exports, in place of `engine.wasm`. Without it, the first call decides the requests one by one and loads
 *   that module for the next. Where `wasm` or `integrity` is given, no other module is loaded: a module without
 *   these exports decides one by one.
 */

/**
 * Engines by all their options, so that the sheets of a page share one. A failed
 * start is removed, so that the next call tries again.
 *
 * @type {Map<string, Promise<Engine>>}
 */
const engines = new Map();

/**
 * Compiled modules by address, so that engines with other rulesets share them.
 *
 * @type {Map<string, Promise<() => Instance>>}
 */
const modules = new Map();

/** The code for many requests, once it is loaded. @type {typeof import('./batch.js').Batch | undefined} */
let loaded;

async function loadBatch() {
	({ Batch: loaded } = await import('./batch.js'));
}

/**
 * Starts an engine with a ruleset in force. Calls with the same options share
 * one engine; with any different option, such as another `keep` or `trust`, there
 * is another engine. A call with a module itself always starts an engine.
 *
 * @param {EngineOptions} [options]
 * @returns {Promise<Engine>}
 * @throws {EngineError} `unavailable`, `ruleset` or `trap`
 */
export async function startEngine(options) {
	const {
		wasm,
		ruleset = new URL('./ruleset.json', import.meta.url),
		integrity,
		keep = 0,
		trust,
		bulk,
	} = given(options, 'wasm', 'ruleset', 'integrity', 'keep', 'trust', 'bulk');
	const own = wasm !== undefined || integrity !== undefined;
	const engineModule = bulk ? bulkModule : new URL('./engine.wasm', import.meta.url);
	const module = wasm === undefined ? engineModule : wasm;
	const address = isAddress(module) ? addressOf(module, integrity) : '';
	const starting = address ? once(modules, address, () => compile(module, integrity)) : compile(module);
	starting.catch(() => {
		/* reported by the start of the engine, unless trust is invalid */
	});
	if (typeof keep !== 'number' || !(keep >= 0)) {
		throw new EngineError(
			'ruleset',
			`keep: want seconds from 0, not ${typeof keep === 'number' ? keep : typeof keep}`,
		);
	}
	const batch = bulk ? loadBatch() : undefined;
	batch?.catch(() => {
		/* reported below */
	});
	const trusted = trust === undefined ? undefined : await checked(trust);
	const make = () => start(starting, ruleset, keep, trusted, own ? undefined : compileBulk);
	// JSON does not distinguish a URL from its text, or Infinity from null.
	const key = JSON.stringify([address, ruleset, typeof ruleset, `${keep}`, trusted, typeof trusted?.signature]);
	const engine = await (address ? once(engines, key, make) : make());
	try {
		await batch;
	} catch (cause) {
		throw new EngineError('unavailable', `the code for many requests can't be loaded: ${messageOf(cause)}`, {
			cause,
		});
	}
	return engine;
}

const bulkModule = new URL('./bulk.wasm', import.meta.url);
const compileBulk = () => once(modules, addressOf(bulkModule), () => compile(bulkModule));

/** @param {URL | string} module @param {string} [integrity] */
const addressOf = (module, integrity) => JSON.stringify([href(module), integrity]);

/** @param {unknown} trust */
async function checked(trust) {
	const { checkedTrust } = await import('./trust.js');
	try {
		return checkedTrust(trust);
	} catch (cause) {
		throw new EngineError('ruleset', `trust: ${messageOf(cause)}`, { cause });
	}
}

/**
 * @template T
 * @param {Map<string, Promise<T>>} made
 * @param {string} key
 * @param {() => Promise<T>} make
 * @returns {Promise<T>}
 */
function once(made, key, make) {
	let promise = made.get(key);
	if (!promise) {
		promise = make();
		made.set(key, promise);
		promise.catch(() => made.delete(key));
	}
	return promise;
}

/**
 * @param {unknown} wasm
 * @returns {wasm is URL | string}
 */
function isAddress(wasm) {
	return typeof wasm === 'string' || wasm instanceof URL;
}

/** @param {URL | string} address */
function href(address) {
	return new URL(address, globalThis.document?.baseURI ?? import.meta.url).href;
}

/**
 * @param {Promise<() => Instance>} starting
 * @param {URL | string} ruleset
 * @param {number} keep
 * @param {CheckedTrust} [trust]
 * @param {() => Promise<() => Instance>} [compileBulk]
 */
async function start(starting, ruleset, keep, trust, compileBulk) {
	const reading = typeof ruleset === 'string' ? ruleset : fetchRuleset(ruleset);
	if (keep === 0 && !trust) {
		const [startInstance, text] = await Promise.all([starting, reading]);
		return new Engine(startInstance, text, undefined, compileBulk);
	}
	const [startInstance, { take }] = await Promise.all([
		starting,
		import('./trust.js'),
		Promise.resolve(reading).catch(() => {}),
	]);
	return take(ruleset, reading, keep, trust, {
		make: (text) => new Engine(startInstance, text, trust, compileBulk),
		mistrusted,
		read,
	});
}

/** @param {URL} address */
async function fetchRuleset(address) {
	try {
		return await read(address);
	} catch (cause) {
		throw new EngineError('ruleset', `the ruleset ${address.href} can't be read: ${messageOf(cause)}`, { cause });
	}
}

/** @param {URL} address @returns {Promise<string>} the whole text, a byte order mark included */
async function read(address) {
	const response = await fetch(address, { signal: patience() });
	if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
	const bytes = await response.arrayBuffer();
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw new Error('it is not UTF-8');
	}
}

/** Gives up what no server answers, so that the next call asks again. */
const patience = () => AbortSignal.timeout(30_000);

/** @param {unknown} cause */
function mistrusted(cause) {
	return new EngineError('ruleset', `the ruleset is not to be trusted: ${messageOf(cause)}`, { cause });
}

/**
 * @param {URL | string | Response | BufferSource | WebAssembly.Module} wasm
 * @param {string} [integrity]
 * @returns {Promise<() => Instance>}
 */
async function compile(wasm, integrity) {
	try {
		return await starter(await moduleOf(wasm, integrity));
	} catch (cause) {
		const name = isAddress(wasm) ? ` ${href(wasm)}` : '';
		throw new EngineError('unavailable', `the engine${name} can't be used: ${messageOf(cause)}`, { cause });
	}
}

/**
 * @param {URL | string | Response | BufferSource | WebAssembly.Module} wasm
 * @param {string} [integrity]
 * @returns {Promise<WebAssembly.Module>}
 */
async function moduleOf(wasm, integrity) {
	if (wasm instanceof WebAssembly.Module) return wasm;
	if (isAddress(wasm)) wasm = await fetch(href(wasm), { integrity, signal: patience() });
	if (!(wasm instanceof Response)) return WebAssembly.compile(/** @type {BufferSource} */ (wasm));
	if (!wasm.ok) throw new Error(`${wasm.status} ${wasm.statusText}`.trim());
	// The streaming compiler refuses responses of any other type, which some
	// servers send; compiling the bytes works.
	if (wasm.headers.get('Content-Type') === 'application/wasm') return WebAssembly.compileStreaming(wasm);
	return WebAssembly.compile(await wasm.arrayBuffer());
}

/**
 * Deletes all rulesets that are kept on this device. The signatures that prevent
 * a return to older versions stay.
 */
export async function forgetRulesets() {
	try {
		await caches.delete('sharewise-rulesets');
	} catch {
		// Without storage, nothing is kept.
	}
}

/** How much the memory may grow by calls before the instance is replaced, in bytes. */
const spareRoom = 32 << 20;

/** The verdicts by the numbers that {@link Engine.verdicts} returns. */
const words = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];

/** @param {unknown} cause */
function messageOf(cause) {
	try {
		return String(cause instanceof Error ? cause.message : cause);
	} catch {
		return 'something was thrown that has no words'; // such as an object without a prototype
	}
}

/**
 * A running engine with a ruleset in force. Made by {@link startEngine}.
 *
 * Its methods are synchronous. If the WebAssembly instance ends during a call, it
 * is replaced by a new one with the same ruleset, and the call is repeated once.
 */
export class Engine {
	/** @type {() => Instance} */
	#start;
	/** @type {Instance | undefined} */
	#instance;
	/** The text of the ruleset in force. */
	#text = '';
	/** How large the instance's memory may stay, in bytes. */
	#room = spareRoom;
	/** @type {Ruleset} */
	#ruleset = { id: '', hash: '', warnings: [] };
	/** The instance's description of its columns, once it is needed. @type {Plan | undefined} */
	#plan;
	/** The ids of the targets, once they are asked for. @type {string[] | undefined} */
	#targets;
	/** @type {Batch | undefined} made when first needed */
	#batch;
	/** @type {CheckedTrust | undefined} */
	#trust;
	/** The hash of the ruleset by which each returned array was decided. @type {WeakMap<Uint8Array, string>} */
	#given = new WeakMap();
	/** Whether columns are being written; nothing else may use the instance meanwhile. */
	#isReading = false;

	/** Compiles the module that decides many requests at once; absent once it runs. */
	#compileBulk;

	/**
	 * @param {() => Instance} startInstance
	 * @param {string} ruleset
	 * @param {CheckedTrust} [trust]  by which the ruleset was accepted
	 * @param {() => Promise<() => Instance>} [compileBulk]
	 */
	constructor(startInstance, ruleset, trust, compileBulk) {
		this.#start = startInstance;
		this.#compileBulk = compileBulk;
		try {
			this.#instance = startInstance();
		} catch (cause) {
			throw new EngineError('unavailable', `the engine can't be started: ${messageOf(cause)}`, { cause });
		}
		this.#trust = trust;
		this.#load(ruleset);
	}

	/** The ruleset in force. */
	get ruleset() {
		return this.#ruleset;
	}

	/**
	 * Compiles a ruleset and puts it in force. If it is refused, the previous one
	 * stays in force.
	 *
	 * @param {string} text
	 * @returns {Ruleset}
	 * @throws {EngineError} `ruleset` or `trap`
	 */
	load(text) {
		if (this.#trust) throw new EngineError('ruleset', 'only signed rulesets are taken; use loadSigned');
		return this.#load(text);
	}

	/** @param {string} text */
	#load(text) {
		this.#forgetColumns();
		const isFirst = this.#text === '';
		const { reply } = this.#call('ruleset', (instance) => instance.load(text));
		this.#targets = undefined;
		this.#text = text;
		this.#ruleset = reply;
		if (isFirst) this.#room = this.#living().buffer.byteLength + spareRoom;
		else this.#trim();
		return reply;
	}

	/**
	 * Checks the signature of a ruleset, compiles it and puts it in force. It must
	 * not be older than any that was in force on this device. If it is refused, the
	 * previous one stays in force. Concurrent calls are carried out one after the
	 * other.
	 *
	 * @param {string} text
	 * @param {string} signature  as "sharewise sign" prints it
	 * @returns {Promise<Ruleset>}
	 * @throws {EngineError} `ruleset` or `trap`
	 */
	async loadSigned(text, signature) {
		if (!this.#trust) throw mistrusted('the engine was started without trust');
		const { putInForce } = await import('./trust.js');
		return putInForce(text, signature, this.#trust, { make: (text) => this.#load(text), mistrusted });
	}

	/**
	 * Decides a request: returns every target with its verdict and, if it is
	 * permitted, how it is carried out.
	 *
	 * @param {Request} request
	 * @returns {Sheet}
	 * @throws {EngineError} `request` or `trap`
	 */
	sheet(request) {
		return this.#sheet(request);
	}

	/**
	 * Decides with what can be read of a request, as the element does: a member that
	 * {@link sheet} refuses is unknown, as if it had been left out, and never permits
	 * more. Of `content.attributes` and `viewer.attributes`, only the refused attributes are unknown.
	 *
	 * @param {Request} request
	 * @returns {{ sheet: Sheet, error?: EngineError }} error: the refusal of what is unknown now, if there was one
	 * @throws {EngineError} `trap`, or `request` if the request can't be read at all, or `page.text` is refused, which
	 *   the reader has written
	 */
	partialSheet(request) {
		const text = textOf(request);
		const answer = this.#call('request', (instance) => instance.ask('partialSheet', text));
		const sheet = JSON.parse(answer.text ?? '');
		return answer.reply ? { sheet, error: refusal('request', answer.reply.problems) } : { sheet };
	}

	/**
	 * @param {Request} request
	 * @param {number} [index]  among many
	 * @returns {Sheet}
	 */
	#sheet(request, index) {
		const text = textOf(request, index);
		return JSON.parse(this.#call('request', (instance) => instance.ask('sheet', text), index).text ?? '');
	}

	/**
	 * Decides like {@link sheet}, but takes a request as text and returns its sheet
	 * as text, which is the same byte for byte wherever the ruleset is evaluated.
	 *
	 * @param {string} text
	 * @returns {string}
	 * @throws {EngineError} `request` or `trap`
	 */
	sheetText(text) {
		return this.#call('request', (instance) => instance.ask('sheet', text)).text ?? '';
	}

	/** The ids of the targets that the ruleset names, in the order of {@link verdicts}. */
	get targets() {
		return (this.#targets ??=
			this.#alive((instance) => instance.hasColumns && this.#planOf(instance).targets) ||
			this.#sheet({}).entries.map(({ target }) => target));
	}

	/**
	 * Decides many requests at once, without reasons and links, for example for a
	 * feed that marks which items may be shared. Each request is read as
	 * {@link sheet} reads it: the verdicts are those of `sheet`, and a request that
	 * `sheet` refuses is refused here with the same problems and its index.
	 *
	 * @param {Request[]} requests
	 * @param {{ previous?: Uint8Array, changed?: ArrayLike<number> }} [since]
	 *   The result of the last call for these requests, and the indexes of the requests
	 *   that have changed since; only these are decided again, and `previous` is
	 *   updated. If `previous` is not a result of this engine by the ruleset in force,
	 *   all requests are decided into it; if it has another length, it is not used. If
	 *   the call throws, the requests that it could not decide have 0 in `previous`,
	 *   which is no verdict, and the next call decides all.
	 * @returns {Uint8Array} one byte for each request and each of {@link targets}:
	 *   1 permitted, 2 forbidden, 3 not permitted, 4 not yet, 5 unavailable
	 * @throws {EngineError} `request` or `trap`
	 */
	verdicts(requests, since) {
		const { previous, changed } = given(since, 'previous', 'changed');
		const { length: width } = this.targets;
		const { hash } = this.#ruleset;
		const isKept = previous?.length === requests.length * width;
		const into = isKept ? previous : new Uint8Array(requests.length * width);
		const some =
			isKept && changed && this.#given.get(into) === hash ? indexes(changed, requests.length) : undefined;
		// If anything below throws, no earlier verdict counts as valid.
		this.#given.delete(into);
		if (some) for (const i of some) into.fill(0, i * width, (i + 1) * width);
		else into.fill(0);
		for (const i of this.#decideTogether(requests, into, some)) {
			const { entries } = this.#sheet(requests[i], i);
			if (this.#ruleset.hash !== hash)
				throw new EngineError(
					'request',
					`${nameOf('request', i)} has loaded another ruleset while it was read`,
					{ index: i },
				);
			into.set(
				entries.map(({ verdict }) => words.indexOf(verdict)),
				i * width,
			);
		}
		this.#trim();
		this.#given.set(into, hash);
		return into;
	}

	/**
	 * Decides the requests that columns can represent.
	 *
	 * @param {Request[]} requests
	 * @param {Uint8Array} into
	 * @param {number[]} [some]
	 * @returns {Iterable<number>} the indexes of the requests that are left
	 */
	#decideTogether(requests, into, some) {
		const Columns = loaded;
		return this.#alive((instance) => {
			if (!Columns || !instance.hasColumns) {
				// A module without columns has no use for the code that fills them.
				if (instance.hasColumns || this.#compileBulk) this.#loadBulk();
				return some ?? requests.keys();
			}
			this.#batch ??= new Columns(instance, this.#planOf(instance));
			try {
				this.#isReading = true;
				return this.#batch.decide(requests, into, some);
			} finally {
				this.#isReading = false;
			}
		});
	}

	/** Loads what decides many requests at once; if that fails, the next call tries again. */
	async #loadBulk() {
		try {
			const [start] = await Promise.all([this.#compileBulk?.(), loadBatch()]);
			if (!start || !this.#compileBulk) return;
			this.#start = start;
			this.#compileBulk = undefined;
			this.#drop();
		} catch {
			/* until then, requests are decided one by one */
		}
	}

	/** @param {Instance} instance */
	#planOf(instance) {
		return (this.#plan ??= instance.plan());
	}

	#forgetColumns() {
		this.#plan = this.#batch = undefined;
	}

	/**
	 * @param {'ruleset' | 'request'} code
	 * @param {(instance: Instance) => Answer} ask
	 * @param {number} [index]  of a request among many
	 * @returns {Answer}
	 */
	#call(code, ask, index) {
		const answer = this.#alive(ask);
		if (code === 'request' || answer.status === refused) this.#trim();
		if (answer.status === refused) throw refusal(code, answer.reply.problems, index);
		if (answer.status === noRuleset) throw new EngineError('ruleset', 'no ruleset is in force');
		return answer;
	}

	/**
	 * Calls the instance, and once more a new one if the instance ended meanwhile.
	 *
	 * @template T
	 * @param {(instance: Instance) => T} ask
	 * @returns {T}
	 */
	#alive(ask) {
		if (this.#isReading) throw new EngineError('request', 'the engine was called by a request that it is reading');
		try {
			return ask(this.#living());
		} catch {
			// A trap leaves the stack as it was at that moment, so the instance
			// can't be trusted any more, even where it still answers.
			this.#drop();
		}
		try {
			return ask(this.#living());
		} catch (cause) {
			const why = this.#instance?.isFull ? ', for want of memory' : '';
			this.#drop();
			throw new EngineError('trap', `the engine ended in the middle of a call${why}: ${messageOf(cause)}`, {
				cause,
			});
		}
	}

	/**
	 * Replaces an instance whose memory has grown too much, because of a huge text or
	 * a late garbage collection, since WebAssembly memory never shrinks.
	 */
	#trim() {
		if ((this.#instance?.buffer.byteLength ?? 0) > this.#room) this.#drop();
	}

	#drop() {
		this.#instance = undefined;
		this.#forgetColumns();
	}

	/** The instance, or a new one with the ruleset in force. */
	#living() {
		if (!this.#instance) {
			const instance = this.#start();
			if (this.#text) {
				instance.load(this.#text);
				this.#room = instance.buffer.byteLength + spareRoom;
			}
			this.#instance = instance;
		}
		return this.#instance;
	}
}

/** @param {ArrayLike<number>} changed @param {number} count  of all requests */
function indexes(changed, count) {
	return Array.from(changed, (i) => {
		if (Number.isInteger(i) && i >= 0 && i < count) return i;
		throw new EngineError('request', `changed holds ${messageOf(i)}, which is the index of no request`);
	});
}

/**
 * A request as JSON.
 *
 * @param {Request} request
 * @param {number} [index]
 */
function textOf(request, index) {
	try {
		// A date that is invalid is null in JSON, and so left out; the engine refuses its words.
		return (
			JSON.stringify(
				request,
				/** @this {any} */ function (name, value) {
					return /sAt$/.test(name) ? (value ?? this[name]?.toString()) : value;
				},
			) ?? ''
		);
	} catch (cause) {
		const problem = { line: 0, column: 0, path: '', message: messageOf(cause) };
		throw new EngineError('request', `${nameOf('request', index)} is not JSON: ${problem.message}`, {
			problems: [problem],
			cause,
			index,
		});
	}
}

/** @param {'ruleset' | 'request'} code @param {number} [index] */
function nameOf(code, index) {
	return index === undefined ? `the ${code}` : `the ${code} at index ${index}`;
}

/**
 * @param {'ruleset' | 'request'} code
 * @param {Problem[]} problems
 * @param {number} [index]
 */
function refusal(code, problems, index) {
	const [first, ...rest] = problems;
	const place = first.line ? `${first.line}:${first.column}: ` : '';
	const more = rest.length ? ` (and ${rest.length} more)` : '';
	return new EngineError(
		code,
		`${nameOf(code, index)} was refused: ${place}${first.path || '/'}: ${first.message}${more}`,
		{ problems, index },
	);
}
