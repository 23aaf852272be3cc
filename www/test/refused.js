/**
 * Catches the errors of an engine, for tests.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { EngineError } from '../dist/engine.js';

/**
 * Returns the error that a function throws, which must be an EngineError.
 *
 * @param {() => unknown} act
 * @returns {EngineError}
 */
export function refused(act) {
	try {
		act();
	} catch (error) {
		assert.ok(error instanceof EngineError, String(error));
		return error;
	}
	assert.fail('nothing was thrown');
}
