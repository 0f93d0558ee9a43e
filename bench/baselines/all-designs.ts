import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { GroupStore, Promises } from './design.ts';
import { MapInMessage } from './designs/map-in-message.ts';
import { Matrix } from './designs/matrix.ts';
import { PositionsOnly } from './designs/positions-only.ts';
import { RowsOnReceipt } from './designs/rows-on-receipt.ts';
import { Seenby } from './designs/seenby.ts';
import { KeyedTable } from './keyed-table.ts';

/** A table that nobody else uses. */
export interface Place {
  documents: DynamoDBDocumentClient;
  /** Reaches the same table, and is not metered. */
  observer: DynamoDBDocumentClient;
  tableName: string;
}

export interface Design {
  name: string;
  /** The table that it needs: that of the stack, or one with two keys. */
  table: 'stack' | 'keyed';
  promises: Promises;
  /** Whom the design tells of each mark, by a frame to each. Seenby gathers: it has no such number. */
  tells?: 'everyone' | 'author';
  open(place: Place, groupId: string): GroupStore;
}

const all: Promises = { deliveries: true, anyOrder: true, times: true, exactAfterFailure: true };

const keyed = (Store: new (table: KeyedTable, groupId: string) => GroupStore) => ({
  table: 'keyed' as const,
  open: ({ documents, tableName }: Place, groupId: string) =>
    new Store(new KeyedTable(documents, tableName), groupId),
});

/** Seenby first, then what it is measured against. */
export const designs: readonly Design[] = [
  {
    ...{ name: 'Seenby', table: 'stack', promises: all },
    open: (place, groupId) => new Seenby(place, groupId),
  },
  {
    ...{ name: 'a row per message and member', ...keyed(Matrix), tells: 'everyone' },
    promises: { ...all, exactAfterFailure: false },
  },
  { name: 'rows on receipt', ...keyed(RowsOnReceipt), promises: all, tells: 'author' },
  { name: 'a map in the message', ...keyed(MapInMessage), promises: all, tells: 'everyone' },
  {
    ...{ name: 'positions only', ...keyed(PositionsOnly), tells: 'everyone' },
    promises: { ...all, anyOrder: false, times: false },
  },
];
