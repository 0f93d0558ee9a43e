import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Functions, Invocation } from '../../src/lambda/functions.ts';
import { InvokeEndpoint } from '../../src/lambda/invoke-endpoint.ts';
import { Template } from '../../src/template/template.ts';
import { ManualClock } from '../manual-clock.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const template = Template.read(
  writeAssembly({
    Resources: {
      Push: { Type: 'AWS::Lambda::Function' },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: { FunctionName: { Ref: 'Push' }, FunctionVersion: '1', Name: 'live' },
      },
      LiveRetries: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Push' },
          Qualifier: 'live',
          MaximumRetryAttempts: 1,
          MaximumEventAgeInSeconds: 60,
        },
      },
      Bucket: { Type: 'AWS::S3::Bucket' },
    },
  }),
);
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:Push';

let called: string[] = [];
let outcome: Invocation;
const functions: Functions = {
  invoke: async (logicalId) => {
    called.push(logicalId);
    return outcome;
  },
  names: () => ['Push'],
  stop: async () => {},
};
const clock = new ManualClock();
const reportFault = (cause: unknown) => {
  throw cause;
};
const endpoint = new InvokeEndpoint(template, reportFault, clock);
let url = '';

beforeAll(async () => {
  url = await endpoint.open();
  endpoint.serve(functions);
});
afterAll(() => endpoint.close());
beforeEach(() => {
  called = [];
  outcome = { ok: true, payload: null, durationMs: 1 };
});

async function invoke(name: string, type = 'RequestResponse', query = ''): Promise<number> {
  const response = await fetch(
    `${url}/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`,
    { method: 'POST', body: '{}', headers: { 'x-amz-invocation-type': type } },
  );
  await response.text();
  await endpoint.drained();
  return response.status;
}

describe('a function is invoked', () => {
  it.each(['Push', 'Push:live', arn, `${arn}:live`])('as %s', async (name) => {
    expect(await invoke(name)).toBe(200);
    expect(called).toEqual(['Push']);
  });

  it('by an alias that comes beside its name', async () => {
    expect(await invoke('Push', 'RequestResponse', '?Qualifier=live')).toBe(200);
    expect(await invoke('Push', 'RequestResponse', '?Qualifier=old')).toBe(404);
    expect(called).toEqual(['Push']);
  });

  it.each(['Pull', 'Push:old', `${arn}:old`, 'Bucket'])('not as %s', async (name) => {
    expect(await invoke(name)).toBe(404);
    expect(called).toEqual([]);
  });
});

it('retries are those of the alias, or the usual two', async () => {
  outcome = { ok: false, errorType: 'Error', errorMessage: 'no', durationMs: 1 };
  await invoke('Push:live', 'Event');
  expect(called).toHaveLength(2);
  await invoke('Push', 'Event');
  expect(called).toHaveLength(2 + 3);
});

describe('[AW1] an event that Lambda throttles', () => {
  const throttled: Invocation = {
    ...{ ok: false, errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
    durationMs: 0,
  };
  const send = (type: string) =>
    fetch(`${url}/2015-03-31/functions/Push:live/invocations`, {
      ...{ method: 'POST', body: '{}', headers: { 'x-amz-invocation-type': type } },
    });

  it('is refused to a caller that waits', async () => {
    outcome = throttled;
    const response = await send('RequestResponse');
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      ...[429, 'TooManyRequestsException'],
    ]);
  });

  it('otherwise waits for 1, 2, 4 … seconds, until it is too old', async () => {
    outcome = throttled;
    await send('Event');
    for (const seconds of [1, 2, 4, 8, 16]) {
      await expect.poll(() => clock.pendingTimers).toBe(1);
      clock.advance(seconds * 1000);
    }
    // After 31 seconds another 32 would be more than the 60 that it may wait.
    await endpoint.drained();
    expect(called).toHaveLength(6);
  });
});
