import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { Checkpoints } from './checkpoints.ts';
import { type MappingPorts, MappingRunner } from './mapping-runner.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { awsArnOf, isAfter } from './records/stream-record.ts';
import { StreamReader } from './stream-reader.ts';
import { StreamShards } from './stream-shards.ts';

export interface RunningStream {
  /** Resolves after the signal aborts and the last checkpoints are saved. */
  ended: Promise<void>;
  caughtUp(): Promise<void>;
  drained(): Promise<void>;
}

interface Around extends MappingPorts {
  clients: { table: DynamoDBClient; stream: DynamoDBStreamsClient };
  pollIntervalMs: number;
}

/** One stream with all its mappings, from where they got to in an earlier run. */
export async function startStream(
  streamArn: string,
  mappings: readonly MappingSettings[],
  around: Around,
): Promise<RunningStream> {
  const checkpoints = await Checkpoints.open(around.clients.table);
  const keyOf = ({ logicalId }: MappingSettings): string => `${streamArn}#${logicalId}`;
  const runners = await Promise.all(
    mappings.map(async (settings) => {
      const saved = await checkpoints.load(keyOf(settings));
      const source = { streamArn: awsArnOf(streamArn), checkpoints: saved };
      return new MappingRunner(settings, source, around);
    }),
  );
  const save = async (): Promise<void> => {
    for (const runner of runners) {
      await checkpoints.save(keyOf(runner.settings), runner.checkpoints());
    }
  };
  const shards = new StreamShards(around.clients.stream, streamArn, (shardId) =>
    findEarliest(runners.map((runner) => runner.positionIn(shardId))),
  );
  const reader = new StreamReader(
    shards,
    {
      accept: (record) => runners.forEach((runner) => void runner.accept(record)),
      caughtUp: () => runners.forEach((runner) => void runner.start(shards.ids())),
      polled: save,
      log: around.log,
    },
    around,
  );
  const ended = Promise.all([reader.run(), ...runners.map((runner) => runner.run())])
    .then(save)
    // DynamoDB may have been stopped first: then the last records come again, as Lambda's may.
    .catch(() => {});
  return {
    ended,
    caughtUp: () => reader.catchUp(),
    async drained() {
      await reader.catchUp();
      await Promise.all(runners.map((runner) => runner.settled()));
    },
  };
}

/** Undefined is the beginning of the shard. */
function findEarliest(positions: readonly (string | undefined)[]): string | undefined {
  return positions.reduce((earliest, position) => {
    if (earliest === undefined || position === undefined) return undefined;
    return isAfter(position, earliest) ? earliest : position;
  });
}
