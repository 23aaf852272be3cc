/**
 * Rollouts by the flags that a page already has: whoever outgrows percentages
 * in a ruleset lets an OpenFeature provider answer. The ruleset declares a
 * boolean fact and names it in the rollout:
 *
 *     "facts":    { "viewer.attributes.first": { "type": "boolean" } },
 *     "rollouts": { "stories-to-meta": { "fact": "viewer.attributes.first" } }
 *
 * and the page fills it from a client of `@openfeature/web-sdk`, which it
 * brings itself:
 *
 *     watchFlags(client, { first: 'stories-to-meta' }, (attributes) => {
 *       sheet.viewer = { ...viewer, attributes };
 *     });
 *
 * @module
 */

/**
 * What is used of a client; the one of `@openfeature/web-sdk` has it.
 *
 * @typedef {object} FlagClient
 * @property {(key: string, otherwise: boolean) => { value: boolean, errorCode?: string }} getBooleanDetails
 * @property {(event: any, handler: () => void) => void} addHandler
 * @property {(event: any, handler: () => void) => void} removeHandler
 */

/**
 * What makes answers differ from before: OpenFeature's events of a provider,
 * by the names that stand in its specification (section 5, read 2026-11-24).
 */
const events = [
	'PROVIDER_READY',
	'PROVIDER_CONFIGURATION_CHANGED',
	'PROVIDER_CONTEXT_CHANGED',
	'PROVIDER_STALE',
	'PROVIDER_ERROR',
];

/**
 * Asks for every flag once.
 *
 * @template {string} A
 * @param {FlagClient} client
 * @param {Record<A, string>} flags  the key of a flag for every attribute of the viewer
 * @returns {Partial<Record<A, boolean>>} an attribute whose flag has no answer
 *   (not found, not a boolean, the provider not ready) is left out: it is unknown, and nobody is let in for it
 */
export function readFlags(client, flags) {
	/** @type {Partial<Record<A, boolean>>} */
	const attributes = {};
	for (const attribute of /** @type {A[]} */ (Object.keys(flags))) {
		const { value, errorCode } = client.getBooleanDetails(flags[attribute], false);
		if (errorCode === undefined && typeof value === 'boolean') attributes[attribute] = value;
	}
	return attributes;
}

/**
 * Tells the answers now, and again whenever one of them has changed.
 *
 * @template {string} A
 * @param {FlagClient} client
 * @param {Record<A, string>} flags  see {@link readFlags}
 * @param {(attributes: Partial<Record<A, boolean>>) => void} changed
 * @param {{ signal?: AbortSignal }} [options]  ends it
 */
export function watchFlags(client, flags, changed, { signal } = Object.create(null)) {
	if (signal?.aborted) return;
	let told = '';
	const tell = () => {
		const attributes = readFlags(client, flags);
		const text = JSON.stringify(attributes);
		if (text === told) return;
		told = text;
		changed(attributes);
	};
	for (const event of events) client.addHandler(event, tell);
	signal?.addEventListener(
		'abort',
		() => {
			for (const event of events) client.removeHandler(event, tell);
		},
		{ once: true },
	);
	tell();
}
