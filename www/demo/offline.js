/**
 * Stores the page for offline use when the visitor asks for it, and removes all
 * that is stored when they no longer want it.
 *
 * @module
 */

/** Whether the browser can store the page. */
export const canKeep = 'serviceWorker' in navigator && 'caches' in globalThis;

const script = new URL('worker.js', import.meta.url).href;
const scope = new URL('./', import.meta.url).href;
/** The prefix of the names of the worker's caches. */
const prefix = 'lamha-';

export async function isKept() {
	return Boolean(await navigator.serviceWorker.getRegistration(scope));
}

/** Stores the page and its sheet on the device; resolves when all is stored. */
export async function keep() {
	const { serviceWorker } = navigator;
	const { trustedTypes } = /** @type {any} */ (globalThis);
	// The policy returns this one address whatever its argument.
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
	// Media loaded before the worker was active have to be requested once more.
	const seen = performance
		.getEntriesByType('resource')
		.map(({ name }) => name)
		.filter((name) => name.startsWith(`${scope}media/`));
	const [cache] = (await caches.keys()).filter((name) => name.startsWith(prefix));
	await Promise.allSettled([...new Set(seen)].map(async (name) => (await caches.open(cache)).add(name)));
}

/** Removes all that is stored. */
export async function forget() {
	await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
	for (const name of await caches.keys()) {
		if (name.startsWith(prefix)) await caches.delete(name);
	}
}
