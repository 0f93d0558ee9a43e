import { describe, expect, it } from 'vitest';
import { awsLimits, readAwsLimits } from '../src/aws-limits.ts';
import { Concurrency } from '../src/lambda/concurrency.ts';

describe('[AW1] the limits of an account', () => {
  it('are off without the flag', () => {
    expect(readAwsLimits(['node', 'main.ts', '--verbose'])).toBeUndefined();
  });

  it.each([
    ['--aws-limits', 10_000, 5_000, 1_000],
    ['--aws-limits=2500', 2_500, 1_250, 1_000],
    ['--aws-limits=2500,10', 2_500, 1_250, 10],
  ])('of %s', (flag, perSecond, burst, concurrentExecutions) => {
    expect(readAwsLimits([flag])).toEqual({
      ...awsLimits(),
      requests: { perSecond, burst },
      concurrentExecutions,
    });
  });

  it.each(['--aws-limits=', '--aws-limits=0', '--aws-limits=a', '--aws-limits=1,2,3'])(
    'are refused when they are no numbers: %s',
    (flag) => {
      expect(() => readAwsLimits([flag])).toThrow(flag);
    },
  );
});

describe('[AW1] concurrent executions', () => {
  it('are shared by the functions that reserve none', () => {
    const concurrency = new Concurrency(2, new Map());
    expect([concurrency.begin('A'), concurrency.begin('B'), concurrency.begin('A')]).toEqual([
      ...[true, true, false],
    ]);
    concurrency.end('B');
    expect(concurrency.begin('A')).toBe(true);
  });

  it('that a function reserves are its own, and its most', () => {
    const concurrency = new Concurrency(3, new Map([['Push', 2]]));
    expect([concurrency.begin('A'), concurrency.begin('B')]).toEqual([true, false]);
    expect(['Push', 'Push', 'Push'].map((id) => concurrency.begin(id))).toEqual([
      ...[true, true, false],
    ]);
  });
});
