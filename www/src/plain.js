/**
 * What is surely read the same here and from JSON by the engine. Each of these
 * says no where it is not sure; what is then meant is for the engine to say.
 *
 * @module
 */

const { toString } = Object.prototype;

/** Entries of a list. */
const most = 1000;

/** What no line has, what no text of lines has, and what no text has at all: control characters, and halves of characters. */
const notInLine = /[\p{Cc}\p{Cs}]/u;
const notInProse = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;
const notInText = /\p{Cs}/u;

/** In ASCII and in the form that the URL standard writes: with a path, and without segments that it would take out. */
const address =
	/^https?:\/\/(?!xn--)(?:[a-z\d-]+\.(?!xn--))+[a-z][a-z\d-]*(?:\/(?!\.|%2[Ee])[\w!$%&()*+,:;=@~.-]*)+(?:[?#][\w!$%&()*+,./:;=?@~-]*)?$/;

/** Of an address; a longer one is too long for some targets. */
const longest = 1200;

/** Names that the engine takes for attributes, whatever they say, and that JSON writes as they are. */
const attributeName = /^(?!rawJSON$)[\w.-]{1,64}$/;

/**
 * An object that JSON writes as one: its own enumerable members, and no method
 * that would say something else. Objects of wrapped values and of classes have
 * another prototype, or tell by their tag.
 *
 * @param {any} value
 */
export function isPlainObject(value) {
	if (typeof value !== 'object' || value === null || value.toJSON !== undefined) return false;
	const prototype = Object.getPrototypeOf(value);
	return (prototype === Object.prototype || prototype === null) && toString.call(value) === '[object Object]';
}

/** @param {any} value */
export function isPlainList(value) {
	return value?.toJSON === undefined && Array.isArray(value) && value.length <= most;
}

/**
 * Whether JSON says of all plain objects and lists what they say themselves:
 * no script has put a method or a member on their prototypes.
 */
export function isUnpolluted() {
	return (
		Object.keys(Object.prototype).length === 0 && !('toJSON' in Object.prototype) && !('toJSON' in Array.prototype)
	);
}

/**
 * A text of one line: not empty and without control characters.
 *
 * @param {any} value
 * @param {number} most  length
 */
export function isLine(value, most) {
	return (
		typeof value === 'string' &&
		value.length > 0 &&
		value.length <= most &&
		(isUsual(value) || !notInLine.test(value))
	);
}

/** A text that may be empty and may have lines. @param {any} value @param {number} most */
export function isProse(value, most) {
	return typeof value === 'string' && value.length <= most && (isUsual(value) || !notInProse.test(value));
}

/** Any text of whole characters. @param {any} value @param {number} most */
export function isText(value, most) {
	return typeof value === 'string' && value.length <= most && (isUsual(value) || !notInText.test(value));
}

/** Whether a short text has nothing but usual characters: to begin an expression costs more than to look at so few. @param {string} text */
function isUsual(text) {
	const { length } = text;
	if (length > 40) return false;
	for (let i = 0; i < length; i++) {
		const c = text.charCodeAt(i);
		if (c < 0x20 || (c > 0x7e && (c < 0xa0 || (c >= 0xd800 && c < 0xe000)))) return false;
	}
	return true;
}

/** @param {any} value */
export function isAddress(value) {
	return typeof value === 'string' && value.length <= longest && address.test(value);
}

/** @param {string} name */
export function isAttributeName(name) {
	return attributeName.test(name);
}

/** A number that JSON writes and the engine takes. @param {any} value */
export function isNumber(value) {
	return typeof value === 'number' && Math.abs(value) < 2 ** 53;
}
