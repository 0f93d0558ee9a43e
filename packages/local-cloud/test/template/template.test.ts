import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Template, TemplateError } from '../../src/template/template.ts';
import { writeAssembly } from './write-assembly.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:Recorder';

const template = Template.read(
  writeAssembly({
    Parameters: {
      Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' },
      Secret: { Type: 'String' },
    },
    Mappings: { Sizes: { small: { memory: 128 } } },
    Conditions: {
      IsAws: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws'] },
      IsChina: { 'Fn::Not': [{ Condition: 'IsAws' }] },
    },
    Resources: {
      Recorder: {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'aws:asset:path': 'asset.1' },
        Properties: { Environment: { Variables: { TABLE_NAME: { Ref: 'Table' } } } },
      },
      First: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Recorder' } } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Recorder' },
          FunctionVersion: { 'Fn::GetAtt': ['First', 'Version'] },
          Name: 'live',
        },
      },
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: { Replicas: [{ Region: { Ref: 'AWS::Region' } }] },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead-letters' } },
      Socket: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } },
      OnlyInChina: { Type: 'AWS::SQS::Queue', Condition: 'IsChina' },
    },
    Outputs: { Url: { Value: { 'Fn::Sub': `\${Socket.ApiEndpoint}/v1` } } },
  }),
);

describe('Template.resolve', () => {
  it.each([
    [{ Ref: 'Recorder' }, 'Recorder'],
    [{ Ref: 'Live' }, `${functionArn}:live`],
    [{ Ref: 'First' }, `${functionArn}:1`],
    [{ 'Fn::GetAtt': ['First', 'Version'] }, '1'],
    [{ Ref: 'Queue' }, 'https://sqs.us-east-1.amazonaws.com/000000000000/dead-letters'],
    [{ Ref: 'Version' }, '/version'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['Recorder', 'Arn'] }, functionArn],
    [{ 'Fn::GetAtt': 'Queue.Arn' }, 'arn:aws:sqs:us-east-1:000000000000:dead-letters'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] }, 'a-Table'],
    [{ 'Fn::Sub': `\${Table}/\${!literal}/\${AWS::AccountId}` }, `Table/\${literal}/000000000000`],
    [{ 'Fn::Sub': [`\${x}`, { x: { Ref: 'Table' } }] }, 'Table'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'memory'] }, 128],
    [{ 'Fn::If': ['IsAws', 'yes', { Ref: 'Nothing' }] }, 'yes'],
    [{ 'Fn::If': ['IsChina', 'yes', 'no'] }, 'no'],
    [{ kept: 1, gone: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    [{ Effect: 'Allow', Condition: { Bool: { secure: true } } }, undefined],
  ])('%j', (value, expected) => {
    expect(template.resolve(value)).toEqual(expected ?? value);
  });

  it('says what it cannot resolve', () => {
    expect(() => template.resolve({ Ref: 'Nothing' })).toThrow(/refers to Nothing, which does not/);
    expect(() => template.resolve({ Ref: 'Secret' })).toThrow(/Secret has no default/);
    expect(() => template.resolve({ 'Fn::Cidr': [] })).toThrow(TemplateError);
  });
});

describe('Template', () => {
  it('lists resources with their properties resolved', () => {
    expect(template.resources('AWS::Lambda::Function')).toEqual([
      {
        logicalId: 'Recorder',
        properties: { Environment: { Variables: { TABLE_NAME: 'Table' } } },
        metadata: { 'aws:asset:path': 'asset.1' },
      },
    ]);
    expect(template.find('Table')?.properties).toEqual({ Replicas: [{ Region: 'us-east-1' }] });
  });

  it('leaves out resources whose condition does not hold', () => {
    expect(template.find('OnlyInChina')).toBeUndefined();
    expect(template.resources('AWS::SQS::Queue').map(({ logicalId }) => logicalId)).toEqual([
      'Queue',
    ]);
  });

  it('resolves outputs', () => {
    expect(template.outputs).toEqual({
      Url: 'wss://Socket.execute-api.us-east-1.amazonaws.com/v1',
    });
  });

  it.each([
    [functionArn, 'Recorder'],
    [`${functionArn}:live`, 'Recorder'],
    [`${functionArn}:1`, 'Recorder'],
    ['Recorder:live', 'Recorder'],
    [`${functionArn}:old`, undefined],
    ['Recorder', 'Recorder'],
    [
      `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      'Recorder',
    ],
    ['arn:aws:dynamodb:us-east-1:000000000000:table/Table/stream/2000-01-01T00:00:00.000', 'Table'],
    ['arn:aws:sqs:us-east-1:000000000000:dead-letters', 'Queue'],
    ['https://sqs.us-east-1.amazonaws.com/000000000000/dead-letters', 'Queue'],
    ['arn:aws:lambda:us-east-1:000000000000:function:Other', undefined],
  ])('knows whose ARN %s is', (arn, logicalId) => {
    expect(template.logicalIdOf(arn)).toBe(logicalId);
  });
});

describe('Template.read', () => {
  it('says when there is nothing to read', () => {
    const dir = mkdtempSync(join(tmpdir(), 'assembly-'));
    expect(() => Template.read(dir)).toThrow(/manifest\.json cannot be read: run "npx cdk synth"/);
    writeFileSync(join(dir, 'manifest.json'), '{"artifacts":');
    expect(() => Template.read(dir)).toThrow(/is not valid JSON/);
    writeFileSync(join(dir, 'manifest.json'), '{"artifacts":{}}');
    expect(() => Template.read(dir)).toThrow(/holds 0 stacks/);
    rmSync(dir, { recursive: true });
  });
});
