import {
  type InProcessService,
  inProcessService,
} from '../../../support/in-process/in-process-service.ts';
import type { TableDefinition } from '../../../support/in-process/table-definition.ts';
import { VirtualTime } from '../../../support/time/virtual-time.ts';
import { seeded, seedOf } from '../../convergence/support/seeded.ts';
import { GlobalTable } from './global-table.ts';
import { Replica } from './replica.ts';

export const regionNames = ['east', 'west'] as const;
export type RegionName = (typeof regionNames)[number];

const lagSpreadMs = 900;
const minDatabaseMs = 2;
const databaseSpreadMs = 6;

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  body: any;
}

/** The whole service in two regions, on the replicas of one global table. */
export class TwoRegions {
  readonly time: VirtualTime;
  readonly services: Record<RegionName, InProcessService>;
  readonly table: GlobalTable;

  constructor(seed: number, definition: TableDefinition) {
    const random = (name: string) => seeded(seedOf(seed, name));
    this.time = new VirtualTime(undefined, random('service'));
    const open = (region: RegionName) => {
      const databaseRandom = random(`database ${region}`);
      const databaseMs = () => minDatabaseMs + Math.floor(databaseRandom() * databaseSpreadMs);
      let ids = 0;
      // The last characters tell attempts apart.
      const newId = () => `${region}-${region[0]}${String(++ids).padStart(5, '0')}`;
      return inProcessService(this.time, definition, databaseMs, { epoch: region, newId });
    };
    this.services = { east: open('east'), west: open('west') };
    const replicas = regionNames.map(
      (region) => new Replica(region, definition.tableName, this.services[region]),
    );
    this.table = new GlobalTable(this.time, replicas, {
      ...{ spreadMs: lagSpreadMs, random: random('lag') },
    });
  }

  async ask(
    region: RegionName,
    userId: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer> {
    const answer = await this.services[region].http(userId, {
      ...{ method, url: new URL(path, 'https://service'), body: body && JSON.stringify(body) },
    });
    return { status: answer.status, body: JSON.parse(answer.text) };
  }
}
