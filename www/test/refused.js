/**
 * What an engine refuses, for tests of it.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { EngineError } from '../dist/engine.js';

/**
 * Gives the error that an act ends with, which has to be one of the engine's.
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
