import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': string | string[] } };
}

const template = synthesize();

function statementsOf(policy: { Properties?: unknown }): Statement[] {
  return (policy.Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument
    .Statement;
}

/** `action on resource`, and of which rows, for all that the role of a function allows, less writing its own log. */
function allowedTo(functionId: string, stack = template): string[] {
  const policies = Object.entries(stack.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(`${functionId}Role`))
    .map(([, policy]) => policy);
  expect(policies).toHaveLength(1);
  return policies
    .flatMap(statementsOf)
    .flatMap(({ Action, Resource, Condition }) =>
      [Resource]
        .flat()
        .flatMap((on) => [Action].flat().map((action) => ({ action, on, of: rowsIn(Condition) }))),
    )
    .filter(({ action }) => !action.startsWith('logs:'))
    .map(
      ({ action, on, of }) => `${action} on ${render(on).replace(/[0-9a-f]{64}/, '<asset>')}${of}`,
    )
    .sort();
}

function rowsIn(condition: Statement['Condition']): string {
  if (condition === undefined) return '';
  return ` of ${[condition['ForAllValues:StringLike']['dynamodb:LeadingKeys']].flat().join(' ')}`;
}

const api = 'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<WebSocketApi>/v1';

function onTable(rowsByAction: Record<string, string>): string[] {
  return Object.entries(rowsByAction).map(
    ([action, rows]) => `dynamodb:${action} on <Table.Arn> of ${rows}`,
  );
}

function onStream(deadLetters: string): string[] {
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
  return [
    ...actions.map((action) => `dynamodb:${action} on <Table.StreamArn>`),
    `sqs:SendMessage on <${deadLetters}.Arn>`,
  ];
}

const push = ['DELETE', 'POST'].map(
  (method) => `execute-api:ManageConnections on ${api}/${method}/@connections/*`,
);

const request = [
  'dynamodb:Query on <Table.Arn>/index/byUser',
  ...push,
  'sqs:SendMessage on <PushQueue.Arn>',
];

/** Who pushes counts, now or when they are due. */
const counts = {
  BatchGetItem: 'G#* U#* K#*',
  GetItem: 'G#*',
  Query: 'G#*#M G#*#S#* G#*#C K#*',
  PutItem: 'G#*#V G#*#P',
  UpdateItem: 'G#*#V G#*#P K#*',
  BatchWriteItem: 'G#*#C U#*#C',
};

const assets = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>';

const expected = {
  Authorizer: [],
  Socket: [
    ...onTable({
      BatchGetItem: 'G#* U#* K#*',
      GetItem: 'G#*',
      Query: 'G#*#M G#*#S#* G#*#A#* G#*#C K#*',
      PutItem: 'G#*#M G#*#S#* G#*#A#* G#*#I#*',
      UpdateItem: 'G#* U#* K#*',
      BatchWriteItem: 'G#*#C U#*#C',
    }),
    ...request,
  ],
  Http: [
    ...onTable({
      BatchGetItem: 'G#* U#* K#*',
      GetItem: 'G#* U#*#T SERVICE',
      Query: 'G#* U#* K#*',
      ConditionCheckItem: 'G#*#M',
      PutItem: 'G#* U#* SERVICE',
      UpdateItem: 'G#* U#* K#*',
      DeleteItem: 'G#*#M',
      BatchWriteItem: 'G#*#M G#*#N U#*#L U#*#D U#*#T DAY#* G#*#C U#*#C',
    }),
    ...request,
  ],
  Push: [
    ...onTable(counts),
    ...push,
    `execute-api:ManageConnections on ${api}/GET/@connections/*`,
    ...['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage', 'SendMessage'].map(
      (action) => `sqs:${action} on <PushQueue.Arn>`,
    ),
  ],
  Recorder: [
    ...onTable({ BatchWriteItem: 'G#*#R#* DAY#*' }),
    ...onStream('RecorderStreamDeadLetters'),
  ],
  Maintenance: onTable({
    BatchGetItem: 'U#*#D',
    GetItem: 'G#*',
    Query: 'G#*#M G#*#S#* G#*#R#* DAY#*',
    UpdateItem: 'G#*#M DAY#*',
    DeleteItem: 'G#*#M',
    BatchWriteItem: 'G#*#D U#*#D',
  }),
  DemoPageDeployment: [
    's3:ListBucket on <DemoPageBucket.Arn>',
    ...['DeleteObject', 'PutObject'].map((action) => `s3:${action} on <DemoPageBucket.Arn>/*`),
    ...['the page', 'config.json'].map(() => `s3:GetObject on ${assets}/<asset>.zip`),
  ],
  FanOut: [
    ...onTable(counts),
    ...push,
    'sqs:SendMessage on <PushQueue.Arn>',
    ...onStream('FanOutStreamDeadLetters'),
  ],
};

describe('[SE7] the role of each function', () => {
  it.each(Object.entries(expected))('%s allows what it does and no more', (id, lines) => {
    expect(allowedTo(id)).toEqual([...lines].sort());
  });

  it('grows by exactly what archive and events need', () => {
    const more = synthesize({ archive: true, events: true });
    const addedTo = (id: 'Maintenance' | 'Recorder' | 'Http') =>
      allowedTo(id, more).filter((line) => !expected[id].includes(line));
    expect(addedTo('Maintenance')).toEqual(['s3:PutObject on <ArchiveBucket.Arn>/*']);
    expect(addedTo('Recorder')).toEqual([
      'dynamodb:BatchGetItem on <Table.Arn> of U#* K#*',
      'dynamodb:GetItem on <Table.Arn> of G#*',
      'dynamodb:Query on <Table.Arn> of G#*#M G#*#S#* K#*',
      'events:PutEvents on <EventsBus.Arn>',
    ]);
    expect(addedTo('Http')).toEqual([]);
  });

  it('covers every function of the stack', () => {
    template.resourceCountIs('AWS::Lambda::Function', Object.keys(expected).length);
  });

  it('writes to its own log group only, and carries no managed policy', () => {
    const roles = template.findResources('AWS::IAM::Role', {
      Properties: { ManagedPolicyArns: Match.anyValue() },
    });
    expect(Object.keys(roles).filter((id) => !id.startsWith('WebSocketApiLogRole'))).toEqual([]);
    for (const [id, policy] of Object.entries(template.findResources('AWS::IAM::Policy'))) {
      const logs = statementsOf(policy).filter(({ Action }) => String(Action).includes('logs:'));
      const name = id.replace(/RoleDefaultPolicy.*/, '');
      expect(logs.map(({ Resource }) => render(Resource))).toEqual([`<${name}Logs.Arn>`]);
    }
  });

  it('names every action: no wildcard, and no bare wildcard resource', () => {
    const all = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(statementsOf);
    expect(all.length).toBeGreaterThan(5);
    for (const { Action, Resource } of all) {
      expect(String(Action)).not.toContain('*');
      expect([Resource].flat()).not.toContain('*');
    }
  });
});
