import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { ReceiptLog } from '../../../functions/store/receipt-log.ts';
import { putUnreadableRow } from '../../drill/incidents/unreadable-row.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { callRoute, fetchToken } from '../../support/wire/http.ts';
import { BreakableRecorder } from './breakable-recorder.ts';
import { fetchList } from './stored-group.ts';

const script = fileURLToPath(new URL('../../../scripts/replay-dead-letters.ts', import.meta.url));
const recorder = new BreakableRecorder(inject('assemblyDir'));
const dynamoDbEndpoint = inject('dynamoDbEndpoint');
const tableName = `letters-${randomUUID()}`;
const groupId = 'auth0|team';
const readers = ['bob', 'cat', 'dan', 'eve'];
let cloud: SeenbyCloud;
let history: ReceiptLog;

beforeAll(async () => {
  cloud = await startOwnCloud({
    ...{ assemblyDir: recorder.assemblyDir, tableName },
    streams: { pollIntervalMs: 20 },
  });
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: dynamoDbEndpoint, ...localAccess }),
  );
  history = new ReceiptLog(new Table(client, tableName), 30);
});
afterAll(async () => {
  await cloud?.stop();
  recorder.remove();
});

const letters = (queue = new RegExp(recorder.queueId)) =>
  Object.entries(cloud.deadLetters()).flatMap(([id, all]) => (queue.test(id) ? all : []));

/** What it prints; an exit code other than 0 shows there as well. */
async function runCommand(...args: string[]): Promise<string> {
  const { environment, queueUrls } = cloud.operator;
  const queue = queueUrls[recorder.queueId] ?? '';
  const env = { ...process.env, ...environment };
  const running = promisify(execFile)(process.execPath, [script, '--queue', queue, ...args], {
    env,
  });
  const { stdout } = await running.catch((failed: { stdout: string }) => failed);
  return stdout;
}

/** Who has read the first message, by when the history says they did. */
const recordedTimes = async () =>
  (await history.around(groupId, 1)).map(({ at }) => at).sort((a, b) => a - b);

it('[FA2] what the recorder gave up is written down by one command, once it is mended', async () => {
  const { httpUrl } = cloud;
  const path = `${httpUrl}/groups/${encodeURIComponent(groupId)}`;
  const token = await fetchToken(httpUrl, 'ann');
  await callRoute(`${httpUrl}/groups`, token, { groupId, name: 'Team', memberIds: readers });
  await cloud.drained();
  recorder.break();
  await callRoute(`${path}/messages`, token, { clientMessageId: 'm-1', content: 'Hello' });
  for (const userId of readers) {
    await callRoute(`${path}/read`, await fetchToken(httpUrl, userId), { upTo: 1 });
  }
  await cloud.drained();
  expect(letters().length).toBeGreaterThan(0);
  expect(await recordedTimes()).toEqual([]);
  recorder.mend();

  const count = letters().length;
  const rehearsed = await runCommand('--dry-run');
  expect(rehearsed).toContain(`${count} letters, 5 records, 0 letters left`);
  expect([letters().length, await recordedTimes()]).toEqual([count, []]);

  expect(await runCommand()).toContain(`${count} letters, 5 records, 0 letters left`);
  expect(letters()).toEqual([]);
  const { members } = await fetchList({ httpUrl, token, groupId: encodeURIComponent(groupId) }, 1);
  // Who wrote it has read it by writing it, which needs no history.
  const shown = members.filter(({ isSender }) => !isSender).map(({ readAt }) => Number(readAt));
  expect(await recordedTimes()).toEqual(shown.sort((a, b) => a - b));
  expect(await runCommand()).toContain('0 letters, 0 records');
});

it('[FA2] a row that cannot be read is in the queues at once, and stays there until somebody takes it out', async () => {
  await putUnreadableRow({ cloud });
  await cloud.drained();
  const setAside = {
    requestContext: { condition: 'RecordCannotBeRead' },
    records: [{ eventName: 'INSERT', dynamodb: { Keys: { pk: { S: 'G#unreadable#M' } } } }],
  };
  for (const queue of [/^Recorder/, /^FanOut/]) expect(letters(queue)).toMatchObject([setAside]);

  expect(await runCommand('--dry-run')).toContain('1 letters, 1 records, 0 letters left');
  const replayed = await runCommand();
  expect(replayed).toContain('The function did not take 1 records');
  expect(replayed).toContain('1 letters, 0 records, 1 letters left');
  expect(letters()).toMatchObject([setAside]);
});
