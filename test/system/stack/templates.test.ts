import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { exempt } from '../../../lib/exempt.ts';
import { schemaProblems } from '../../unit/stack/support/aws-schemas.ts';
import { combinations } from '../../unit/stack/support/combinations.ts';
import { nagFindings } from '../../unit/stack/support/nag-findings.ts';
import { overQuota } from '../../unit/stack/support/quotas.ts';
import { circularWaits, referenceProblems } from '../../unit/stack/support/references.ts';
import { makeStack } from '../../unit/stack/support/synthesize.ts';
import type { TemplateJson } from '../../unit/stack/support/template-json.ts';
import { validated } from '../../unit/stack/support/validated.ts';

describe.each(Object.entries(combinations))('[AW2] the template, %s', (_, settings) => {
  const stack = makeStack(settings, { isValidated: true });
  const { template, reports } = validated(stack);

  it("holds against AWS's own schemas", () => {
    expect(schemaProblems(template)).toEqual([]);
  });

  it("has values, lengths and combinations that CDK's own validation lets pass without a warning", () => {
    expect(reports).toEqual([]);
  });

  it('refers only to what is there', () => {
    expect(referenceProblems(template)).toEqual([]);
    expect(circularWaits(template)).toEqual([]);
  });

  it('passes cdk-nag, but for findings with a reason; and each reason has its finding', () => {
    expect(nagFindings(stack)).toEqual({ unexplained: [], unfounded: [] });
  });

  it('stays within the quotas of CloudFormation, Lambda and IAM', () => {
    expect(overQuota(template)).toEqual([]);
  });
});

describe("CDK's own validation", () => {
  it('finds a value that AWS does not take', () => {
    const stack = makeStack({}, { isValidated: true });
    const log = new CfnLogGroup(stack, 'Log');
    log.addPropertyOverride('RetentionInDays', 2);
    expect(validated(stack).reports).toEqual([
      expect.stringContaining('Test/Log: RetentionInDays: 2 is not one of'),
    ]);
  });
});

describe("the check against AWS's schemas", () => {
  const queue = (Properties: Record<string, unknown>): TemplateJson => ({
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties } },
  });

  it.each<[string, TemplateJson, string]>([
    ['a type', { Resources: { Q: { Type: 'AWS::SQS::Line' } } }, 'there is no type'],
    ['a name', queue({ VisibilityTimeOut: 30 }), 'there is no property VisibilityTimeOut'],
    ['a kind of value', queue({ VisibilityTimeout: '30' }), 'is no integer'],
    ['an inner name', queue({ Tags: [{ Key: 'a', Val: 'b' }] }), 'is no tag'],
    [
      'a value',
      { Resources: { G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupClass: 'RARE' } } } },
      'may not be "RARE"',
    ],
    ['what has to be there', { Resources: { S: { Type: 'AWS::ApiGatewayV2::Stage' } } }, 'missing'],
  ])('finds %s that is wrong', (_, template, problem) => {
    expect(schemaProblems(template).join()).toContain(problem);
  });

  it.each<[string, unknown, string]>([
    ['resource', { Ref: 'Nobody' }, 'Nobody does not exist'],
    ['resource in text', { 'Fn::Sub': `a-\${Nobody}` }, 'Nobody does not exist'],
    ['attribute', { 'Fn::GetAtt': ['Queue', 'Url'] }, 'no attribute Url'],
  ])('finds a %s that is referred to and does not exist', (_, Value, problem) => {
    const { Resources } = queue({});
    expect(referenceProblems({ Resources, Outputs: { One: { Value } } })).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it('finds resources that wait for one another', () => {
    const { Resources } = queue({ RedrivePolicy: { Ref: 'Other' } });
    const Other = { Type: 'AWS::SQS::Queue', DependsOn: 'Queue' };
    expect(circularWaits({ Resources: { ...Resources, Other } })).toEqual([
      'Queue → Other → Queue',
    ]);
  });
});

describe('the check by cdk-nag', () => {
  it('finds what has no reason, and a reason that nothing needs', () => {
    const stack = makeStack();
    new Queue(stack, 'Unwatched');
    exempt(stack, { 'AwsSolutions-S10': 'Sounds good' });
    expect(nagFindings(stack)).toEqual({
      unexplained: expect.arrayContaining(['Test/Unwatched/Resource AwsSolutions-SQS4']),
      unfounded: ['Test AwsSolutions-S10'],
    });
  });
});

describe('the check of quotas', () => {
  const lambda = (Variables: object) => ({
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } },
  });
  const permissions = Array.from({ length: 60 }, (_, each) => [
    `AllowARouteOfAnApiToCallIt${each}`,
    {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: { Ref: 'Fn' }, SourceArn: 'a'.repeat(120) },
    },
  ]);
  const policy = { Statement: [{ Resource: Array(130).fill({ 'Fn::GetAtt': ['Table', 'Arn'] }) }] };

  it.each<[string, TemplateJson['Resources']]>([
    [
      'resources',
      Object.fromEntries(Array.from({ length: 501 }, (_, id) => [`R${id}`, { Type: 'T' }])),
    ],
    ['an environment', lambda({ ORIGINS: 'x'.repeat(4096) })],
    ['permissions', { ...lambda({}), ...Object.fromEntries(permissions) }],
    [
      'policies of a role',
      { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: policy, Roles: ['R'] } } },
    ],
  ])('finds too much of %s', (_, Resources) => {
    expect(overQuota({ Resources })).toHaveLength(1);
  });
});
