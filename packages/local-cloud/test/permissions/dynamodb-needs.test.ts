import { describe, expect, it } from 'vitest';
import { needsOf } from '../../src/permissions/dynamodb-needs.ts';

const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Table';
const tables = new Map([
  ['table-here', { arn, partitionKey: 'pk', indexKeys: { byUser: 'userId' } }],
]);
const TableName = 'table-here';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const need = (action: string, resource: string, ...leading: string[]) => ({
  ...{ action: `dynamodb:${action}`, resource },
  context: { 'dynamodb:leadingkeys': leading },
});

describe('[AW1] what a call of DynamoDB needs', () => {
  it.each(['GetItem', 'UpdateItem', 'DeleteItem'])('%s: the key', (operation) => {
    const needs = needsOf(operation, { TableName, Key: key('G#1') }, tables);
    expect(needs).toEqual([need(operation, arn, 'G#1')]);
  });

  it('PutItem: the key in the item', () => {
    const needs = needsOf(
      'PutItem',
      { TableName, Item: { ...key('G#1'), more: { N: '1' } } },
      tables,
    );
    expect(needs).toEqual([need('PutItem', arn, 'G#1')]);
  });

  it.each([
    ['pk = :pk AND begins_with(sk, :sk)', {}],
    ['sk = :sk AND #p=:pk', { '#p': 'pk' }],
  ])('Query: the partition key in %s', (KeyConditionExpression, ExpressionAttributeNames) => {
    const ExpressionAttributeValues = { ':pk': { S: 'G#1' }, ':sk': { S: 'M#' } };
    const body = { TableName, KeyConditionExpression, ExpressionAttributeNames };
    expect(needsOf('Query', { ...body, ExpressionAttributeValues }, tables)).toEqual([
      need('Query', arn, 'G#1'),
    ]);
  });

  it('Query of an index: its own ARN and its own key', () => {
    const body = {
      ...{ TableName, IndexName: 'byUser', KeyConditionExpression: 'userId = :user' },
      ExpressionAttributeValues: { ':user': { S: 'alice' } },
    };
    expect(needsOf('Query', body, tables)).toEqual([need('Query', `${arn}/index/byUser`, 'alice')]);
  });

  it('batches: every key', () => {
    const get = { RequestItems: { [TableName]: { Keys: [key('G#1'), key('U#1')] } } };
    expect(needsOf('BatchGetItem', get, tables)).toEqual([need('BatchGetItem', arn, 'G#1', 'U#1')]);
    const writes = [{ PutRequest: { Item: key('G#1') } }, { DeleteRequest: { Key: key('G#2') } }];
    expect(needsOf('BatchWriteItem', { RequestItems: { [TableName]: writes } }, tables)).toEqual([
      need('BatchWriteItem', arn, 'G#1', 'G#2'),
    ]);
  });

  it('transactions: the actions of what is in them', () => {
    const TransactItems = [
      { Put: { TableName, Item: key('G#1') } },
      { Update: { TableName, Key: key('G#2') } },
      { Delete: { TableName, Key: key('G#3') } },
      { ConditionCheck: { TableName, Key: key('G#4') } },
      { Get: { TableName, Key: key('G#5') } },
    ];
    expect(needsOf('TransactWriteItems', { TransactItems }, tables)).toEqual([
      need('PutItem', arn, 'G#1'),
      need('UpdateItem', arn, 'G#2'),
      need('DeleteItem', arn, 'G#3'),
      need('ConditionCheckItem', arn, 'G#4'),
      need('GetItem', arn, 'G#5'),
    ]);
  });

  it('Scan: no key; a table that is not in the template: its own name', () => {
    expect(needsOf('Scan', { TableName }, tables)).toEqual([need('Scan', arn)]);
    expect(needsOf('Scan', { TableName: 'Other' }, tables)).toEqual([
      need('Scan', arn.replace('Table', 'Other')),
    ]);
  });

  it('a key that is not to be found is none that a policy names', () => {
    const body = { TableName, KeyConditionExpression: 'other = :x', ExpressionAttributeValues: {} };
    expect(needsOf('Query', body, tables)).toEqual([need('Query', arn, '')]);
  });
});
