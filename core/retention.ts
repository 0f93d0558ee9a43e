import { dayMs, dayOf } from './day.ts';

const stepsKept = 30;
/** DynamoDB may delete what a step holds this many steps after it is hidden, and not before. */
const stepsOfSlack = 2;

/**
 * Messages expire in steps, so that one number per step tells which are gone: whole days, or more
 * than one day where retention is longer than thirty.
 */
const stepDays = (retentionDays: number): number => Math.ceil(retentionDays / stepsKept);

export const stepMs = (retentionDays: number): number => stepDays(retentionDays) * dayMs;

/**
 * The step that a time falls in, by its first day. Being a day, it means the same under another
 * `retentionDays`.
 */
export function stepOf(at: number, retentionDays: number): number {
  const day = dayOf(at);
  return day - (day % stepDays(retentionDays));
}

/** A step is kept while any moment of it is within retention. */
export const oldestKeptStep = (now: number, retentionDays: number): number =>
  stepOf(now - retentionDays * dayMs, retentionDays);

/** The last expired seq: no message up to it is shown any more. 0 while none has expired. */
export function retentionFloor(
  steps: Readonly<Record<string, number>>,
  lastSeq: number,
  now: number,
  retentionDays: number,
): number {
  const oldest = oldestKeptStep(now, retentionDays);
  let floor = lastSeq;
  for (const [step, seqBefore] of Object.entries(steps)) {
    if (Number(step) >= oldest) floor = Math.min(floor, seqBefore);
  }
  return floor;
}

/** Steps that are hidden and may have been deleted: nobody asks where they began any more. */
export function expiredSteps(
  steps: Readonly<Record<string, number>>,
  now: number,
  retentionDays: number,
): string[] {
  const oldest = oldestKeptStep(now, retentionDays) - stepsOfSlack * stepDays(retentionDays);
  return Object.keys(steps).filter((step) => Number(step) < oldest);
}

/** Epoch seconds after which DynamoDB may delete what was written `at`: never before it expires. */
export const expiryOf = (at: number, retentionDays: number): number =>
  Math.ceil((at + retentionDays * dayMs + stepsOfSlack * stepMs(retentionDays)) / 1000);

/** First days of the steps that are hidden and still there: all of the newest, what is left of the other. */
export function hiddenSteps(now: number, retentionDays: number): number[] {
  const oldest = oldestKeptStep(now, retentionDays);
  return Array.from({ length: stepsOfSlack }, (_, i) => oldest - (i + 1) * stepDays(retentionDays));
}

export const daysOfStep = (step: number, retentionDays: number): number[] =>
  Array.from({ length: stepDays(retentionDays) }, (_, i) => step + i);

/** The messages of one step: which seqs they have, and the time that is theirs, its end left out. */
export interface StepOfMessages {
  step: number;
  fromSeq: number;
  toSeq: number;
  startMs: number;
  endMs: number;
}

/** The steps of a group that hold messages, oldest first. */
export function stepsOfMessages(
  steps: Readonly<Record<string, number>>,
  lastSeq: number,
  retentionDays: number,
): StepOfMessages[] {
  const sorted = Object.entries(steps)
    .map(([step, seqBefore]) => ({ step: Number(step), seqBefore }))
    .sort((a, b) => a.step - b.step);
  return sorted
    .map(({ step, seqBefore }, i) => ({
      step,
      fromSeq: seqBefore + 1,
      toSeq: sorted[i + 1]?.seqBefore ?? lastSeq,
      startMs: step * dayMs,
      endMs: step * dayMs + stepMs(retentionDays),
    }))
    .filter(({ fromSeq, toSeq }) => fromSeq <= toSeq);
}

/**
 * The time a message counts for. A send that a crash cut short may be finished a day later: its
 * message stays with the step its seq was taken in, as its expiry does.
 */
export const countedAt = (createdAt: number, { startMs, endMs }: StepOfMessages): number =>
  Math.min(Math.max(createdAt, startMs), endMs - 1);
