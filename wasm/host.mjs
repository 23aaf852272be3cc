/**
 * Gives Go's tests in Node what a page gives the engine: the reader of hosts
 * (share/internal/address). "make test" imports it by NODE_OPTIONS.
 */
import { Host } from '../www/src/gojs.js';

Object.assign(globalThis, { Host });
