import { settingsKey } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';

export interface UserSettings {
  /** Whether the user gives, and so sees, read receipts in direct chats. */
  readReceipts: boolean;
}

/** What users chose for themselves; who never chose gives receipts. */
export class SettingsOfUsers {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async get(userId: string): Promise<UserSettings> {
    return (await this.getMany([userId]))[0] as UserSettings;
  }

  async getMany(userIds: readonly string[]): Promise<UserSettings[]> {
    const items = await this.#table.getMany(userIds.map(settingsKey), 'strong');
    return items.map((item) => ({ readReceipts: item?.readReceipts !== false }));
  }

  /** False where they are so already, and everybody has been told. */
  async change(userId: string, { readReceipts }: UserSettings): Promise<boolean> {
    const [item] = await this.#table.getMany([settingsKey(userId)], 'strong');
    const isSame = (item?.readReceipts !== false) === readReceipts;
    if (isSame) return item?.untold === true;
    await this.#table.put({ Item: { ...settingsKey(userId), readReceipts, untold: true } });
    return true;
  }

  /** Of these settings, unless they have changed meanwhile. */
  async noteTold(userId: string, { readReceipts }: UserSettings): Promise<void> {
    await this.#table.update({
      Key: settingsKey(userId),
      UpdateExpression: 'REMOVE untold',
      ConditionExpression: 'readReceipts = :told',
      ExpressionAttributeValues: { ':told': readReceipts },
    });
  }
}
