/**
 * Many requests at once, in columns: the facts that the ruleset reads are
 * written as numbers straight into the engine's memory, and one byte for each
 * verdict is read back. Which facts these are and where they go is the
 * engine's to say; nothing is decided here.
 *
 * Only what is surely read the same here and from JSON is written: plain
 * objects, short texts without control characters, addresses in ASCII.
 * Whatever else comes is left to the engine, which decides such a request as
 * the sheet of one, or says what is wrong with it.
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
const many = 1 << 16; // kept numbers of texts, before all are forgotten
const kept = 1 << 12; // kept addresses; of a large feed, to look at each again costs less than to keep it
const most = 1000; // entries of a list

const plainText = /^[^\p{C}\p{Zl}\p{Zp}]{1,120}$/u;
const plainAddress = /^https?:\/\/[a-z\d-]+(\.[a-z\d-]+)+(:\d{1,4})?([/?#][!-[\]-~]*)?$/;
const longest = 1200; // of a plain address; a longer one is too long for some targets

/** Members that are read besides those of the columns, and one that would change what JSON says. */
const members = ['content', 'viewer', 'device', 'page', 'attributes', 'url', 'imageUrl', 'embedUrl', 'media', 'type', 'bytes', 'toJSON'];

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
	/** @type {Map<any, number>[]} by column: the numbers of its texts and lists, or the times of its days */
	#known;
	/** @type {Map<string, Map<number | string, number>>} by device and page, then files: the number of the profile */
	#profiles = new Map();
	/** @type {Map<string, number>} */
	#files = new Map();
	/** @type {Set<string>} addresses that are good */
	#addresses = new Set();
	/** @type {Record<string, number>[]} by column: the number of each word */
	#words;
	/** @type {string[]} */
	#names;
	/** Rows that are left to the engine. @type {Set<number>} */
	#odd = new Set();
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
		this.#known = plan.columns.map(() => new Map());
		this.#names = [...members, ...plan.columns.map((/** @type {Column} */ { fact }) => /** @type {string} */ (pathOf(fact).at(-1)))];
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
	 * @returns {number[]} the indexes of requests that are not decided, since no column holds what they say
	 */
	decide(requests, into, changed) {
		const width = this.targets.length;
		const count = changed ? changed.length : requests.length;
		const left = [];
		if (this.#addresses.size >= kept) this.#addresses.clear();
		// Nobody's prototype may say anything, so if it could, JSON is asked.
		const polluted = this.#names.some((name) => name in Object.prototype);
		for (let start = 0; start < count; start += rows) {
			const n = Math.min(rows, count - start);
			/** @param {number} i */
			const index = (i) => changed ? changed[start + i] : start + i;
			const some = Array.from({ length: n }, (_, i) => requests[index(i)]);
			this.#refresh();
			this.#odd.clear();
			if (polluted || !this.#written(some)) some.forEach((_, i) => this.#odd.add(i));
			this.#instance.decide(n);
			const decided = this.#instance.bytes(this.#verdicts, n * width);
			if (!changed) into.set(decided, start * width);
			else for (let i = 0; i < n; i++) into.set(decided.subarray(i * width, (i + 1) * width), index(i) * width);
			for (const i of this.#odd) left.push(index(i));
			this.#instance.settle();
		}
		return left;
	}

	/**
	 * Writes requests; false where reading one has thrown, which is for JSON to
	 * say then.
	 *
	 * @param {Request[]} requests
	 */
	#written(requests) {
		try {
			this.#write(requests);
			return true;
		} catch (error) {
			if (error instanceof WebAssembly.RuntimeError) throw error;
			return false;
		}
	}

	/** Looks whether numbers and arrays from before are still good. */
	#refresh() {
		if (this.#known.some((known) => known.size > many) || this.#profiles.size > many || this.#files.size > many) this.#instance.forget();
		if (this.#generation !== this.#instance.generation) {
			this.#generation = this.#instance.generation;
			for (const known of [...this.#known, this.#profiles, this.#files]) known.clear();
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

	/** @param {any[]} requests */
	#write(requests) {
		/** Objects by their path, each row's. @type {Record<string, any[]>} */
		const objects = { '': requests.map((r, i) => this.#plain(r ?? null, i)) };
		/** @param {string} path @param {string} from @param {string} name */
		const within = (path, from, name) => objects[path] ??= objects[from].map((o, i) => this.#plain(o?.[name], i));
		within('content', '', 'content');
		within('viewer', '', 'viewer');
		for (let k = 0; k < this.#columns.length - 2; k++) {
			const path = pathOf(this.#columns[k].fact);
			const [a, b] = path;
			const from = path.length === 1 ? '' : path.length === 2 ? a : `${a}.${b}`;
			if (path.length > 1) within(a, '', a);
			if (path.length > 2) within(from, a, b);
			this.#column(k, objects[from], path[path.length - 1]);
		}
		this.#profile(objects[''], objects.content);
	}

	/**
	 * An object that reads as its JSON does; all others make the row odd.
	 *
	 * @param {any} object
	 * @param {number} row
	 */
	#plain(object, row) {
		if (object === undefined) return undefined;
		if (typeof object === 'object' && object !== null && object.toJSON === undefined) {
			const prototype = Object.getPrototypeOf(object);
			if (prototype === Object.prototype || prototype === null) return object;
		}
		this.#odd.add(row);
		return undefined;
	}

	/**
	 * @param {number} k
	 * @param {any[]} objects
	 * @param {string} name
	 */
	#column(k, objects, name) {
		const n = objects.length, odd = this.#odd, known = this.#known[k];
		const { fact, kind } = this.#columns[k];
		let view = this.#views[k];
		switch (kind) {
			case 0: {
				const words = this.#words[k];
				for (let i = 0; i < n; i++) {
					const v = objects[i]?.[name];
					const number = v === undefined ? 0 : typeof v === 'string' ? words[v] : undefined;
					if (number === undefined) odd.add(i);
					view[i] = number ?? 0;
				}
				return;
			}
			case 1:
				for (let i = 0; i < n; i++) {
					const v = objects[i]?.[name];
					if (v !== undefined && typeof v !== 'boolean') odd.add(i);
					view[i] = v === undefined ? 0 : v ? 2 : 1;
				}
				return;
			case 2:
				for (let i = 0; i < n; i++) {
					const v = objects[i]?.[name];
					if (v !== undefined && !(typeof v === 'number' && Math.abs(v) < 2 ** 53)) odd.add(i);
					view[i] = v ?? NaN;
				}
				return;
			case 3: {
				let last, ms = NaN; // often all requests were made at the same moment
				for (let i = 0; i < n; i++) {
					const v = objects[i]?.[name];
					if (v !== last) {
						ms = v === undefined ? NaN : this.#moment(v, known);
						view = this.#views[k];
						last = v;
					}
					if (v !== undefined && ms !== ms) odd.add(i);
					view[i] = ms;
				}
				return;
			}
			default:
				for (let i = 0; i < n; i++) {
					const v = objects[i]?.[name];
					const key = kind === 5 && Array.isArray(v) ? listed(v) : v;
					let number = v === undefined ? 0 : known.get(key);
					if (number === undefined) {
						number = this.#isPlain(fact, kind, v) ? this.#number(kind === 5 ? 'list' : 'text', key) : 0;
						if (number) known.set(key, number);
						else odd.add(i);
						view = this.#views[k];
					}
					view[i] = number;
				}
		}
	}

	/**
	 * Tells whether a text or list is surely what the engine would take it for.
	 *
	 * @param {string} fact
	 * @param {number} kind
	 * @param {any} v
	 */
	#isPlain(fact, kind, v) {
		if (kind === 5) return Array.isArray(v) && v.length <= most && v.every(isPlainText);
		if (/rl$/.test(fact) && fact.startsWith('content.') && !fact.includes('.attributes.')) return this.#address(v) === true;
		if (!isPlainText(v)) return false;
		return (fact !== 'viewer.region' && fact !== 'viewer.locale') || this.#number('profile', JSON.stringify({ viewer: { [fact.slice(7)]: v } })) > 0;
	}

	/**
	 * @param {string} name of the export that gives numbers
	 * @param {string} text
	 */
	#number(name, text) {
		const number = this.#instance.number(name, text) >>> 0;
		this.#look();
		return number;
	}

	/**
	 * Milliseconds of a time. The engine reads the day, and any time that is not
	 * in the usual form.
	 *
	 * @param {any} text
	 * @param {Map<string, number>} days
	 * @returns {number} NaN if it is no time
	 */
	#moment(text, days) {
		if (typeof text !== 'string') return NaN;
		if (text.length === 20 && text.charCodeAt(10) === 84 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58 && text.charCodeAt(19) === 90) {
			const hour = two(text, 11), minute = two(text, 14), second = two(text, 17);
			if (hour < 24 && minute < 60 && second < 60) {
				const day = text.slice(0, 10);
				let ms = days.get(day);
				if (ms === undefined) {
					ms = this.#instance.number('moment', `${day}T00:00:00Z`);
					days.set(day, ms);
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
	 * @param {any[]} contents
	 */
	#profile(requests, contents) {
		const last = this.#columns.length - 1;
		let numbers = this.#views[last - 1], sizes = this.#views[last];
		let device, page, profiles;
		for (let i = 0; i < requests.length; i++) {
			const request = requests[i] ?? {}, content = contents[i] ?? {};
			if (!profiles || !alike(device, request.device) || !alike(page, request.page)) {
				({ device, page } = request);
				const around = written([device, page]);
				profiles = this.#profiles.get(around);
				if (!profiles) this.#profiles.set(around, (profiles = new Map()));
			}
			const { media } = content;
			const url = this.#address(content.url), image = this.#address(content.imageUrl), player = this.#address(content.embedUrl);
			let size = 0, files = 0;
			/** @type {number | string} */
			let key = (url ? 1 : 0) + (image ? 2 : 0) + (player ? 4 : 0);
			let good = url !== null && image !== null && player !== null;
			if (media !== undefined) {
				good &&= Array.isArray(media) && media.length <= most;
				for (let f = 0; good && f < media.length; f++) {
					const file = this.#plain(media[f], i) ?? {};
					const { bytes = 0 } = file, address = this.#address(file.url);
					good = address !== null && typeof bytes === 'number' && bytes >= 0 && bytes <= 2 ** 40 && bytes % 1 === 0;
					size += bytes;
					const of = file.type === undefined ? this.#file(`${file.url}`, '/') : this.#file(file.type, address ? 'u' : '');
					if (f === 0) files = of;
					else key = `${key} ${of}`;
				}
				if (this.#readsFiles) key = `${key} ${written(media)}`;
				else if (typeof key === 'number' && good && media.length === 1) key += 8 * files + 8;
				else key = `${key} ${files} ${media?.length}`;
			}
			let number = good ? profiles.get(key) : 0;
			if (number === undefined) {
				/** @param {boolean | null} there */
				const some = (there) => there ? 'https://a.example/' : undefined;
				number = this.#number('profile', written({ content: { url: some(url), imageUrl: some(image), embedUrl: some(player), media }, device, page }));
				if (number) profiles.set(key, number);
				numbers = this.#views[last - 1];
				sizes = this.#views[last];
			}
			if (number === 0) this.#odd.add(i);
			numbers[i] = number;
			sizes[i] = size;
		}
	}

	/**
	 * Numbers what is to be known of a file but for its size.
	 *
	 * @param {string} type
	 * @param {string} address
	 */
	#file(type, address) {
		const key = address + type;
		let number = this.#files.get(key);
		if (number === undefined) this.#files.set(key, (number = this.#files.size));
		return number;
	}

	/**
	 * Tells whether an address is there; null where that is not as sure as the
	 * engine is.
	 *
	 * @param {any} address
	 */
	#address(address) {
		if (address === undefined) return false;
		if (this.#addresses.has(address)) return true;
		if (typeof address !== 'string' || address.length > longest || !plainAddress.test(address)) return null;
		if (this.#addresses.size < kept) this.#addresses.add(address);
		return true;
	}
}

/** The longest path is content.attributes.NAME, and a name may have dots. @param {string} fact */
function pathOf(fact) {
	const [a, b, ...rest] = fact.split('.');
	return rest.length ? [a, b, rest.join('.')] : b ? [a, b] : [a];
}

/** @param {any} v */
function isPlainText(v) {
	return typeof v === 'string' && plainText.test(v);
}

/** A list as the engine takes it; what is no text is no list. @param {any[]} list */
function listed(list) {
	let text = '';
	for (const entry of list) {
		if (typeof entry !== 'string') return list;
		text += `${entry}\n`;
	}
	return text;
}

/** JSON, or what is none where there is none. @param {any} value */
function written(value) {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		return '';
	}
}

/** Tells whether two objects surely say the same. @param {any} a @param {any} b */
function alike(a, b) {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || 'toJSON' in a || 'toJSON' in b) return false;
	const names = Object.keys(a), others = Object.keys(b);
	if (names.length !== others.length) return false;
	for (let i = 0; i < names.length; i++) {
		const name = names[i], value = a[name];
		if (name !== others[i] || value !== b[name] || typeof value === 'object') return false;
	}
	return true;
}

/** @param {string} text @param {number} at */
function two(text, at) {
	const tens = text.charCodeAt(at) - 48, ones = text.charCodeAt(at + 1) - 48;
	return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : NaN;
}
