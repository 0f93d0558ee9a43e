import {
  DynamoDBStreamsClient,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Message } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { payloadsOf } from '../../../scripts/dead-letters/hand-over.ts';
import { replay } from '../../../scripts/dead-letters/replay.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:Recorder';
const streamArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/T/stream/2026-01-01T00:00:00.000';

const letter = (startSequenceNumber: string, endSequenceNumber: string, batchSize: number) =>
  JSON.stringify({
    requestContext: { functionArn: `${functionArn}:live`, condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: {
      ...{ streamArn, shardId: 'shardId-1', startSequenceNumber, endSequenceNumber, batchSize },
      approximateArrivalOfFirstRecord: '2026-11-22T03:34:20Z',
    },
  });

const recordAt = (number: number, pk: string) => ({
  ...{ eventID: `${number}`, eventName: 'MODIFY', awsRegion: 'eu-west-1' },
  dynamodb: {
    ...{ SequenceNumber: `${number}`, ApproximateCreationDateTime: new Date(1_795_318_460_000) },
    Keys: { pk: { S: pk } },
    NewImage: { pk: { S: pk }, read: { B: Uint8Array.of(1, 2) } },
  },
});

/** A stream that has kept its records from one number on; the function's answers in turn. */
function startWith(messages: string[], options: { keptFrom?: number; answers?: string[] } = {}) {
  const { keptFrom = 1, answers = [] } = options;
  const records = [1, 2, 3, 4, 5].map((n) => recordAt(n, n === 2 ? 'U#ann' : 'G#team#M'));
  const streams = Object.assign(new DynamoDBStreamsClient({ region: 'eu-west-1' }), {
    send: async (command: unknown) => {
      if (!(command instanceof GetShardIteratorCommand)) {
        const { ShardIterator } = (command as { input: { ShardIterator: string } }).input;
        return { Records: records.filter((_, i) => i + 1 >= Number(ShardIterator)) };
      }
      const from = Number(command.input.SequenceNumber ?? keptFrom);
      if (from >= keptFrom) return { ShardIterator: String(from) };
      throw new TrimmedDataAccessException({ message: 'trimmed', $metadata: {} });
    },
  });
  const called: { name: string; records: { dynamodb: Record<string, unknown> }[] }[] = [];
  const lambda = Object.assign(new LambdaClient({ region: 'eu-west-1' }), {
    send: async ({ input }: { input: { FunctionName?: string; Payload?: string } }) => {
      if (input.Payload === undefined) {
        const Pattern = JSON.stringify({ dynamodb: { Keys: { pk: { S: [{ prefix: 'G#' }] } } } });
        const other = { FunctionArn: `${functionArn}2`, FilterCriteria: { Filters: [] } };
        const own = {
          FunctionArn: `${functionArn}:live`,
          FilterCriteria: { Filters: [{ Pattern }] },
        };
        return { EventSourceMappings: [other, own] };
      }
      called.push({ name: input.FunctionName ?? '', records: JSON.parse(input.Payload).Records });
      const answer = answers.shift() ?? '{"batchItemFailures":[]}';
      const FunctionError = answer.includes('errorMessage') ? 'Unhandled' : undefined;
      return { Payload: Buffer.from(answer), FunctionError };
    },
  });
  const left = new Set(messages.map((Body, i): Message => ({ MessageId: `m-${i}`, Body })));
  const said: string[] = [];
  const queue = {
    async *messages() {
      yield* [...left];
    },
    delete: async (message: Message) => void left.delete(message),
    release: async () => {},
  };
  const run = (dryRun = false) =>
    replay({ queue, streams, lambda, say: (line) => said.push(line) }, { dryRun });
  return { run, left, said, called };
}

describe('[FA2] the replay of dead letters', () => {
  it('gives the function what its mapping wants, between the two numbers, as Lambda would', async () => {
    const { run, left, called } = startWith([letter('1', '4', 3)]);
    expect(await run()).toEqual({ letters: 1, records: 3, left: 0 });
    expect(left.size).toBe(0);
    expect(called.map(({ name }) => name)).toEqual([`${functionArn}:live`]);
    const records = called[0]?.records ?? [];
    expect(records.map(({ dynamodb }) => dynamodb.SequenceNumber)).toEqual(['1', '3', '4']);
    expect(records[0]).toMatchObject({
      eventSource: 'aws:dynamodb',
      dynamodb: { ApproximateCreationDateTime: 1_795_318_460, NewImage: { read: { B: 'AQI=' } } },
    });
  });

  it.each([
    ['fails', '{"errorMessage":"broken"}'],
    ['takes only some', '{"batchItemFailures":[{"itemIdentifier":"3"}]}'],
  ])('leaves a letter whose function %s, and goes on', async (_, answer) => {
    const { run, left, said } = startWith([letter('1', '4', 3), letter('5', '5', 1)], {
      answers: [answer],
    });
    expect(await run()).toEqual({ letters: 2, records: 1, left: 1 });
    expect([...left].map(({ MessageId }) => MessageId)).toEqual(['m-0']);
    expect(said[0]).toMatch(/^m-0: /);
  });

  it('hands over what the stream still has of one too old, and says that the rest is gone', async () => {
    const { run, left, said, called } = startWith([letter('1', '4', 3)], { keptFrom: 3 });
    expect(await run()).toEqual({ letters: 1, records: 2, left: 1 });
    expect(called[0]?.records).toHaveLength(2);
    expect(said).toEqual([expect.stringContaining('the stream no longer has the others')]);
    expect(left.size).toBe(1);
  });

  it('calls and deletes nothing in a rehearsal, and leaves what is no dead letter', async () => {
    const { run, left, called } = startWith([letter('1', '4', 3), '{"some":"thing"}', 'text']);
    expect(await run(true)).toEqual({ letters: 3, records: 3, left: 2 });
    expect([called.length, left.size]).toEqual([0, 3]);
  });

  it('cuts records into payloads that Lambda takes', () => {
    const records = Array.from({ length: 2500 }, (_, n) => ({ n, text: 'é'.repeat(2000) }));
    const payloads = payloadsOf(records);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(6_000_000);
    const read = payloads.map((payload) => JSON.parse(payload).Records as { n: number }[]);
    expect(read.flat().map(({ n }) => n)).toEqual(records.map(({ n }) => n));
    expect(payloadsOf([])).toEqual([]);
    expect(payloadsOf([{}, {}].concat(Array.from({ length: 1000 }, () => ({}))))).toHaveLength(2);
  });
});
