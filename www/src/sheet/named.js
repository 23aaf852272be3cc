/**
 * Errors of files.
 *
 * @module
 */

/** An error that says which file it is about. @param {any} error @param {string} url */
export const named = (error, url) => Object.assign(error, { message: `${error.message} (${url})` });
