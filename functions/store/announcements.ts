import { announcementKey } from './dynamodb/keys.ts';
import type { Table } from './dynamodb/table.ts';
import type { WritePart } from './dynamodb/transact.ts';

const keptMs = 24 * 3_600_000;

/** A change of a group that its members are to be told of. */
export interface Announcement {
  groupId: string;
  /** What was changed: the settings, the role or the membership of somebody, a message. */
  what: 'settings' | `role ${string}` | `left ${string}` | `recalled ${number}`;
  /** Who changed it. */
  userId: string;
}

/**
 * Changes that have been written, and of which nobody may have been told: the request may have ended in
 * between. Whoever asks for the same change again finds it made, and tells of it.
 */
export class Announcements {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** As a part of the write that is announced. */
  partOf({ groupId, what, userId }: Announcement, at: number): WritePart {
    const expiresAt = Math.ceil((at + keptMs) / 1000);
    return { Put: { Item: { ...announcementKey(groupId, what, userId), expiresAt } } };
  }

  async isPending({ groupId, what, userId }: Announcement): Promise<boolean> {
    return (await this.#table.get(announcementKey(groupId, what, userId))) !== undefined;
  }

  async noteMade({ groupId, what, userId }: Announcement): Promise<void> {
    await this.#table.deleteMany([announcementKey(groupId, what, userId)]);
  }
}
