import { pushJobs } from '@seenby/core/costs/function-times.ts';
import { meterUnits, type Units } from '../../test/support/service/meter-units.ts';
import type { Design, Place } from '../baselines/all-designs.ts';
import type { GroupStore } from '../baselines/design.ts';
import { KeyedTable } from '../baselines/keyed-table.ts';
import { storedBytes } from '../baselines/stored-bytes.ts';
import { type Act, content, groupId, lastReads, type Traffic } from './acts.ts';
import { ConnectionRows } from './connection-rows.ts';
import type { Used } from './used.ts';

/** Messages on a screen, whose counts are asked for when the group is opened. */
const messagesShown = 20;

/** Whom a design with `tells: 'everyone'` tells of each mark, and in how many frames. */
export interface Told {
  who: 'watching' | 'connected';
  in: 'one frame for a mark' | 'a frame for each message';
}

/**
 * Plays the same traffic against another design, and adds up what it takes: once for each kind of
 * those who are told of reads.
 */
export async function playDesign(
  design: Design,
  place: Place,
  traffic: Traffic,
  kinds: readonly Told[] = [{ who: 'watching', in: 'one frame for a mark' }],
): Promise<Used[]> {
  const group = design.open(place, groupId);
  const rows = new ConnectionRows(new KeyedTable(place.documents, place.tableName), groupId);
  await group.createGroup(traffic.memberIds);
  for (const userId of traffic.onlineIds) await rows.add('connected', userId);
  for (const userId of traffic.watchingIds) await rows.add('watching', userId);
  const bytesBefore = await storedBytes(place.observer, place.tableName);
  const units = meterUnits(place.documents);
  const telling = kinds.map((told) => new Telling(told, rows, units));
  const player = new DesignPlayer(design, group, rows, telling);
  for (const act of traffic.acts) await player.carryOut(act);
  const { write: writeUnits, read } = units;
  const allTelling = telling.reduce((sum, { readUnits }) => sum + readUnits, 0);
  await check(group, traffic);
  const bytes = (await storedBytes(place.observer, place.tableName)) - bytesBefore;
  return telling.map(({ readUnits, posted }) => ({
    ...{ design: design.name, writeUnits, readUnits: read - allTelling + readUnits },
    ...{ storedBytes: bytes, framesIn: player.framesIn },
    ...{ framesOut: player.posted.frames + posted.frames },
    ...{ queuedFrames: player.posted.queued + posted.queued, countJobs: 0 },
    invocations: {
      ...{ socket: player.calls, recorder: 0, fanOut: 0 },
      push: player.posted.jobs + posted.jobs,
    },
  }));
}

/** Frames that were posted, and how many of them by way of the queue. */
class Posted {
  frames = 0;
  queued = 0;
  jobs = 0;

  add(connections: number): void {
    this.frames += connections;
    const jobs = pushJobs(connections);
    this.jobs += jobs;
    if (jobs > 0) this.queued += connections;
  }
}

/** Finds and tells those who are told of a read. */
class Telling {
  readonly posted = new Posted();
  readUnits = 0;
  readonly #told: Told;
  readonly #rows: ConnectionRows;
  readonly #units: Units;

  constructor(told: Told, rows: ConnectionRows, units: Units) {
    this.#told = told;
    this.#rows = rows;
    this.#units = units;
  }

  async tell(reader: string, messages: number): Promise<void> {
    const { who, in: frames } = this.#told;
    const before = this.#units.read;
    await this.#rows.find(who);
    this.readUnits += this.#units.read - before;
    const told = this.#rows.count(who, reader);
    const framesToEach = frames === 'one frame for a mark' ? 1 : messages;
    for (let i = 0; i < framesToEach; i++) this.posted.add(told);
  }
}

class DesignPlayer {
  readonly posted = new Posted();
  framesIn = 0;
  calls = 0;
  readonly #design: Design;
  readonly #group: GroupStore;
  readonly #rows: ConnectionRows;
  readonly #telling: readonly Telling[];
  readonly #authors: string[] = [];
  readonly #readUpTo = new Map<string, number>();
  readonly #deliveredUpTo = new Map<string, number>();

  constructor(
    design: Design,
    group: GroupStore,
    rows: ConnectionRows,
    telling: readonly Telling[],
  ) {
    this.#design = design;
    this.#group = group;
    this.#rows = rows;
    this.#telling = telling;
  }

  async carryOut(act: Act): Promise<void> {
    this.calls += 1;
    if (act.do === 'leave') return this.#leave(act.by);
    this.framesIn += 1;
    switch (act.do) {
      case 'send':
        return this.#send(act);
      case 'read':
        return this.#read(act.by, act.upTo, act.at);
      case 'deliver':
        return this.#deliver(act.by, act.upTo, act.at);
      case 'come':
        await this.#rows.add('connected', act.by);
        await this.#group.unread(act.by);
        break;
      case 'open':
        await this.#rows.add('watching', act.by);
        await this.#showCounts();
        break;
      case 'close':
        await this.#rows.remove('watching', act.by);
        break;
    }
    this.posted.add(1);
  }

  async #leave(userId: string): Promise<void> {
    await this.#rows.remove('connected', userId);
    if (this.#rows.has('watching', userId)) await this.#rows.remove('watching', userId);
  }

  async #send({ by, at }: Act): Promise<void> {
    const seq = await this.#group.send(by, content, at);
    this.#authors[seq] = by;
    await this.#rows.find('connected');
    this.posted.add(1);
    this.posted.add(this.#rows.count('connected'));
  }

  async #read(userId: string, upTo: number, at: number): Promise<void> {
    const seqs = this.#newTo(this.#readUpTo, userId, upTo);
    if (seqs.length > 0) await this.#group.read({ userId, at, seqs });
    this.posted.add(1);
    if (this.#design.tells !== 'everyone') return this.posted.add(1);
    for (const telling of this.#telling) await telling.tell(userId, seqs.length);
  }

  async #deliver(userId: string, upTo: number, at: number): Promise<void> {
    const read = this.#readUpTo.get(userId) ?? 0;
    const delivered = this.#newTo(this.#deliveredUpTo, userId, upTo);
    const seqs = delivered.filter((seq) => seq > read);
    if (seqs.length > 0) await this.#group.deliver({ userId, at, seqs });
  }

  async #showCounts(): Promise<void> {
    const last = this.#authors.length - 1;
    for (let seq = Math.max(1, last - messagesShown + 1); seq <= last; seq++) {
      await this.#group.counts(seq);
    }
  }

  /** The messages of others that the member's mark covers for the first time. */
  #newTo(positions: Map<string, number>, userId: string, upTo: number): number[] {
    const from = positions.get(userId) ?? 0;
    positions.set(userId, Math.max(from, upTo));
    const seqs = Array.from({ length: Math.max(0, upTo - from) }, (_, i) => from + 1 + i);
    return seqs.filter((seq) => this.#authors[seq] !== userId);
  }
}

/** A design that counts the last message wrongly is not measured. */
async function check(group: GroupStore, traffic: Traffic): Promise<void> {
  const seq = traffic.acts.filter((act) => act.do === 'send').length;
  const { read } = await group.counts(seq);
  const readers = lastReads(traffic) - 1;
  if (read !== readers) throw new Error(`${readers} have read the last message, shown: ${read}`);
}
