import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { type StreamRecord, toStreamRecord } from './records/stream-record.ts';

interface ShardState {
  parentId: string | undefined;
  iterator: string | undefined;
  /** Sequence number of the last record read; undefined for the beginning. */
  position: string | undefined;
  /** Read to its end: no more records will come. */
  isFinished: boolean;
}

/** The shards of one stream, each read once, parents before their children. */
export class StreamShards {
  readonly #client: DynamoDBStreamsClient;
  readonly #streamArn: string;
  readonly #positionIn: (shardId: string) => string | undefined;
  readonly #shards = new Map<string, ShardState>();
  #isListCurrent = false;

  /** `positionIn` tells after which record a shard is to be read; undefined for its beginning. */
  constructor(
    client: DynamoDBStreamsClient,
    streamArn: string,
    positionIn: (shardId: string) => string | undefined,
  ) {
    this.#client = client;
    this.#streamArn = streamArn;
    this.#positionIn = positionIn;
  }

  ids(): string[] {
    return [...this.#shards.keys()];
  }

  /** One GetRecords of every shard that may be read now. Empty: there is nothing new. */
  async poll(nowMs: () => number): Promise<StreamRecord[]> {
    if (!this.#isListCurrent) await this.#list();
    const found: StreamRecord[] = [];
    for (const [shardId, shard] of this.#shards) {
      const parent = shard.parentId === undefined ? undefined : this.#shards.get(shard.parentId);
      if (shard.isFinished || parent?.isFinished === false) continue;
      found.push(...(await this.#read(shardId, shard, nowMs)));
    }
    return found;
  }

  async #list(): Promise<void> {
    let from: string | undefined;
    do {
      const { StreamDescription: stream } = await this.#client.send(
        new DescribeStreamCommand({
          StreamArn: this.#streamArn,
          ...(from !== undefined && { ExclusiveStartShardId: from }),
        }),
      );
      for (const { ShardId: shardId, ParentShardId: parentId } of stream?.Shards ?? []) {
        if (shardId === undefined || this.#shards.has(shardId)) continue;
        const position = this.#positionIn(shardId);
        this.#shards.set(shardId, { parentId, iterator: undefined, position, isFinished: false });
      }
      from = stream?.LastEvaluatedShardId;
    } while (from !== undefined);
    this.#isListCurrent = true;
  }

  async #read(shardId: string, shard: ShardState, nowMs: () => number): Promise<StreamRecord[]> {
    try {
      shard.iterator ??= await this.#openIterator(shardId, shard);
      const page = await this.#client.send(
        new GetRecordsCommand({ ShardIterator: shard.iterator }),
      );
      const origin = { shardId, streamArn: this.#streamArn, seenAtMs: nowMs() };
      const records = (page.Records ?? []).map((record) => toStreamRecord(record, origin));
      shard.position = records.at(-1)?.sequenceNumber ?? shard.position;
      shard.iterator = page.NextShardIterator;
      if (shard.iterator === undefined) {
        // A shard ends when its children begin.
        shard.isFinished = true;
        this.#isListCurrent = false;
      }
      return records;
    } catch (error) {
      if (error instanceof TrimmedDataAccessException) shard.position = undefined;
      else if (!(error instanceof ExpiredIteratorException)) throw error;
      shard.iterator = undefined;
      return [];
    }
  }

  async #openIterator(shardId: string, { position }: ShardState): Promise<string | undefined> {
    const { ShardIterator: iterator } = await this.#client.send(
      new GetShardIteratorCommand({
        StreamArn: this.#streamArn,
        ShardId: shardId,
        ...(position === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position }),
      }),
    );
    return iterator;
  }
}
