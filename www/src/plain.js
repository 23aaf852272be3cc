/**
 * Recognises values that are certain to mean the same here as in the JSON that
 * the engine reads. Each function returns false if it is not certain; the value is
 * then left to the engine.
 *
 * @module
 */

const { toString } = Object.prototype;

/** The most entries of a list. */
const most = 1000;

/** Characters not allowed in a line, in several lines, and in any text: control characters and lone surrogates. */
const notInLine = /[\p{Cc}\p{Cs}]/u;
const notInProse = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;
const notInText = /\p{Cs}/u;

/** ASCII addresses as the URL standard serialises them: with a path, and without dot segments. */
const address =
	/^https?:\/\/(?!xn--)(?:[a-z\d-]+\.(?!xn--))+[a-z][a-z\d-]*(?:\/(?!\.|%2[Ee])[\w!$%&()*+,:;=@~.-]*)+(?:[?#][\w!$%&()*+,./:;=?@~-]*)?$/;

/** The longest address; longer ones are too long for some targets. */
const longest = 1200;

/** Names that the engine accepts for attributes, and that JSON writes as they are. */
const attributeName = /^(?!rawJSON$)[\w.-]{1,64}$/;

/**
 * Whether JSON writes an object by its own enumerable members, without a method
 * that replaces it. Wrapped primitive values and instances of classes have another
 * prototype or a tag.
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
 * Whether no script has added a method or a member to the prototypes of plain
 * objects and lists, which would change their JSON.
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

/** A text that may be empty and may have several lines. @param {any} value @param {number} most */
export function isProse(value, most) {
	return typeof value === 'string' && value.length <= most && (isUsual(value) || !notInProse.test(value));
}

/** Any text without lone surrogates. @param {any} value @param {number} most */
export function isText(value, most) {
	return typeof value === 'string' && value.length <= most && (isUsual(value) || !notInText.test(value));
}

/**
 * Whether a short text has only common characters. For few of them, a loop is
 * faster than a regular expression.
 *
 * @param {string} text
 */
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

/** A number that JSON can represent and the engine accepts. @param {any} value */
export function isNumber(value) {
	return typeof value === 'number' && Math.abs(value) < 2 ** 53;
}
