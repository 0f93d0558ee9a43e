import type {
  GroupStatus,
  LastMessage,
  Member,
  MemberPosition,
  ReceiptLine,
} from '@seenby/protocol/entities.ts';
import {
  aStatus,
  connectedClient,
  groupId,
  type ScriptedClientOptions,
} from '../support/scripted-client.ts';
import type { ScriptedAnswer, ScriptedHost, ScriptedRequest } from '../support/scripted-host.ts';

/** What the service knows of the group, and how it answers. */
export class LiveService {
  lines: ReceiptLine[] = [];
  members: Member[] = [];
  positions: MemberPosition[] = [];
  version = 1;
  refusal: 'FORBIDDEN' | 'NOT_FOUND' | 'INTERNAL' | undefined;
  /** While it is set, answers are made at once and wait for `release`. */
  isHeld = false;
  readonly asked: string[] = [];
  #held: (() => void)[] = [];

  readonly answer = ({ path }: ScriptedRequest): ScriptedAnswer => {
    this.asked.push(path);
    const answer = this.#answer(new URL(path, 'https://api.test'));
    if (!this.isHeld) return answer;
    return new Promise((resolve) => this.#held.push(() => resolve(answer)));
  };

  async release(host: ScriptedHost, count = 1): Promise<void> {
    for (const answer of this.#held.splice(0, count)) answer();
    await host.settle();
  }

  read(userId: string, at: number): void {
    this.lines = this.lines.map((line) =>
      line.userId === userId ? { ...line, deliveredAt: line.deliveredAt ?? at, readAt: at } : line,
    );
  }

  #answer({ pathname, searchParams }: URL): ScriptedAnswer {
    const { refusal: code } = this;
    const status = { FORBIDDEN: 403, NOT_FOUND: 404, INTERNAL: 500 };
    if (code) return { status: status[code], body: { error: { code, message: 'No.' } } };
    if (pathname.endsWith('/receipts')) return { body: this.#list(searchParams) };
    if (pathname.endsWith('/members')) return { body: pageOf(this.members, searchParams) };
    const { version } = this;
    return { body: { version, ...pageOf(this.positions, searchParams) } };
  }

  #list(query: URLSearchParams) {
    const count = (name: 'readAt' | 'deliveredAt') =>
      this.lines.filter((line) => line[name] !== null).length;
    const [totalCount, readCount] = [this.lines.length, count('readAt')];
    return {
      ...{ seq: 5, status: 'sent', readCount, deliveredCount: count('deliveredAt') },
      ...{ totalCount, unreadCount: totalCount - readCount, ...pageOf(this.lines, query) },
    };
  }
}

function pageOf<T>(all: readonly T[], query: URLSearchParams) {
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? 100);
  return { members: all.slice(from, to), next: to < all.length ? String(to) : null };
}

export const line = (userId: string, with_: Partial<ReceiptLine> = {}): ReceiptLine => ({
  ...{ userId, deliveredAt: null, readAt: null },
  ...with_,
});

export const memberOf = (userId: string, with_: Partial<Member> = {}): Member => ({
  ...{ userId, name: userId.toUpperCase(), role: 'member', joinedAt: 1 },
  ...with_,
});

/** Old enough that nobody doubts it. */
const lastMessage: LastMessage = {
  ...{ messageId: 'team.10', seq: 10, senderId: 'ann', messageType: 'text', content: '' },
  createdAt: -60_000,
};

const settled = { lastSeq: 10, readSeq: 10, lastMessage };

/** A connected client whose group such a service answers for. */
export async function liveGroup(
  service = new LiveService(),
  status: Partial<GroupStatus> = {},
  options: ScriptedClientOptions = {},
) {
  const scripted = await connectedClient(
    { ...settled, ...status },
    { ...options, answer: service.answer },
  );
  return { ...scripted, service };
}

/** Of message 5. */
export const receipt = (
  userId: string,
  kind: 'read' | 'delivered' | 'played',
  at: number,
  [fromSeq, toSeq] = [5, 5],
) => ({
  ...{ type: 'read_status_update' as const, groupId },
  receipts: [{ userId, kind, fromSeq, toSeq, at }],
});

export const counts = (
  readCount: number,
  deliveredCount: number,
  totalCount: number,
  version = 9,
) => ({
  ...{ type: 'read_status_update' as const, groupId, version },
  counts: [
    {
      fromSeq: 5,
      toSeq: 5,
      readCount,
      deliveredCount,
      unreadCount: totalCount - readCount,
      totalCount,
    },
  ],
});

/** The connection is lost, and there is another one. */
export async function reconnect(host: ScriptedHost, status: Partial<GroupStatus> = {}) {
  host.socket.drop();
  await host.advance(1000);
  host.socket.open();
  await host.settle();
  host.socket.reply('hello', {
    ...{ type: 'connection_established', userId: 'me', connectionId: 'c=' },
    ...{ totalUnreadCount: 0, groups: [aStatus({ ...settled, ...status })] },
  });
  await host.settle();
}

/** Subscribes, and counts how often it is called back. */
export function watch(store: { subscribeState: (listener: () => void) => () => void }) {
  const watched = { calls: 0, end: () => {} };
  watched.end = store.subscribeState(() => {
    watched.calls += 1;
  });
  return watched;
}
