import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDbLocal } from '@seenby/local-cloud/dynamodb/dynamodb-local.ts';
import { Night } from '../night.ts';
import type { Incident } from './incident.ts';

/** DynamoDB is killed while people write, and comes back. */
export const databaseKilled: Incident = async (options) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'seenby-drill-'));
  const first = await startDynamoDbLocal({ dataDir });
  const { endpoint: dynamoDbEndpoint } = first;
  const night = new Night({ ...options, dynamoDbEndpoint });
  let database = first;
  try {
    await night.startService();
    await night.comeOnline();
    night.talk(2);
    await night.heard();

    await database.kill();
    night.say('DynamoDB was killed.');
    night.talk(2);
    assert.deepEqual(await night.askAll(2), ['INTERNAL']);
    const pending = night.people.flatMap(({ group }) =>
      group.messages.filter(({ state }) => state === 'pending'),
    );
    night.say(`${pending.length} messages are shown as on their way.`);
    night.pass(1);
    night.expectAlarms('HttpFaults', 'HttpFunctionFaults');
    night.showGraphs('Faults', 'Refused');
    night.expectLogged('ECONNREFUSED');

    database = await startDynamoDbLocal({ dataDir, port: Number(new URL(dynamoDbEndpoint).port) });
    const backAtMs = performance.now();
    night.say('DynamoDB is back.');
    await night.expectGoodEnd();
    night.say(`That took ${Math.round(performance.now() - backAtMs)} ms from then on.`);
    // The fan-out gives up after seconds.
    await night.clearDeadLetters();
    night.expectQuietAfter(6);
  } finally {
    await night.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
