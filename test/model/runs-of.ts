import type { Runs } from './compare-with-naive-chat.ts';

const { FAST_CHECK_SEED, FAST_CHECK_PATH, FAST_CHECK_REPLAY_PATH, SEENBY_MODEL_RUNS } = process.env;
/** Several times what a run takes on a machine with nothing else to do. */
const msPerRun = 4000;

/** One run is played again: the first of the two files does that. */
export const isReplay = FAST_CHECK_PATH !== undefined;

/**
 * The runs of one of the two files that share them. `SEENBY_MODEL_RUNS` makes more, and
 * `FAST_CHECK_SEED` others; with it `FAST_CHECK_PATH` and `FAST_CHECK_REPLAY_PATH`, all three as
 * a failure prints them, play one run again.
 */
export function halfOfTheRuns(file: 0 | 1): Runs {
  const numRuns = Math.ceil(Number(SEENBY_MODEL_RUNS ?? 300) / 2);
  return {
    seed: Number(FAST_CHECK_SEED ?? 20_260_115) + file,
    numRuns,
    path: FAST_CHECK_PATH,
    replayPath: FAST_CHECK_REPLAY_PATH,
    timeLimitMs: numRuns * msPerRun + 60_000,
  };
}
