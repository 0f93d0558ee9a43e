import { randomUUID } from 'node:crypto';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { inject } from 'vitest';
import {
  type SeenbyCloud,
  type SeenbyCloudOptions,
  startSeenbyCloud,
} from '../../../demo/local/seenby-cloud.ts';

/** Enough for requests to meet in the database; each sandbox takes its time to start. */
export const testConcurrency = 2;

/** By its name in the template: the assembly may also name a table that is there. */
export const tableNamesOf = (assemblyDir: string, tableName: string): Record<string, string> =>
  Object.fromEntries(
    Template.read(assemblyDir)
      .resources('AWS::DynamoDB::GlobalTable')
      .map(({ logicalId }) => [logicalId, tableName]),
  );

/** A local cloud of a test's own, with a table of its own in the database that all tests share. */
export const startOwnCloud = ({
  assemblyDir = inject('assemblyDir'),
  tableName = `own-${randomUUID()}`,
  ...options
}: Partial<SeenbyCloudOptions> & { tableName?: string } = {}): Promise<SeenbyCloud> =>
  startSeenbyCloud({
    dynamoDbEndpoint: inject('dynamoDbEndpoint'),
    concurrency: testConcurrency,
    ...options,
    assemblyDir,
    tableNames: tableNamesOf(assemblyDir, tableName),
  });
