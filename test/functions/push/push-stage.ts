import type { MemberState } from '../../../core/member.ts';
import type { Outcome } from '../../../functions/outcome.ts';
import { AuthorIndex } from '../../../functions/push/author-index.ts';
import { Courier, type Parcel } from '../../../functions/push/courier.ts';
import { Deliverer } from '../../../functions/push/deliver.ts';
import { Dispatcher } from '../../../functions/push/dispatcher.ts';
import { PushMemory } from '../../../functions/push/push-memory.ts';
import type { Service } from '../../../functions/service.ts';
import type { Connection } from '../../../functions/store/connections.ts';
import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { type FanOut, fanOutCounts } from '../../../functions/use-cases/fan-out-counts.ts';
import { markMessages } from '../../../functions/use-cases/mark-messages.ts';
import type { CountRange } from '../../../protocol/entities.ts';
import type { ServerFrame, ServerFrameType } from '../../../protocol/server-frames.ts';
import { Conversation } from '../conversation.ts';
import { type OpenedService, openService } from '../open-service.ts';
import { RecordingPoster } from './recording-poster.ts';

/** The push path on a table of its own; frames end in a list, and waiting moves the clock. */
export class PushStage {
  readonly opened: OpenedService;
  readonly poster: RecordingPoster;
  readonly deliverer: Deliverer;
  readonly handedOff: Parcel[] = [];
  readonly waits: number[] = [];
  readonly #dispatcher: Dispatcher;
  fanOut: FanOut;
  #connections = 0;

  static async open(): Promise<PushStage> {
    return new PushStage(await openService());
  }

  constructor(opened: OpenedService) {
    this.opened = opened;
    const { service } = opened;
    const { clock, random } = service;
    this.poster = new RecordingPoster(clock);
    const courier = new Courier(service.connections, this.poster, {
      ...{ clock, random, wait: this.wait },
    });
    const handOff = async (parcel: Parcel) => void this.handedOff.push(parcel);
    this.#dispatcher = new Dispatcher(courier, handOff, 5000, clock);
    const authors = new AuthorIndex(service.messages);
    this.deliverer = new Deliverer(service, this.#dispatcher, authors);
    this.fanOut = this.newSandbox();
  }

  get service(): Service {
    return this.opened.service;
  }

  readonly wait = async (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.opened.time.now += ms;
  };

  /** A fan-out that remembers nothing. */
  newSandbox(): FanOut {
    const [memory, authors] = [new PushMemory(), new AuthorIndex(this.service.messages)];
    const { wait } = this;
    return {
      ...{ service: this.service, dispatcher: this.#dispatcher, memory, authors, wait },
      ...{ intervalMs: 1000, bigGroupIntervalMs: 2000 },
    };
  }

  begin(groupId: string, memberIds: readonly string[], group = {}): Promise<Conversation> {
    return Conversation.begin(this.opened, groupId, memberIds, group);
  }

  async connect(userId: string, ...groupIds: string[]): Promise<Connection> {
    const connection = { userId, connectionId: `${userId}-${++this.#connections}` };
    const endsAt = this.opened.time.now + 3_600_000;
    await this.service.connections.add(connection, endsAt);
    if (groupIds.length > 0) await this.service.connections.subscribe(connection, groupIds, endsAt);
    return connection;
  }

  /** What the stream says of the members that something changed. */
  async changesOf(groupId: string, act: () => Promise<unknown>): Promise<MemberChange[]> {
    const before = await this.#rows(groupId);
    await act();
    const after = await this.#rows(groupId);
    return [...after.values()]
      .filter((row) => row.revision !== before.get(row.userId)?.revision)
      .map((row) => ({
        ...{ groupId, before: before.get(row.userId), after: row },
        sequenceNumber: `${row.userId}-${row.revision}`,
      }));
  }

  /** One member reads; what the stream then says of it. */
  read(groupId: string, userId: string, upTo: number): Promise<MemberChange[]> {
    return this.changesOf(groupId, () =>
      must(markMessages(this.service, { userId }, 'read', [{ groupId, upTo }])),
    );
  }

  push(groupId: string, changes: readonly MemberChange[], fanOut = this.fanOut): Promise<void> {
    return fanOutCounts(fanOut, groupId, changes);
  }

  /** Carries out a request and delivers what follows from it. */
  async deliver(outcome: Promise<Outcome<unknown>>): Promise<void> {
    const settled = await outcome;
    if (!settled.ok) throw new Error(settled.problem.message);
    await this.deliverer.deliver(settled.pushes);
  }

  framesTo<T extends ServerFrameType>(
    { connectionId }: Connection,
    type: T,
  ): (ServerFrame<T> & { timestamp: number })[] {
    const frames = this.poster.to(connectionId);
    return frames.filter((frame) => frame.type === type) as never;
  }

  /** The counts pushed to a connection, frame by frame. */
  countsTo(connection: Connection): CountRange[][] {
    return this.framesTo(connection, 'read_status_update').flatMap(({ counts }) =>
      counts ? [counts] : [],
    );
  }

  async #rows(groupId: string): Promise<Map<string, MemberState>> {
    const rows = await this.service.members.ofGroup(groupId, 'strong');
    return new Map(rows.map((row) => [row.userId, row]));
  }
}

async function must(outcome: Promise<Outcome<unknown>>): Promise<void> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.problem.message);
}
