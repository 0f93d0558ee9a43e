import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { servicesOf } from './services-of.ts';

const services = servicesOf({
  Archive: { Type: 'AWS::S3::Bucket', Properties: {} },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
});

const put = (Bucket: string, Key: string, Body: Uint8Array) =>
  new S3Client({}).send(new PutObjectCommand({ Bucket, Key, Body }));

describe('S3 on a folder', () => {
  it('keeps an object as a file, and replaces it', async () => {
    await put('Archive', 'a/b.gz', Buffer.from('first'));
    await put('Archive', 'a/b.gz', Buffer.from([0, 255, 10]));
    const file = join(services().objectsDir, 'Archive', 'a', 'b.gz');
    expect([...readFileSync(file)]).toEqual([0, 255, 10]);
    const Key = 'a/b.gz';
    const got = await new S3Client({}).send(new GetObjectCommand({ Bucket: 'Archive', Key }));
    expect([...((await got.Body?.transformToByteArray()) ?? [])]).toEqual([0, 255, 10]);
  });

  it('has the buckets of the template only, and no file outside of them', async () => {
    await expect(put('Other', 'a', Buffer.from('a'))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    const get = (Key: string) =>
      new S3Client({}).send(new GetObjectCommand({ Bucket: 'Archive', Key }));
    await expect(get('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const url = services().environment.AWS_ENDPOINT_URL_S3;
    const outside = await fetch(`${url}Archive/%2e%2e/x`, { method: 'PUT', body: 'x' });
    const hidden = await fetch(`${url}Archive/a%2F..%2F..%2Fx`, { method: 'PUT', body: 'x' });
    expect([outside.status, hidden.status].every((status) => status >= 400)).toBe(true);
    expect(existsSync(join(services().objectsDir, 'x'))).toBe(false);
  });
});

describe('EventBridge on a list', () => {
  const publish = (EventBusName: string, ...ids: number[]) =>
    new EventBridgeClient({}).send(
      new PutEventsCommand({
        Entries: ids.map((id) => ({
          ...{ EventBusName, Source: 'shop', DetailType: 'order.placed' },
          Detail: JSON.stringify({ id }),
        })),
      }),
    );

  it('keeps events as a rule would see them, and in a file', async () => {
    await publish('bus', 1, 2);
    await publish('bus', 3);
    const published = services().published();
    expect(published.map(({ detail }) => detail)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(published[0]).toMatchObject({
      ...{ 'detail-type': 'order.placed', source: 'shop', region: 'us-east-1' },
      time: '2026-01-15T00:00:00.000Z',
    });
    const lines = readFileSync(
      join(services().objectsDir, '..', 'events', 'bus.jsonl'),
      'utf8',
    ).split('\n');
    expect(lines).toHaveLength(4);
  });

  it('takes none for a bus that is not in the template', async () => {
    expect(await publish('no-such-bus', 1)).toMatchObject({ FailedEntryCount: 1 });
  });
});
