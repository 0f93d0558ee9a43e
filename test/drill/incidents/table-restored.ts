import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { assembleForTable, restoreTable } from '../../support/service/restored-table.ts';
import { Night } from '../night.ts';
import type { Incident } from './incident.ts';

/** A script destroys rows, and the table is restored to the second before. */
export const tableRestored: Incident = async (options) => {
  const dir = mkdtempSync(join(tmpdir(), 'seenby-drill-'));
  const dataDir = join(dir, 'data');
  const night = new Night(options);
  try {
    await night.startService({ dataDir });
    await night.comeOnline();
    night.talk(2);
    await night.heard();
    await night.cloud.drained();

    const { dynamoDbEndpoint: endpoint, tables } = night.cloud;
    const [{ tableName = '' } = {}] = Object.values(tables);
    const client = new DynamoDBClient({ endpoint, ...localAccess });
    // DynamoDB keeps every second of 35 days; here the second is copied when it comes.
    const streamArn = await restoreTable(client, tableName, `${tableName}-restored`);
    for (const { userId } of night.people) await destroyRow(client, tableName, userId);
    night.say('A script has destroyed the rows of four members.');
    night.talk();
    assert.deepEqual(await night.askAll(2), ['INTERNAL']);
    night.pass(1);
    night.expectAlarms('HttpFaults', 'HttpFunctionFaults');
    night.expectLogged('"what":"a request failed"');

    const stoppedAtMs = performance.now();
    await night.stopService();
    night.say('The service answers nobody.');
    const assemblyDir = join(dir, 'assembly');
    await assembleForTable(assemblyDir, streamArn, { alarmEmail: 'on-call@example.com' });
    await night.startService({ dataDir, assemblyDir });
    night.say('The service uses the restored table.');
    await night.expectGoodEnd();
    night.say(`That took ${Math.round(performance.now() - stoppedAtMs)} ms, with the synthesis.`);
    night.expectQuietAfter(6);
    client.destroy();
  } finally {
    await night.end();
    rmSync(dir, { recursive: true, force: true });
  }
};

/** Puts bytes that no version can read in the place of what a member has read. */
async function destroyRow(
  client: DynamoDBClient,
  TableName: string,
  userId: string,
): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      ...{ TableName, Key: { pk: { S: 'G#team#M' }, sk: { S: `U#${userId}` } } },
      UpdateExpression: 'SET #read = :unreadable',
      ExpressionAttributeNames: { '#read': 'read' },
      ExpressionAttributeValues: { ':unreadable': { B: Uint8Array.of(255, 255, 255) } },
    }),
  );
}
