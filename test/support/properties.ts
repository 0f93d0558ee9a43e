import fc from 'fast-check';

/**
 * Every run checks the same cases, so that a failure is never a matter of luck. FAST_CHECK_SEED and
 * FAST_CHECK_RUNS look elsewhere and longer; a failing property prints its seed and smallest case.
 * FAST_CHECK_SHRINK=false leaves the smallest case out, for whoever only asks whether it fails.
 */
fc.configureGlobal({
  seed: Number(process.env.FAST_CHECK_SEED ?? 20260101),
  numRuns: Number(process.env.FAST_CHECK_RUNS ?? 100),
  endOnFailure: process.env.FAST_CHECK_SHRINK === 'false',
});

export { fc };
