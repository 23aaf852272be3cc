/**
 * Rollouts decided by an OpenFeature provider instead of a percentage in the
 * ruleset. The ruleset declares a boolean fact and names it in the rollout:
 *
 *     "facts":    { "viewer.attributes.first": { "type": "boolean" } },
 *     "rollouts": { "stories-to-meta": { "fact": "viewer.attributes.first" } }
 *
 * and the page sets it from a client of `@openfeature/web-sdk`, which the page
 * has to load itself:
 *
 *     watchFlags(client, { first: 'stories-to-meta' }, (attributes) => {
 *       sheet.viewer = { ...viewer, attributes };
 *     });
 *
 * @module
 */

/**
 * The part of a client of `@openfeature/web-sdk` that is used.
 *
 * @typedef {object} FlagClient
 * @property {(key: string, otherwise: boolean) => { value: boolean, errorCode?: string }} getBooleanDetails
 * @property {(event: any, handler: () => void) => void} addHandler
 * @property {(event: any, handler: () => void) => void} removeHandler
 */

/**
 * The provider events of OpenFeature after which values may have changed
 * (specification, section 5, read 2026-11-24).
 */
const events = [
	'PROVIDER_READY',
	'PROVIDER_CONFIGURATION_CHANGED',
	'PROVIDER_CONTEXT_CHANGED',
	'PROVIDER_STALE',
	'PROVIDER_ERROR',
];

/**
 * Reads every flag once.
 *
 * @template {string} A
 * @param {FlagClient} client
 * @param {Record<A, string>} flags  the key of a flag for every attribute of the viewer
 * @returns {Partial<Record<A, boolean>>} an attribute whose flag has no value
 *   (not found, not a boolean, the provider not ready) is left out: it is unknown, and includes nobody
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
 * Calls back with the values now, and again whenever one of them has changed.
 *
 * @template {string} A
 * @param {FlagClient} client
 * @param {Record<A, string>} flags  see {@link readFlags}
 * @param {(attributes: Partial<Record<A, boolean>>) => void} changed
 * @param {{ signal?: AbortSignal }} [options]  signal: stops watching
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
