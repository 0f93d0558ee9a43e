import type { InvocationLog } from '@seenby/local-cloud/lambda/functions.ts';
import { describe, expect, it } from 'vitest';
import { faultLinesOf, linesOf } from '../../../demo/local/invocation-lines.ts';

type Invocation = Parameters<InvocationLog>[0];

const usual: Invocation = {
  ...{ functionName: 'Socket0F3A5B7C', logGroupName: 'g', requestId: 'r', durationMs: 12.4 },
  ...{ coldStart: false, lines: ['{"level":"WARN","message":{"what":"a frame was given up"}}\n'] },
};
const logged = '{"level":"ERROR","message":{"what":"a push failed"}}';

describe('the faults of an invocation', () => {
  it('are none where it went as usual, whatever else it printed', () => {
    expect(faultLinesOf(usual)).toEqual([]);
  });

  it('are what the function logged as one, though it ended well', () => {
    expect(faultLinesOf({ ...usual, lines: [...usual.lines, `${logged}\n`] })).toEqual([
      `✗ Socket  ${logged}`,
    ]);
  });

  it('are how it ended, where it logged nothing', () => {
    expect(faultLinesOf({ ...usual, error: 'Sandbox.Timedout: 10 s' })).toEqual([
      '✗ Socket  Sandbox.Timedout: 10 s',
    ]);
  });

  it('are none where an authorizer refuses a token, which Lambda logs as an error', () => {
    const error = 'Error: Unauthorized';
    expect(faultLinesOf({ ...usual, error, lines: ['{"level":"ERROR"}'] })).toEqual([]);
  });
});

it('shows everything of an invocation to who asks for it', () => {
  const [first, ...rest] = linesOf({ ...usual, coldStart: true, error: 'E: no' });
  expect(first).toMatch(/^Socket +12 ms \(cold\) {2}✗ E: no$/);
  expect(rest).toEqual(['    {"level":"WARN","message":{"what":"a frame was given up"}}']);
});
