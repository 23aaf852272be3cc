/**
 * Decides requests of which the engine refuses a part.
 *
 * @module
 */

/** @typedef {import('../shapes.d.ts').Request} Request */

/** The paths of single attributes, which are left out one by one. */
const deep = /^\/(content|viewer)\/attributes\//;

/** The most attempts: each refusal lists the problems only up to a text that cannot be read. */
const most = 8;

/**
 * Decides without the members that the engine refuses. They are unknown then, and an
 * unknown fact never adds a permit.
 *
 * @template T
 * @param {any} refusal  the error for the whole request
 * @param {Request} request
 * @param {(request: Request) => T} decide
 * @returns {T & { error: any }} with the refusal
 * @throws the refusal, if leaving members out does not help
 */
export function partial(refusal, request, decide) {
	/** @type {Request | undefined} */
	let left = request;
	let error = refusal;
	for (let n = 0; n < most && (left = without(error, left)); n++) {
		try {
			return { ...decide(left), error: refusal };
		} catch (more) {
			error = more;
		}
	}
	throw refusal;
}

/**
 * Returns a request without its refused members. A list or a set of texts is removed as a
 * whole if a part of it is refused, since the rest would mean something else.
 *
 * @param {any} error
 * @param {Request} request
 * @returns {Request | undefined} undefined if the problems are no such members
 */
export function without({ code, problems = [] }, request) {
	// The reader's own text is never dropped.
	const isWritten = (/** @type {{ path: string }} */ { path }) => !path || path.startsWith('/page/text');
	if (code !== 'request' || problems.some(isWritten)) return undefined;
	const left = JSON.parse(JSON.stringify(request));
	for (const { path } of problems) {
		const names = path
			.slice(1)
			.split('/', deep.test(path) ? 3 : 2)
			.map((/** @type {string} */ name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
		const last = names.pop();
		/** @type {any} */
		let at = left;
		for (const name of names) at = at && Object.hasOwn(at, name) ? at[name] : undefined;
		if (at) delete at[last];
	}
	return left;
}
