import { type RangeSet, union } from '@seenby/core/ranges/range-set.ts';
import type { Reminder } from '@seenby/protocol/entities.ts';
import { type Authority, authorityCheck } from '../authority.ts';
import { decodeRangeSet, encodeRangeSet } from '../codecs/range-set-codec.ts';
import { groupKey, messageKey, remindersKey } from '../dynamodb/keys.ts';
import type { Item, Table } from '../dynamodb/table.ts';
import type { WritePart } from '../dynamodb/transact.ts';
import { alive } from '../items/group-item.ts';

/** So many are kept for those who were not there: some 4 KB. */
const maxReminders = 64;

/** The reminders of a group, and who has been told when: members by their numbers. */
export interface GroupReminders {
  reminders: readonly Reminder[];
  told: readonly { at: number; ordinals: RangeSet }[];
  /** 0 while there is no row. */
  revision: number;
}

/** A reminder, who is told of it now, and how long the message is not reminded of again. */
export interface NewReminder extends Reminder {
  told: RangeSet;
  coolDownMs: number;
}

const none: GroupReminders = { reminders: [], told: [], revision: 0 };

/** Reminders stand in a row of the group's own: members read it who have not read their messages. */
export class Reminders {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Those of each group, in the order of the ids. */
  async of(groupIds: readonly string[]): Promise<GroupReminders[]> {
    const items = await this.#table.getMany(groupIds.map(remindersKey), 'strong');
    return items.map((item) => (item ? fromItem(item) : none));
  }

  /**
   * Notes a reminder on what is known. Answers how long to wait, in milliseconds, where there was one of this
   * message a moment ago; `overtaken` where another one was noted meanwhile.
   */
  async add(
    by: Authority,
    known: GroupReminders,
    reminder: NewReminder,
  ): Promise<'noted' | 'overtaken' | 'notAllowed' | 'gone' | number> {
    const after = withReminder(known, reminder);
    const written = await this.#table.transact([
      authorityCheck(by),
      noteOnMessage(by.groupId, reminder),
      { Put: { Item: toItem(by.groupId, after), ...onRevision(known) } },
      noteOnGroup(by.groupId, after),
    ]);
    if (written.outcome === 'written') return 'noted';
    const [first = { part: 0, current: undefined }] = written.refused;
    if (first.part === 0) return 'notAllowed';
    if (first.part === 1 && first.current) {
      return Number(first.current.remindedAt) + reminder.coolDownMs - reminder.at;
    }
    return first.part === 2 ? 'overtaken' : 'gone';
  }
}

function withReminder(
  { reminders, told, revision }: GroupReminders,
  { seq, fromUserId, at, told: ordinals, coolDownMs }: NewReminder,
): GroupReminders {
  const others = reminders.filter((each) => each.seq !== seq);
  return {
    reminders: [...others, { seq, fromUserId, at }].slice(-maxReminders),
    told: [...told, { at, ordinals }].filter((each) => each.at > at - coolDownMs),
    revision: revision + 1,
  };
}

const noteOnMessage = (groupId: string, { seq, at, coolDownMs }: NewReminder): WritePart => ({
  Update: {
    Key: messageKey(groupId, seq),
    UpdateExpression: 'SET remindedAt = :now',
    ConditionExpression:
      'attribute_exists(pk) AND (attribute_not_exists(remindedAt) OR remindedAt <= :before)',
    ExpressionAttributeValues: { ':now': at, ':before': at - coolDownMs },
  },
});

const noteOnGroup = (groupId: string, { reminders }: GroupReminders): WritePart => ({
  Update: {
    Key: groupKey(groupId),
    UpdateExpression: 'SET remindedSeq = :seq',
    ConditionExpression: alive,
    ExpressionAttributeValues: { ':seq': Math.max(...reminders.map(({ seq }) => seq)) },
  },
});

const onRevision = ({ revision }: GroupReminders) =>
  revision === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'revision = :known',
        ExpressionAttributeValues: { ':known': revision },
      };

/** Who is in one of the sets. */
export const toldSince = ({ told }: GroupReminders, since: number): RangeSet =>
  told
    .filter(({ at }) => at > since)
    .reduce<RangeSet>((all, each) => union(all, each.ordinals), []);

const toItem = (groupId: string, { reminders, told, revision }: GroupReminders): Item => ({
  ...remindersKey(groupId),
  reminders,
  told: told.map(({ at, ordinals }) => ({ at, ordinals: encodeRangeSet(ordinals) })),
  revision,
});

function fromItem(item: Item): GroupReminders {
  const { reminders, told, revision } = item as unknown as Omit<GroupReminders, 'told'> & {
    told: readonly { at: number; ordinals: Uint8Array }[];
  };
  return {
    reminders,
    told: told.map(({ at, ordinals }) => ({ at, ordinals: decodeRangeSet(ordinals) })),
    revision,
  };
}
