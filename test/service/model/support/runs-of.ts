import { usually } from '../../../support/nightly.ts';
import type { Runs } from '../compare-with-reference-chat.ts';

const { FAST_CHECK_SEED, FAST_CHECK_PATH, FAST_CHECK_REPLAY_PATH, SEENBY_MODEL_RUNS } = process.env;
/** Several times what a run takes on a machine with nothing else to do. */
const msPerRun = 8000;

/**
 * Four stories are told at a time, two in each of two files: one alone has its process and the
 * database wait for each other.
 */
const parts = 4;

/** One run is played again: the first part does that. */
export const isReplay = FAST_CHECK_PATH !== undefined;

/**
 * The runs of one of the four parts. `SEENBY_MODEL_RUNS` makes more, and `FAST_CHECK_SEED` others;
 * with it `FAST_CHECK_PATH` and `FAST_CHECK_REPLAY_PATH`, all three as a failure prints them, play
 * one run again.
 */
export function runsOf(part: 0 | 1 | 2 | 3): Runs {
  const numRuns = Math.ceil(Number(SEENBY_MODEL_RUNS ?? usually(32, { nightly: 1000 })) / parts);
  return {
    seed: Number(FAST_CHECK_SEED ?? 20_260_115) + part,
    numRuns,
    path: FAST_CHECK_PATH,
    replayPath: FAST_CHECK_REPLAY_PATH,
    timeLimitMs: numRuns * msPerRun + 60_000,
  };
}
