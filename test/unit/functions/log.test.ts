import { createLambdaConsole } from '@seenby/local-cloud/lambda/lambda-console.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { problemOf } from '../../../functions/api/problem-of.ts';
import { logFault } from '../../../functions/runtime/log.ts';

const asked = { route: 'PUT /groups/{groupId}', requestId: 'r-1' };
const lines: string[] = [];
const lambdaConsole = createLambdaConsole({
  ...{ logFormat: 'JSON', logLevel: 'INFO' },
  requestId: () => 'r-1',
  nowMs: () => 0,
  write: (line) => lines.push(line),
});
const logged = () => lines.map((line) => JSON.parse(line));

beforeEach(() => {
  lines.length = 0;
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...all) => lambdaConsole[level]?.(...all));
  }
});
afterEach(() => vi.restoreAllMocks());

describe('a fault', () => {
  it('is logged so that CloudWatch finds what it says', () => {
    const cause = new Error('socket hang up');
    logFault('counts were not pushed', new TypeError('no answer', { cause }), { groupId: 'g' });
    expect(logged()).toEqual([
      {
        ...{ timestamp: '1970-01-01T00:00:00.000Z', level: 'ERROR', requestId: 'r-1' },
        message: {
          ...{ what: 'counts were not pushed', groupId: 'g' },
          ...{ error: 'TypeError', message: 'no answer', stack: expect.any(String) },
          cause: { error: 'Error', message: 'socket hang up', stack: expect.any(String) },
        },
      },
    ]);
  });

  it('of a request is logged once, with its route, and answered with the id to search for', () => {
    const problem = problemOf(new Error('no such table'), asked);
    expect(problem).toEqual({ code: 'INTERNAL', message: 'Our fault. Request r-1' });
    expect(logged()).toMatchObject([
      { level: 'ERROR', message: { what: 'a request failed', ...asked, error: 'Error' } },
    ]);
  });

  it('is none where DynamoDB had too much to do: the caller tries again', () => {
    const error = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    expect(problemOf(error, asked)).toMatchObject({ code: 'RATE_LIMITED' });
    expect(logged()).toEqual([
      {
        ...{ timestamp: '1970-01-01T00:00:00.000Z', level: 'WARN', requestId: 'r-1' },
        message: { what: 'a request was throttled', ...asked, error: 'ThrottlingException' },
      },
    ]);
  });
});
