import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsLimits } from '@seenby/local-cloud/aws-limits.ts';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  type SeenbyCloud,
  type SeenbyCloudOptions,
  startSeenbyCloud,
} from '../../../demo/local/seenby-cloud.ts';
import {
  allowedToCall,
  apiResources,
  httpApi,
  socketApi,
} from '../../../packages/local-cloud/test/gateway/fixture-template.ts';
import {
  Client,
  eventually,
} from '../../../packages/local-cloud/test/gateway/sockets/socket-api-server.ts';
import { pageFiles, pageResources } from '../../../packages/local-cloud/test/page/deployed-page.ts';
import { writeAssembly } from '../../../packages/local-cloud/test/template/write-assembly.ts';
import { ManualClock } from '../../support/time/manual-clock.ts';
import { fakeSimulator, writeEntry } from '../../unit/local/fake-simulator.ts';

/** A stack in little: what is sent comes back through the table, its stream and a push. */
const code = `
import { DynamoDBClient, PutItemCommand } from '${import.meta.resolve('@aws-sdk/client-dynamodb')}';
const { TABLE, CALLBACK_URL, JWKS_URI, ISSUER, HTTP_URL, ORIGIN } = process.env;
const database = new DynamoDBClient({});
const allow = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };
const post = (id, body) =>
  fetch(CALLBACK_URL + '/@connections/' + encodeURIComponent(id), {
    ...{ method: 'POST', body },
    headers: { authorization: 'Credential=' + process.env.AWS_ACCESS_KEY_ID + '/' },
  });
export const guard = async () => ({
  principalId: 'alice', policyDocument: { Statement: [allow] },
});
export const socket = async ({ requestContext, body }) => {
  const { routeKey, connectionId } = requestContext;
  if (routeKey === '$default') {
    const Item = { pk: { S: connectionId }, body: { S: body } };
    await database.send(new PutItemCommand({ TableName: TABLE, Item }));
  }
  return { statusCode: 200 };
};
export const http = async () => ({ TABLE, CALLBACK_URL, JWKS_URI, ISSUER, HTTP_URL, ORIGIN });
export const stream = async ({ Records }) => {
  for (const { dynamodb: { NewImage } } of Records) {
    if (NewImage.body.S === 'poison') throw new Error('poison');
    await post(NewImage.pk.S, 'stored: ' + NewImage.body.S);
  }
};`;

const region = { Ref: 'AWS::Region' };
const Variables = {
  TABLE: { Ref: 'Table' },
  CALLBACK_URL: {
    'Fn::Join': [
      '',
      ['https://', { Ref: 'Sockets' }, '.execute-api.', region, '.amazonaws.com/v1'],
    ],
  },
  HTTP_URL: { 'Fn::GetAtt': ['Http', 'ApiEndpoint'] },
  ORIGIN: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Distribution', 'DomainName'] }]] },
  ISSUER: 'https://identity.seenby.localhost',
  JWKS_URI: 'https://identity.seenby.localhost/.well-known/jwks.json',
};
const lambda = (name: string) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { 'aws:asset:path': 'asset.1' },
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: `index.${name}`,
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Timeout: 10,
    Environment: { Variables },
  },
});
const arnOf = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const statements = [
  { Action: 'dynamodb:PutItem', Resource: arnOf('Table') },
  {
    Action: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
      (action) => `dynamodb:${action}`,
    ),
    Resource: arnOf('Table', 'StreamArn'),
  },
  { Action: 'sqs:SendMessage', Resource: arnOf('Queue') },
  {
    Action: 'execute-api:ManageConnections',
    Resource: {
      'Fn::Join': ['', ['arn:aws:execute-api:*:*:', { Ref: 'Sockets' }, '/v1/POST/@connections/*']],
    },
  },
];
const roleOf = (granted: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      { PolicyDocument: { Statement: granted.map((one) => ({ Effect: 'Allow', ...one })) } },
    ],
  },
});
const Resources = {
  Role: roleOf(statements),
  Guard: lambda('guard'),
  Socket: lambda('socket'),
  Web: lambda('http'),
  Consumer: lambda('stream'),
  ...apiResources({
    ...socketApi,
    routes: {
      $connect: { functionId: 'Socket', authorizerId: 'Authorizer' },
      $default: { functionId: 'Socket' },
    },
  }),
  ...apiResources({
    ...httpApi,
    routes: {
      'GET /environment': { functionId: 'Web' },
      'POST /groups/{id}': { functionId: 'Web' },
    },
  }),
  ...pageResources,
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Consumer' },
      EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 1,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
    },
  },
};
const assemblyDir = writeAssembly({ Resources }, { ...pageFiles, 'asset.1/index.mjs': code });

const dynamoDbEndpoint = inject('dynamoDbEndpoint');
const run = randomUUID();
const tableOf = (index: number) => `cloud-${run}-${index}`;
const startNamed = (index: number, more: Partial<SeenbyCloudOptions> = {}) =>
  startSeenbyCloud({
    assemblyDir,
    dynamoDbEndpoint,
    tableNames: { Table: tableOf(index) },
    streams: { pollIntervalMs: 10 },
    ...more,
  });

let clouds: SeenbyCloud[];
beforeAll(async () => {
  const simulatorEntry = writeEntry(fakeSimulator);
  clouds = await Promise.all([startNamed(0), startNamed(1, { simulatorEntry })]);
});
afterAll(async () => {
  await Promise.all(clouds.map((cloud) => cloud.stop()));
});

const cloudAt = (index: number): SeenbyCloud => {
  const cloud = clouds[index];
  if (!cloud) throw new Error(`There is no cloud ${index}.`);
  return cloud;
};

describe('two clouds share a database', () => {
  it.each([0, 1])(
    'a frame comes back through the table and the stream of cloud %i',
    async (index) => {
      const client = await new Client(cloudAt(index).wsUrl).open();
      client.send('hello');
      expect(await client.next()).toBe('stored: hello');
      client.send('again');
      await cloudAt(index).drained();
      expect(await client.next()).toBe('stored: again');
      expect(cloudAt(index).frames.total()).toMatchObject({ framesIn: 2, framesOut: 2 });
    },
  );

  it('what cannot be handled ends in the queue, and holds up nothing', async () => {
    const client = await new Client(cloudAt(0).wsUrl).open();
    client.send('poison');
    await eventually(() => cloudAt(0).deadLetters().Queue?.length).toBe(1);
    client.send('after');
    expect(await client.next()).toBe('stored: after');
    expect(cloudAt(1).deadLetters()).toEqual({ Queue: [] });
  });

  it('the functions see local addresses, and the issuer’s name as it is', async () => {
    const { httpUrl, wsUrl } = cloudAt(1);
    const environment = await (await fetch(`${httpUrl}/environment`)).json();
    expect(environment).toEqual({
      TABLE: tableOf(1),
      CALLBACK_URL: `${wsUrl.replace('ws', 'http')}/v1`,
      HTTP_URL: httpUrl,
      ORIGIN: httpUrl.replace('127.0.0.1', 'localhost'),
      ISSUER: 'https://identity.seenby.localhost',
      JWKS_URI: `${httpUrl}/.well-known/jwks.json`,
    });
  });

  it('/health is 200, other paths belong to the API', async () => {
    const { httpUrl } = cloudAt(0);
    expect((await fetch(`${httpUrl}/health`)).status).toBe(200);
    expect((await fetch(`${httpUrl}/nothing`)).status).toBe(404);
    const body = JSON.stringify({ userId: 'alice' });
    const response = await fetch(`${httpUrl}/dev/token`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ token: expect.stringMatching(/^ey/) });
  });
});

it('serves the page, whose files never stand in the way of a route', async () => {
  const { httpUrl, pageUrl } = cloudAt(0);
  expect(pageUrl).toBe(httpUrl);
  const typeOf = async (path: string) => {
    const { status, headers } = await fetch(httpUrl + path);
    return `${status} ${headers.get('content-type')}`;
  };
  expect(await typeOf('/')).toBe('200 text/html; charset=utf-8');
  expect(await typeOf('/config.json')).toBe('200 application/json');
  // There is a file of this name, and a route with another method.
  expect(await typeOf('/groups/all')).toBe('404 application/json');
});

it('has a simulator only where it is given one', async () => {
  const { httpUrl, wsUrl } = cloudAt(1);
  expect((await fetch(`${cloudAt(0).httpUrl}/dev/simulator`)).status).toBe(404);
  const response = await fetch(`${httpUrl}/dev/simulator`);
  expect(await response.json()).toMatchObject({ url: '/dev/simulator', httpUrl, wsUrl });
});

it('[AW1] enforces the quotas of an account where it is asked to', async () => {
  const cloud = await startNamed(4, { awsLimits: awsLimits(4), clock: new ManualClock() });
  const statusOf = async (path: string) => (await fetch(cloud.httpUrl + path)).status;
  expect([await statusOf('/environment'), await statusOf('/nothing')]).toEqual([200, 404]);
  expect(await statusOf('/environment')).toBe(429);
  expect((await new Client(cloud.wsUrl).refusal()).statusCode).toBe(429);
  await cloud.stop();
});

it('[AW1] says at its start what no permission lets API Gateway call', async () => {
  const HttpPermissionWeb = allowedToCall('Web', [{ Ref: 'Http' }, '/*/GET/*']);
  const template = { Resources: { ...Resources, HttpPermissionWeb } };
  const lines: string[] = [];
  const cloud = await startNamed(5, {
    assemblyDir: writeAssembly(template, { ...pageFiles, 'asset.1/index.mjs': code }),
    logLine: (line) => lines.push(line),
  });
  const post = await fetch(`${cloud.httpUrl}/groups/a`, { method: 'POST' });
  expect([post.status, (await fetch(`${cloud.httpUrl}/environment`)).status]).toEqual([500, 200]);
  expect(lines.filter((line) => line.includes('No permission'))).toEqual([
    expect.stringContaining(':Http/$default/POST/groups/{id}'),
  ]);
  await cloud.stop();
});

it('leaves nothing running when it cannot start', async () => {
  const assembly = writeAssembly({ Resources: { ...Resources, HttpStage: Resources.Queue } }, {});
  await expect(startSeenbyCloud({ assemblyDir: assembly })).rejects.toThrow(
    /The API Http has no stage/,
  );
  const dead = 'http://127.0.0.1:1';
  const port = Number(new URL(cloudAt(0).httpUrl).port);
  await expect(
    startSeenbyCloud({ assemblyDir, dynamoDbEndpoint: dead, httpPort: port }),
  ).rejects.toThrow(`Port ${port} is already in use`);
  await expect(startSeenbyCloud({ assemblyDir, dynamoDbEndpoint: dead })).rejects.toThrow(
    `The DynamoDB at ${dead} gives no tables (ECONNREFUSED).`,
  );
});

it('keeps its key and what was given up in the directory it is given', async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'cloud-')), 'data');
  const first = await startNamed(2, { dataDir });
  const token = await first.issueToken({ userId: 'alice' });
  const client = await new Client(first.wsUrl).open();
  client.send('poison');
  await eventually(() => first.deadLetters().Queue?.length).toBe(1);
  await first.stop();
  expect(readFileSync(join(dataDir, 'dead-letters', 'Queue.jsonl'), 'utf8')).toMatch(/^\{.+\}\n$/);

  const second = await startNamed(3, { dataDir });
  const keyOf = (text: string) => decodeProtectedHeader(text).kid;
  expect(keyOf(await second.issueToken({ userId: 'bob' }))).toBe(keyOf(token));
  await second.stop();
});
