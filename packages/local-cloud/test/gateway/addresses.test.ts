import { expect, it } from 'vitest';
import { readApis } from '../../src/gateway/definition/api-definition.ts';
import { createRewrite } from '../../src/gateway/function-environment.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const api = (ProtocolType: string) => ({
  Type: 'AWS::ApiGatewayV2::Api',
  Properties: { ProtocolType },
});
const stage = (ApiId: string, StageName: string) => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { ApiId: { Ref: ApiId }, StageName },
});
const domain = (DomainName: string) => ({
  Type: 'AWS::ApiGatewayV2::DomainName',
  Properties: { DomainName },
});
const mapping = (ApiId: string, DomainName: string, Stage: string) => ({
  Type: 'AWS::ApiGatewayV2::ApiMapping',
  Properties: { ApiId: { Ref: ApiId }, DomainName: { Ref: DomainName }, Stage },
});

const template = Template.read(
  writeAssembly({
    Resources: {
      Http: api('HTTP'),
      Sockets: api('WEBSOCKET'),
      HttpStage: stage('Http', '$default'),
      SocketStage: stage('Sockets', 'v1'),
      HttpDomain: domain('api.example.com'),
      SocketDomain: domain('chat.example.com'),
      HttpMapping: mapping('Http', 'HttpDomain', '$default'),
      SocketMapping: mapping('Sockets', 'SocketDomain', 'v1'),
    },
  }),
);
const rewrite = createRewrite(template, {
  apis: readApis(template),
  tables: {},
  listeners: { httpUrl: 'http://127.0.0.1:3000', wsUrl: 'ws://127.0.0.1:3001' },
});

it.each([
  ['https://Http.execute-api.us-east-1.amazonaws.com/groups', 'http://127.0.0.1:3000/groups'],
  ['https://api.example.com/groups', 'http://127.0.0.1:3000/groups'],
  ['wss://Sockets.execute-api.us-east-1.amazonaws.com/v1', 'ws://127.0.0.1:3001/v1'],
  ['wss://chat.example.com', 'ws://127.0.0.1:3001'],
  ['https://www.example.com', 'https://www.example.com'],
])('%s is %s on this machine', (deployed, local) => {
  expect(rewrite(deployed)).toBe(local);
});
