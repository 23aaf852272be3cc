/**
 * What a decision takes, loaded when somebody reaches for the sheet.
 *
 * @module
 */
export { detectDevice } from '../device.js';
export { startEngine } from '../engine.js';
export { recent } from '../recent.js';
export { decideWithServers } from './servers.js';
