import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dayMs } from '@seenby/core/day.ts';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { createService } from '../../../functions/service/service.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { afterFile } from '../../support/after-file.ts';
import { foreignOrigins } from '../../support/attacks/origins.ts';
import { ownOrigin } from '../../support/everything-on.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { upgrade } from '../../support/wire/upgrade.ts';

const assemblyDir = inject('fullAssemblyDir');
const tableName = `full-${randomUUID()}`;
const dynamoDbEndpoint = inject('dynamoDbEndpoint');
/** All that the functions and the cloud have logged. */
const logged: string[] = [];
let cloud: SeenbyCloud;

beforeAll(async () => {
  cloud = await startOwnCloud({
    ...{ assemblyDir, tableName },
    streams: { pollIntervalMs: 20 },
    logInvocation: (entry) => logged.push(JSON.stringify(entry)),
    logLine: (line) => logged.push(line),
  });
});

afterAll(async () => {
  await cloud?.stop();
});

async function call<T>(userId: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(cloud.httpUrl + path, {
    method,
    headers: { authorization: `Bearer ${await cloud.issueToken({ userId })}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}

/** The service on the cloud's table, at another time. */
function serviceBeside(clock: () => number) {
  const client = new DynamoDBClient({ endpoint: dynamoDbEndpoint, ...localAccess });
  afterFile(() => client.destroy());
  const documents = DynamoDBDocumentClient.from(client);
  const table = new Table(documents, tableName);
  const service = createService({
    ...{ table, retentionDays: 1, clock },
    ...{ random: Math.random, newId: randomUUID },
  });
  return { service, table, documents };
}

/** Gives each user a connection that has gone, with the group open; answers how to look for all of it. */
async function lose(groupId: string, userIds: readonly string[]) {
  const { service } = serviceBeside(() => Date.now() - 60_000);
  const endsAt = Date.now() + dayMs;
  const connect = async (userId: string) => {
    const connection = { userId, connectionId: `${userId}=` };
    await service.connections.add(connection, endsAt);
    await service.connections.subscribe(connection, [groupId], endsAt);
  };
  await pMap(userIds, connect, { concurrency: 20 });
  const known = async () => [
    ...(await service.connections.ofUsers(userIds)),
    ...(await service.connections.subscribersOf(groupId)),
  ];
  expect(await known()).toHaveLength(2 * userIds.length);
  return known;
}

const message = (clientMessageId: string) => ({ clientMessageId, content: 'hello' });

describe('the stack with archive and events', () => {
  it('[EV1] publishes what happens in a group', async () => {
    await call('ann', 'POST', '/groups', { groupId: 'live', name: 'Live', memberIds: ['bob'] });
    await call('ann', 'POST', '/groups/live/messages', message('m-1'));
    await call('bob', 'POST', '/groups/live/read', { upTo: 1 });
    await call('ann', 'POST', '/groups/live/messages', message('m-2'));
    await call('ann', 'POST', '/groups/live/messages/2/remind', { userIds: ['bob'] });
    await cloud.drained();
    const events = cloud.publishedEvents();
    const of = (type: string) => events.filter((event) => event['detail-type'] === type);
    expect(of('message.sent')).toMatchObject([
      {
        source: 'seenby',
        detail: { message: { messageId: 'live.1', content: 'hello' }, notConnected: ['bob'] },
      },
      { detail: { message: { messageId: 'live.2' } } },
    ]);
    expect(of('message.reminded')).toMatchObject([
      { detail: { groupId: 'live', seq: 2, userIds: ['bob'], notConnected: ['bob'] } },
    ]);
    expect(of('message.read')).toMatchObject([
      { detail: { groupId: 'live', receipts: [{ userId: 'bob', fromSeq: 1, toSeq: 1 }] } },
    ]);
    const joined = of('member.changed').map(({ detail }) => detail as { userId: string });
    expect(joined.map(({ userId }) => userId).sort()).toEqual(['ann', 'bob']);
  });

  it('[ST1] answers with statistics of today, before any night', async () => {
    const ofGroup = await call('ann', 'GET', '/groups/live/stats');
    expect(ofGroup).toMatchObject({ messages: 2, readRate: 0.5, activeReaders: 1 });
    const ofBob = await call('bob', 'GET', '/me/stats');
    expect(ofBob).toMatchObject({ totalMessages: 2, readMessages: 1, unreadMessages: 1 });
  });

  it('[RT2] puts what has expired where the bucket is, by its schedule', async () => {
    // Noon of the day before yesterday: hidden since midnight.
    const day = new Date(Date.now() - 2 * dayMs).toISOString().slice(0, 10);
    const time = { now: Date.parse(`${day}T12:00:00Z`) };
    const { service, table, documents } = serviceBeside(() => time.now);
    const units = { read: 0, write: 0, requests: [], roundTrips: 0, reset() {} };
    const opened = { service, table, tableName, documents, units, time };
    // Who has done nothing later: a budget is a time, and does not go back with this clock.
    const talk = await Conversation.begin(opened, 'past', ['cleo', 'bob']);
    await talk.say('cleo');
    await talk.read('bob', 1, 4000);
    await cloud.runSchedules();
    const bucketName = String(Template.read(assemblyDir).outputs.ArchiveBucketName);
    const file = join(cloud.objectsDir, bucketName, 'past', `${day}.jsonl.gz`);
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { type: 'message', seq: 1, senderId: 'cleo' },
      { type: 'receipt', userId: 'bob', kind: 'read', at: time.now },
    ]);
  });

  it('[PU6] forgets connections that ended without saying so, and what they had open', async () => {
    const lost = Array.from({ length: 110 }, (_, i) => `lost-${i}`);
    await call('ann', 'POST', '/groups', { groupId: 'lost', name: 'Lost', memberIds: lost });
    const known = await lose('lost', lost);
    // More than one function posts to by itself: it leaves slices to others. What one of them fails to
    // forget the next push does.
    await expect
      .poll(async () => {
        await call('ann', 'POST', '/groups/lost/messages', message(randomUUID()));
        await cloud.drained();
        return known();
      })
      .toEqual([]);
  });

  it('[PU6] forgets one to which counts are the first that is sent', async () => {
    await call('ann', 'POST', '/groups', {
      groupId: 'few',
      name: 'Few',
      memberIds: ['bob', 'carol'],
    });
    for (let i = 1; i <= 10; i++) {
      await call('ann', 'POST', '/groups/few/messages', message(`few-${i}`));
    }
    await cloud.drained();
    const known = await lose('few', ['carol']);
    let upTo = 0;
    await expect
      .poll(async () => {
        upTo += 1;
        await call('bob', 'POST', '/groups/few/read', { upTo });
        await cloud.drained();
        return known();
      })
      .toEqual([]);
  });
});

describe('[SE8] the pages of other sites', () => {
  const upgradeFrom = async (origin: string | undefined) => {
    const url = `${cloud.wsUrl}?token=${await cloud.issueToken({ userId: 'ann' })}`;
    const outcome = await upgrade({ url, ...(origin !== undefined && { origin }) });
    if (outcome.outcome === 'opened') outcome.client.close();
    return outcome.outcome === 'opened' ? 101 : outcome.status;
  };

  it('an upgrade is for the own site and for programs, which name none', async () => {
    for (const origin of [undefined, ownOrigin]) expect(await upgradeFrom(origin)).toBe(101);
  });

  it.each(foreignOrigins(ownOrigin))('an upgrade from the origin %s: 403', async (origin) => {
    expect(await upgradeFrom(origin)).toBe(403);
  });

  it.each([ownOrigin, ...foreignOrigins(ownOrigin)])(
    'an answer for the origin %s, and one before it is asked, may be read by the own site alone',
    async (origin) => {
      const authorization = `Bearer ${await cloud.issueToken({ userId: 'ann' })}`;
      const path = `${cloud.httpUrl}/me/unread`;
      const preflight = { origin, 'access-control-request-method': 'GET' };
      const answers = [
        await fetch(path, { headers: { authorization, origin } }),
        await fetch(path, { method: 'OPTIONS', headers: preflight }),
      ];
      const readers = answers.map(({ headers }) => headers.get('access-control-allow-origin'));
      expect(readers).toEqual(origin === ownOrigin ? [ownOrigin, ownOrigin] : [null, null]);
      expect(answers[1]?.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );
});

describe('[SE6] logs', () => {
  it('hold no token, good or bad, whatever happens; callers learn nothing of a fault', async () => {
    const good = await cloud.issueToken({ userId: 'ann' });
    const expired = await cloud.issueToken({ userId: 'ann', expiresInSeconds: -60 });
    const tokens = [good, expired, `${good.slice(0, -8)}tampered`];
    const everywhere = async () => {
      for (const token of tokens) {
        const headers = { authorization: `Bearer ${token}` };
        await fetch(`${cloud.httpUrl}/me/unread?token=${token}`, { headers });
        await upgrade({ url: `${cloud.wsUrl}?token=${token}` });
        await upgrade({ url: cloud.wsUrl, protocols: ['seenby.v1', `bearer.${token}`] });
      }
    };
    await everywhere();
    const opened = await upgrade({ url: `${cloud.wsUrl}?token=${good}` });
    if (opened.outcome !== 'opened') throw new Error(`refused with ${opened.status}`);
    // Without its table everything is a fault.
    const client = new DynamoDBClient({ endpoint: dynamoDbEndpoint, ...localAccess });
    await client.send(new DeleteTableCommand({ TableName: tableName }));
    await everywhere();
    const [reply] = await opened.client.request({ type: 'mark_read', groupId: 'live', upTo: 1 });
    const answer = await fetch(`${cloud.httpUrl}/me/unread`, {
      headers: { authorization: `Bearer ${good}` },
    });
    const message = expect.stringMatching(/^Our fault\. Request [\w=-]+$/);
    expect(reply).toMatchObject({ type: 'error', code: 'INTERNAL', message });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: { code: 'INTERNAL', message } });

    const text = logged.join('\n');
    expect(text).toContain('ResourceNotFoundException');
    for (const token of tokens) {
      for (const part of token.split('.').slice(1)) expect(text).not.toContain(part);
    }
  });
});
