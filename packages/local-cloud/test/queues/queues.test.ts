import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localAccess } from '../../src/dynamodb/local-access.ts';
import type { Invocation } from '../../src/lambda/functions.ts';
import { Queues } from '../../src/queues/queues.ts';
import { Template } from '../../src/template/template.ts';
import { ManualClock } from '../manual-clock.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const declared = (scaling: object = { MaximumConcurrency: 2 }) => ({
  Resources: {
    Worker: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs24.x' } },
    Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 60,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
          maxReceiveCount: 3,
        },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        BatchSize: 2,
        EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: scaling,
      },
    },
  },
});

interface Call {
  bodies: string[];
  ids: string[];
  end: (result: Invocation) => void;
}

const done: Invocation = { ok: true, payload: null, durationMs: 1 };
const template = Template.read(writeAssembly(declared()));
const url = String(template.resolve({ Ref: 'Work' }));
let clock: ManualClock;
let calls: Call[];
let dead: unknown[];
let queues: Queues;
let sqs: SQSClient;

const start = (dir?: string): Queues =>
  new Queues(template, {
    ...{ clock, dir, deadLetters: (_arn: string, message: unknown) => dead.push(message) },
    reportFault: (cause) => dead.push(cause),
  });

const consume = (from: Queues): void =>
  from.consume({
    invoke: (_id, event) =>
      new Promise((end) => {
        const { Records } = event as { Records: { body: string; messageId: string }[] };
        const [bodies, ids] = [Records.map((r) => r.body), Records.map((r) => r.messageId)];
        calls.push({ bodies, ids, end });
      }),
  });

beforeEach(async () => {
  clock = new ManualClock();
  calls = [];
  dead = [];
  queues = start();
  sqs = new SQSClient({
    ...{ ...localAccess, endpoint: await queues.open(), useQueueUrlAsEndpoint: false, md5: false },
  });
  consume(queues);
});
afterEach(async () => {
  sqs.destroy();
  await queues.close();
});

const send = (message: unknown, DelaySeconds = 0, QueueUrl = url) =>
  sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message), DelaySeconds }),
  );

const hide = (call: Call | undefined, VisibilityTimeout: number) =>
  sqs.send(
    new ChangeMessageVisibilityCommand({
      ...{ QueueUrl: url, ReceiptHandle: call?.ids[0], VisibilityTimeout },
    }),
  );

async function end(call: Call | undefined, result: Invocation = done): Promise<void> {
  call?.end(result);
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

describe('a queue', () => {
  it('calls its function with what is in it, in batches, and so many at once', async () => {
    for (let n = 1; n <= 5; n++) await send(n);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['1'], ['2']]);
    await end(calls[0]);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['1'], ['2'], ['3', '4']]);
    await end(calls[1]);
    await end(calls[2]);
    await end(calls[3]);
    await queues.drained();
    expect(calls.map(({ bodies }) => bodies)).toEqual([['1'], ['2'], ['3', '4'], ['5']]);
  });

  it('keeps a message back for as long as it says', async () => {
    await send('later', 30);
    clock.advance(29_999);
    expect(calls).toEqual([]);
    clock.advance(1);
    expect(calls).toHaveLength(1);
  });

  it('shows a message again whose function failed, and in the end lays it aside', async () => {
    await send('bad');
    const failed = { ok: false, errorType: 'Error', errorMessage: 'no', durationMs: 1 } as const;
    for (let receive = 1; receive <= 3; receive++) {
      expect(calls).toHaveLength(receive);
      await end(calls.at(-1), failed);
      clock.advance(60_000);
    }
    expect(calls).toHaveLength(3);
    expect(dead).toEqual(['bad']);
    await queues.drained();
  });

  it('lays aside at once what is sent to a queue that no function takes from', async () => {
    await send({ n: 1 }, 0, String(template.resolve({ Ref: 'Dead' })));
    expect(dead).toEqual([{ n: 1 }]);
    await queues.drained();
  });

  it('shows only those again that the function names', async () => {
    for (const n of [1, 2, 3, 4]) await send(n);
    await end(calls[0]);
    await end(calls[1]);
    const batch = calls[2];
    const payload = { batchItemFailures: [{ itemIdentifier: batch?.ids[1] ?? '' }] };
    await end(batch, { ok: true, payload, durationMs: 1 });
    clock.advance(60_000);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['1'], ['2'], ['3', '4'], ['4']]);
  });

  it('hides a message for as long as its function says', async () => {
    await send('slow');
    const [call] = calls;
    await hide(call, 600);
    await end(call, { ok: false, errorType: 'Error', errorMessage: 'no', durationMs: 1 });
    clock.advance(599_999);
    expect(calls).toHaveLength(1);
    clock.advance(1);
    expect(calls).toHaveLength(2);
    await expect(hide(call, 43_201)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await end(calls[1]);
    await expect(hide(call, 1)).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('refuses what SQS refuses', async () => {
    await expect(send('x', 901)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(send('x'.repeat(1024 * 1024))).rejects.toThrow('Message must be shorter');
    const nowhere = new SendMessageCommand({ QueueUrl: `${url}x`, MessageBody: '1' });
    await expect(sqs.send(nowhere)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('has at least two consumers at a time, or none are declared', () => {
    const one = Template.read(writeAssembly(declared({ MaximumConcurrency: 1 })));
    const options = { deadLetters: () => {}, reportFault: () => {} };
    const single = new Queues(one, options);
    expect(() => single.consume({ invoke: async () => done })).toThrow('between 2 and 1,000');
  });
});

describe('a queue with a folder', () => {
  const failed = { ok: false, errorType: 'Error', errorMessage: 'no', durationMs: 1 } as const;
  const arn = String(template.resolve({ 'Fn::GetAtt': ['Work', 'Arn'] }));
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'queues-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  let running: Queues;

  /** The next process: of the one before, which does nothing more, it has the files. */
  function restart(): void {
    running?.stopConsuming();
    calls = [];
    running = start(dir);
    consume(running);
  }

  it('has after a kill what it had: hidden for as long as before, received as often, and nothing that was done', async () => {
    restart();
    for (const body of ['done', 'in work', 'waits']) running.send(arn, body);
    await end(calls[0]);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['done'], ['in work'], ['waits']]);
    clock.advance(20_000);

    restart();
    clock.advance(39_999);
    expect(calls).toEqual([]);
    clock.advance(1);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['in work', 'waits']]);
    await end(calls[0], failed);
    clock.advance(60_000);
    expect(calls).toHaveLength(2);

    restart();
    clock.advance(60_000);
    expect(dead).toEqual(['in work', 'waits']);
    restart();
    clock.advance(60_000);
    expect(calls).toEqual([]);
  });

  it('gives its function at once what became visible while there was none', async () => {
    start(dir).send(arn, 'kept');
    clock.advance(1);
    restart();
    expect(calls.map(({ bodies }) => bodies)).toEqual([['kept']]);
  });

  it('leaves out a line that the end of its process has cut off', async () => {
    start(dir).send(arn, 'kept');
    const [file = ''] = readdirSync(dir).filter((name) => readFileSync(join(dir, name)).length > 0);
    appendFileSync(join(dir, file), '{"messageId":"cut","body":"of');
    restart();
    expect(calls.map(({ bodies }) => bodies)).toEqual([['kept']]);
  });

  it('takes no room while it is empty', async () => {
    restart();
    running.send(arn, 'done');
    await end(calls[0]);
    for (const name of readdirSync(dir)) expect(readFileSync(join(dir, name), 'utf8')).toBe('');
  });
});
