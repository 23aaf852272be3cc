/**
 * Stores what stays on this device between visits. Nothing of it is sent.
 *
 * The text and its undo history are in IndexedDB, since they may exceed the
 * quota of localStorage. Settings are in localStorage, since they are needed
 * before the first paint. If the browser stores nothing, as in a private
 * window, the page works all the same until it is closed.
 *
 * @module
 */

/** @type {Promise<IDBDatabase> | undefined} */
let opening;

function open() {
	return (opening ??= new Promise((resolve, reject) => {
		const request = indexedDB.open('sharewise-inspector', 1);
		request.onupgradeneeded = () => request.result.createObjectStore('kept');
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	}));
}

/**
 * @param {string} name
 * @returns {Promise<any>} undefined if nothing is or can be stored
 */
export async function recall(name) {
	try {
		const store = (await open()).transaction('kept').objectStore('kept');
		return await new Promise((resolve, reject) => {
			const request = store.get(name);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	} catch {
		return undefined;
	}
}

/**
 * @param {string} name
 * @param {any} value
 */
export async function keep(name, value) {
	try {
		const transaction = (await open()).transaction('kept', 'readwrite');
		transaction.objectStore('kept').put(value, name);
		await new Promise((resolve, reject) => {
			transaction.oncomplete = resolve;
			transaction.onabort = () => reject(transaction.error);
		});
	} catch {
		// The browser stores nothing; the page works without it.
	}
}

/**
 * Reads a setting, synchronously.
 *
 * @param {string} name
 * @param {string} fallback
 */
export function setting(name, fallback) {
	try {
		return localStorage.getItem(`sharewise-inspector.${name}`) ?? fallback;
	} catch {
		return fallback;
	}
}

/**
 * @param {string} name
 * @param {string} value
 */
export function set(name, value) {
	try {
		localStorage.setItem(`sharewise-inspector.${name}`, value);
	} catch {
		// As above.
	}
}
