import { randomUUID } from 'node:crypto';
import { type KeySchema, keyOf } from '../tables/schema.ts';
import type { Attributes } from '../values/attribute-value.ts';
import { itemSize } from '../values/size.ts';

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Attributes;
    NewImage?: Attributes;
    OldImage?: Attributes;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: StreamViewType;
  };
  userIdentity?: { Type: 'Service'; PrincipalId: 'dynamodb.amazonaws.com' };
}

export interface StreamParts {
  arn: string;
  label: string;
  region: string;
  tableName: string;
  viewType: StreamViewType;
  /** As the table was created with. */
  keySchema: unknown;
  nowMs: () => number;
}

const sequenceDigits = 21;

/** What has happened to the items of a table, in one shard. */
export class TableStream {
  readonly parts: StreamParts;
  readonly createdAtMs: number;
  readonly shardId: string;
  readonly records: StreamRecord[] = [];
  /** Its table is gone: nothing more will come. */
  isClosed = false;

  constructor(parts: StreamParts) {
    this.parts = parts;
    this.createdAtMs = parts.nowMs();
    this.shardId = `shardId-${String(this.createdAtMs).padStart(20, '0')}-${randomUUID().slice(0, 8)}`;
  }

  append(
    schema: KeySchema,
    old: Attributes | undefined,
    next: Attributes | undefined,
    byTimeToLive: boolean,
  ): void {
    const { viewType, region, nowMs } = this.parts;
    const Keys = keyOf(next ?? old ?? {}, schema);
    const NewImage = viewType.startsWith('NEW') ? next : undefined;
    const OldImage = viewType.includes('OLD') ? old : undefined;
    this.records.push({
      eventID: randomUUID(),
      eventName: eventName(old, next),
      ...{ eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: region },
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(nowMs() / 1000),
        Keys,
        ...(NewImage && { NewImage }),
        ...(OldImage && { OldImage }),
        SequenceNumber: sequenceNumber(this.records.length),
        SizeBytes: itemSize(Keys) + itemSize(NewImage ?? {}) + itemSize(OldImage ?? {}),
        StreamViewType: viewType,
      },
      ...(byTimeToLive && {
        userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
      }),
    });
  }
}

function eventName(old: Attributes | undefined, next: Attributes | undefined) {
  if (old === undefined) return 'INSERT';
  return next === undefined ? 'REMOVE' : 'MODIFY';
}

/** That of a record by its place in the shard. */
export const sequenceNumber = (index: number): string =>
  String(index + 1).padStart(sequenceDigits, '0');
