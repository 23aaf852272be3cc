/**
 * What stays on this device between visits. Nothing of it is sent anywhere.
 *
 * The text with its history of undo goes into IndexedDB, since it may be
 * larger than localStorage takes; what has to be known before anything is
 * drawn stays in localStorage. A browser that keeps nothing, as in a private
 * window, leaves a page that works until it is closed.
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
 * @returns {Promise<any>} undefined where there is nothing, or nothing can be kept
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
		// Nothing can be kept here; the page goes on without.
	}
}

/**
 * A setting that has to be known at once.
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
