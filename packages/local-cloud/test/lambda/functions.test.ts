import { afterEach, describe, expect, it } from 'vitest';
import { createFunctions, type Functions, type InvocationLog } from '../../src/lambda/functions.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

type LogEntry = Parameters<InvocationLog>[0];

let functions: Functions | undefined;
afterEach(() => functions?.stop());

function deploy(
  code: string,
  options: {
    properties?: object;
    variables?: object;
    concurrency?: number;
    concurrentExecutions?: number;
    crashAfterMs?: () => number | undefined;
  } = {},
) {
  const template = {
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
      Echo: {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'aws:asset:path': 'asset.1' },
        Properties: {
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Environment: { Variables: options.variables ?? {} },
          ...options.properties,
        },
      },
      OfTheCdk: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13' } },
    },
  };
  const log: LogEntry[] = [];
  functions = createFunctions({
    template: Template.read(writeAssembly(template, { 'asset.1/index.mjs': code })),
    rewrite: (value) => value.replace('https://Api.execute-api.us-east-1.amazonaws.com', 'local'),
    environment: { AWS_ACCESS_KEY_ID: 'local' },
    ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    ...(options.concurrentExecutions !== undefined && {
      concurrentExecutions: options.concurrentExecutions,
    }),
    ...(options.crashAfterMs && { crashAfterMs: options.crashAfterMs }),
    log: (entry) => log.push(entry),
  });
  const { invoke, names } = functions;
  return { log, names, invoke: (event: unknown) => invoke('Echo', event) };
}

const parse = (line: string): Record<string, unknown> => JSON.parse(line);

describe('createFunctions', () => {
  it('lets a sandbox die in the middle of an event, and starts another for the next', async () => {
    const crashes: (number | undefined)[] = [undefined, 20, undefined];
    const { invoke } = deploy(
      `
      let count = 0;
      export const handler = (event) =>
        event.hangs ? new Promise(() => setInterval(() => {}, 1000)) : { count: ++count };
      `,
      { crashAfterMs: () => crashes.shift() },
    );
    expect(await invoke({})).toMatchObject({ ok: true, payload: { count: 1 } });
    expect(await invoke({ hangs: true })).toMatchObject({
      ...{ ok: false, errorType: 'Runtime.ExitError' },
      errorMessage: 'Error: Runtime exited with error: exit status 1',
    });
    expect(await invoke({})).toMatchObject({ ok: true, payload: { count: 1 } });
  });

  it('passes the event and the result by value, and keeps module state', async () => {
    const { invoke, log, names } = deploy(`
      let count = 0;
      export const handler = async (event) => ({ event, count: ++count, none: undefined });
    `);
    expect(names()).toEqual(['Echo']);
    const event = { at: new Date(0), missing: undefined };
    const seen = { at: '1970-01-01T00:00:00.000Z' };
    expect(await invoke(event)).toMatchObject({ ok: true, payload: { event: seen, count: 1 } });
    expect(await invoke(event)).toMatchObject({ ok: true, payload: { event: seen, count: 2 } });
    expect(log.map(({ coldStart }) => coldStart)).toEqual([true, false]);
  });

  it('gives a function the environment it declares, rewritten, and nothing else', async () => {
    process.env.FROM_THE_PARENT = 'leak';
    const url = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, '/v1']] };
    const { invoke } = deploy('export const handler = async () => process.env;', {
      variables: { URL: url },
      properties: { MemorySize: 256 },
    });
    const { payload } = (await invoke({})) as { payload: Record<string, string> };
    delete process.env.FROM_THE_PARENT;
    expect(payload).toMatchObject({
      URL: 'local/v1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_LAMBDA_FUNCTION_NAME: 'Echo',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_REGION: 'us-east-1',
    });
    expect(payload).not.toHaveProperty('FROM_THE_PARENT');
  });

  it('hands over a context', async () => {
    const { invoke, log } = deploy(`
      export const handler = async (event, context) => ({
        ...context, remaining: context.getRemainingTimeInMillis(),
      });
    `);
    const { payload } = (await invoke({})) as { payload: Record<string, unknown> };
    expect(payload).toMatchObject({
      awsRequestId: log[0]?.requestId,
      functionName: 'Echo',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Echo',
      memoryLimitInMB: '128',
    });
    expect(payload.remaining).toBeGreaterThan(1000);
    expect(payload.remaining).toBeLessThanOrEqual(3000);
  });

  it.each([
    ['of the account', 1, {}],
    ['that it reserves', 10, { ReservedConcurrentExecutions: 1 }],
  ])(
    '[AW1] throttles what is over the concurrency %s',
    async (_, concurrentExecutions, properties) => {
      const { invoke } = deploy('export const handler = async () => 1;', {
        ...{ concurrentExecutions, properties },
      });
      const outcomes = await Promise.all([invoke({}), invoke({})]);
      expect(outcomes).toMatchObject([
        { ok: true },
        { ok: false, errorType: 'TooManyRequestsException' },
      ]);
      expect(await invoke({})).toMatchObject({ ok: true });
    },
  );

  it('[AW1] takes no event over 6 MB', async () => {
    const { invoke } = deploy('export const handler = async () => 1;');
    expect(await invoke('x'.repeat(6 * 1024 * 1024))).toMatchObject({
      ...{ ok: false, errorType: 'RequestEntityTooLargeException' },
    });
    expect(await invoke({})).toMatchObject({ ok: true });
  });

  it('[AW1] has at most 4 KB of environment variables', () => {
    const code = 'export const handler = async () => 1;';
    expect(() => deploy(code, { variables: { LONG: 'x'.repeat(4090) } })).toThrow(
      'The environment variables of Echo take 4101 bytes; Lambda allows 4096.',
    );
  });

  it('[AW1] collects what an event printed, as Lambda writes it', async () => {
    const { invoke, log } = deploy(
      `
      console.log('loading');
      export const handler = async ({ fails }) => {
        console.log('one'); console.debug('no'); console.error({ two: 2 });
        process.stdout.write('three\\n');
        if (fails) throw new TypeError('four');
      };`,
      { properties: { LoggingConfig: { LogFormat: 'JSON', LogGroup: 'echo-logs' } } },
    );
    await invoke({});
    await invoke({ fails: true });
    const events = log.map(({ lines }) => lines.filter((line) => line !== 'three').map(parse));
    const one = { level: 'INFO', message: 'one' };
    const two = { level: 'ERROR', message: { two: 2 } };
    const four = { level: 'ERROR', message: { errorType: 'TypeError', errorMessage: 'four' } };
    expect(events).toMatchObject([
      [{ level: 'INFO', message: 'loading' }, one, two],
      [one, two, four],
    ]);
    expect(events[0]?.map(({ requestId }) => requestId)).toEqual([
      undefined,
      log[0]?.requestId,
      log[0]?.requestId,
    ]);
    expect(log[1]?.lines.join()).toContain('(file:///var/runtime/index.mjs:');
    expect(log[1]?.lines.join()).not.toContain('data:');
    expect(log[0]).toMatchObject({ logGroupName: 'echo-logs' });
    expect(log[0]?.lines).toContain('three');
  });

  it('reports what the handler threw and keeps the sandbox', async () => {
    const { invoke, log } = deploy(
      `export const handler = async () => { throw new TypeError('broken'); };`,
    );
    const failure = { ok: false, errorType: 'TypeError', errorMessage: 'broken' };
    expect(await invoke({})).toMatchObject(failure);
    expect(await invoke({})).toMatchObject(failure);
    expect(log.map(({ coldStart, error }) => ({ coldStart, error }))).toEqual([
      { coldStart: true, error: 'TypeError: broken' },
      { coldStart: false, error: 'TypeError: broken' },
    ]);
    expect(log[0]?.lines.join()).toContain('index.mjs:1');
  });

  it.each([
    ['a busy loop', 'for (;;);'],
    ['a promise that never settles', 'await new Promise(() => {});'],
  ])('ends %s at the declared timeout', async (_, endless) => {
    const { invoke, log } = deploy(
      `export const handler = async (event) => {
        process.stdout.write('began\\n');
        if (event.endless) { ${endless} }
        return 'fine';
      };`,
      { properties: { Timeout: 0.2 } },
    );
    expect(await invoke({ endless: true })).toMatchObject({
      ok: false,
      errorMessage: 'Task timed out after 0.20 seconds',
    });
    expect(log[0]?.lines).toEqual(['began']);
    expect(await invoke({})).toMatchObject({ ok: true, payload: 'fine' });
    expect(log[1]?.coldStart).toBe(true);
  });

  it.each([
    ['process.exit(7)', 'Runtime.ExitError', 'Error: Runtime exited with error: exit status 7'],
    ['setImmediate(() => { throw new Error("late"); })', 'Unhandled', 'late'],
    ['Promise.reject(new Error("forgotten"))', 'Unhandled', 'forgotten'],
  ])('survives %s', async (crash, errorType, errorMessage) => {
    const { invoke } = deploy(`
      export const handler = async (event) => {
        if (!event.crash) return 'fine';
        ${crash};
        await new Promise(() => {});
      };
    `);
    expect(await invoke({ crash: true })).toMatchObject({ ok: false, errorType, errorMessage });
    expect(await invoke({})).toMatchObject({ ok: true, payload: 'fine' });
  });

  it('says when the bundle or its handler is missing', async () => {
    const { invoke } = deploy('export const other = 1;');
    expect(await invoke({})).toMatchObject({ ok: false, errorType: 'Runtime.HandlerNotFound' });
  });

  it('runs one event at a time in a sandbox, as many sandboxes as the cap allows', async () => {
    const { invoke, log } = deploy(
      `
      import { setImmediate } from 'node:timers/promises';
      let running = 0;
      export const handler = async () => {
        const alone = ++running === 1;
        for (let i = 0; i < 50; i++) await setImmediate();
        running--;
        return { alone, stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME };
      };`,
      { concurrency: 2 },
    );
    const results = (await Promise.all(Array.from({ length: 8 }, () => invoke({})))) as {
      payload: { alone: boolean; stream: string };
    }[];
    expect(results.every(({ payload }) => payload.alone)).toBe(true);
    expect(new Set(results.map(({ payload }) => payload.stream)).size).toBe(2);
    expect(log.filter(({ coldStart }) => coldStart)).toHaveLength(2);
  });

  it('ends what is under way and in line when stopped', async () => {
    const { invoke } = deploy('export const handler = () => new Promise(() => {});', {
      concurrency: 1,
    });
    const results = [invoke({}), invoke({})];
    await functions?.stop();
    for (const result of await Promise.all(results)) {
      expect(result).toMatchObject({ ok: false, errorType: 'Sandbox.Stopped' });
    }
  });
});
