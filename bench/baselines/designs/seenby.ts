import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { MemberState } from '@seenby/core/members/member.ts';
import { createGroup } from '../../../functions/groups/create-group.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { countReceipts } from '../../../functions/receipts/count-receipts.ts';
import { listReceipts } from '../../../functions/receipts/list-receipts.ts';
import { markOneGroup, requestForRanges } from '../../../functions/receipts/mark-messages.ts';
import { recordReceipts } from '../../../functions/receipts/record-receipts.ts';
import type { Result } from '../../../functions/runtime/result.ts';
import { createService, type Service } from '../../../functions/service/service.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { readStatuses } from '../../../functions/sync/read-statuses.ts';
import type { Counts, GroupStore, Mark, Reader } from '../design.ts';

export interface SeenbyPlace {
  documents: DynamoDBDocumentClient;
  /** Reads what the table's stream would bring, which costs nothing on AWS. */
  observer: DynamoDBDocumentClient;
  tableName: string;
}

const maxListed = 500;

/** Seenby's own use cases, called as the Lambdas call them, but for pushes. */
export class Seenby implements GroupStore {
  readonly #groupId: string;
  readonly #service: Service;
  readonly #cursors: Cursors;
  /** Sees the member rows, and is not metered. */
  readonly #observer: Service;
  #now = 0;
  #sent = 0;
  #ids = 0;
  #ownerId = '';
  #seen = new Map<string, MemberState>();

  constructor({ documents, observer, tableName }: SeenbyPlace, groupId: string) {
    const table = new Table(documents, tableName);
    this.#groupId = groupId;
    this.#service = this.#serviceOf(table);
    this.#cursors = new Cursors(table);
    this.#observer = this.#serviceOf(new Table(observer, tableName));
  }

  #serviceOf = (table: Table): Service =>
    createService({
      ...{ table, retentionDays: 30, clock: () => this.#now, wait: async () => undefined },
      ...{ random: () => 0.1, newId: () => `${++this.#ids}` },
    });

  async createGroup(memberIds: readonly string[]): Promise<void> {
    this.#ownerId = memberIds[0] ?? '';
    this.#now = Date.UTC(2026, 0, 1);
    const settings = { kind: 'group', visibility: 'members', tracking: 'receipts' } as const;
    const group = { name: 'Team', memberIds: [...memberIds], historyForNewMembers: 100 };
    const input = { groupId: this.#groupId, ...settings, ...group };
    unwrap(await createGroup(this.#service, { userId: this.#ownerId }, input));
    this.#seen = await this.#rows();
  }

  async send(authorId: string, content: string, at: number): Promise<number> {
    this.#now = at;
    this.#sent += 1;
    const clientMessageId = `client-${String(this.#sent).padStart(5, '0')}`;
    const input = {
      groupId: this.#groupId,
      clientMessageId,
      content,
      messageType: 'text' as const,
    };
    return unwrap(await sendMessage(this.#service, { userId: authorId }, input)).message.seq;
  }

  deliver = (mark: Mark): Promise<void> => this.#mark('delivered', mark);

  read = (mark: Mark): Promise<void> => this.#mark('read', mark);

  async counts(seq: number): Promise<Counts> {
    const range = { groupId: this.#groupId, from: seq, to: seq };
    const caller = { userId: this.#ownerId };
    const { counts } = unwrap(await countReceipts(this.#service, caller, range));
    const [{ deliveredCount, readCount, totalCount } = noCounts] = counts;
    // Here the author counts as a reader.
    return { delivered: deliveredCount - 1, read: readCount - 1, total: totalCount - 1 };
  }

  async readers(seq: number): Promise<Reader[]> {
    const query = { groupId: this.#groupId, seq, state: 'read' as const, limit: maxListed };
    const caller = { userId: this.#ownerId };
    const { members } = unwrap(await listReceipts(this.#service, this.#cursors, caller, query));
    const others = members.filter(({ isSender }) => !isSender);
    return others.map(({ userId, readAt }) => ({ userId, readAt }));
  }

  async unread(userId: string): Promise<number> {
    const { groups } = await readStatuses(this.#service, userId, [this.#groupId]);
    return groups[0]?.unreadCount ?? NaN;
  }

  /** The receipt log of one batch of the table's stream. */
  async settle(): Promise<void> {
    const rows = await this.#rows();
    const changes = [...rows.values()].flatMap((after, i): MemberChange[] => {
      const before = this.#seen.get(after.userId);
      if (before?.revision === after.revision) return [];
      return [{ groupId: this.#groupId, before, after, sequenceNumber: String(i) }];
    });
    this.#seen = rows;
    await recordReceipts(this.#service, changes);
  }

  async #rows(): Promise<Map<string, MemberState>> {
    const rows = await this.#observer.members.ofGroup(this.#groupId, 'strong');
    return new Map(rows.map((row) => [row.userId, row]));
  }

  async #mark(kind: 'delivered' | 'read', { userId, seqs, at }: Mark): Promise<void> {
    this.#now = at;
    const ranges = seqs.map((seq) => ({ fromSeq: seq, toSeq: seq }));
    const request = requestForRanges(this.#groupId, ranges);
    unwrap(await markOneGroup(this.#service, { userId }, kind, request));
  }
}

const noCounts = { deliveredCount: NaN, readCount: NaN, totalCount: NaN };

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problem.message);
}
