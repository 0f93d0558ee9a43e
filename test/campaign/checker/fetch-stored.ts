import { setTimeout as wait } from 'node:timers/promises';
import type {
  CountRange,
  Message,
  PositionPage,
  ReceiptLine,
  ReceiptPage,
} from '@seenby/protocol/entities.ts';
import type { CountsAnswer, MessagePage } from '@seenby/protocol/http-answers.ts';
import pMap from 'p-map';
import type { Urls } from '../parts/cloud-host.ts';
import type { CampaignGroup } from '../parts/groups.ts';
import { Accounts } from '../people/accounts.ts';
import { request } from '../people/http-request.ts';
import type { StoredGroup, StoredList, StoredPosition } from './stored-group.ts';

const maxSeqsPerCall = 1000;
const listsAtOnce = 4;
const attempts = 20;
const tryAgainMs = 1000;

/** What the service answers about a group to members who have never asked anything before. */
export async function fetchStored(
  { groupId, memberIds }: CampaignGroup,
  { httpUrl }: Urls,
): Promise<StoredGroup> {
  const asking = new Asking(`${httpUrl}/groups/${groupId}`, memberIds, new Accounts(httpUrl));
  const { messages, lastSeq } = await fetchMessages(asking);
  const lists = new Map<number, StoredList>();
  await pMap(
    messages.filter(({ lost }) => !lost),
    async ({ seq }) => lists.set(seq, await fetchList(asking, seq)),
    { concurrency: listsAtOnce },
  );
  const counts = await fetchCounts(asking, lastSeq);
  const positions = await fetchPositions(asking);
  return { groupId, memberIds, lastSeq, messages, counts, lists, positions };
}

/** Asks as one member after the other: none of them asks more than it may. */
class Asking {
  readonly #path: string;
  readonly #memberIds: readonly string[];
  readonly #accounts: Accounts;
  #next = 0;

  constructor(path: string, memberIds: readonly string[], accounts: Accounts) {
    this.#path = path;
    this.#memberIds = memberIds;
    this.#accounts = accounts;
  }

  /** The member who asks next; pages of one list are asked for by the same one. */
  nextMember(): string {
    return this.#memberIds[this.#next++ % this.#memberIds.length] ?? '';
  }

  async get<T>(path: string, userId = this.nextMember()): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.#accounts.tokenOf(userId);
      const answer = await request<T>({ url: this.#path + path, token });
      if (answer.outcome === 'ok') return answer.body;
      if (attempt === attempts) throw new Error(`${this.#path}${path}: ${JSON.stringify(answer)}`);
      await wait(tryAgainMs);
    }
  }
}

async function fetchMessages(asking: Asking): Promise<MessagePage> {
  const messages: Message[] = [];
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0;
    const page = await asking.get<MessagePage>(`/messages?after=${after}&limit=100`);
    if (page.messages.length === 0) return { messages, lastSeq: page.lastSeq };
    messages.push(...page.messages);
  }
}

async function fetchCounts(asking: Asking, lastSeq: number): Promise<CountRange[]> {
  const counts: CountRange[] = [];
  for (let from = 1; from <= lastSeq; from += maxSeqsPerCall) {
    const to = Math.min(lastSeq, from + maxSeqsPerCall - 1);
    const answer = await asking.get<CountsAnswer>(`/receipts?from=${from}&to=${to}`);
    counts.push(...answer.counts);
  }
  return counts;
}

async function fetchList(asking: Asking, seq: number): Promise<StoredList> {
  const members: ReceiptLine[] = [];
  const userId = asking.nextMember();
  for (let cursor = ''; ; ) {
    const path = `/messages/${seq}/receipts?limit=500${cursor}`;
    const { members: lines, next, ...list } = await asking.get<ReceiptPage>(path, userId);
    members.push(...lines);
    if (next === null || next === undefined) return { ...countsOf(list), members };
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}

const countsOf = ({
  readCount,
  deliveredCount,
  unreadCount,
  totalCount,
}: Omit<StoredList, 'members'>): Omit<StoredList, 'members'> => ({
  ...{ readCount, deliveredCount, unreadCount, totalCount },
});

async function fetchPositions(asking: Asking): Promise<Map<string, StoredPosition>> {
  const positions = new Map<string, StoredPosition>();
  const userId = asking.nextMember();
  for (let cursor = ''; ; ) {
    const page = await asking.get<PositionPage>(`/positions?limit=500${cursor}`, userId);
    for (const { userId: memberId, readSeq, deliveredSeq } of page.members) {
      positions.set(memberId, { readSeq, deliveredSeq });
    }
    if (page.next === null || page.next === undefined) return positions;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}
