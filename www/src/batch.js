/**
 * Many requests at once, in columns: the facts that the ruleset reads are
 * written as numbers straight into the engine's memory, and one byte for each
 * verdict is read back. Which facts these are and where they go is the
 * engine's to say; nothing is decided here.
 *
 * @module
 */
/** @typedef {import('./instance.js').Instance} Instance */
/** @typedef {import('./shapes.d.ts').Request} Request */

/**
 * @typedef {object} Column
 * @property {string} fact
 * @property {number} kind
 * @property {string[]} words
 * @property {number} at     address in the engine's memory
 */

/** What a column is made of, by its kind (share.ColumnKind). */
const kinds = [Uint8Array, Uint8Array, Float64Array, Float64Array, Uint32Array, Uint32Array, Uint32Array];

const rows = 1024; // requests to a call: enough to hide the call, little enough to stay in a cache
const manyTexts = 1 << 16; // kept numbers of texts, before all are forgotten

/** Thrown for a request that only the engine can say what is wrong with. */
export class Refused {
	/** @param {number} index of the request */
	constructor(index) {
		this.index = index;
	}
}

/** The columns of one ruleset in one instance. */
export class Batch {
	#instance;
	#generation = -1;
	/** @type {Column[]} */
	#columns;
	/** @type {any[]} one array for each column, over the engine's memory */
	#views = [];
	/** @type {ArrayBuffer | undefined} */
	#buffer;
	#verdicts;
	#readsFiles;
	#texts = new Map();
	#lists = new Map();
	#profiles = new Map();
	#days = new Map();
	/** @type {Record<string, number>[]} by column: the number of each word */
	#words;
	/** @type {string[]} the ids of the targets, in the order of the verdicts */
	targets;

	/** @param {Instance} instance with a ruleset in force */
	constructor(instance) {
		this.#instance = instance;
		const plan = instance.plan(rows);
		this.targets = plan.targets;
		this.#columns = plan.columns;
		this.#verdicts = plan.verdicts;
		this.#readsFiles = plan.files;
		this.#words = plan.columns.map((/** @type {Column} */ { words }) =>
			Object.assign(Object.create(null), Object.fromEntries(words.map((word, i) => [word, i + 1]))));
	}

	/**
	 * Decides requests, all of them or those with the given indexes, and writes
	 * their verdicts to `into`.
	 *
	 * @param {Request[]} requests
	 * @param {Uint8Array} into one byte for each target of each request
	 * @param {ArrayLike<number>} [changed]
	 * @throws {Refused}
	 */
	decide(requests, into, changed) {
		const width = this.targets.length;
		const count = changed ? changed.length : requests.length;
		for (let start = 0; start < count; start += rows) {
			const n = Math.min(rows, count - start);
			const some = changed ? Array.from({ length: n }, (_, i) => requests[changed[start + i]]) : start === 0 && n === count ? requests : requests.slice(start, start + n);
			this.#refresh();
			try {
				this.#write(some, n);
			} catch (error) {
				if (error instanceof Refused) error.index = changed ? changed[start + error.index] : start + error.index;
				throw error;
			}
			this.#instance.decide(n);
			const decided = this.#instance.bytes(this.#verdicts, n * width);
			if (!changed) into.set(decided, start * width);
			else for (let i = 0; i < n; i++) into.set(decided.subarray(i * width, (i + 1) * width), changed[start + i] * width);
			this.#instance.settle();
		}
	}

	/** Looks whether numbers and arrays from before are still good. */
	#refresh() {
		if (this.#texts.size > manyTexts) this.#instance.forget();
		if (this.#generation !== this.#instance.generation) {
			this.#generation = this.#instance.generation;
			for (const known of [this.#texts, this.#lists, this.#profiles]) known.clear();
			this.#days.clear();
		}
		this.#look();
	}

	/** Growing memory leaves the arrays over it empty. */
	#look() {
		const { buffer } = this.#instance;
		if (buffer === this.#buffer) return;
		this.#buffer = buffer;
		this.#views = this.#columns.map(({ kind, at }) => new kinds[kind](buffer, at, rows));
	}

	/**
	 * @param {Request[]} requests
	 * @param {number} n
	 */
	#write(requests, n) {
		const columns = this.#columns;
		for (let k = 0; k < columns.length - 2; k++) {
			const steps = columns[k].fact.split('.');
			const [a, b] = steps;
			// The longest path is content.attributes.NAME, and a name may have dots.
			const c = steps.slice(2).join('.');
			/** @type {(request: any) => any} */
			const read = !b ? (r) => own(r, a) : !c ? (r) => own(own(r, a), b) : (r) => own(own(own(r, a), b), c);
			this.#column(k, requests, n, read);
		}
		this.#files(requests, n);
	}

	/**
	 * @param {number} k
	 * @param {Request[]} requests
	 * @param {number} n
	 * @param {(request: any) => any} read
	 */
	#column(k, requests, n, read) {
		let view = this.#views[k];
		switch (this.#columns[k].kind) {
			case 0: {
				const words = this.#words[k];
				for (let i = 0; i < n; i++) {
					const v = read(requests[i]);
					const number = v === undefined ? 0 : typeof v === 'string' ? words[v] : undefined;
					if (number === undefined) throw new Refused(i);
					view[i] = number;
				}
				return;
			}
			case 1:
				for (let i = 0; i < n; i++) {
					const v = read(requests[i]);
					if (v !== undefined && typeof v !== 'boolean') throw new Refused(i);
					view[i] = v === undefined ? 0 : v ? 2 : 1;
				}
				return;
			case 2:
				for (let i = 0; i < n; i++) {
					const v = read(requests[i]);
					if (v !== undefined && !Number.isFinite(v)) throw new Refused(i);
					view[i] = v ?? NaN;
				}
				return;
			case 3: {
				let last, ms = NaN; // often all requests were made at the same moment
				for (let i = 0; i < n; i++) {
					const v = read(requests[i]);
					if (v !== last) {
						ms = v === undefined ? NaN : this.#moment(v);
						if (v !== undefined && ms !== ms) throw new Refused(i);
						last = v;
						view = this.#views[k];
					}
					view[i] = ms;
				}
				return;
			}
			case 4:
				for (let i = 0; i < n; i++) {
					const v = read(requests[i]);
					let number = v === undefined ? 0 : this.#texts.get(v);
					if (number === undefined) {
						if (typeof v !== 'string' || v === '') throw new Refused(i);
						number = this.#number('text', v, this.#texts);
						view = this.#views[k];
					}
					view[i] = number;
				}
				return;
			default:
				for (let i = 0; i < n; i++) {
					const v = read(requests[i]);
					if (v !== undefined && !(Array.isArray(v) && v.every((t) => typeof t === 'string' && t !== '' && !t.includes('\n')))) throw new Refused(i);
					const text = v?.map((/** @type {string} */ t) => `${t}\n`).join('');
					view[i] = v === undefined ? 0 : this.#lists.get(text) ?? this.#number('list', text, this.#lists);
					view = this.#views[k];
				}
		}
	}

	/**
	 * @param {string} name of the export that gives numbers
	 * @param {string} text
	 * @param {Map<string, number>} known
	 * @param {string} [key]
	 */
	#number(name, text, known, key = text) {
		const number = this.#instance.number(name, text) >>> 0;
		known.set(key, number);
		this.#look();
		return number;
	}

	/**
	 * Milliseconds of a time. The engine reads the day, and any time that is not
	 * in the usual form.
	 *
	 * @param {any} text
	 * @returns {number} NaN if it is no time
	 */
	#moment(text) {
		if (typeof text !== 'string') return NaN;
		if (text.length === 20 && text.charCodeAt(10) === 84 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58 && text.charCodeAt(19) === 90) {
			const hour = two(text, 11), minute = two(text, 14), second = two(text, 17);
			if (hour < 24 && minute < 60 && second < 60) {
				const day = text.slice(0, 10);
				let ms = this.#days.get(day);
				if (ms === undefined) {
					if (this.#days.size > 4096) this.#days.clear();
					ms = this.#instance.number('moment', `${day}T00:00:00Z`);
					this.#days.set(day, ms);
					this.#look();
				}
				return ms + ((hour * 60 + minute) * 60 + second) * 1000;
			}
		}
		const ms = this.#instance.number('moment', text);
		this.#look();
		return ms;
	}

	/**
	 * Writes what device, page and files offer, and the size of the files.
	 *
	 * @param {any[]} requests
	 * @param {number} n
	 */
	#files(requests, n) {
		const last = this.#columns.length - 1;
		let numbers = this.#views[last - 1], sizes = this.#views[last];
		let device, page, around = '';
		for (let i = 0; i < n; i++) {
			const request = requests[i];
			const content = own(request, 'content'), media = own(content, 'media');
			const itsDevice = own(request, 'device'), itsPage = own(request, 'page');
			if (i === 0 || itsDevice !== device || itsPage !== page) {
				device = itsDevice;
				page = itsPage;
				around = `${JSON.stringify(device)}\n${JSON.stringify(page)}\n`;
			}
			const url = web(own(content, 'url'), i), image = web(own(content, 'imageUrl'), i), player = web(own(content, 'embedUrl'), i);
			let key = `${around}${url} ${image} ${player}`, size = 0;
			if (media !== undefined) {
				if (!Array.isArray(media)) throw new Refused(i);
				for (const file of media) {
					size += own(file, 'bytes') ?? 0;
					key += this.#readsFiles ? JSON.stringify(file) : `\n${own(file, 'type') ?? ''} ${own(file, 'type') === undefined ? own(file, 'url') : web(own(file, 'url'), i)}`;
				}
				key += `\n${media.length}`;
			}
			let number = this.#profiles.get(key);
			if (number === undefined) {
				const probe = { content: { url: url || undefined, imageUrl: image || undefined, embedUrl: player || undefined, media }, device, page };
				number = this.#number('profile', JSON.stringify(probe), this.#profiles, key);
				numbers = this.#views[last - 1];
				sizes = this.#views[last];
				if (number === 0) {
					this.#profiles.delete(key);
					throw new Refused(i);
				}
			}
			numbers[i] = number;
			sizes[i] = size;
		}
	}
}

/**
 * A property of the object itself, as in its JSON: never an inherited one.
 *
 * @param {any} object
 * @param {string} name
 */
function own(object, name) {
	const v = object?.[name];
	return v !== undefined && name in Object.prototype && !Object.hasOwn(object, name) ? undefined : v;
}

/**
 * A stand-in for any web address, since only that it is one matters here.
 *
 * @param {any} address
 * @param {number} index
 */
function web(address, index) {
	if (address === undefined) return '';
	if (typeof address !== 'string' || !/^https?:\/\/[^\s@\\]/i.test(address)) throw new Refused(index);
	return 'https://a.example/';
}

/** @param {string} text @param {number} at */
function two(text, at) {
	const tens = text.charCodeAt(at) - 48, ones = text.charCodeAt(at + 1) - 48;
	return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : NaN;
}
