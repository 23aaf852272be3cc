/**
 * How long a test waits for what it needs, in milliseconds, before it fails.
 * It is the only such bound: long enough for a machine that is busy with much
 * else, and nothing waits so long where all is well.
 *
 * @module
 */
export const patience = 180_000;
