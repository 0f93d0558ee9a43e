import { describe, expect, it } from 'vitest';
import { createRouteTable } from '../../../src/gateway/http/http-route-table.ts';

const routeKeys = [
  '$default',
  'ANY /{proxy+}',
  'GET /pets/{proxy+}',
  'GET /pets/{kind}/{id}',
  'ANY /pets/dog/1',
  'GET /pets/dog/1',
  'GET /pets/dog/{id}',
  'GET /a.b',
];

describe('the most specific route wins, in whatever order they are declared', () => {
  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['PUT', '/pets/dog/1', 'ANY /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/2', 'GET /pets/{kind}/{id}', { kind: 'cat', id: '2' }],
    ['GET', '/pets/cat/2/3', 'GET /pets/{proxy+}', { proxy: 'cat/2/3' }],
    ['PUT', '/pets/cat/2', 'ANY /{proxy+}', { proxy: 'pets/cat/2' }],
    ['GET', '/pets/dog/', 'GET /pets/{proxy+}', { proxy: 'dog/' }],
    ['GET', '/axb', 'ANY /{proxy+}', { proxy: 'axb' }],
    ['GET', '/', '$default', {}],
  ])('%s %s', (method, path, routeKey, pathParameters) => {
    for (const keys of [routeKeys, routeKeys.toReversed()]) {
      const find = createRouteTable(keys.map((key) => ({ routeKey: key })));
      expect(find(method, path)).toEqual({ route: { routeKey }, pathParameters });
    }
  });
});

it('finds nothing without $default', () => {
  expect(createRouteTable([{ routeKey: 'GET /a' }])('GET', '/a/')).toBeUndefined();
});
