import type { GroupState } from '../../core/group.ts';
import { expiredSteps, stepOf } from '../../core/retention.ts';
import { fromGroupItem, type Preview, toGroupItem } from './group-item.ts';
import { groupKey } from './keys.ts';
import type { Table } from './table.ts';

const alive =
  'attribute_exists(pk) AND attribute_not_exists(deletedAt) AND attribute_not_exists(reservedBy)';

/** Group rows: settings, where the conversation stands, and the newest message. */
export class Groups {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /**
   * Takes the id for a group that its owner is making; nobody sees it before it is opened. Refused
   * for ids in use, those of deleted groups included.
   */
  async reserve(group: GroupState, ownerId: string): Promise<'reserved' | 'exists'> {
    const written = await this.#table.put({
      Item: { ...toGroupItem(group), reservedBy: ownerId },
      ConditionExpression: 'attribute_not_exists(pk) OR reservedBy = :owner',
      ExpressionAttributeValues: { ':owner': ownerId },
    });
    return written.outcome === 'written' ? 'reserved' : 'exists';
  }

  async open(groupId: string): Promise<void> {
    await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'REMOVE reservedBy',
    });
  }

  async get(groupId: string): Promise<GroupState | undefined> {
    return fromGroupItem(groupId, await this.#table.get(groupKey(groupId)));
  }

  /**
   * Takes the next seq for a message and shows it as the newest, in one write. The seq is the
   * caller's to fill: with the message, or with a tombstone.
   */
  async allocateSeq(known: GroupState, preview: Preview): Promise<GroupState | undefined> {
    const { groupId } = known;
    const expired = expiredSteps(known.steps, preview.createdAt, this.#retentionDays);
    const written = await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression:
        'SET lastSeq = lastSeq + :one, preview = :preview, steps.#step = if_not_exists(steps.#step, lastSeq)' +
        (expired.length > 0 ? ` REMOVE ${expired.map((_, i) => `steps.#e${i}`).join(', ')}` : ''),
      ConditionExpression: alive,
      ExpressionAttributeNames: {
        '#step': String(stepOf(preview.createdAt, this.#retentionDays)),
        ...Object.fromEntries(expired.map((step, i) => [`#e${i}`, step])),
      },
      ExpressionAttributeValues: { ':one': 1, ':preview': preview },
    });
    return written.outcome === 'written' ? fromGroupItem(groupId, written.item) : undefined;
  }

  /**
   * Takes seqs out of everyone's unread count, and the text out of the preview. An ADD, which any
   * number of senders can make at once: hundreds of retries may lose their seqs in one moment.
   */
  async addRecalled({ groupId, lastSeq }: GroupState, seqs: readonly number[]): Promise<void> {
    if (seqs.includes(lastSeq) && (await this.#addLastRecalled(groupId, lastSeq, seqs))) return;
    await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'ADD recalled :seqs',
      ConditionExpression: alive,
      ExpressionAttributeValues: { ':seqs': new Set(seqs) },
    });
  }

  /** False when a newer message has come: the preview is of that one then. */
  async #addLastRecalled(
    groupId: string,
    lastSeq: number,
    seqs: readonly number[],
  ): Promise<boolean> {
    const written = await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'SET preview.content = :none, preview.recalled = :yes ADD recalled :seqs',
      ConditionExpression: `${alive} AND lastSeq = :lastSeq`,
      ExpressionAttributeValues: {
        ':none': '',
        ':yes': true,
        ':lastSeq': lastSeq,
        ':seqs': new Set(seqs),
      },
    });
    return written.outcome === 'written';
  }

  async changeSettings(
    groupId: string,
    settings: Partial<Pick<GroupState, 'name' | 'tracking' | 'visibility'>>,
  ): Promise<GroupState | undefined> {
    const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
    const written = await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: `SET ${entries.map((_, i) => `#n${i} = :v${i}`).join(', ')}`,
      ConditionExpression: alive,
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name], i) => [`#n${i}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        entries.map(([, value], i) => [`:v${i}`, value]),
      ),
    });
    return written.outcome === 'written' ? fromGroupItem(groupId, written.item) : undefined;
  }

  /** Numbers for new members: `lastOrdinal` is then the last of as many as were asked for. */
  async takeOrdinals(groupId: string, count: number): Promise<GroupState | undefined> {
    const written = await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'ADD lastOrdinal :count',
      ConditionExpression: alive,
      ExpressionAttributeValues: { ':count': count },
    });
    return written.outcome === 'written' ? fromGroupItem(groupId, written.item) : undefined;
  }

  /** Keeps the id taken, and nothing else. */
  async remove(groupId: string, at: number): Promise<void> {
    await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'SET deletedAt = :at REMOVE preview',
      ConditionExpression: alive,
      ExpressionAttributeValues: { ':at': at },
    });
  }
}
