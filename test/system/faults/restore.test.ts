import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { SyncAnswer } from '@seenby/protocol/http-answers.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { assembleForTable, restoreTable } from '../../support/service/restored-table.ts';
import { callRoute, fetchToken } from '../../support/wire/http.ts';
import { upgrade } from '../../support/wire/upgrade.ts';

const assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-restored-'));
const endpoint = inject('dynamoDbEndpoint');
const client = new DynamoDBClient({ endpoint, ...localAccess });
const name = `restore-${randomUUID()}`;
const clouds: SeenbyCloud[] = [];

afterAll(async () => {
  for (const cloud of clouds) await cloud.stop();
  client.destroy();
  rmSync(assemblyDir, { recursive: true, force: true });
});

async function start(assemblyDir: string): Promise<SeenbyCloud> {
  const options = { assemblyDir, tableName: name, streams: { pollIntervalMs: 20 } };
  const cloud = await startOwnCloud(options);
  clouds.push(cloud);
  return cloud;
}

/** Ann and bob as a cloud knows them. */
async function peopleOf({ httpUrl }: SeenbyCloud) {
  const [ann, bob] = await Promise.all(['ann', 'bob'].map((id) => fetchToken(httpUrl, id)));
  const say = (clientMessageId: string) =>
    callRoute<{ message: Message }>(`${httpUrl}/groups/team/messages`, ann ?? '', {
      ...{ clientMessageId, content: clientMessageId },
    });
  const read = (upTo: number) => callRoute(`${httpUrl}/groups/team/read`, bob ?? '', { upTo });
  const sync = (since?: string) =>
    callRoute<SyncAnswer>(
      `${httpUrl}/me/sync${since ? `?since=${encodeURIComponent(since)}` : ''}`,
      bob ?? '',
    );
  return { ann: ann ?? '', bob: bob ?? '', say, read, sync };
}

let restored: SeenbyCloud;
let tokenFromBefore: string;
let epochBefore: string | undefined;

async function epochOf({ wsUrl }: SeenbyCloud, token: string): Promise<string | undefined> {
  const outcome = await upgrade({ url: `${wsUrl}?token=${token}` });
  if (outcome.outcome === 'refused') throw new Error(`refused with ${outcome.status}`);
  const { epoch } = await outcome.client.ask('connection_established', { type: 'hello' });
  outcome.client.close();
  return epoch;
}

/** Messages 2 and 3, and their reading, come after the moment that is gone back to. */
beforeAll(async () => {
  const before = await start(inject('assemblyDir'));
  const people = await peopleOf(before);
  await callRoute(`${before.httpUrl}/groups`, people.ann, {
    ...{ groupId: 'team', name: 'Team', memberIds: ['bob'] },
  });
  await people.say('m-1');
  await people.read(1);
  await people.sync();
  await before.drained();
  const tableStreamArn = await restoreTable(client, name, `${name}-restored`);
  await people.say('m-2');
  await people.say('m-3');
  await people.read(3);
  const synced = await people.sync();
  expect(synced.groups).toMatchObject([{ lastSeq: 3, readSeq: 3 }]);
  tokenFromBefore = synced.next;
  epochBefore = await epochOf(before, people.bob);
  await before.stop();
  clouds.pop();
  await assembleForTable(assemblyDir, tableStreamArn);
  restored = await start(assemblyDir);
});

it('[FA1] on a restored table the service goes on from that moment, and sync brings clients there', async () => {
  const { sync, say } = await peopleOf(restored);
  const fresh = await sync();
  expect(fresh.groups).toMatchObject([
    { lastSeq: 1, readSeq: 1, unreadCount: 0, lastMessage: { content: 'm-1' } },
  ]);
  const synced = await sync(tokenFromBefore);
  expect(synced).toMatchObject({ reset: true, groups: fresh.groups });
  // What was sent after that moment is unknown, and takes its place when it is sent again.
  const { message } = await say('m-3');
  expect(message).toMatchObject({ seq: 2, content: 'm-3' });
});

it('[RD10] clients are told that what they know does not hold', async () => {
  const { bob } = await peopleOf(restored);
  const epoch = await epochOf(restored, bob);
  expect(epochBefore).toBeTruthy();
  expect(epoch).toBeTruthy();
  expect(epoch).not.toBe(epochBefore);
});

it('[PU1] [FA2] on a restored table pushes and the stream consumers work', async () => {
  const { ann, bob, say, read } = await peopleOf(restored);
  const outcome = await upgrade({ url: `${restored.wsUrl}?token=${bob}` });
  if (outcome.outcome === 'refused') throw new Error(`refused with ${outcome.status}`);
  const socket = outcome.client;
  await socket.ask('connection_established', { type: 'hello' });
  await socket.ask('subscription_confirmed', { type: 'subscribe_group', groupId: 'team' });
  const { message } = await say('m-4');
  expect((await socket.next('new_message')).message).toEqual(message);
  await read(message.seq);
  await socket.until('the counts', () =>
    socket
      .received('read_status_update')
      .find(({ counts }) => counts?.some((c) => c.toSeq === message.seq && c.readCount === 2)),
  );
  await restored.drained();
  const list = await callRoute<{ members: { readAt: number }[] }>(
    `${restored.httpUrl}/groups/team/messages/${message.seq}/receipts`,
    ann,
  );
  expect(list.members.every(({ readAt }) => readAt > 0)).toBe(true);
  expect(Object.values(restored.deadLetters()).flat()).toEqual([]);
  socket.close();
});
