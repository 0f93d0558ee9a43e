import type { Rate } from '@seenby/core/rate-limit.ts';

/**
 * How often a user may ask for something. Routes that name the same budget share it.
 *
 * `sandbox`: kept in the memory of a Lambda sandbox, which costs nothing. A user has one in each
 * sandbox that their calls reach, so it is for calls that cost little more than their own frame.
 * `stored`: kept in the table as well, at one write unit a call, and so the same everywhere. It is
 * for calls that reach many people, write many rows or read more than a write unit is worth.
 */
export interface Budget {
  name: string;
  rate: Rate;
  kept: 'sandbox' | 'stored';
}

const perMinute = (count: number): number => 60_000 / count;
const perHour = (count: number): number => 3_600_000 / count;

const budget = (name: string, kept: Budget['kept'], burst: number, everyMs: number): Budget => ({
  name,
  kept,
  rate: { burst, everyMs },
});

/** Real clients need a fraction of this. docs/protocol.md lists them under "Budgets". */
export const budgets = {
  /** Sends and marks: what they change has a limit of its own, in the member's row. */
  actions: budget('actions', 'sandbox', 600, perMinute(600)),
  /** A message that was sent before is pushed again, to everybody in the group; or a mark that was made before. */
  repeatedPushes: budget('repeats', 'sandbox', 10, perMinute(10)),
  /** Any frame that nothing can be made of. */
  unreadable: budget('unreadable', 'sandbox', 300, perMinute(60)),
  ping: budget('ping', 'sandbox', 60, perMinute(60)),
  typing: budget('typing', 'sandbox', 60, perMinute(60)),
  /** Each is pushed to everybody who has the group open. */
  typingInGroup: budget('typing', 'stored', 1, 3000),
  connect: budget('connect', 'stored', 120, perMinute(20)),
  /** Two rows for each group of the user. */
  hello: budget('hello', 'stored', 120, perMinute(20)),
  /** Counted in groups: two rows each. */
  status: budget('status', 'stored', 500, perMinute(200)),
  /** Counted in groups: a row each, and the version of all members' rows. */
  subscribe: budget('subscribe', 'stored', 500, perMinute(200)),
  unsubscribe: budget('unsubscribe', 'sandbox', 200, perMinute(120)),
  /** Counted in messages to look through. */
  unread: budget('unread', 'stored', 20_000, perMinute(2000)),
  /** A few rows by key. */
  lookUps: budget('lookUps', 'sandbox', 300, perMinute(300)),
  /** All members' rows of a group, or a page of messages with their counts. */
  counts: budget('counts', 'stored', 300, perMinute(120)),
  /** All groups of the user. */
  overviews: budget('overviews', 'stored', 60, perMinute(20)),
  /** Days of a group, or of all groups of the user. */
  statistics: budget('statistics', 'stored', 60, perMinute(20)),
  /** Each is pushed to all members. */
  administration: budget('administration', 'stored', 120, perMinute(6)),
  /** All direct chats of the user are read, and everybody who has one of them open is told. */
  settings: budget('settings', 'stored', 30, perMinute(6)),
  recalls: budget('recalls', 'stored', 120, perMinute(30)),
  reminders: budget('reminders', 'stored', 30, perMinute(6)),
  groups: budget('groups', 'stored', 300, perHour(60)),
  /** Counted in users put into a group. */
  additions: budget('additions', 'stored', 20_000, perHour(2000)),
  /** All that backends do. It keeps one that runs wild from taking all that the stack may do. */
  services: budget('services', 'sandbox', 6000, perMinute(6000)),
  /** For each user whom somebody puts into groups: nobody else's list is filled without end. */
  additionsOfOne: budget('additionsOf', 'stored', 300, perHour(20)),
} satisfies Record<string, Budget>;
