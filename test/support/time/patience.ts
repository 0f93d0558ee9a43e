/**
 * How long a test waits for something that has to come. It ends a test that hangs and measures
 * nothing: a busy machine is slow, and no reason to fail.
 */
export const patienceMs = 120_000;
