import { expect, it } from 'vitest';
import { readApis } from '../../src/gateway/definition/api-definition.ts';
import { Template, TemplateError } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';
import { apiResources, httpApi, lambdaFunctions, socketApi } from './fixture-template.ts';

const whole = () => ({
  ...lambdaFunctions('Guard', 'Connect', 'Disconnect', 'Default', 'Hello', 'Echo', 'Groups'),
  ...apiResources(socketApi),
  ...apiResources(httpApi),
});
const read = (Resources: object) => readApis(Template.read(writeAssembly({ Resources }, {})));

const change = (logicalId: keyof ReturnType<typeof whole>, properties: object) => {
  const resources = whole();
  const { Type, Properties } = resources[logicalId] as { Type: string; Properties: object };
  return { ...resources, [logicalId]: { Type, Properties: { ...Properties, ...properties } } };
};

it('reads both APIs', () => {
  const { http, sockets } = read(whole());
  expect(http).toMatchObject({ apiId: 'Http', stage: '$default' });
  expect(sockets?.routes.map(({ routeKey, functionId }) => `${routeKey} ${functionId}`)).toEqual(
    Object.entries(socketApi.routes).map(([key, { functionId }]) => `${key} ${functionId}`),
  );
});

it('reads the one that is there', () => {
  const { http, sockets } = read({
    ...lambdaFunctions('Groups'),
    ...apiResources(httpApi),
  });
  expect([http?.apiId, sockets]).toEqual(['Http', undefined]);
});

it.each([
  [
    'two HTTP APIs',
    { ...whole(), ...apiResources({ ...httpApi, id: 'Second' }) },
    /2 HTTP APIs; only one/,
  ],
  ['no stage', change('HttpStage', { ApiId: 'x' }), /The API Http has no stage/],
  ['no Lambda', change('HttpRoute0', { Target: 'integrations/x' }), /leads to no Lambda/],
  ['IAM', change('HttpRoute0', { AuthorizationType: 'AWS_IAM' }), /AWS_IAM authorization/],
  ['HTTP_PROXY', change('HttpIntegration0', { IntegrationType: 'HTTP_PROXY' }), /not a Lambda/],
  ['format 1', change('HttpIntegration0', { PayloadFormatVersion: '1.0' }), /format 1\.0/],
  ['a lost authorizer', change('Authorizer', { AuthorizerUri: 'arn:x' }), /leads to no Lambda/],
])('refuses %s with a sentence', (_, resources, message) => {
  expect(() => read(resources)).toThrow(TemplateError);
  expect(() => read(resources)).toThrow(message);
});
