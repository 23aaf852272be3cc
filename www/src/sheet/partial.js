/**
 * A request of which the engine refuses a part.
 *
 * @module
 */

/** @typedef {import('../shapes.d.ts').Request} Request */

/** What has members that a rule may read one by one. */
const deep = /^\/(content|viewer)\/attributes\//;

/** So often the engine is asked again; a text that is broken hides what is wrong after it. */
const most = 8;

/**
 * Decides without the members that the engine refuses: they are unknown then,
 * and what is unknown never adds a permit.
 *
 * @template T
 * @param {any} refusal  of the request
 * @param {Request} request
 * @param {(request: Request) => T} decide
 * @returns {T & { error: any }} with the refusal
 * @throws the refusal, where that is no way out
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
 * A request without the members that were refused. Of a list, or of texts by
 * target, nothing is kept, since a shorter one would say something else.
 *
 * @param {any} error
 * @param {Request} request
 * @returns {Request | undefined}
 */
export function without({ code, problems = [] }, request) {
	// What the reader has written is not passed over.
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
