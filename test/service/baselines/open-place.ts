import { randomUUID } from 'node:crypto';
import type { Design, Place } from '../../../bench/baselines/all-designs.ts';
import { KeyedTable } from '../../../bench/baselines/keyed-table.ts';
import { createTable } from '../../support/service/create-table.ts';
import { testDatabase, testDocuments } from '../../support/service/test-database.ts';

/** A table for one design, on the database of the run. */
export async function openPlace({ table }: Pick<Design, 'table'>): Promise<Place> {
  const clients = { documents: testDocuments(), observer: testDocuments() };
  if (table === 'stack') return { ...clients, tableName: await createTable() };
  const tableName = `test-${randomUUID()}`;
  await KeyedTable.create(testDatabase(), tableName);
  return { ...clients, tableName };
}
