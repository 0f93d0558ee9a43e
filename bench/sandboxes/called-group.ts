import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { createGroup } from '../../functions/groups/create-group.ts';
import { sendMessage } from '../../functions/messages/send-message.ts';
import { markOneGroup } from '../../functions/receipts/mark-messages.ts';
import { createService, type Service } from '../../functions/service/service.ts';
import { memberKey } from '../../functions/store/dynamodb/keys.ts';
import { Table } from '../../functions/store/dynamodb/table.ts';
import { content, groupId } from '../played/acts.ts';
import { unwrap } from '../played/grown-group.ts';
import { userIdsOf } from '../support/user-ids.ts';

const members = 500;
const watching = 50;

export const connectionOf = (userId: string) => ({
  userId,
  connectionId: `Fm1L-jqV${userId.slice(-5)}CEJw=`,
});

/** A change of a member's row, as the table's stream has it. */
export interface StreamRecord {
  eventName: 'MODIFY';
  dynamodb: Record<string, unknown>;
}

/** A group of 500, of whom 50 have it open, for functions to be called with. */
export class CalledGroup {
  readonly memberIds = userIdsOf(members);
  readonly #service: Service;
  readonly #client: DynamoDBClient;
  readonly #tableName: string;
  #records = 0;
  #sent = 0;
  #readers: string[] = [];

  constructor(endpoint: string, tableName: string) {
    this.#client = new DynamoDBClient({ ...localAccess, endpoint });
    this.#tableName = tableName;
    const table = new Table(DynamoDBDocumentClient.from(this.#client), tableName);
    this.#service = createService({
      ...{ table, retentionDays: 30, clock: Date.now, random: Math.random },
      newId: () => crypto.randomUUID(),
    });
  }

  async create(): Promise<void> {
    const [ownerId = ''] = this.memberIds;
    const settings = { kind: 'group', visibility: 'members', tracking: 'receipts' } as const;
    const group = { name: 'Team', memberIds: [...this.memberIds], historyForNewMembers: 100 };
    const caller = { userId: ownerId };
    unwrap(await createGroup(this.#service, caller, { groupId, ...settings, ...group }));
    await this.send();
    const endsAt = Date.now() + 3_600_000;
    for (const userId of this.memberIds.slice(0, watching)) {
      await this.#service.connections.add(connectionOf(userId), endsAt);
      await this.#service.connections.subscribe(connectionOf(userId), [groupId], endsAt);
    }
  }

  /** By the owner. */
  async send(): Promise<void> {
    const clientMessageId = `client-${String(++this.#sent).padStart(5, '0')}`;
    const message = { clientMessageId, content, messageType: 'text' } as const;
    const caller = { userId: this.memberIds[0] ?? '' };
    unwrap(await sendMessage(this.#service, caller, { groupId, ...message }));
  }

  /** A member who has not read the newest message; once all have, there is a new one. */
  async nextMark(): Promise<{ userId: string; upTo: number }> {
    if (this.#readers.length === 0) {
      await this.send();
      this.#readers = this.memberIds.slice(1);
    }
    return { userId: this.#readers.pop() ?? '', upTo: this.#sent };
  }

  /** One member reads the newest message; what the stream then says of it. */
  async read(userId: string): Promise<StreamRecord> {
    const upTo = this.#sent;
    const before = await this.#row(userId);
    unwrap(await markOneGroup(this.#service, { userId }, 'read', { groupId, upTo }));
    const { pk, sk } = memberKey(groupId, userId);
    return {
      eventName: 'MODIFY',
      dynamodb: {
        ...{ Keys: { pk: { S: pk }, sk: { S: sk } }, OldImage: before },
        ...{ NewImage: await this.#row(userId), SequenceNumber: String(++this.#records) },
        ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      },
    };
  }

  close = (): void => this.#client.destroy();

  async #row(userId: string): Promise<Record<string, unknown>> {
    const { pk, sk } = memberKey(groupId, userId);
    const { Item } = await this.#client.send(
      new GetItemCommand({
        ...{ TableName: this.#tableName, ConsistentRead: true },
        Key: { pk: { S: pk }, sk: { S: sk } },
      }),
    );
    return encoded(Item ?? {});
  }
}

/** Bytes travel as base64 in an event. */
const encoded = (item: object): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(item, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  ) as Record<string, unknown>;
