import { describe, expect, it } from 'vitest';
import { Permissions } from '../../src/permissions/permissions.ts';
import { checkLogging, checkSources } from '../../src/permissions/source-permissions.ts';
import { allow, withRole } from './with-roles.ts';

const arnOf = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const resources = {
  Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
  Work: { Type: 'AWS::SQS::Queue', Properties: {} },
  Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
  Lost: { Type: 'AWS::SQS::Queue', Properties: {} },
  OfStream: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Caller' },
      EventSourceArn: arnOf('Table', 'StreamArn'),
      DestinationConfig: { OnFailure: { Destination: arnOf('Dead') } },
    },
  },
  OfQueue: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: 'Caller' }, EventSourceArn: arnOf('Work') },
  },
  Invoked: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: { Ref: 'Caller' },
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: arnOf('Lost') } },
    },
  },
};
const rights: [action: string, resource: object, refused: string][] = [
  ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
    (name): [string, object, string] =>
      [...[`dynamodb:${name}`, arnOf('Table', 'StreamArn'), 'OfStream']] as [
        string,
        object,
        string,
      ],
  ),
  ...['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
    (name): [string, object, string] => [`sqs:${name}`, arnOf('Work'), 'OfQueue'],
  ),
  ['sqs:SendMessage', arnOf('Dead'), 'OfStream'],
  ['sqs:SendMessage', arnOf('Lost'), 'Invoked'],
];

function check(granted: typeof rights): string[] {
  const template = withRole(
    granted.map(([action, resource]) => allow(action, resource)),
    resources,
  );
  const lines: string[] = [];
  const permissions = new Permissions(template, (line) => lines.push(line));
  checkSources(template, permissions);
  checkLogging(template, permissions);
  return lines;
}

describe('[AW1] a mapping and a destination', () => {
  it('are made when the role has all rights, and all of these are needed', () => {
    const lines = check(rights);
    expect(lines.every((line) => line.includes('logs:'))).toBe(true);
  });

  it.each(rights)('are not made without %s on %j', (action, resource, refused) => {
    const others = rights.filter((each) => each[0] !== action || each[1] !== resource);
    expect(() => check(others)).toThrow(
      new RegExp(`^AWS would not create ${refused}\\. User: .*${action} on resource`),
    );
  });
});

describe('[AW1] a log that the role does not let a function write', () => {
  it('is named at the start', () => {
    expect(check(rights).map((line) => /logs:\w+/.exec(line)?.[0])).toEqual([
      ...['logs:CreateLogStream', 'logs:PutLogEvents'],
    ]);
  });
});
