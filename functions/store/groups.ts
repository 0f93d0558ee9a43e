import type { GroupState } from '@seenby/core/group.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import { type Authority, authorityCheck } from './authority.ts';
import { attemptLifeMs } from './create-groups.ts';
import { groupKey } from './dynamodb/keys.ts';
import type { Consistency, Item, Table } from './dynamodb/table.ts';
import type { UpdateOfItem, WritePart } from './dynamodb/transact.ts';
import { alive, fromGroupItem, type Preview, previewOf, toTimes } from './items/group-item.ts';
import { allocateSeq, type TakenSeq } from './messages/allocate-seq.ts';
import { packRecalled, readRecalledOf } from './recalled-seqs.ts';

/** No group has more members. */
export const maxMembers = 5000;

const clockToleranceMs = 1000;

interface GoneChange {
  change?: string;
  isLost?: true;
  condition?: string;
  values?: Item;
}

const previewedSeq = (item: Item | undefined): unknown =>
  item && ((item.preview as Preview | undefined)?.seq ?? item.lastSeq);

const placesGivenBack = (groupId: string, places: number) => ({
  Key: groupKey(groupId),
  UpdateExpression: 'SET places = if_not_exists(places, lastOrdinal) - :places',
  ExpressionAttributeValues: { ':places': places },
});

/** Group rows: settings, where the conversation stands, and the newest message. */
export class Groups {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  async get(groupId: string, consistency: Consistency = 'strong'): Promise<GroupState | undefined> {
    return this.#toGroup(groupId, await this.#table.get(groupKey(groupId), consistency));
  }

  /** Takes the next seq for a message: see `allocateSeq`. */
  allocateSeq(known: GroupState, preview: Preview, attempt: string): Promise<TakenSeq | undefined> {
    return allocateSeq(this.#table, this.#retentionDays, { known, preview, attempt });
  }

  /**
   * Takes a message out of everyone's unread count, and its text out of the preview. An ADD, which any
   * number can make at once.
   */
  async addRecalled({ groupId, lastMessage }: GroupState, seq: number): Promise<void> {
    if (lastMessage?.seq === seq && (await this.#addLastRecalled(groupId, seq))) return;
    const item = await this.#addGone(groupId, [seq]);
    // What was newer turned out to be lost meanwhile.
    if (seq === previewedSeq(item)) await this.#addLastRecalled(groupId, seq);
  }

  /** False when a newer message has come: the preview is of that one then. */
  #addLastRecalled(groupId: string, seq: number): Promise<Item | undefined> {
    return this.#addGone(groupId, [seq], {
      change: 'SET preview.content = :none, preview.recalled = :yes',
      condition: '(preview.seq = :seq OR (attribute_not_exists(preview.seq) AND lastSeq = :seq))',
      values: { ':none': '', ':yes': true, ':seq': seq },
    });
  }

  /** The same for seqs without a message; false when one of them may be the one that the preview is of. */
  async addLost(groupId: string, seqs: readonly number[]): Promise<boolean> {
    const item = await this.#addGone(groupId, seqs, {
      isLost: true,
      condition: 'lastSeq > :last AND (attribute_not_exists(preview.seq) OR preview.seq > :last)',
      values: { ':last': Math.max(...seqs) },
    });
    return item !== undefined;
  }

  /** The same where all after the newest message was lost; false when another one has come, or that one went. */
  async addLastLost(
    { groupId, lastSeq }: GroupState,
    seqs: readonly number[],
    newest: Message | undefined,
  ): Promise<boolean> {
    const isThere = newest && !newest.recalled ? ' AND NOT contains(recalled, :seq)' : '';
    const item = await this.#addGone(groupId, seqs, {
      isLost: true,
      change: newest ? 'SET preview = :preview' : 'REMOVE preview',
      condition: `lastSeq = :lastSeq${isThere}`,
      values: {
        ':lastSeq': lastSeq,
        ...(newest && { ':preview': { ...previewOf(newest), seq: newest.seq } }),
        ...(isThere && { ':seq': newest?.seq }),
      },
    });
    return item !== undefined;
  }

  /** Notes that every seq up to here has its message or its tombstone. */
  async noteChecked({ groupId, lastSeq }: GroupState): Promise<void> {
    await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'SET checkedSeq = :seq',
      ConditionExpression: `${alive} AND (attribute_not_exists(checkedSeq) OR checkedSeq < :seq)`,
      ExpressionAttributeValues: { ':seq': lastSeq },
    });
  }

  async #addGone(
    groupId: string,
    seqs: readonly number[],
    { change = '', isLost, condition, values = {} }: GoneChange = {},
  ): Promise<Item | undefined> {
    const written = await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: `${change} ADD turns :one, recalled :gone${isLost ? ', lost :gone' : ''}`,
      ConditionExpression: condition ? `${alive} AND ${condition}` : alive,
      ExpressionAttributeValues: { ...values, ':gone': new Set(seqs), ':one': 1 },
    });
    if (written.outcome !== 'written') return undefined;
    await packRecalled(this.#table, groupId, written.item);
    return written.item;
  }

  /**
   * `notAllowed` for who has no such role at the moment of the write, `refused` where the group is gone, or
   * its settings are no longer those that this was decided on.
   */
  changeSettings(
    by: Authority,
    known: Pick<GroupState, 'name' | 'turns'>,
    { name, tracking, trackingSince, privateTimes, visibility, turns }: GroupState,
    also: WritePart,
  ): Promise<'written' | 'refused' | 'notAllowed'> {
    const settings = { name, tracking, trackingSince, visibility, turns };
    const entries = Object.entries({ ...settings, privateTimes: toTimes(privateTimes) });
    const update = {
      UpdateExpression: `SET ${entries.map((_, i) => `#n${i} = :v${i}`).join(', ')}`,
      // Turns count the changes of tracking and visibility, and seqs that went.
      ConditionExpression: `${alive} AND #n0 = :name AND (attribute_not_exists(turns) OR turns = :turns)`,
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name], i) => [`#n${i}`, name])),
      ExpressionAttributeValues: {
        ':name': known.name,
        ':turns': known.turns,
        ...Object.fromEntries(entries.map(([, value], i) => [`:v${i}`, value])),
      },
    };
    return this.#updateAs(by, update, also);
  }

  /**
   * Numbers for new members, `lastOrdinal` being then the last of as many as were asked for, and
   * places for all who join, in one write. Before the first one leaves or comes, the numbers are the
   * places: a group is made with as many of both.
   */
  async takeOrdinals(
    by: Authority,
    { count, places, at }: { count: number; places: number; at: number },
  ): Promise<GroupState | 'full' | 'notAllowed' | undefined> {
    const { groupId } = by;
    for (;;) {
      const item = await this.#table.get(groupKey(groupId));
      const group = await this.#toGroup(groupId, item);
      if (!group || !item) return undefined;
      const taken = Number(item.places ?? item.lastOrdinal);
      if (taken + places > maxMembers) return 'full';
      const outcome = await this.#updateAs(by, {
        UpdateExpression: 'SET places = :places, placesTakenAt = :at ADD lastOrdinal :count',
        ConditionExpression: `${alive} AND lastOrdinal = :known AND ${item.places === undefined ? 'attribute_not_exists(places)' : 'places = :taken'}`,
        ExpressionAttributeValues: {
          ...(item.places !== undefined && { ':taken': taken }),
          ':known': group.lastOrdinal,
          ':places': taken + places,
          ':count': count,
          ':at': at,
        },
      });
      if (outcome === 'written') return { ...group, lastOrdinal: group.lastOrdinal + count };
      if (outcome === 'notAllowed') return outcome;
    }
  }

  /** An update of the group's row by somebody whose role allows it in that very moment. */
  async #updateAs(
    by: Authority,
    update: Omit<UpdateOfItem, 'Key'>,
    ...also: WritePart[]
  ): Promise<'written' | 'refused' | 'notAllowed'> {
    const Update = { Key: groupKey(by.groupId), ...update };
    const written = await this.#table.transact([authorityCheck(by), { Update }, ...also]);
    if (written.outcome === 'written') return 'written';
    return written.refused.some(({ part }) => part === 0) ? 'notAllowed' : 'refused';
  }

  /**
   * After the rows say so: a crash between the two leaves a place unused, and never one too many.
   * `since` is from before the rows were written: places counted after that may be without it.
   */
  async givePlacesBack(groupId: string, places: number, since: number): Promise<void> {
    if (places === 0) return;
    const Update = {
      ...placesGivenBack(groupId, places),
      ConditionExpression: `${alive} AND (attribute_not_exists(placesCountedAt) OR placesCountedAt < :since)`,
    };
    const values = { ...Update.ExpressionAttributeValues, ':since': since - clockToleranceMs };
    // A transaction, of which DynamoDB knows a repetition: places given back twice would be too many.
    await this.#table.transact([{ Update: { ...Update, ExpressionAttributeValues: values } }]);
  }

  /** As a part of the write by which a member leaves. */
  placeGivenBack(groupId: string, at: number): WritePart {
    const { UpdateExpression, ExpressionAttributeValues, Key } = placesGivenBack(groupId, 1);
    return {
      Update: {
        Key,
        UpdateExpression: `${UpdateExpression}, leftAt = :at`,
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ':at': at },
      },
    };
  }

  /**
   * Frees the places that attempts to add members took before they ended early; false where one may still
   * be under way, or where there is nothing to free.
   */
  async freeLostPlaces(
    groupId: string,
    at: number,
    countMembers: () => Promise<number>,
  ): Promise<boolean> {
    const { places, placesTakenAt = 0 } = (await this.#table.get(groupKey(groupId))) ?? {};
    if (places === undefined || at - (placesTakenAt as number) < attemptLifeMs) return false;
    const counted = await countMembers();
    const written = await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'SET places = :counted, placesCountedAt = :at',
      ConditionExpression: `${alive} AND places = :places AND places > :counted AND (attribute_not_exists(placesTakenAt) OR placesTakenAt = :takenAt)`,
      ExpressionAttributeValues: {
        ':counted': counted,
        ':at': at,
        ':places': places,
        ':takenAt': placesTakenAt,
      },
    });
    return written.outcome === 'written';
  }

  /** Keeps the id taken, and what its owner needs to end the deletion. */
  remove(by: Authority, at: number): Promise<'written' | 'refused' | 'notAllowed'> {
    return this.#updateAs(by, {
      UpdateExpression: 'SET deletedAt = :at, deletedBy = :by REMOVE preview',
      ConditionExpression: alive,
      ExpressionAttributeValues: { ':at': at, ':by': by.userId },
    });
  }

  /** A group that this user is deleting, or has deleted, and may have to go on with. */
  async getDeleted(groupId: string, userId: string): Promise<GroupState | undefined> {
    const { deletedAt, ...item } = (await this.#table.get(groupKey(groupId))) ?? {};
    const isTheirs = deletedAt !== undefined && item.deletedBy === userId;
    return isTheirs ? this.#toGroup(groupId, item) : undefined;
  }

  async #toGroup(groupId: string, item: Item | undefined): Promise<GroupState | undefined> {
    return fromGroupItem(groupId, item, await readRecalledOf(this.#table, groupId, item));
  }
}
