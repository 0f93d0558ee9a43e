import type { GroupHandle, Message, Receipt } from '@seenby/client';
import type { LoadGroupState } from '../../../simulator/api.ts';
import { Faces, type Person } from '../faces/faces.ts';
import type { UnitsTaken } from '../simulator-api.ts';
import { GrowingCurve } from './curve-points.ts';
import type { DemoSession } from './demo-session.ts';
import { Latencies } from './latencies.ts';
import { type LiveSnapshot, nothingSent } from './live-snapshot.ts';
import { readersOf } from './readers-of.ts';
import { added, compare, framesSince, sumOf } from './so-far.ts';

export interface LiveRunOptions {
  session: DemoSession;
  /** The simulated members; the reader of the session comes after them. */
  persons: readonly Person[];
  readerName: string;
  usage: () => Promise<UnitsTaken>;
}

const drawEveryMs = 100;
const askUsageEveryMs = 1000;
/** Counts are told again until they are right, names once: what is missing then is asked for. */
const namesWithinMs = 1000;

/** What had been taken when the first message was sent whose reading is not over. */
interface Baseline {
  readonly fromSeq: number;
  readonly frames: Readonly<Record<string, number>>;
  readonly units: UnitsTaken;
}

/**
 * A message on its way through a load group, as the page shows it: who has it, who has read it, how long
 * that takes, and what it takes. Messages that are sent before all have read count together.
 */
export class LiveRun {
  readonly faces: Faces;
  readonly #options: LiveRunOptions;
  readonly #author: GroupHandle;
  readonly #reader: GroupHandle;
  readonly #stopping: (() => void)[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #latencies = new Latencies();
  readonly #marks = new Set<string>();
  #state: LoadGroupState | undefined;
  #units: UnitsTaken = { readUnits: 0, writeUnits: 0 };
  #message: Message | undefined;
  #baseline: Baseline = { fromSeq: 1, frames: {}, units: this.#units };
  #curve = new GrowingCurve();
  #completeAfterMs: number | undefined;
  #askedForNamesOf = 0;
  #snapshot: LiveSnapshot = nothingSent;
  /** Whether the reader reads what comes at once: nobody looks at their pane. */
  readsAtOnce = true;

  constructor(options: LiveRunOptions) {
    const { session, persons, readerName } = options;
    const { author, reader, groupId } = session;
    this.#options = options;
    this.faces = new Faces([...persons, { userId: reader.userId, name: readerName }]);
    this.#author = author.client.group(groupId);
    this.#reader = reader.client.group(groupId);
    for (const group of [this.#author, this.#reader]) group.subscribe().catch(() => {});
    this.#listen();
    void this.#askUsage();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): LiveSnapshot => this.#snapshot;

  /** The author writes. Resolves once it is stored, or refused. */
  async send(content: string): Promise<void> {
    await this.#askUsage();
    await this.#author.send(content);
  }

  /** The simulator tells how its members are. */
  take(state: LoadGroupState): void {
    this.#state = state;
    this.faces.takeStates(state.states + this.#letterOfReader());
  }

  close(): void {
    for (const stop of this.#stopping) stop();
  }

  #listen(): void {
    const { author, reader } = this.#options.session;
    const draw = setInterval(() => this.#draw(), drawEveryMs);
    const ask = setInterval(() => void this.#askUsage(), askUsageEveryMs);
    this.#stopping.push(
      () => clearInterval(draw),
      () => clearInterval(ask),
      this.#author.on('message', ({ message }) => {
        if (message.senderId === author.userId) this.#begin(message);
      }),
      this.#author.on('receipt', ({ receipts }) => {
        for (const receipt of receipts) this.#takeReceipt(receipt);
      }),
      reader.client.subscribeState(() => this.#letReaderRead()),
    );
  }

  #letReaderRead(): void {
    if (this.readsAtOnce && this.#reader.countUnread() > 0) this.#reader.markRead();
  }

  #letterOfReader(): string {
    const { client } = this.#options.session.reader;
    if (client.connection.state !== 'connected') return '-';
    return this.#message && (this.#reader.status?.lastSeq ?? 0) >= this.#message.seq ? 'd' : 'c';
  }

  #begin(message: Message): void {
    if (this.#message && message.seq <= this.#message.seq) return;
    if (!this.#message || this.#completeAfterMs !== undefined) {
      this.#baseline = { fromSeq: message.seq, frames: this.#frames(), units: this.#units };
      this.#marks.clear();
    }
    this.#message = message;
    this.#completeAfterMs = undefined;
    this.#latencies.clear();
    this.#curve = new GrowingCurve();
    this.faces.begin();
  }

  #takeReceipt({ userId, kind, fromSeq, toSeq, at }: Receipt): void {
    const message = this.#message;
    if (kind !== 'read' || !message || userId === message.senderId) return;
    if (toSeq >= this.#baseline.fromSeq) this.#marks.add(`${userId} ${at}`);
    if (message.seq < fromSeq || message.seq > toSeq) return;
    if (!this.faces.read(userId, at - message.createdAt)) return;
    this.#latencies.add({ userId, seq: message.seq, ms: Math.max(0, Date.now() - at) });
  }

  async #askUsage(): Promise<void> {
    // The next one may be answered.
    this.#units = await this.#options.usage().catch(() => this.#units);
  }

  #frames = (): Readonly<Record<string, number>> =>
    added(this.#state?.frames ?? {}, this.#options.session.frames());

  #draw(): void {
    if (!this.#message) return;
    const counts = this.#author.getReceipt(this.#message.seq)?.others;
    const { read = 0, total = 0 } = counts ?? {};
    const isComplete = total > 0 && read === total;
    const sinceMs = Math.max(0, Date.now() - this.#message.createdAt);
    if (isComplete) {
      this.#completeAfterMs ??= sinceMs;
      if (sinceMs > this.#completeAfterMs + namesWithinMs) void this.#askForNames(this.#message);
    }
    const elapsedMs = this.#completeAfterMs ?? sinceMs;
    const received = Math.max(read, this.faces.received);
    const percent = (count: number) => (total === 0 ? 0 : (100 * count) / total);
    this.#curve.add(elapsedMs / 1000, percent(read), percent(Math.min(total, received)));
    this.#snapshot = {
      ...{ message: this.#message, read, total, received, isComplete, elapsedMs },
      ...{ curve: this.#curve.points, latency: this.#latencies.summary(), ...this.#soFar(total) },
    };
    for (const listener of this.#listeners) listener();
  }

  async #askForNames({ seq, createdAt }: Message): Promise<void> {
    if (this.faces.reads === this.faces.count || this.#askedForNamesOf === seq) return;
    this.#askedForNamesOf = seq;
    for await (const { userId, readAt } of readersOf(this.#author, seq)) {
      if (this.#message?.seq !== seq) return;
      this.faces.read(userId, Math.max(0, (readAt ?? createdAt) - createdAt));
    }
  }

  #soFar(others: number) {
    const { fromSeq, frames: before, units } = this.#baseline;
    const seqs = Array.from(
      { length: (this.#message?.seq ?? 0) - fromSeq + 1 },
      (_, i) => fromSeq + i,
    );
    const sum = (what: 'read' | 'delivered') =>
      seqs.reduce((all, seq) => all + (this.#author.getReceipt(seq)?.others[what] ?? 0), 0);
    const { connected = 0, watching = 0 } = this.#state ?? {};
    const frames = framesSince(this.#frames(), before);
    const isShown = this.#author.status?.visibility === 'members';
    const soFar = compare(
      {
        frames: sumOf(frames),
        writeUnits: this.#units.writeUnits - units.writeUnits,
        readUnits: this.#units.readUnits - units.readUnits,
      },
      {
        // The author and the reader of this page are connected, and have the group open.
        ...{ members: others + 1, online: connected + 2, told: isShown ? watching + 2 : 1 },
        ...{ messages: seqs.length, deliveries: sum('delivered') },
        ...{ reads: sum('read'), marks: this.#marks.size },
      },
    );
    return { frames, soFar, messages: seqs.length };
  }
}
