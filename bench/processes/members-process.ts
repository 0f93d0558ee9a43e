import { setTimeout as wait } from 'node:timers/promises';
import pMap from 'p-map';
import { fetchToken } from '../../test/support/wire/http.ts';
import { type Read, type ReadFigures, readFigures } from '../reports/read-figures.ts';
import { Member, Watch } from '../support/member.ts';
import { serveCommands } from './child.ts';

/** Frames received at one connection: of the given kind, mean and most. */
export interface PerConnection {
  mean: number;
  max: number;
}

export interface ClientFrames {
  sent: number;
  received: number;
  /** By frame type, and `all`; the author's connection left out. */
  perConnection: Record<string, PerConnection>;
}

let members: Member[] = [];
let groupId = '';
let sentBefore = 0;

interface ReadAll {
  seq: number;
  /** As fast as they can unless given. */
  perSecond?: number;
  /** How many of them, the author first, come to see that all have read; all unless given. */
  shownTo?: number;
}

const connectionsAtOnce = 20;
const completeTimeoutMs = 60_000;

const theAuthor = (): Member => {
  const [author] = members;
  if (!author) throw new Error('nobody is connected');
  return author;
};

/** A whole group as the service sees it: one connection each, all with the group on the screen. */
const commands = {
  /** The first user writes the messages. */
  async connect(input: {
    httpUrl: string;
    wsUrl: string;
    groupId: string;
    userIds: string[];
  }): Promise<void> {
    groupId = input.groupId;
    members = input.userIds.map((userId) => new Member(userId));
    await pMap(
      members,
      async (member) => {
        await member.open(input.wsUrl, await fetchToken(input.httpUrl, member.userId), groupId);
      },
      { concurrency: connectionsAtOnce },
    );
  },

  /** Resolves when every member has got it. */
  async send(input: { content: string }): Promise<{
    seq: number;
    toConfirmationMs: number;
    toEveryoneMs: number;
  }> {
    const startMs = performance.now();
    const clientMessageId = crypto.randomUUID();
    const reply = await theAuthor().ask({
      type: 'send_message',
      groupId,
      clientMessageId,
      ...input,
    });
    const toConfirmationMs = performance.now() - startMs;
    const seq = reply.type === 'message_sent' ? reply.message.seq : 0;
    await Promise.all(members.map((member) => member.hears(seq)));
    return { seq, toConfirmationMs, toEveryoneMs: performance.now() - startMs };
  },

  /** All but the author mark the message read, evenly spread or as fast as they can. */
  async readAll({ seq, perSecond, shownTo = members.length }: ReadAll): Promise<ReadFigures> {
    for (const member of members) member.watch = new Watch(seq, members.length);
    const [author, ...others] = [theAuthor(), ...members.slice(1)];
    const intervalMs = perSecond === undefined ? 0 : 1000 / perSecond;
    const startMs = performance.now();
    const reads = await Promise.all(
      others.map(async (member, i) => {
        if (intervalMs > 0) await wait(Math.max(0, startMs + i * intervalMs - performance.now()));
        return markRead(member, seq);
      }),
    );
    await Promise.race([
      Promise.all(members.slice(0, shownTo).map((member) => member.watch?.complete)),
      wait(completeTimeoutMs, undefined, { ref: false }),
    ]);
    return readFigures(author, others, reads);
  },

  /** Resolves once every client has all that the service had sent it before. */
  async caughtUp(): Promise<void> {
    await Promise.all(members.map((member) => member.caughtUp()));
  },

  async frames(): Promise<ClientFrames> {
    const everyone = members.map(({ received }) => received);
    const others = everyone.slice(1);
    const types = ['new_message', 'read_status_update', 'mark_read_confirmed'];
    return {
      sent: sentSoFar() - sentBefore,
      received: everyone.reduce((sum, one) => sum + totalOf(one), 0),
      perConnection: {
        ...Object.fromEntries(
          types.map((type) => [type, perConnection(others.map((one) => one[type] ?? 0))]),
        ),
        all: perConnection(others.map(totalOf)),
      },
    };
  },

  async reset(): Promise<void> {
    sentBefore = sentSoFar();
    for (const member of members) member.received = {};
  },
};

export type MembersCommands = typeof commands;

async function markRead(member: Member, seq: number): Promise<Read> {
  const sentMs = performance.now();
  await member.ask({ type: 'mark_read', groupId, upTo: seq });
  return { userId: member.userId, sentMs, confirmedMs: performance.now() };
}

const sentSoFar = (): number => members.reduce((sum, member) => sum + member.sentFrames(), 0);

const totalOf = (received: Record<string, number>): number =>
  Object.values(received).reduce((sum, count) => sum + count, 0);

const perConnection = (counts: readonly number[]): PerConnection => ({
  mean: counts.reduce((sum, count) => sum + count, 0) / counts.length,
  max: Math.max(...counts),
});

serveCommands(commands, async () => {
  for (const member of members) member.close();
});
