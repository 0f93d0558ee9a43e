import { beforeEach, describe, expect, it } from 'vitest';
import { type ExampleTable, exampleTable, keyOf } from './example-table.ts';

const Key = keyOf('a', 1);
const item = {
  ...Key,
  n: { N: '5' },
  s: { S: 'text' },
  l: { L: [{ N: '1' }, { S: 'x' }, { M: { z: { N: '9' } } }] },
  m: { M: { a: { N: '1' }, b: { M: { c: { S: 'deep' } } } } },
  ss: { SS: ['a', 'b'] },
  b: { B: 'AQID' },
};

let table: ExampleTable;
beforeEach(() => {
  table = exampleTable();
  table.call('PutItem', { Item: item });
});

describe('an update expression', () => {
  it.each([
    ['SET n = n + :v', { ':v': { N: '0.1' } }, { n: { N: '5.1' } }],
    ['SET n = n - :v', { ':v': { N: '10' } }, { n: { N: '-5' } }],
    ['SET q = if_not_exists(q, :v) + :v', { ':v': { N: '2' } }, { q: { N: '4' } }],
    ['SET l = list_append(l, :v)', { ':v': { L: [] } }, { l: item.l }],
    ['SET s = n, n = s', undefined, { s: { N: '5' }, n: { S: 'text' } }],
    [
      'SET m.b.c = :v',
      { ':v': { N: '2' } },
      { m: { M: { a: { N: '1' }, b: { M: { c: { N: '2' } } } } } },
    ],
    [
      'SET l[1] = :v REMOVE l[0], l[2].z',
      { ':v': { N: '7' } },
      { l: { L: [{ N: '7' }, { M: {} }] } },
    ],
    ['ADD n :v', { ':v': { N: '-7' } }, { n: { N: '-2' } }],
    ['ADD ss :v', { ':v': { SS: ['c', 'a'] } }, { ss: { SS: ['a', 'b', 'c'] } }],
    ['DELETE ss :v', { ':v': { SS: ['b', 'x'] } }, { ss: { SS: ['a'] } }],
    ['set n = :v remove s', { ':v': { N: '1' } }, { n: { N: '1' } }],
  ])('%s', (UpdateExpression, ExpressionAttributeValues, Attributes) => {
    const request = { Key, UpdateExpression, ReturnValues: 'UPDATED_NEW' };
    const values = ExpressionAttributeValues && { ExpressionAttributeValues };
    expect(table.call('UpdateItem', { ...request, ...values })).toEqual({ Attributes });
  });

  it('leaves no empty set', () => {
    const ExpressionAttributeValues = { ':v': { SS: ['a', 'b'] } };
    table.call('UpdateItem', { Key, UpdateExpression: 'DELETE ss :v', ExpressionAttributeValues });
    expect(table.call('GetItem', { Key }).Item).not.toHaveProperty('ss');
  });

  it.each([
    ['SET s = s + :v', 'An operand in the update expression has an incorrect data type'],
    [
      'SET q = absent, n = :v',
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    [
      'SET absent.x = :v',
      'The document path provided in the update expression is invalid for update',
    ],
    ['SET pk = :v', 'Cannot update attribute pk. This attribute is part of the key'],
    ['SET m = :v, m.a = :v', 'Two document paths overlap with each other'],
    ['SET m.a = :v, m[0] = :v', 'Two document paths conflict with each other'],
    ['SET n = :v SET s = :v', 'The "SET" section can only be used once in an update expression'],
    ['SET status = :v', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['SET size = :v', 'Attribute name is a reserved keyword; reserved keyword: size'],
    ['SET n :v', 'Syntax error; token: ":v", near: "n :v"'],
    ['SET n = ', 'Syntax error; token: "<EOF>", near: "= "'],
    ['ADD s.x :w', 'attribute value: :w'],
    ['SET #n = :v', 'attribute name: #n'],
    ['', 'The expression can not be empty'],
  ])('%s is refused', (UpdateExpression, message) => {
    const ExpressionAttributeValues = { ':v': { N: '1' } };
    const request = { Key, UpdateExpression, ExpressionAttributeValues };
    expect(table.refusal('UpdateItem', request)).toContain(message);
  });

  it('has to use all placeholders of the request', () => {
    const request = { Key, UpdateExpression: 'REMOVE n', ExpressionAttributeNames: { '#x': 'x' } };
    expect(table.refusal('UpdateItem', request)).toContain('unused in expressions: keys: {#x}');
  });
});

describe('a condition', () => {
  const values = { ':5': { N: '5.0' }, ':t': { S: 'te' }, ':x': { S: 'x' }, ':b': { B: 'Ag==' } };

  it.each([
    ['n = :5', true],
    ['n <> :5', false],
    ['absent <> :5', true],
    ['NOT absent < :5', true],
    ['absent < :5 OR n >= :5', true],
    ['n = :5 AND (s = :5 OR begins_with(s, :t))', true],
    ['n BETWEEN :5 AND :5', true],
    ['n IN (:t, :5)', true],
    ['contains(s, :x)', true],
    ['contains(l, :x)', true],
    ['contains(ss, :x)', false],
    ['contains(b, :b)', true],
    ['size(l) < :5', true],
    ['size(n) < :5', false],
    ['size(m.b.c) = size(s)', true],
    ['attribute_exists(l[2].z)', true],
    ['attribute_not_exists(l[3])', true],
    ['attribute_type(m.b, :t)', 'Invalid attribute type name found; type: te'],
    ['((n = :5))', 'The expression has redundant parentheses'],
    ['n = n', 'The first operand must be distinct from the remaining operands'],
    ['begins_with(s, :5)', 'operator or function: begins_with, operand type: N'],
    ['s BETWEEN :x AND :t', 'upper bound to be greater than or equal to lower bound'],
    ['if_not_exists(n, :5)', 'The function is not allowed in a condition expression'],
    ['n = :5 AND', 'Syntax error; token: "<EOF>", near: "AND"'],
  ])('%s: %s', (ConditionExpression, expected) => {
    const used = Object.entries(values).filter(([name]) => ConditionExpression.includes(name));
    const ExpressionAttributeValues = Object.fromEntries(used);
    const refusal = table.refusal('DeleteItem', {
      ...{ Key, ConditionExpression },
      ...(used.length > 0 && { ExpressionAttributeValues }),
    });
    if (typeof expected === 'string') expect(refusal).toContain(expected);
    else expect(refusal).toMatch(expected ? /^none$/ : /^ConditionalCheckFailedException/);
  });
});

it('a projection keeps the parts that it names, and lists close up', () => {
  const ProjectionExpression = 'l[2].z, l[0], #m.b, absent';
  const names = { ExpressionAttributeNames: { '#m': 'm' } };
  const { Item } = table.call('GetItem', { Key, ProjectionExpression, ...names });
  expect(Item).toEqual({
    l: { L: [{ N: '1' }, { M: { z: { N: '9' } } }] },
    m: { M: { b: { M: { c: { S: 'deep' } } } } },
  });
});
