/**
 * Gives Go's tests in Node what a page gives the engine: the reader of hosts
 * (share/internal/address) and the composer of texts (share/internal/letters).
 * "make test" imports it by NODE_OPTIONS.
 */
import { constructors } from '../www/src/gojs.js';

Object.assign(globalThis, constructors);
