import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/streams/records/filter-pattern.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: {
    SizeBytes: 120,
    Keys: { pk: { S: 'G#g1#M' }, sk: { S: 'U#alice' } },
    NewImage: {
      read: { N: '7' },
      active: { BOOL: true },
      nothing: { NULL: true },
      empty: { S: '' },
      tags: { SS: ['red', 'green'] },
      moves: { L: [{ S: 'first' }, { S: 'second' }] },
    },
  },
};

const image = (attribute: unknown): unknown => ({ dynamodb: { NewImage: attribute } });
const pk = (rule: unknown): unknown => ({ dynamodb: { Keys: { pk: { S: [rule] } } } });
const size = (...rule: unknown[]): unknown => ({ dynamodb: { SizeBytes: [{ numeric: rule }] } });

function matches(...patterns: unknown[]): boolean {
  const filters = patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) }));
  return compileFilter({ Filters: filters })(record);
}

describe('compileFilter', () => {
  it.each<[string, unknown, boolean]>([
    ['empty pattern', {}, true],
    ['exact', { eventName: ['MODIFY'] }, true],
    ['exact, one of several', { eventName: ['INSERT', 'MODIFY'] }, true],
    ['exact, none', { eventName: ['INSERT', 'REMOVE'] }, false],
    ['exact is case sensitive', { eventName: ['modify'] }, false],
    ['all fields must match', { eventName: ['MODIFY'], dynamodb: { SizeBytes: [1] } }, false],
    ['numbers in DynamoDB are strings', image({ read: { N: ['7'] } }), true],
    ['and not numbers', image({ read: { N: [7] } }), false],
    ['boolean', image({ active: { BOOL: [true] } }), true],
    ['boolean, other', image({ active: { BOOL: [false] } }), false],
    ['empty string', image({ empty: { S: [''] } }), true],
    ['element of a set', image({ tags: { SS: ['green'] } }), true],
    ['element of a set, none', image({ tags: { SS: ['blue'] } }), false],
    ['element of a list', image({ moves: { L: { S: ['second'] } } }), true],
    ['prefix', pk({ prefix: 'G#' }), true],
    ['prefix, other', pk({ prefix: 'U#' }), false],
    ['suffix', pk({ suffix: '#M' }), true],
    ['suffix, other', pk({ suffix: '#C' }), false],
    ['ignoring case', pk({ 'equals-ignore-case': 'g#G1#m' }), true],
    ['alternatives of several kinds', { eventName: ['INSERT', { prefix: 'MOD' }] }, true],
    ['anything but a value', pk({ 'anything-but': 'G#g2#M' }), true],
    ['anything but this value', pk({ 'anything-but': 'G#g1#M' }), false],
    ['anything but a list', pk({ 'anything-but': ['x', 'G#g1#M'] }), false],
    ['anything but a prefix', pk({ 'anything-but': { prefix: 'U#' } }), true],
    ['anything but this prefix', pk({ 'anything-but': { prefix: 'G#' } }), false],
    ['anything but these suffixes', pk({ 'anything-but': { suffix: ['#C', '#M'] } }), false],
    [
      'anything but does not match what is absent',
      image({ x: { S: [{ 'anything-but': 'y' }] } }),
      false,
    ],
    ['exists', image({ read: { N: [{ exists: true }] } }), true],
    ['exists, absent', image({ read: { S: [{ exists: true }] } }), false],
    ['exists looks at leaves only', image({ read: [{ exists: true }] }), false],
    ['not exists', { dynamodb: { OldImage: { read: { N: [{ exists: false }] } } } }, true],
    ['not exists, present', image({ read: { N: [{ exists: false }] } }), false],
    ['numeric range', size('>', 100, '<=', 120), true],
    ['numeric range, outside', size('>=', 121), false],
    ['numeric equals', size('=', 120), true],
    ['numeric is for numbers only', image({ read: { N: [{ numeric: ['=', 7] }] } }), false],
    ['$or', { $or: [{ eventName: ['INSERT'] }, size('<', 200)] }, true],
    ['$or, neither', { $or: [{ eventName: ['INSERT'] }, size('<', 20)] }, false],
    [
      '$or with other fields',
      { eventName: ['INSERT'], $or: [size('<', 200), size('>', 0)] },
      false,
    ],
    ['$or below the top', { dynamodb: { $or: [{ SizeBytes: [1] }, { SizeBytes: [120] }] } }, true],
  ])('%s', (_, pattern, expected) => {
    expect(matches(pattern)).toBe(expected);
  });

  it('takes a record that any filter wants, and every record without filters', () => {
    expect(matches({ eventName: ['INSERT'] }, { eventName: ['MODIFY'] })).toBe(true);
    expect(matches({ eventName: ['INSERT'] }, { eventName: ['REMOVE'] })).toBe(false);
    expect(compileFilter(undefined)(record)).toBe(true);
  });

  it.each([
    ['{"eventName":"INSERT"}', 'values must be in an array'],
    ['{"eventName":[{"wildcard":"*"}]}', 'unknown operator wildcard'],
    ['{"eventName":[{"numeric":["=="]}]}', 'numeric needs pairs'],
    ['{"$or":[{}]}', '$or needs an array of two or more'],
    ['{"eventName":[{"prefix":1}]}', 'a string is needed'],
    ['{', 'JSON'],
  ])('refuses %s', (Pattern, reason) => {
    expect(() => compileFilter({ Filters: [{ Pattern }] })).toThrow(reason);
  });
});
