import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bucket } from '../../../functions/archive/bucket.ts';
import { eventBus } from '../../../functions/events/event-bus.ts';
import type { ServiceEvent } from '../../../functions/events/service-event.ts';
import { localAccess } from '../../../local/dynamodb/local-access.ts';
import { type AwsServices, openAwsServices } from '../../../local/services/aws-services.ts';
import { Template } from '../../../local/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const template = Template.read(
  writeAssembly(
    {
      Resources: {
        Archive: { Type: 'AWS::S3::Bucket', Properties: {} },
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'seenby-bus' } },
      },
    },
    {},
  ),
);
const dataDir = mkdtempSync(join(tmpdir(), 'aws-services-'));
const faults: unknown[] = [];
let services: AwsServices;

/** As the Lambdas make their clients: all they know is in the environment. */
beforeAll(async () => {
  services = await openAwsServices({
    ...{ template, dataDir, nowMs: () => Date.UTC(2026, 0, 15) },
    reportFault: (cause) => faults.push(cause),
  });
  const { accessKeyId, secretAccessKey } = localAccess.credentials;
  vi.stubEnv('AWS_REGION', localAccess.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  for (const [name, value] of Object.entries(services.environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  await services.close();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
  expect(faults).toEqual([]);
});

describe('S3 on a folder', () => {
  it('[RT2] keeps an object as a file, and replaces it', async () => {
    const archive = bucket('Archive');
    await archive.put('team/2026-01-15.jsonl.gz', Buffer.from('first'));
    await archive.put('team/2026-01-15.jsonl.gz', Buffer.from([0, 255, 10]));
    const file = join(services.objectsDir, 'Archive', 'team', '2026-01-15.jsonl.gz');
    expect([...readFileSync(file)]).toEqual([0, 255, 10]);
    const Key = 'team/2026-01-15.jsonl.gz';
    const got = await new S3Client({}).send(new GetObjectCommand({ Bucket: 'Archive', Key }));
    expect([...((await got.Body?.transformToByteArray()) ?? [])]).toEqual([0, 255, 10]);
  });

  it('has the buckets of the template only, and no file outside of them', async () => {
    await expect(bucket('Other').put('a', Buffer.from('a'))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    const get = (Key: string) =>
      new S3Client({}).send(new GetObjectCommand({ Bucket: 'Archive', Key }));
    await expect(get('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const url = services.environment.AWS_ENDPOINT_URL_S3;
    const outside = await fetch(`${url}Archive/%2e%2e/x`, { method: 'PUT', body: 'x' });
    const hidden = await fetch(`${url}Archive/a%2F..%2F..%2Fx`, { method: 'PUT', body: 'x' });
    expect([outside.status, hidden.status].every((status) => status >= 400)).toBe(true);
    expect(existsSync(join(services.objectsDir, 'x'))).toBe(false);
  });
});

describe('EventBridge on a list', () => {
  const joined = (userId: string): ServiceEvent => ({
    type: 'member.changed',
    detail: { groupId: 'team', userId, change: 'joined', role: 'member' },
  });

  it('[EV1] keeps events as a rule would see them, in as many requests as it takes', async () => {
    const users = Array.from({ length: 23 }, (_, i) => `user-${i}`);
    await eventBus('seenby-bus').publish(users.map(joined));
    const published = services.published();
    expect(published.map(({ detail }) => (detail as { userId: string }).userId)).toEqual(users);
    expect(published[0]).toMatchObject({
      ...{ 'detail-type': 'member.changed', source: 'seenby', region: 'us-east-1' },
      ...{ time: '2026-01-15T00:00:00.000Z', detail: { change: 'joined' } },
    });
    const lines = readFileSync(join(dataDir, 'events', 'seenby-bus.jsonl'), 'utf8').split('\n');
    expect(lines).toHaveLength(users.length + 1);
  });

  it('[EV1] an event that the bus refuses is a fault, so that the batch comes again', async () => {
    await expect(eventBus('no-such-bus').publish([joined('ann')])).rejects.toThrow(
      'EventBridge refused 1 of 1 events',
    );
  });
});
