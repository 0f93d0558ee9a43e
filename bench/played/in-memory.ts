import { join } from 'node:path';
import { assemblyOf } from '../../demo/local/synthesize-seenby.ts';
import { createService, type Service } from '../../functions/service/service.ts';
import { Table } from '../../functions/store/dynamodb/table.ts';
import {
  readTableDefinition,
  type TableDefinition,
} from '../../test/support/in-process/table-definition.ts';
import { meterUnits, type Units } from '../../test/support/service/meter-units.ts';
import type { Design, Place } from '../baselines/all-designs.ts';
import { openDatabase } from '../baselines/open-database.ts';
import { kept } from './kept-figures.ts';

/** What the designs are played on: databases in the memory of this process. */
export interface InMemory {
  definition: TableDefinition;
  openPlace: (design: Pick<Design, 'table'>) => Promise<Place>;
  /** Answers what was computed before of the same question, unless that is to be played in any case. */
  keep?: <T>(question: unknown, compute: () => Promise<T>) => Promise<T>;
}

let opened: Promise<InMemory> | undefined;

/** Synthesizes the stack for its table, once. */
export const openInMemory = (): Promise<InMemory> => {
  opened ??= open();
  return opened;
};

async function open(): Promise<InMemory> {
  const { assemblyDir } = await assemblyOf(join(import.meta.dirname, '../..'));
  return {
    definition: await readTableDefinition(assemblyDir),
    openPlace: await openDatabase([], false),
    keep: kept,
  };
}

/** The use cases on a table of their own, with a meter and a clock that stands still. */
export interface MeteredService {
  service: Service;
  table: Table;
  place: Place;
  units: Units;
  time: { now: number };
}

export async function openMeteredService(
  openPlace: InMemory['openPlace'],
  now: number,
): Promise<MeteredService> {
  const place = await openPlace({ table: 'stack' });
  const table = new Table(place.documents, place.tableName);
  const time = { now };
  let ids = 0;
  const service = createService({
    ...{ table, retentionDays: 30, clock: () => time.now, wait: async () => undefined },
    ...{ random: () => 0.1, newId: () => `id-${++ids}` },
  });
  return { service, table, place, units: meterUnits(place.documents), time };
}
