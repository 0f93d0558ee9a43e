import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localAccess } from '../../src/dynamodb/local-access.ts';
import type { Functions } from '../../src/lambda/functions.ts';
import { InvokeEndpoint } from '../../src/lambda/invoke-endpoint.ts';
import { listMappings } from '../../src/lambda/list-mappings.ts';
import { MappingSwitches } from '../../src/streams/mapping-switches.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const mapping = (source: object, more: object = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: { Ref: 'Worker' }, EventSourceArn: source, ...more },
});
const stream = { 'Fn::GetAtt': ['Table', 'StreamArn'] };
const template = Template.read(
  writeAssembly({
    Resources: {
      Worker: { Type: 'AWS::Lambda::Function' },
      Table: { Type: 'AWS::DynamoDB::Table' },
      Queue: { Type: 'AWS::SQS::Queue' },
      OfStream: mapping(stream),
      NotRun: mapping(stream, { Enabled: false }),
      OfQueue: mapping({ 'Fn::GetAtt': ['Queue', 'Arn'] }),
    },
  }),
);
const switches = new MappingSwitches();
const functions: Functions = {
  invoke: async () => ({ ok: true, payload: null, durationMs: 1 }),
  names: () => [],
  stop: async () => {},
};
const endpoint = new InvokeEndpoint(template, (cause) => {
  throw cause;
});
let lambda: LambdaClient;

beforeAll(async () => {
  lambda = new LambdaClient({ endpoint: await endpoint.open(), ...localAccess });
  const streamArn = 'arn:aws:dynamodb:ddblocal:000000000000:table/x/stream/1';
  endpoint.serve(functions, listMappings(template, { Table: { streamArn } }, switches));
});
afterAll(() => endpoint.close());

const states = async () => {
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand());
  return EventSourceMappings.map(({ UUID, State }) => `${UUID} ${State}`);
};
const update = (UUID: string, change: object) =>
  lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...change }));

it('[AW1] an operator switches a mapping off and on, and sees that it is', async () => {
  const others = ['NotRun Disabled', 'OfQueue Enabled'];
  expect(await states()).toEqual(['OfStream Enabled', ...others]);
  expect(await update('OfStream', { Enabled: false })).toMatchObject({ State: 'Disabled' });
  expect([switches.isOn('OfStream'), await states()]).toEqual([
    ...[false, ['OfStream Disabled', ...others]],
  ]);
  await update('OfStream', { Enabled: true });
  expect([switches.isOn('OfStream'), await states()]).toEqual([
    ...[true, ['OfStream Enabled', ...others]],
  ]);
});

it.each([
  ['Nothing', { Enabled: false }],
  ['OfQueue', { Enabled: false }],
  ['NotRun', { Enabled: true }],
  ['OfStream', { Enabled: false, BatchSize: 5 }],
])('is refused what cannot be changed here: %s %j', async (UUID, change) => {
  await expect(update(UUID, change)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  expect(await states()).toEqual(['OfStream Enabled', 'NotRun Disabled', 'OfQueue Enabled']);
});
