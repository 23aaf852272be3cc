/**
 * Decides many requests at once, in columns: the facts that the ruleset reads are
 * written as numbers into the engine's memory, and one byte for each verdict is
 * read back. The engine says which facts these are and where they are written;
 * nothing is decided here.
 *
 * A request is read as its JSON would be: every member of it, once, and no other.
 * Values that are certain to be read in the same way (plain.js) are taken. A
 * request with anything else, such as an unknown member, is left to the engine,
 * which decides it as sheet() does, or reports what is wrong with it.
 *
 * @module
 */
import {
	isAddress,
	isAttributeName,
	isLine,
	isNumber,
	isPlainList,
	isPlainObject,
	isProse,
	isText,
	isUnpolluted,
} from './plain.js';

/** @typedef {import('./instance.js').Column} Column */
/** @typedef {import('./instance.js').Instance} Instance */
/** @typedef {import('./instance.js').Plan} Plan */
/** @typedef {import('./shapes.d.ts').Request} Request */

/** The kinds of members. The first six are also kinds of columns (share.ColumnKind). */
const word = 0,
	truth = 1,
	number = 2,
	time = 3,
	text = 4,
	list = 5,
	object = 6,
	files = 7,
	device = 8,
	page = 9,
	attribute = 10,
	fileAddress = 11,
	fileType = 12,
	size = 13,
	whole = 14,
	length = 15,
	checked = 16;

/** The checks of texts. */
const line = 0,
	prose = 1,
	address = 2,
	asked = 3,
	free = 4;

/**
 * A member of an object, and the column that it is written to.
 *
 * @typedef {object} Member
 * @property {string} path   of the object
 * @property {string} name
 * @property {number} kind
 * @property {number} check  of a text
 * @property {number} most   length of a text
 * @property {number} k      the column, -1 if no rule reads it
 * @property {number} of     of an address: its bit; of a time: its index among the times of the content
 * @property {string[]} words
 * @property {Map<any, number>} known  numbers of texts and lists
 * @property {Shape | undefined} shape  of an object
 * @property {any} last      the last time read, since often all requests have the same time
 * @property {number} ms     that time in milliseconds
 */

/**
 * The members that an object may have. Similar objects have them in the same
 * order, so the members of the last object are tried first.
 *
 * @typedef {object} Shape
 * @property {Map<string, Member>} members
 * @property {Member | undefined} other  describes all other members
 * @property {string[]} names
 * @property {(Member | undefined)[]} found
 */

/** The array of a column, by kind. */
const arrays = [Uint8Array, Uint8Array, Float64Array, Float64Array, Uint32Array, Uint32Array, Uint32Array];

const most = 1 << 20; // characters of texts with numbers, after which all numbers are dropped
const kept = 1 << 12; // cached addresses and texts; for more, checking again is faster than caching
const longText = 120; // of a text that is cached
const shortText = 12; // of a text that is checked faster than it is found in the cache
const mostMembers = 100; // of an object
const mostAround = 1e4; // characters of device and page as JSON
const unknownTime = -62135596800000; // the year 1, which the engine can't tell from a time that is missing

/** Bounds of texts, three bytes to a character (share/request_decode.go, share/internal/text). */
const [id, title, caption] = [512, 4096, 256 << 10].map((bytes) => Math.floor(bytes / 3));

/**
 * The members that a request may have, by the path of their object (package
 * share, Decode). One that is not here is left to the engine.
 *
 * @type {Record<string, Record<string, Partial<Member>>>}
 */
const shapes = {
	'': {
		content: { kind: object },
		viewer: { kind: object },
		device: { kind: device },
		page: { kind: page },
		now: { kind: time },
	},
	content: {
		id: { kind: text, most: id },
		kind: { kind: text, check: asked },
		url: { kind: text, check: address, of: 1 },
		title: { kind: text, most: title },
		text: { kind: text, check: prose, most: caption },
		tags: { kind: list },
		visibility: { kind: text, check: asked },
		downloadable: { kind: truth },
		createdAt: { kind: time, of: 1 },
		expiresAt: { kind: time, of: 2 },
		media: { kind: files },
		imageUrl: { kind: text, check: address, of: 2 },
		embedUrl: { kind: text, check: address, of: 4 },
		attributes: { kind: object },
	},
	'content.attributes': {},
	viewer: {
		id: { kind: text, most: id },
		role: { kind: text, check: asked },
		region: { kind: text, check: asked },
		locale: { kind: text, check: asked },
		ageBand: { kind: text, check: asked },
		attributes: { kind: object },
	},
	'viewer.attributes': {},
	device: {},
	file: {
		url: { kind: fileAddress },
		type: { kind: fileType },
		bytes: { kind: size },
		width: { kind: whole },
		height: { kind: whole },
		durationSeconds: { kind: length },
	},
};

/**
 * The values of a device and a page, and the numbers of the profiles that have
 * them, by addresses and files.
 *
 * @typedef {object} Around
 * @property {string} text
 * @property {Said | undefined} device
 * @property {Said | undefined} page
 * @property {Map<number | string, number>} profiles
 */

/** @typedef {{ object: any, names: any[], values: any[] }} Said */

/** The columns of one ruleset in one instance. */
export class Batch {
	#instance;
	/** The number of requests in a call. */
	#rows;
	#generation = -1;
	/** @type {Column[]} */
	#columns;
	/** @type {any[]} one array for each column, over the engine's memory */
	#views = [];
	/** @type {ArrayBuffer | undefined} */
	#buffer;
	#verdicts;
	#readsFiles;
	/** @type {Record<string, Shape>} by path */
	#shapes = {};
	/** @type {Shape} */
	#request;
	/** @type {Shape} */
	#deviceShape;
	/** @type {Shape} */
	#fileShape;
	#readsDevice = false;
	/** All maps that hold numbers of the engine. @type {Map<any, any>[]} */
	#numbered = [];
	/** The characters of all texts that have a number. */
	#given = 0;
	/** The starts of days in milliseconds, by the digits of their dates. @type {Map<number, number>} */
	#days = new Map();
	/** The digits of the last day read, and its start. */
	#day = NaN;
	#began = NaN;
	/** @type {Map<string, Around>} */
	#arounds = new Map();
	/** Numbers of files: by type, by type of those with an address, by address. @type {Map<string, number>[]} */
	#files = [new Map(), new Map(), new Map()];
	/** @type {Set<string>} addresses known to be valid */
	#addresses = new Set();
	/** @type {Set<string>} short texts of one line known to be valid */
	#lines = new Set();
	/** Whether the last exception was one of the engine. */
	#isTrapped = false;
	/** @type {string[]} the ids of the targets, in the order of the verdicts */
	targets;

	// The values read from the current request.
	/** @type {any} */
	#device;
	/** @type {any} */
	#page;
	/** @type {any} */
	#media;
	#offered = 0;
	#times = [NaN, NaN, NaN];
	#fileAddress = '';
	#fileType = '';
	#size = 0;
	/** The values of the last request's device and page. @type {Around | undefined} */
	#around;
	/** @type {any} */
	#lastDevice;
	/** @type {any} */
	#lastPage;

	/**
	 * @param {Instance} instance with a ruleset in force
	 * @param {Plan} plan  the description of its columns
	 */
	constructor(instance, plan) {
		this.#instance = instance;
		this.#rows = plan.rows;
		this.targets = plan.targets;
		this.#columns = plan.columns;
		this.#verdicts = plan.verdicts;
		this.#readsFiles = plan.files;
		for (const [path, members] of Object.entries(shapes)) {
			const shape = (this.#shapes[path] = {
				members: new Map(),
				other: /** @type {Member | undefined} */ (undefined),
				names: [],
				found: [],
			});
			if (path.endsWith('.attributes')) shape.other = this.#member(path, '', { kind: attribute });
			if (path === 'device') shape.other = this.#member(path, '', { kind: checked });
			for (const [name, what] of Object.entries(members)) shape.members.set(name, this.#member(path, name, what));
		}
		for (const { members } of Object.values(this.#shapes)) {
			for (const member of members.values())
				if (member.kind === object)
					member.shape = this.#shapes[member.path ? `${member.path}.${member.name}` : member.name];
		}
		for (let k = 0; k < this.#columns.length - 2; k++) this.#place(k);
		({ '': this.#request, device: this.#deviceShape, file: this.#fileShape } = this.#shapes);
	}

	/** @param {string} path @param {string} name @param {Partial<Member>} what @returns {Member} */
	#member(path, name, what) {
		const known = new Map();
		this.#numbered.push(known);
		return {
			path,
			name,
			kind: 0,
			check: line,
			most: longText,
			k: -1,
			of: 0,
			words: [],
			known,
			shape: undefined,
			last: undefined,
			ms: NaN,
			...what,
		};
	}

	/**
	 * Assigns a column to its member. The longest path is content.attributes.NAME,
	 * in which NAME may have dots.
	 *
	 * @param {number} k
	 */
	#place(k) {
		const { fact, kind, words } = this.#columns[k];
		const path = /^(content|viewer)\.attributes(?=\.)|^\w+(?=\.)|^/.exec(fact)?.[0] ?? '';
		const name = fact.slice(path ? path.length + 1 : 0);
		const { members } = this.#shapes[path];
		this.#readsDevice ||= path === 'device';
		const { check = free, of = 0, most } = members.get(name) ?? {};
		members.set(
			name,
			this.#member(path, name, { kind, check, of, k, words, most: Math.min(most ?? longText, longText) }),
		);
	}

	/**
	 * Decides requests, all of them or those with the given indexes, and writes
	 * their verdicts to `into`.
	 *
	 * @param {Request[]} requests
	 * @param {Uint8Array} into one byte for each target of each request; those of requests not decided are unchanged
	 * @param {ArrayLike<number>} [changed]
	 * @returns {number[]} the indexes of requests that are not decided, since columns cannot represent them
	 */
	decide(requests, into, changed) {
		const width = this.targets.length;
		const count = changed ? changed.length : requests.length;
		const left = [];
		for (const good of [this.#addresses, this.#lines]) if (good.size >= kept) good.clear();
		// If a script has changed the prototypes, every request is left to JSON.
		const isSure = isUnpolluted();
		const rows = this.#rows;
		for (let start = 0; start < count; start += rows) {
			const n = Math.min(rows, count - start);
			this.#refresh();
			for (let k = 0; k < this.#columns.length; k++) {
				const { kind } = this.#columns[k];
				this.#views[k].fill(kind === number || kind === time ? NaN : 0, 0, n);
			}
			const odd = [];
			for (let i = 0; i < n; i++)
				if (!(isSure && this.#isRead(requests, changed ? changed[start + i] : start + i, i))) odd.push(i);
			this.#instance.decide(n);
			const decided = this.#instance.bytes(this.#verdicts, n * width);
			for (const i of odd) decided.fill(0, i * width, (i + 1) * width);
			if (!changed) into.set(decided, start * width);
			else
				for (let i = 0; i < n; i++)
					into.set(decided.subarray(i * width, (i + 1) * width), changed[start + i] * width);
			for (const i of odd) left.push(changed ? changed[start + i] : start + i);
			this.#instance.settle();
		}
		// Keep no reference to parts of a request.
		this.#around = this.#lastDevice = this.#lastPage = this.#device = this.#page = this.#media = undefined;
		return left;
	}

	/**
	 * Reads a request into a row. Returns false if reading it threw, or if it is
	 * not certain what its JSON would be.
	 *
	 * @param {Request[]} requests
	 * @param {number} index
	 * @param {number} row
	 */
	#isRead(requests, index, row) {
		try {
			const request = requests[index];
			this.#device = this.#page = this.#media = undefined;
			this.#offered = 0;
			this.#times[1] = this.#times[2] = NaN;
			return (
				isPlainObject(request) &&
				this.#read(this.#request, request, row) &&
				!(this.#times[1] >= this.#times[2]) && // it expires before it is created
				this.#offer(row)
			);
		} catch (error) {
			if (this.#isTrapped) throw error;
			return false;
		}
	}

	/** Drops numbers and arrays that are no longer valid. */
	#refresh() {
		if (this.#given > most) this.#instance.forget();
		if (this.#generation !== this.#instance.generation) {
			this.#generation = this.#instance.generation;
			for (const known of [...this.#numbered, ...this.#files, this.#arounds]) known.clear();
			this.#around = undefined;
			this.#given = 0;
		}
		if (this.#days.size > kept) this.#days.clear();
		this.#look();
	}

	/** Makes the arrays anew if the memory has grown, which detaches them. */
	#look() {
		const { buffer } = this.#instance;
		if (buffer === this.#buffer) return;
		this.#buffer = buffer;
		this.#views = this.#columns.map(({ kind, at }) => new arrays[kind](buffer, at, this.#rows));
	}

	/**
	 * Reads the members of an object, in the order of its JSON.
	 *
	 * @param {Shape} shape
	 * @param {any} object
	 * @param {number} row
	 */
	#read(shape, object, row) {
		const { names, found } = shape;
		let n = 0;
		for (const name in object) {
			const value = object[name];
			if (value === undefined) continue; // JSON leaves these out
			if (names[n] !== name) {
				if (n === mostMembers) return false;
				const other = shape.other?.kind !== attribute || isAttributeName(name) ? shape.other : undefined;
				found[n] = shape.members.get(name) ?? other;
				names[n] = name;
			}
			const member = found[n++];
			if (!member || !this.#take(member, value, row)) return false;
		}
		return true;
	}

	/**
	 * Reads the value of a member; false if it is not certain to be valid.
	 *
	 * @param {Member} member
	 * @param {any} value
	 * @param {number} row
	 */
	#take(member, value, row) {
		switch (member.kind) {
			case word:
				return this.#word(member, value, row);
			case truth:
				if (typeof value !== 'boolean') return false;
				if (member.k >= 0) this.#views[member.k][row] = value ? 2 : 1;
				return true;
			case number:
				if (!isNumber(value)) return false;
				this.#views[member.k][row] = value + 0; // JSON has no -0
				return true;
			case time:
				return this.#time(member, value, row);
			case text:
				return this.#text(member, value, row);
			case list:
				return this.#list(member, value, row);
			case object:
				return isPlainObject(value) && this.#read(/** @type {Shape} */ (member.shape), value, row);
			case attribute:
				return (
					typeof value === 'boolean' ||
					isNumber(value) ||
					isText(value, 1000) ||
					this.#list(member, value, row)
				);
			default:
				return this.#hold(member.kind, value);
		}
	}

	/**
	 * Keeps a value that is processed together with others once all are read.
	 *
	 * @param {number} kind
	 * @param {any} value
	 */
	#hold(kind, value) {
		switch (kind) {
			case files:
				this.#media = value;
				return true;
			case device:
				this.#device = value;
				return true;
			case page:
				this.#page = value;
				return true;
			case fileAddress:
				this.#fileAddress = value;
				return this.#isAddress(value);
			case fileType:
				this.#fileType = value;
				return typeof value === 'string' && value !== '';
			case size:
				if (!isWholeNumber(value)) return false;
				this.#size += value;
				return true;
			case whole:
				return isWholeNumber(value);
			case length:
				return isNumber(value) && value >= 0;
			default:
				return true;
		}
	}

	/** @param {Member} member @param {any} value @param {number} row */
	#word({ words, k }, value, row) {
		for (let i = 0; i < words.length; i++) {
			if (words[i] === value) {
				this.#views[k][row] = i + 1;
				return true;
			}
		}
		return false;
	}

	/** @param {Member} member @param {any} value @param {number} row */
	#time(member, value, row) {
		if (value !== member.last) {
			const ms = this.#moment(value);
			if (ms !== ms || ms === unknownTime) return false;
			member.last = value;
			member.ms = ms;
		}
		this.#times[member.of] = member.ms;
		if (member.k >= 0) this.#views[member.k][row] = member.ms;
		return true;
	}

	/** @param {Member} member @param {any} value @param {number} row */
	#text(member, value, row) {
		const { k, check } = member;
		if (check === address) this.#offered |= member.of;
		if (k < 0 && check !== asked) return this.#isGood(member, value);
		let place = member.known.get(value);
		if (place === undefined) {
			if (!this.#isGood(member, value)) return false;
			if (k >= 0 && (place = this.#number('text', value)) === 0) return false;
			member.known.set(value, (place ??= 0));
		}
		if (k >= 0) this.#views[k][row] = place;
		return true;
	}

	/**
	 * Reads a list of texts.
	 *
	 * @param {Member} member
	 * @param {any} value
	 * @param {number} row
	 */
	#list(member, value, row) {
		if (!isPlainList(value)) return false;
		let key = '';
		for (let i = 0, { length } = value; i < length; i++) {
			const entry = value[i];
			if (!this.#isLine(entry, longText)) return false;
			if (member.k >= 0) key += `${entry}\n`;
		}
		if (member.k < 0) return true;
		let place = member.known.get(key);
		if (place === undefined) {
			place = this.#number('list', key);
			if (place === 0) return false;
			member.known.set(key, place);
		}
		this.#views[member.k][row] = place;
		return true;
	}

	/**
	 * Whether the engine is certain to accept a text. For a code, or a word whose
	 * list no column has, the engine is asked once.
	 *
	 * @param {Member} member
	 * @param {any} value
	 */
	#isGood({ path, name, check, most }, value) {
		switch (check) {
			case line:
				return this.#isLine(value, most);
			case prose:
				return this.#isLine(value, longText) || isProse(value, most);
			case address:
				return this.#isAddress(value);
			case free:
				return value !== '' && isText(value, most);
		}
		return isLine(value, longText) && this.#number('profile', JSON.stringify({ [path]: { [name]: value } })) > 0;
	}

	/** @param {any} value @param {number} most */
	#isLine(value, most) {
		const isShort = typeof value === 'string' && value.length < shortText;
		if (!isShort && this.#lines.has(value)) return true;
		if (!isLine(value, most)) return false;
		if (!isShort && value.length <= longText && this.#lines.size < kept) this.#lines.add(value);
		return true;
	}

	/** @param {any} value */
	#isAddress(value) {
		if (this.#addresses.has(value)) return true;
		if (!isAddress(value)) return false;
		if (this.#addresses.size < kept) this.#addresses.add(value);
		return true;
	}

	/**
	 * @param {string} name of the export that gives numbers
	 * @param {string} text
	 */
	#number(name, text) {
		this.#given += text.length;
		return this.#ask(name, text) >>> 0;
	}

	/**
	 * @param {string} name of the export that gives a number
	 * @param {string} text
	 */
	#ask(name, text) {
		try {
			const number = this.#instance.number(name, text);
			this.#look();
			return number;
		} catch (error) {
			this.#isTrapped = true;
			throw error;
		}
	}

	/**
	 * The milliseconds of a time. The engine reads the day, and any time in an
	 * unusual form.
	 *
	 * @param {any} text
	 * @returns {number} NaN if it is no time
	 */
	#moment(text) {
		if (typeof text !== 'string' || text.length > longText) return NaN;
		if (
			text.length === 20 &&
			text.charCodeAt(4) === 45 &&
			text.charCodeAt(7) === 45 &&
			text.charCodeAt(10) === 84 &&
			text.charCodeAt(13) === 58 &&
			text.charCodeAt(16) === 58 &&
			text.charCodeAt(19) === 90
		) {
			const day = two(text, 0) * 1e6 + two(text, 2) * 1e4 + two(text, 5) * 100 + two(text, 8);
			const hour = two(text, 11),
				minute = two(text, 14),
				second = two(text, 17);
			if (day === day && hour < 24 && minute < 60 && second < 60) {
				if (day !== this.#day) {
					let ms = this.#days.get(day);
					if (ms === undefined)
						this.#days.set(day, (ms = this.#ask('moment', `${text.slice(0, 10)}T00:00:00Z`)));
					this.#day = day;
					this.#began = ms;
				}
				return this.#began + ((hour * 60 + minute) * 60 + second) * 1000;
			}
		}
		return this.#ask('moment', text);
	}

	/**
	 * Writes the profile, which represents device, page, addresses and files, and
	 * the size of the files.
	 *
	 * @param {number} row
	 */
	#offer(row) {
		const around = (this.#around = this.#isAsBefore() ? /** @type {Around} */ (this.#around) : this.#said());
		if (!around) return false;
		this.#lastDevice = this.#device;
		this.#lastPage = this.#page;
		const media = this.#media;
		let files = this.#readsFiles && media !== undefined ? JSON.stringify(media) : '';
		const key = this.#key(media, files);
		if (key === undefined) return false;
		let profile = around.profiles.get(key);
		if (profile === undefined) {
			files ||= JSON.stringify(media) ?? 'null';
			// A key that is different each time is of no use.
			if (media !== undefined && this.#key(JSON.parse(files), files) !== key) return false;
			const members = ['url', 'imageUrl', 'embedUrl']
				.filter((_, bit) => this.#offered & (1 << bit))
				.map((name) => `"${name}":"https://a.example/"`);
			if (media !== undefined) members.push(`"media":${files}`);
			profile = this.#number(
				'profile',
				`{"content":{${members.join(',')}}${around.text === '{}' ? '}' : `,${around.text.slice(1)}`}`,
			);
			if (profile === 0) return false;
			around.profiles.set(key, profile);
		}
		if (this.#readsDevice && around.device && !this.#read(this.#deviceShape, around.device.object, row))
			return false;
		const last = this.#columns.length - 1;
		this.#views[last - 1][row] = profile;
		this.#views[last][row] = this.#size;
		return true;
	}

	/** Whether device and page are certain to have the values of the last request's. */
	#isAsBefore() {
		const around = this.#around;
		if (!around) return false;
		return (
			(this.#device === this.#lastDevice || alike(around.device, this.#device)) &&
			(this.#page === this.#lastPage || alike(around.page, this.#page))
		);
	}

	/** The values of device and page; undefined if they are long. @returns {Around | undefined} */
	#said() {
		const text = JSON.stringify({ device: this.#device, page: this.#page });
		if (text.length > mostAround) return undefined;
		let around = this.#arounds.get(text);
		if (!around) {
			const { device, page } = JSON.parse(text);
			this.#arounds.set(text, (around = { text, device: said(device), page: said(page), profiles: new Map() }));
		}
		return around;
	}

	/**
	 * A key for the addresses and files of a request, except for the files' sizes,
	 * which are added up.
	 *
	 * @param {any} media
	 * @param {string} files  as JSON, if the ruleset reads facts of single files
	 * @returns {number | string | undefined} undefined if it is not certain what the files are
	 */
	#key(media, files) {
		this.#size = 0;
		if (media === undefined) return this.#offered;
		if (!isPlainList(media) || media.length > mostMembers) return undefined;
		const { length } = media;
		let key = '';
		for (let i = 0; i < length; i++) {
			const file = this.#file(media[i]);
			if (file === undefined) return undefined;
			if (length === 1 && !this.#readsFiles) return this.#offered + 16 + 8 * file;
			key += ` ${file}`;
		}
		return this.#readsFiles ? `${this.#offered} ${files}` : length === 0 ? this.#offered + 8 : this.#offered + key;
	}

	/**
	 * A number for the properties of a file, except its size; undefined if they are
	 * not certain.
	 *
	 * @param {any} file
	 */
	#file(file) {
		this.#fileAddress = this.#fileType = '';
		if (!isPlainObject(file) || !this.#read(this.#fileShape, file, 0)) return undefined;
		const address = this.#fileAddress,
			type = this.#fileType;
		const numbers = this.#files[type === '' ? 2 : address === '' ? 0 : 1];
		// The end of an address tells what a type may leave open.
		const name = type === '' ? address : type + (/\.\w+(?=[?#]|$)/.exec(address)?.[0] ?? '');
		let number = numbers.get(name);
		if (number === undefined) numbers.set(name, (number = 3 * numbers.size + this.#files.indexOf(numbers)));
		return number;
	}
}

/** @param {any} value */
function isWholeNumber(value) {
	return Number.isSafeInteger(value) && value >= 0;
}

/** @param {any} value  from JSON @returns {Said | undefined} */
function said(value) {
	if (value === undefined) return undefined;
	// A value that is not an object equals nothing; the engine refuses it.
	return isPlainObject(value)
		? { object: value, names: Object.keys(value), values: Object.values(value) }
		: { object: {}, names: [undefined], values: [] };
}

/**
 * Whether an object is certain to have the values that were read from another.
 *
 * @param {Said | undefined} said
 * @param {any} object
 */
function alike(said, object) {
	if (said === undefined || object === undefined) return said === object;
	if (!isPlainObject(object)) return false;
	const { names, values } = said;
	let n = 0;
	for (const name in object) {
		const value = object[name];
		if (value === undefined) continue;
		if (names[n] !== name || values[n] !== value) return false;
		n++;
	}
	return n === names.length;
}

/** @param {string} text @param {number} at */
function two(text, at) {
	const tens = text.charCodeAt(at) - 48,
		ones = text.charCodeAt(at + 1) - 48;
	return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : NaN;
}
