/**
 * Whether the page works offline: off until the visitor wants it, and gone
 * without a trace when they don't any more.
 *
 * @module
 */

/** Whether the browser can, on this page. */
export const canKeep = 'serviceWorker' in navigator && 'caches' in globalThis;

const script = new URL('worker.js', import.meta.url).href;
const scope = new URL('./', import.meta.url).href;
/** Of the names of the worker's caches. */
const prefix = 'lamha-';

export async function isKept() {
	return Boolean(await navigator.serviceWorker.getRegistration(scope));
}

/** Keeps the page and its sheet on the device; settled when all is there. */
export async function keep() {
	const { serviceWorker } = navigator;
	const { trustedTypes } = /** @type {any} */ (globalThis);
	// The policy answers with one address, whatever it is asked for.
	const registration = await serviceWorker.register(
		trustedTypes
			? trustedTypes.createPolicy('lamha-worker', { createScriptURL: () => script }).createScriptURL('')
			: script,
		{ scope },
	);
	const worker = registration.installing ?? registration.waiting ?? registration.active;
	await new Promise((resolve, reject) => {
		const look = () => {
			if (worker?.state === 'activated') resolve(undefined);
			if (worker?.state === 'redundant') reject(new Error('the worker could not keep the page'));
		};
		worker?.addEventListener('statechange', look);
		look();
	});
	// What was seen before it was there has to be asked for once more.
	const seen = performance
		.getEntriesByType('resource')
		.map(({ name }) => name)
		.filter((name) => name.startsWith(`${scope}media/`));
	const [cache] = (await caches.keys()).filter((name) => name.startsWith(prefix));
	await Promise.allSettled([...new Set(seen)].map(async (name) => (await caches.open(cache)).add(name)));
}

/** Removes all that is kept. */
export async function forget() {
	await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
	for (const name of await caches.keys()) {
		if (name.startsWith(prefix)) await caches.delete(name);
	}
}
