import { describe, expect, it } from 'vitest';
import { compileFilterPattern } from '../../src/monitoring/filter-pattern.ts';

const line = JSON.stringify({
  level: 'ERROR',
  message: { what: 'a frame failed', tookMs: 120, isLate: true, cause: null, route: 'a "b" c' },
});

describe('[AW3] a filter pattern', () => {
  it.each([
    ['', true],
    ['{ $.level = "ERROR" }', true],
    ['{ $.level = ERROR }', true],
    ['{ $.level != "ERROR" }', false],
    ['{ $.level = "error" }', false],
    ['{$.message.what="a frame failed"}', true],
    ['{ $.message.what = "a frame*" }', true],
    ['{ $.message.what = "frame*" }', false],
    ['{ $.message.what = "a.frame failed" }', false],
    ['{ $.message.route = "a \\"b\\" c" }', true],
    ['{ $.message.tookMs > 119.5 && $.message.tookMs <= 120 }', true],
    ['{ $.message.tookMs = 12e1 }', true],
    ['{ $.message.tookMs < 120 || $.message.tookMs > 120 }', false],
    ['{ $.message.tookMs = "120" }', false],
    ['{ $.level = "INFO" || $.level = "ERROR" && $.message.tookMs = 1 }', false],
    ['{ ($.level = "INFO" || $.level = "ERROR") && $.message.tookMs = 120 }', true],
    ['{ $.message.isLate IS TRUE }', true],
    ['{ $.message.isLate IS FALSE }', false],
    ['{ $.message.cause IS NULL }', true],
    ['{ $.absent IS NULL }', false],
    ['{ $.absent NOT EXISTS }', true],
    ['{ $.level NOT EXISTS }', false],
    ['{ $.absent != "x" }', false],
    ['{ $.message.tookMs = "*" }', true],
    ['{ $.absent = "*" }', false],
    ['failed', true],
    ['"frame failed"', true],
    ['frame -failed', false],
    ['?absent ?failed', true],
    ['frame absent', false],
  ])('%s', (pattern, isWanted) => {
    expect(compileFilterPattern(pattern)(line)).toBe(isWanted);
  });

  it('for JSON wants no text, even where that is JSON in a string', () => {
    const wants = compileFilterPattern('{ $.message.what = "a fault" }');
    expect(wants('a fault')).toBe(false);
    expect(wants(JSON.stringify({ message: JSON.stringify({ what: 'a fault' }) }))).toBe(false);
    expect(wants('{ "message": ')).toBe(false);
  });

  it.each([
    '{ $.level = "ERROR" ',
    '{ level = "ERROR" }',
    '{ $.level }',
    '{ $.level ~ 3 }',
    '{ $.level > high }',
    '{ $.level IS OLD }',
    '{ ($.level = "a" }',
    '{ $.a[0] = 1 }',
    '[ip, user, status = 5*]',
    '%5\\d\\d%',
  ])('that is not known is refused: %s', (pattern) => {
    expect(() => compileFilterPattern(pattern)).toThrow(/cannot use the filter pattern/);
  });
});
