import type { GroupState } from '@seenby/core/group.ts';
import { erasureKey, groupKey, profileKey, settingsKey } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';
import { nameOfAuthor } from '../items/group-item.ts';

/** Who somebody becomes. What is known of it ends with the erasure: then nobody can tell who it was. */
export interface Erasure {
  pseudonym: string;
  startedAt: number;
}

/** Whose name goes, and what takes its place. */
export interface Renaming {
  userId: string;
  pseudonym: string;
}

/** Users who are being erased, and what goes at once. An emptied row has no more than its key, and that expires. */
export class Erasures {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Answers what an earlier request began, if it has not ended. */
  async begin(userId: string, erasure: Erasure): Promise<Erasure> {
    const written = await this.#table.put({
      Item: { ...erasureKey(userId), ...erasure },
      ConditionExpression: 'attribute_not_exists(pseudonym)',
    });
    if (written.outcome === 'written') return erasure;
    const { pseudonym, startedAt } = written.current ?? {};
    return { pseudonym: pseudonym as string, startedAt: startedAt as number };
  }

  async end(userId: string, at: number): Promise<void> {
    await this.#empty(erasureKey(userId), at);
  }

  /** Profile and settings. */
  async eraseOwn(userId: string, at: number): Promise<void> {
    await this.#empty(profileKey(userId), at);
    await this.#empty(settingsKey(userId), at);
  }

  /** Puts a pseudonym in the place of who sent the newest messages; where newer ones come they move on meanwhile. */
  async renameSenders(group: GroupState, { userId, pseudonym }: Renaming): Promise<void> {
    const earlier = group.recentAuthors.flatMap((author, i) =>
      author === userId && i > 0 ? [nameOfAuthor(i)] : [],
    );
    const last = group.lastMessage?.senderId === userId ? ['preview.senderId'] : [];
    for (const place of [...last, ...earlier]) {
      await this.#renameIn(group.groupId, place, userId, pseudonym);
    }
  }

  /** The same in the place of who deleted the group, if that was the user. */
  async renameDeleter(groupId: string, { userId, pseudonym }: Renaming): Promise<void> {
    await this.#renameIn(groupId, 'deletedBy', userId, pseudonym);
  }

  async #renameIn(groupId: string, place: string, known: string, renamed: string): Promise<void> {
    await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: `SET ${place} = :renamed`,
      ConditionExpression: `${place} = :known`,
      ExpressionAttributeValues: { ':known': known, ':renamed': renamed },
    });
  }

  async #empty(key: ReturnType<typeof erasureKey>, at: number): Promise<void> {
    await this.#table.put({ Item: { ...key, expiresAt: Math.ceil(at / 1000) } });
  }
}
