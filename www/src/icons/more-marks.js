/**
 * Marks of the networks that the default ruleset does not name.
 *
 * @module
 */
export { default as brands } from 'brands/rest';
export { marks } from './marks.js';
