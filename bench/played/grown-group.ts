import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createGroup } from '../../functions/groups/create-group.ts';
import { sendMessage } from '../../functions/messages/send-message.ts';
import { RecipientResolver } from '../../functions/push/recipients/recipient-resolver.ts';
import { countReceipts } from '../../functions/receipts/count-receipts.ts';
import { listReceipts } from '../../functions/receipts/list-receipts.ts';
import { markOneGroup } from '../../functions/receipts/mark-messages.ts';
import type { Result } from '../../functions/runtime/result.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { groupKey } from '../../functions/store/dynamodb/keys.ts';
import { content, groupId, startMs } from './acts.ts';
import { type InMemory, type MeteredService, openMeteredService } from './in-memory.ts';

/** Units, requests to the database, and how many of these wait for each other. */
export interface CallUse {
  write: number;
  read: number;
  requests: number;
  roundTrips: number;
}

/** A group whose calls are metered one by one. */
export class GrownGroup {
  readonly metered: MeteredService;
  readonly memberIds: readonly string[];
  #sent = 0;

  static async open(
    openPlace: InMemory['openPlace'],
    memberIds: readonly string[],
  ): Promise<GrownGroup> {
    const metered = await openMeteredService(openPlace, startMs);
    const settings = { kind: 'group', visibility: 'members', tracking: 'receipts' } as const;
    const group = { name: 'Team', memberIds: [...memberIds], historyForNewMembers: 100 };
    const owner = { userId: memberIds[0] ?? '' };
    unwrap(await createGroup(metered.service, owner, { groupId, ...settings, ...group }));
    return new GrownGroup(metered, memberIds);
  }

  private constructor(metered: MeteredService, memberIds: readonly string[]) {
    this.metered = metered;
    this.memberIds = memberIds;
  }

  /** As if so many messages had been sent: marks look at neither text nor sender. */
  async growTo(lastSeq: number): Promise<void> {
    const { documents, tableName } = this.metered.place;
    await documents.send(
      new UpdateCommand({
        ...{ TableName: tableName, Key: groupKey(groupId) },
        UpdateExpression: 'SET lastSeq = :lastSeq, checkedSeq = :lastSeq',
        ExpressionAttributeValues: { ':lastSeq': lastSeq },
      }),
    );
  }

  /** A call and, where others are told of it, the search for their connections. */
  async use(call: () => Promise<unknown>): Promise<CallUse> {
    const { units, time } = this.metered;
    time.now += 60_000;
    units.reset();
    await call();
    const { write, read, requests, roundTrips } = units;
    return { write, read, requests: requests.length, roundTrips };
  }

  send = async (): Promise<number> => {
    const clientMessageId = `client-${String(++this.#sent).padStart(5, '0')}`;
    const input = { groupId, clientMessageId, content, messageType: 'text' as const };
    const sent = await sendMessage(this.metered.service, { userId: this.#author }, input);
    return unwrap(sent).message.seq;
  };

  read = async (userId: string, upTo: number): Promise<void> => {
    const { service } = this.metered;
    const marked = await markOneGroup(service, { userId }, 'read', { groupId, upTo });
    unwrap(marked);
    if (marked.ok) await new RecipientResolver(service, 20).resolve(marked.pushes);
  };

  counts = async (from: number, to: number): Promise<void> => {
    const range = { groupId, from, to };
    unwrap(await countReceipts(this.metered.service, { userId: this.#author }, range));
  };

  /** How many members are in the first page of the list. */
  list = async (seq: number): Promise<number> => {
    const { service, table } = this.metered;
    const query = { groupId, seq, state: 'read' as const, limit: 500 };
    const caller = { userId: this.#author };
    return unwrap(await listReceipts(service, new Cursors(table), caller, query)).members.length;
  };

  get #author(): string {
    return this.memberIds[0] ?? '';
  }
}

export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problem.message);
}
