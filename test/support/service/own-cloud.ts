import { randomUUID } from 'node:crypto';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { inject } from 'vitest';
import {
  type SeenbyCloud,
  type SeenbyCloudOptions,
  startSeenbyCloud,
} from '../../../demo/local/seenby-cloud.ts';
import { receiverOrigin } from '../everything-on.ts';
import { EventReceiver } from './event-receiver.ts';

/** Enough for requests to meet in the database; each sandbox takes its time to start. */
export const testConcurrency = 2;

/** By its name in the template: the assembly may also name a table that is there. */
export const tableNamesOf = (assemblyDir: string, tableName: string): Record<string, string> =>
  Object.fromEntries(
    Template.read(assemblyDir)
      .resources('AWS::DynamoDB::GlobalTable')
      .map(({ logicalId }) => [logicalId, tableName]),
  );

interface OwnCloudOptions extends Partial<SeenbyCloudOptions> {
  tableName?: string;
  /** Where its webhook posts to, if it has one; without it a server that takes everything. */
  receiver?: EventReceiver;
}

/** A local cloud of a test's own, with a table of its own in the database that all tests share. */
export async function startOwnCloud({
  assemblyDir = inject('assemblyDir'),
  tableName = `own-${randomUUID()}`,
  receiver,
  ...options
}: OwnCloudOptions = {}): Promise<SeenbyCloud> {
  const taking = receiver ?? (await EventReceiver.start());
  const cloud = await startSeenbyCloud({
    dynamoDbEndpoint: inject('dynamoDbEndpoint'),
    concurrency: testConcurrency,
    localServers: { [receiverOrigin]: taking.origin },
    ...options,
    assemblyDir,
    tableNames: tableNamesOf(assemblyDir, tableName),
  }).catch(async (error: unknown) => {
    await taking.close();
    throw error;
  });
  return {
    ...cloud,
    async stop() {
      await cloud.stop();
      if (!receiver) await taking.close();
    },
  };
}
