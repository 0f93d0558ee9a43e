import type { MemberState } from '@seenby/core/members/member.ts';
import type { CountRange } from '@seenby/protocol/entities.ts';
import type { ServerFrame, ServerFrameType } from '@seenby/protocol/server-frames.ts';
import type { FanOut } from '../../../functions/fan-out/fan-out.ts';
import { fanOutChanges } from '../../../functions/fan-out/fan-out-changes.ts';
import { pushDueCounts } from '../../../functions/fan-out/push-due-counts.ts';
import { PushMemory } from '../../../functions/fan-out/push-memory.ts';
import { Dispatcher } from '../../../functions/push/dispatch/dispatcher.ts';
import type { CountPushJob, PushJob } from '../../../functions/push/dispatch/push-job.ts';
import { Pusher } from '../../../functions/push/pusher.ts';
import type { ResultWithPushes } from '../../../functions/push/recipients/push.ts';
import { RecipientResolver } from '../../../functions/push/recipients/recipient-resolver.ts';
import { stillEntitled } from '../../../functions/push/recipients/still-entitled.ts';
import { ConnectionSender } from '../../../functions/push/transport/connection-sender.ts';
import { SendLimiter } from '../../../functions/push/transport/send-limiter.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { UsageCounter } from '../../../functions/runtime/usage-counts.ts';
import type { Service } from '../../../functions/service/service.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';
import { RecordingPoster } from './recording-poster.ts';

/** The push path on a table of its own; frames end in a list, and waiting moves the clock. */
export class PushHarness {
  readonly opened: OpenedService;
  readonly poster: RecordingPoster;
  readonly pusher: Pusher;
  readonly queued: PushJob[] = [];
  readonly waits: number[] = [];
  /** Pushes of counts that wait in the queue, and when they come. */
  due: { job: CountPushJob; at: number }[] = [];
  readonly usage: UsageCounter;
  readonly #dispatcher: Dispatcher;
  fanOut: FanOut;
  #connections = 0;

  static async open(): Promise<PushHarness> {
    return new PushHarness(await openService());
  }

  constructor(opened: OpenedService) {
    this.opened = opened;
    const { service } = opened;
    const { clock, random } = service;
    this.poster = new RecordingPoster(clock);
    this.usage = new UsageCounter(clock);
    const timing = { clock, random, wait: this.wait };
    const limiter = new SendLimiter(timing, 5000);
    const connectionSender = new ConnectionSender(
      service.connections,
      this.poster,
      timing,
      limiter,
    );
    this.#dispatcher = new Dispatcher({
      ...{ connectionSender, timing, sliceSize: 500 },
      queue: async (job: PushJob) => void this.queued.push(job),
      stillEntitled: (job) => stillEntitled(service, job),
    });
    this.pusher = new Pusher(new RecipientResolver(service, 20), this.#dispatcher);
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
    const memory = new PushMemory();
    return {
      ...{ service: this.service, dispatcher: this.#dispatcher, memory },
      ...{ windowMs: 1000, bigGroupWindowMs: 2000, usage: this.usage },
      queue: async (job, delayMs) => {
        this.due.push({ job, at: this.opened.time.now + delayMs });
      },
    };
  }

  begin(groupId: string, memberIds: readonly string[], group = {}): Promise<Conversation> {
    return Conversation.begin(this.opened, groupId, memberIds, group);
  }

  async connect(userId: string, ...groupIds: string[]): Promise<Connection> {
    const connection = { userId, connectionId: `${userId}-${++this.#connections}` };
    const endsAt = this.opened.time.now + 7_200_000;
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
      must(markOneGroup(this.service, { userId }, 'read', { groupId, upTo })),
    );
  }

  fanOutOnly(
    groupId: string,
    changes: readonly MemberChange[],
    fanOut = this.fanOut,
  ): Promise<void> {
    return fanOutChanges(fanOut, groupId, changes);
  }

  /** Until the counts have been pushed, at once or when they are due. */
  async push(groupId: string, changes: readonly MemberChange[], fanOut = this.fanOut) {
    await this.fanOutOnly(groupId, changes, fanOut);
    await this.pushDue(fanOut);
  }

  /** Waits for the jobs in the queue, and does them. */
  pushDue(fanOut = this.newSandbox()): Promise<void> {
    return this.pushDueBefore(Number.POSITIVE_INFINITY, fanOut);
  }

  /** The same for those that come until then. */
  async pushDueBefore(end: number, fanOut = this.newSandbox()): Promise<void> {
    const due = this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    this.due = this.due.filter(({ at }) => at > end);
    for (const { job, at } of due) {
      this.opened.time.now = Math.max(this.opened.time.now, at);
      await pushDueCounts(fanOut, job);
    }
  }

  /** Carries out a request and delivers what follows from it. */
  async deliver(outcome: Promise<ResultWithPushes<unknown>>): Promise<void> {
    const settled = await outcome;
    if (!settled.ok) throw new Error(settled.problem.message);
    await this.pusher.tell(settled);
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

async function must(outcome: Promise<ResultWithPushes<unknown>>): Promise<void> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.problem.message);
}
