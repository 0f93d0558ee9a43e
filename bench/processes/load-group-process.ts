import { setTimeout as wait } from 'node:timers/promises';
import pMap from 'p-map';
import { fetchToken } from '../../test/support/wire/http.ts';
import { type Percentiles, percentilesOf } from '../reports/percentiles.ts';
import type { ReceiptView } from '../reports/receipt-view.ts';
import { Member, Watch } from '../support/member.ts';
import { serveCommands } from './child.ts';

/** Times are epoch milliseconds, to be compared with those of other processes. */
export interface LoadGroupReads {
  firstSentAt: number;
  lastConfirmedAt: number;
  toConfirmationMs: Percentiles;
  /** Reads that were not confirmed. */
  failures: string[];
}

export interface LoadGroupView {
  /** When the last member came to show that everyone has read; NaN when one never did. */
  lastCompleteAt: number;
  wrong: string[];
  /** Connections that ended. */
  closeConnection: number;
  /** Updates of counts at each connection. */
  updates: number[];
}

interface Shown {
  seq: number;
  groupSize: number;
  timeoutMs: number;
}

const connectionsAtOnce = 6;
const connectAttempts = 10;
let members: Member[] = [];
let groupId = '';
let failedAttempts = 0;

/** A part of a group that is too big for one process. */
const commands = {
  async connect(input: {
    httpUrl: string;
    wsUrl: string;
    groupId: string;
    userIds: string[];
  }): Promise<{ failedAttempts: number }> {
    groupId = input.groupId;
    members = input.userIds.map((userId) => new Member(userId));
    await pMap(
      members,
      async (member) => {
        await comeIn(member, input);
      },
      { concurrency: connectionsAtOnce },
    );
    return { failedAttempts };
  },

  /** The first member sends a message. */
  async send({ content }: { content: string }): Promise<number> {
    const clientMessageId = crypto.randomUUID();
    const frame = { type: 'send_message', groupId, clientMessageId, content } as const;
    const reply = await members[0]?.ask(frame);
    if (reply?.type !== 'message_sent') throw new Error('the message was not sent');
    return reply.message.seq;
  },

  /** When the message has been pushed to the last of them; NaN when one never got it. */
  async hear({ seq, groupSize, timeoutMs }: Shown): Promise<number> {
    for (const member of members) member.watch ??= new Watch(seq, groupSize);
    const all = Promise.all(members.map((member) => member.hears(seq)));
    return (await inTime(all, timeoutMs)) ? epochMs() : Number.NaN;
  },

  /** All but the sender mark it read, so many at a time. */
  async readAll(input: {
    seq: number;
    senderId: string;
    readersAtOnce: number;
  }): Promise<LoadGroupReads> {
    const readers = members.filter(({ userId }) => userId !== input.senderId);
    const firstSentAt = epochMs();
    const failures: string[] = [];
    const delays = await pMap(
      readers,
      async (member) => {
        const sentMs = performance.now();
        try {
          await member.ask({ type: 'mark_read', groupId, upTo: input.seq });
        } catch (error) {
          failures.push(String(error));
        }
        return performance.now() - sentMs;
      },
      { concurrency: input.readersAtOnce },
    );
    const toConfirmationMs = percentilesOf(delays);
    return { firstSentAt, lastConfirmedAt: epochMs(), toConfirmationMs, failures };
  },

  /** What they show once all show that everyone has read, or when time is up. */
  async converge({ seq, groupSize, timeoutMs }: Shown): Promise<LoadGroupView> {
    const all = Promise.all(members.map((member) => member.watch?.complete));
    const isAll = await inTime(all, timeoutMs);
    const completeAt = members.map(({ watch }) => watch?.steps.find(showing(groupSize))?.atMs ?? 0);
    return {
      lastCompleteAt: isAll ? performance.timeOrigin + Math.max(...completeAt) : Number.NaN,
      wrong: members
        .filter(({ view }) => !isWhole(view, seq, groupSize))
        .map(({ userId }) => userId),
      closeConnection: members.filter(({ isCutOff }) => isCutOff).length,
      updates: members.map(({ received }) => received.read_status_update ?? 0),
    };
  },
};

/** As a client does: who is not let in tries again. */
async function comeIn(member: Member, urls: { httpUrl: string; wsUrl: string }): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await member.open(urls.wsUrl, await fetchToken(urls.httpUrl, member.userId), groupId);
      return;
    } catch (cause) {
      if (attempt === connectAttempts) throw cause;
      failedAttempts++;
      member.close();
      await wait(1000 * attempt);
    }
  }
}

const inTime = (work: Promise<unknown>, timeoutMs: number): Promise<boolean> =>
  Promise.race([work.then(() => true), wait(timeoutMs, false, { ref: false })]);

const showing =
  (groupSize: number) =>
  ({ readCount }: { readCount: number }): boolean =>
    readCount >= groupSize;

const isWhole = (view: ReceiptView, seq: number, groupSize: number): boolean =>
  view.readCount(seq) === groupSize && view.totalCount(seq) === groupSize;

const epochMs = (): number => performance.timeOrigin + performance.now();

export type LoadGroupCommands = typeof commands;

serveCommands(commands, async () => {
  for (const member of members) member.close();
});
