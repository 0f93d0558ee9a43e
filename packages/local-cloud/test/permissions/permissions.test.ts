import { describe, expect, it } from 'vitest';
import { allow, permissionsOf } from './with-roles.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Table';
const get = { action: 'dynamodb:GetItem', resource: table };
const credential = (key: string) => `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/x`;

const refused = (statements: object[], need: Parameters<typeof ask>[1] = get) =>
  ask(statements, need) !== undefined;
const ask = (
  statements: object[],
  need: { action: string; resource: string; context?: Record<string, string[]> },
) => permissionsOf(statements).refusalOf('Caller', need);

describe('[AW1] a role', () => {
  it.each([
    ['by name', allow('dynamodb:GetItem', table), false],
    ['by name in other letters', allow('DynamoDB:getitem', table), false],
    ['by a wildcard', allow('dynamodb:Get*', '*'), false],
    ['by the wildcards of an ARN', allow('*', 'arn:aws:dynamodb:*:*:table/T?ble'), false],
    ['in a list', allow(['s3:GetObject', 'dynamodb:GetItem'], ['x', table]), false],
    ['not by another action', allow('dynamodb:GetItems', table), true],
    ['not by the start of an action', allow('dynamodb:Get', table), true],
    ['not for what is in the resource', allow('dynamodb:GetItem', `${table}/index/*`), true],
    ['not in other letters of an ARN', allow('dynamodb:GetItem', table.toLowerCase()), true],
  ])('allows an action %s', (_how, statement, isRefused) => {
    expect(refused([statement])).toBe(isRefused);
  });

  it('is refused what a statement denies, whatever allows it', () => {
    const deny = { ...allow('dynamodb:*', '*'), Effect: 'Deny' };
    expect(ask([allow('*', '*'), deny], get)).toMatch(/explicit deny/);
  });

  it('is refused in the words of AWS, and the log has them once', () => {
    const lines: string[] = [];
    const permissions = permissionsOf([], (line) => lines.push(line));
    const refusal = `User: arn:aws:sts::000000000000:assumed-role/Role/Caller is not authorized to perform: dynamodb:GetItem on resource: ${table} because no identity-based policy allows the dynamodb:GetItem action`;
    expect(permissions.authorize(credential('Caller'), get)).toBe(refusal);
    expect(permissions.authorize(credential('Caller'), get)).toBe(refusal);
    expect(lines).toEqual([refusal]);
  });

  it('is that of the access key: the operator may do anything, a stranger and nobody nothing', () => {
    const { authorize } = permissionsOf([allow('*', '*')]);
    expect(authorize(credential('Caller'), get)).toBeUndefined();
    expect(permissionsOf([]).authorize(credential('local'), get)).toBeUndefined();
    expect(authorize(credential('Stranger'), get)).toMatch(/security token/);
    expect(authorize(undefined, get)).toMatch(/security token/);
  });

  it('tells what it allows that nobody asked for', () => {
    const permissions = permissionsOf([allow(['dynamodb:GetItem', 's3:*'], [table, 'x'])]);
    permissions.refusalOf('Caller', get);
    const unused = permissions.grantUse().filter(({ isUsed }) => !isUsed);
    expect(unused.map(({ role, action, resource }) => `${role}: ${action} on ${resource}`)).toEqual(
      ['Role: dynamodb:GetItem on x', `Role: s3:* on ${table}`, 'Role: s3:* on x'],
    );
  });
});

const keys = (...leading: string[]) => ({ ...get, context: { 'dynamodb:leadingkeys': leading } });
const under = (condition: object) => [allow('dynamodb:*', '*', condition)];

describe('[AW1] the conditions of a statement', () => {
  const likeG = under({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['G#*', 'H'] } });

  it('hold for all values, and for none', () => {
    expect(refused(likeG, keys('G#1', 'H'))).toBe(false);
    expect(refused(likeG, keys('G#1', 'U#1'))).toBe(true);
    expect(refused(likeG, keys())).toBe(false);
  });

  it('hold for any value, and not for none', () => {
    const any = under({ 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': 'G' } });
    expect(refused(any, keys('U', 'G'))).toBe(false);
    expect(refused(any, keys('G#1'))).toBe(true);
    expect(refused(any, keys())).toBe(true);
  });

  it('hold together', () => {
    const both = {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'G#*' },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    };
    expect([keys('G#1'), keys('U#1'), keys()].map((need) => refused(under(both), need))).toEqual([
      ...[false, true, true],
    ]);
  });

  it.each([
    ['Bool', 'aws:SecureTransport', 'true', false],
    ['Bool', 'aws:SecureTransport', 'false', true],
    ['StringEquals', 'aws:SourceAccount', '000000000000', true],
    ['StringEqualsIfExists', 'aws:SourceAccount', '000000000000', false],
    ['StringNotEquals', 'aws:SourceAccount', '000000000000', false],
    ['ArnLike', 'aws:SourceArn', '*', true],
  ])('%s of %s with %s', (operator, key, value, isRefused) => {
    expect(refused(under({ [operator]: { [key]: value } }))).toBe(isRefused);
  });

  it.each([
    ['an operator', { DateLessThan: { 'aws:SecureTransport': 'x' } }, 'DateLessThan'],
    ['a key', { StringEquals: { 'dynamodb:Attributes': 'x' } }, 'dynamodb:Attributes'],
    ['a negated set', { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': 'x' } }, 'NotLike'],
  ])('that are unknown fail the start: %s', (_what, condition, named) => {
    expect(() => permissionsOf(under(condition))).toThrow(named);
  });
});

describe('[AW1] a statement that cannot be evaluated fails the start', () => {
  it.each([
    ['NotAction', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
    ['NotResource', { Effect: 'Allow', Action: 's3:*', NotResource: '*' }],
    ['variables', allow('s3:*', ['arn:aws:s3:::b/$', '{aws:userid}'].join(''))],
    ['Resource', { Effect: 'Allow', Action: 's3:*' }],
    ['effect', { Action: 's3:*', Resource: '*' }],
  ])('%s', (named, statement) => {
    expect(() => permissionsOf([statement])).toThrow(named);
  });
});
