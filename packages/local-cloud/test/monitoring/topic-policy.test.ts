import { describe, expect, it } from 'vitest';
import { mayPublish } from '../../src/monitoring/topics.ts';
import type { PolicyDocument } from '../../src/permissions/resource-policy.ts';

const topicArn = 'arn:aws:sns:us-east-1:000000000000:Topic';
const alarm = {
  service: 'cloudwatch.amazonaws.com',
  sourceArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Faults',
};
const may = (...Statement: PolicyDocument['Statement'][]) =>
  mayPublish({ Statement: Statement.flat() }, topicArn, alarm);

const allow = {
  Effect: 'Allow',
  Action: 'sns:Publish',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Resource: topicArn,
};
const withTls = {
  Effect: 'Deny',
  Action: 'sns:Publish',
  Principal: '*',
  Resource: topicArn,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const when = (operator: string, key: string, value: string) => ({
  ...allow,
  Condition: { [operator]: { [key]: value } },
});

describe('[AW3] the policy of a topic', () => {
  it('lets alarms of the account publish unless it is set', () => {
    expect(mayPublish(undefined, topicArn, alarm)).toBe(true);
  });

  it('lets no alarm publish once it is set and only denies', () => {
    expect(may(withTls)).toBe(false);
    expect(may(withTls, allow)).toBe(true);
  });

  it.each([
    ['the action', { ...allow, Action: 'sns:Subscribe' }],
    ['the service', { ...allow, Principal: { Service: 'events.amazonaws.com' } }],
    ['an account, not a service', { ...allow, Principal: { AWS: '000000000000' } }],
    ['the topic', { ...allow, Resource: `${topicArn}s` }],
    ['the account of the source', when('StringEquals', 'aws:SourceAccount', '111111111111')],
    ['the alarm', when('ArnLike', 'aws:SourceArn', alarm.sourceArn.replace('alarm:F', 'alarm:G'))],
    ['a key that alarms have nothing for', when('StringEquals', 'dynamodb:LeadingKeys', 'x')],
  ])('names %s', (_what, statement) => {
    expect(may(statement)).toBe(false);
  });

  it.each([
    [
      'any alarm of the account',
      when('ArnLike', 'aws:SourceArn', `${alarm.sourceArn.slice(0, -6)}*`),
    ],
    ['sources of the account', when('StringEquals', 'AWS:SourceAccount', '000000000000')],
    ['every action', { ...allow, Action: ['SNS:*'] }],
  ])('may allow %s', (_what, statement) => {
    expect(may(statement)).toBe(true);
  });

  it('lets a Deny win', () => {
    expect(may(allow, { ...allow, Effect: 'Deny' })).toBe(false);
  });

  it('is refused where it is not understood', () => {
    expect(() => may(when('DateLessThan', 'aws:SourceArn', '2026'))).toThrow('DateLessThan');
    expect(() => may(when('StringEquals', 'aws:PrincipalOrgID', 'o-1'))).toThrow('PrincipalOrgID');
    expect(() => may({ ...allow, NotAction: 'x' } as typeof allow)).toThrow('NotAction');
  });
});
