const firstPauseMs = 5000;
const factor = 3;
/** Shorter than the period of the alarm `RefusedEvents`, which so sees an attempt in each. */
const maxPauseMs = 15 * 60_000;
/** A receiver may ask for a longer pause, but not for so long that the queue would lose the event. */
const maxAskedMs = 60 * 60_000;

/** How long to wait after so many attempts: three times as long each time, with jitter; at least as long as asked for. */
export function pauseAfter(
  attempts: number,
  askedMs: number | undefined,
  random: () => number,
): number {
  const usual = Math.min(firstPauseMs * factor ** (attempts - 1), maxPauseMs);
  const jittered = usual * (0.8 + 0.2 * random());
  return Math.round(Math.max(jittered, Math.min(askedMs ?? 0, maxAskedMs)));
}
