import { describe, expect, it } from 'vitest';
import { InvokePermissions } from '../../src/lambda/invoke-permissions.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:Daily';
const rule = 'arn:aws:events:us-east-1:000000000000:Nightly';

function allows(permission: object, target = arn, sourceArn = rule): boolean {
  const Properties = {
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: 'Daily' },
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': ['Nightly', 'Arn'] },
    ...permission,
  };
  const Resources = {
    Daily: { Type: 'AWS::Lambda::Function', Properties: {} },
    Nightly: { Type: 'AWS::Events::Rule', Properties: {} },
    Allowed: { Type: 'AWS::Lambda::Permission', Properties },
  };
  const template = Template.read(writeAssembly({ Resources }, {}));
  return new InvokePermissions(template).allow(target, { service: 'events', sourceArn });
}

describe('[AW1] a resource policy of a function', () => {
  it('lets the source call that it names, by name or ARN of the function', () => {
    expect(allows({})).toBe(true);
    expect(allows({ FunctionName: { 'Fn::GetAtt': ['Daily', 'Arn'] } })).toBe(true);
    expect(allows({ SourceAccount: { Ref: 'AWS::AccountId' } })).toBe(true);
  });

  it.each([
    ['another service', { Principal: 'sns.amazonaws.com' }],
    ['another source', { SourceArn: `${rule}s` }],
    ['another function', { FunctionName: 'Other' }],
    ['another action', { Action: 'lambda:GetFunction' }],
    ['another account', { SourceAccount: '111111111111' }],
    ['a wildcard that would run over the parts of the ARN', { SourceArn: 'arn:aws:*:Nightly' }],
  ])('does not for %s', (_, permission) => {
    expect(allows(permission)).toBe(false);
  });

  it('holds for the function or for an alias, and not for both', () => {
    expect(allows({}, `${arn}:live`)).toBe(false);
    expect(allows({ FunctionName: `${arn}:live` }, `${arn}:live`)).toBe(true);
    expect(allows({ FunctionName: `${arn}:live` })).toBe(false);
  });
});
