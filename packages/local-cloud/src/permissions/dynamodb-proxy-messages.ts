import type { ConsumedUnits } from '../dynamodb/consumed-units.ts';
import type { PartitionRates } from '../dynamodb/partition-limits.ts';
import type { KnownTable } from './key-schemas.ts';
import type { Throttled } from './metered-call.ts';
import type { GrantUse } from './permissions.ts';

/** What the thread of the proxy is told at its start. */
export interface DynamoDbProxySettings {
  assemblyDir: string;
  dynamoDbEndpoint: string;
  tables: ReadonlyMap<string, KnownTable>;
  /** What a partition key carries; no limit unless given. */
  partition?: PartitionRates | undefined;
  /** Whether the units that functions take are counted. */
  countsUnits?: boolean | undefined;
}

/** To the thread. */
export type DynamoDbProxyRequest = 'grantUse' | 'consumed' | 'close';

/** From the thread. */
export type DynamoDbProxyMessage =
  | { type: 'open'; url: string }
  | { type: 'log'; line: string }
  | { type: 'throttled'; throttled: Throttled }
  | { type: 'fault'; message: string }
  | { type: 'grantUse'; grants: GrantUse[] }
  | { type: 'consumed'; units: ConsumedUnits };
