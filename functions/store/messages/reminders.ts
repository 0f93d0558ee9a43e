import { type NotedReminder, withReminder } from '@seenby/core/reading/reminders.ts';
import type { Reminder } from '@seenby/protocol/entities.ts';
import { type Authority, authorityCheck } from '../authority.ts';
import { decodeRangeSet, encodeRangeSet } from '../codecs/range-set-codec.ts';
import { groupKey, messageKey, remindersKey } from '../dynamodb/keys.ts';
import type { Item, Table } from '../dynamodb/table.ts';
import type { WritePart } from '../dynamodb/transact.ts';
import { alive } from '../items/group-item.ts';

/** So many are kept, and in so few bytes: members who were away read them all. */
const maxReminders = 64;
const maxBytes = 7000;
/** What a reminder takes beside ids and members, and more. */
const bytesOfFields = 60;

/** The reminders of a group, the oldest first. */
export interface GroupReminders {
  reminders: readonly NotedReminder[];
  /** 0 while there is no row. */
  revision: number;
}

const none: GroupReminders = { reminders: [], revision: 0 };

/** Reminders stand in a row of the group's own: members read it who have not read their messages. */
export class Reminders {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Those of each group, in the order of the ids. */
  async of(groupIds: readonly string[]): Promise<GroupReminders[]> {
    const items = await this.#table.getMany(groupIds.map(remindersKey), 'strong');
    return items.map((item) => (item ? toReminders(item) : none));
  }

  /** Puts a pseudonym in the place of who reminded. Where others remind at this moment it is tried again. */
  async renameAuthor(
    groupId: string,
    renaming: { userId: string; pseudonym: string },
  ): Promise<void> {
    for (;;) {
      const [known = none] = await this.of([groupId]);
      if (!known.reminders.some(({ fromUserId }) => fromUserId === renaming.userId)) return;
      const after = {
        reminders: known.reminders.map((reminder) => asPseudonym(reminder, renaming)),
        revision: known.revision + 1,
      };
      await this.#table.put({ Item: toItem(groupId, after), ...onRevision(known) });
    }
  }

  /**
   * Notes a reminder on what is known. Answers how long to wait, in milliseconds, where there was one of this
   * message a moment ago; `overtaken` where another one was noted meanwhile.
   */
  async add(
    by: Authority,
    known: GroupReminders,
    reminder: NotedReminder,
    coolDownMs: number,
  ): Promise<'noted' | 'overtaken' | 'notAllowed' | 'gone' | number> {
    const after = {
      reminders: newestThatFit(withReminder(known.reminders, reminder)),
      revision: known.revision + 1,
    };
    const written = await this.#table.transact([
      authorityCheck(by),
      noteOnMessage(by.groupId, reminder, coolDownMs),
      { Put: { Item: toItem(by.groupId, after), ...onRevision(known) } },
      noteOnGroup(by.groupId, after),
    ]);
    if (written.outcome === 'written') return 'noted';
    const [first = { part: 0, current: undefined }] = written.refused;
    if (first.part === 0) return 'notAllowed';
    if (first.part === 1 && first.current) {
      return Number(first.current.remindedAt) + coolDownMs - reminder.at;
    }
    return first.part === 2 ? 'overtaken' : 'gone';
  }
}

const asPseudonym = (
  reminder: NotedReminder,
  { userId, pseudonym }: { userId: string; pseudonym: string },
): NotedReminder =>
  reminder.fromUserId === userId ? { ...reminder, fromUserId: pseudonym } : reminder;

function newestThatFit(reminders: readonly NotedReminder[]): NotedReminder[] {
  const kept: NotedReminder[] = [];
  let bytes = 0;
  for (const reminder of reminders.slice(-maxReminders).reverse()) {
    const chosen = reminder.chosen ? encodeRangeSet(reminder.chosen) : [];
    bytes += bytesOfFields + reminder.fromUserId.length + chosen.length;
    if (bytes > maxBytes) break;
    kept.unshift(reminder);
  }
  return kept;
}

const noteOnMessage = (
  groupId: string,
  { seq, at }: NotedReminder,
  coolDownMs: number,
): WritePart => ({
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

const toItem = (groupId: string, { reminders, revision }: GroupReminders): Item => ({
  ...remindersKey(groupId),
  reminders: reminders.map(({ chosen, ...fields }) => ({
    ...fields,
    ...(chosen && { chosen: encodeRangeSet(chosen) }),
  })),
  revision,
});

type StoredReminder = Reminder & { chosen?: Uint8Array };

export function toReminders(item: Item): GroupReminders {
  const row = item as unknown as { reminders: readonly StoredReminder[]; revision: number };
  return {
    reminders: row.reminders.map(({ chosen, ...fields }) => ({
      ...fields,
      ...(chosen && { chosen: decodeRangeSet(chosen) }),
    })),
    revision: row.revision,
  };
}
