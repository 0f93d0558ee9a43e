import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from './item.ts';
import type { Pauses } from './pauses.ts';
import { retryConflicts } from './retry-conflicts.ts';

type Parts = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One of the writes of a transaction, or a condition on an item that it does not write. */
export type WritePart = {
  [K in 'ConditionCheck' | 'Delete' | 'Put' | 'Update']: {
    [P in K]: Omit<NonNullable<Parts[K]>, 'TableName'>;
  };
}['ConditionCheck' | 'Delete' | 'Put' | 'Update'];

export type UpdateOfItem = Extract<WritePart, { Update: unknown }>['Update'];

/** Of each part whose condition did not hold the item that is there instead. */
export type TransactionOutcome =
  | { outcome: 'written' }
  | { outcome: 'refused'; refused: { part: number; current: Item | undefined }[] };

export async function transact(
  client: DynamoDBDocumentClient,
  tableName: string,
  parts: readonly WritePart[],
  pauses: Pauses,
): Promise<TransactionOutcome> {
  const inTable = { TableName: tableName, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  const TransactItems = parts.map((part) =>
    Object.fromEntries(Object.entries(part).map(([kind, of]) => [kind, { ...of, ...inTable }])),
  );
  try {
    await retryConflicts(() => client.send(new TransactWriteCommand({ TransactItems })), pauses);
    return { outcome: 'written' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const refused = (error.CancellationReasons ?? []).flatMap(({ Code, Item }, part) =>
      Code === 'ConditionalCheckFailed' ? [{ part, current: Item && unmarshall(Item) }] : [],
    );
    if (refused.length === 0) throw error;
    return { outcome: 'refused', refused };
  }
}
