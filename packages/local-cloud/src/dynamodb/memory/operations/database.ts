import { invalid, notFound } from '../errors.ts';
import type { TableStream } from '../streams/table-stream.ts';
import type { Table } from '../tables/table.ts';
import type { CompletedTransactions } from './completed-transactions.ts';

/** All that the operations work on. */
export interface Database {
  readonly tables: Map<string, Table>;
  /** By ARN; those of deleted tables stay readable, as on AWS for a day. */
  readonly streams: Map<string, TableStream>;
  readonly completed: CompletedTransactions;
  /** As part of ARNs. */
  readonly region: string;
  readonly nowMs: () => number;
}

export function tableOf({ tables }: Database, name: unknown): Table {
  // An ARN names a table as well.
  const shortName = String(name ?? '').replace(/^arn:[^/]*\//, '');
  checkTableName(shortName);
  const table = tables.get(shortName);
  if (table === undefined) throw notFound('Requested resource not found');
  return table;
}

export function checkTableName(name: string): void {
  if (/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) return;
  throw invalid(
    "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'",
  );
}
