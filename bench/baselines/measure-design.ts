import { chunks } from '@seenby/core/chunks.ts';
import pMap from 'p-map';
import { meterUnits, type Units } from '../../test/support/service/meter-units.ts';
import { userIdsOf } from '../support/user-ids.ts';
import type { Design, Place } from './all-designs.ts';
import type { GroupStore, Mark } from './design.ts';
import { storedBytes } from './stored-bytes.ts';

export interface Scenario {
  members: number;
  /** Sent one after the other, then read by each member in one mark. */
  messages: number;
  /** Whether each member acknowledges the delivery first, of all messages in one mark. */
  isDelivered: boolean;
  /** From the mark of one member to that of the next one. */
  secondsBetweenReads: number;
}

interface Used {
  write: number;
  read: number;
}

/** Capacity units, of all members together; of the questions, of one call. */
export interface DesignFigures {
  design: string;
  send: Used;
  deliver: Used;
  read: Used;
  count: Used;
  list: Used;
  unread: Used;
  /** Added by the messages and all their receipts. */
  storedBytes: number;
  /** Of the marks: in, confirmed, and told to others. Undefined where the design has no such number. */
  frames: number | undefined;
}

const content = 'Lunch at noon? The new place at the corner has opened.';
const startMs = Date.UTC(2026, 0, 15, 9);
/** What `recorder` gathers: so long, and so many changes. */
const batchWindowMs = 120_000;
const maxBatch = 1000;
/** Marks that are under way at a time. */
const concurrency = 20;

/** Plays a scenario in a place of its own and adds up what it takes. */
export async function measureDesign(
  design: Design,
  place: Place,
  scenario: Scenario,
): Promise<DesignFigures> {
  const { members, messages, isDelivered, secondsBetweenReads } = scenario;
  const group = design.open(place, 'team-of-500x');
  const [authorId = '', ...readerIds] = userIdsOf(members);
  await group.createGroup([authorId, ...readerIds]);
  const units = meterUnits(place.documents);
  const use = (run: () => Promise<unknown>) => usedBy(units, run);
  const bytesBefore = await storedBytes(place.observer, place.tableName);
  const seqs: number[] = [];
  const send = await use(async () => {
    for (let i = 0; i < messages; i++) {
      seqs.push(await group.send(authorId, content, startMs + i * 1000));
    }
  });
  const everyone = (kind: 'deliver' | 'read', fromMs: number) =>
    use(() => markAll(group, kind, marksOf(readerIds, seqs, fromMs, secondsBetweenReads)));
  const deliver = isDelivered ? await everyone('deliver', startMs + 60_000) : noUnits;
  const read = await everyone('read', startMs + 600_000);
  await check(group, seqs, readerIds.length);
  const [seq = 1] = seqs;
  return {
    ...{ design: design.name, send, deliver, read },
    count: await use(() => group.counts(seq)),
    list: await use(() => group.readers(seq)),
    unread: await use(() => group.unread(authorId)),
    storedBytes: (await storedBytes(place.observer, place.tableName)) - bytesBefore,
    frames: framesOf(design, readerIds.length),
  };
}

const noUnits: Used = { write: 0, read: 0 };

async function usedBy(units: Units, run: () => Promise<unknown>): Promise<Used> {
  units.reset();
  await run();
  return { write: units.write, read: units.read };
}

/** The marks of each batch of the table's stream. */
function marksOf(
  userIds: readonly string[],
  seqs: readonly number[],
  fromMs: number,
  secondsBetweenReads: number,
): Mark[][] {
  const atOf = (i: number) => fromMs + Math.floor(i * secondsBetweenReads * 1000);
  const marks = userIds.map((userId, i) => ({ userId, seqs, at: atOf(i) }));
  const byWindow = Map.groupBy(marks, ({ at }) => Math.floor((at - fromMs) / batchWindowMs));
  return [...byWindow.values()].flatMap((each) => chunks(each, maxBatch));
}

async function markAll(group: GroupStore, kind: 'deliver' | 'read', batches: readonly Mark[][]) {
  for (const marks of batches) {
    await pMap(marks, (mark) => group[kind](mark), { concurrency });
    await group.settle?.();
  }
}

/** A design that counts the first or the last message wrongly is not measured. */
async function check(group: GroupStore, seqs: readonly number[], readers: number): Promise<void> {
  for (const seq of new Set([seqs.at(0), seqs.at(-1)])) {
    const { read, total } = await group.counts(seq ?? 0);
    if (read !== readers || total !== readers) {
      throw new Error(`message ${seq} shows ${read} of ${total}, and ${readers} have read it`);
    }
  }
}

/** Each mark comes in and is confirmed; all others have the group open, the author too. */
function framesOf({ tells }: Design, marks: number): number | undefined {
  if (tells === undefined) return undefined;
  return marks * (2 + (tells === 'everyone' ? marks : 1));
}
