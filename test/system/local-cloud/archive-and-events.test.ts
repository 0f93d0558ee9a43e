import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ServiceEvent } from '@seenby/protocol/events/service-events.ts';
import { describe, expect, it } from 'vitest';
import { eventBridge } from '../../../functions/events/event-bridge.ts';
import { bucket } from '../../../functions/retention/archive-bucket.ts';
import { servicesOf } from '../../../packages/local-cloud/test/services/services-of.ts';

const services = servicesOf({
  Archive: { Type: 'AWS::S3::Bucket', Properties: {} },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'seenby-bus' } },
});

describe('the archive in a bucket', () => {
  it('[RT2] keeps an object as a file, and replaces it', async () => {
    const archive = bucket('Archive');
    await archive.put('team/2026-01-15.jsonl.gz', Buffer.from('first'));
    await archive.put('team/2026-01-15.jsonl.gz', Buffer.from([0, 255, 10]));
    const file = join(services().objectsDir, 'Archive', 'team', '2026-01-15.jsonl.gz');
    expect([...readFileSync(file)]).toEqual([0, 255, 10]);
    const Key = 'team/2026-01-15.jsonl.gz';
    const got = await new S3Client({}).send(new GetObjectCommand({ Bucket: 'Archive', Key }));
    expect([...((await got.Body?.transformToByteArray()) ?? [])]).toEqual([0, 255, 10]);
  });

  it('fails when there is no such bucket', async () => {
    await expect(bucket('Other').put('a', Buffer.from('a'))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});

describe('events on a bus', () => {
  const joined = (userId: string): ServiceEvent => ({
    type: 'member.changed',
    detail: { version: 1, groupId: 'team', userId, change: 'joined', role: 'member' },
  });

  it('[EV1] keeps events as a rule would see them, in as many requests as it takes', async () => {
    const users = Array.from({ length: 23 }, (_, i) => `user-${i}`);
    await eventBridge('seenby-bus').publish(users.map(joined));
    const published = services().published();
    expect(published.map(({ detail }) => (detail as { userId: string }).userId)).toEqual(users);
    expect(published[0]).toMatchObject({
      ...{ 'detail-type': 'member.changed', source: 'seenby', region: 'us-east-1' },
      ...{ time: '2026-01-15T00:00:00.000Z', detail: { change: 'joined' } },
    });
    const lines = readFileSync(
      join(services().objectsDir, '..', 'events', 'seenby-bus.jsonl'),
      'utf8',
    ).split('\n');
    expect(lines).toHaveLength(users.length + 1);
  });

  it('[EV1] an event that the bus refuses is a fault, so that the batch comes again', async () => {
    await expect(eventBridge('no-such-bus').publish([joined('ann')])).rejects.toThrow(
      'EventBridge refused 1 of 1 events',
    );
  });
});
