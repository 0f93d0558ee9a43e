import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../src/gateway/http/http-server.ts';
import { closeServer, listen } from '../../src/gateway/listen.ts';
import { respondJson } from '../../src/gateway/respond.ts';
import { readDistribution } from '../../src/page/distribution.ts';
import { PageServer } from '../../src/page/page-server.ts';
import { Template } from '../../src/template/template.ts';
import { apiResources, httpApi, lambdaFunctions, socketApi } from '../gateway/fixture-template.ts';
import { writeAssembly } from '../template/write-assembly.ts';
import { longScript, pageFiles, pageResources } from './deployed-page.ts';

const apis = {
  ...lambdaFunctions('Groups', 'Guard', 'Connect', 'Disconnect', 'Default', 'Hello', 'Echo'),
  ...apiResources(httpApi),
  ...apiResources(socketApi),
};
const readTemplate = (more: object = {}, files = pageFiles) =>
  Template.read(writeAssembly({ Resources: { ...apis, ...pageResources, ...more } }, files));

const rewrite = (text: string) =>
  text
    .replaceAll('https://Http.execute-api.us-east-1.amazonaws.com', 'http://127.0.0.1:3000')
    .replaceAll('wss://Sockets.execute-api.us-east-1.amazonaws.com', 'ws://127.0.0.1:3001');

function openPage(template: Template): PageServer {
  const distribution = readDistribution(template);
  if (!distribution) throw new Error('The template has no distribution.');
  return new PageServer(template, distribution, rewrite);
}

const page = openPage(readTemplate());
const server = createHttpServer(
  async (incoming, response) => {
    if (!(await page.handle(incoming, response))) respondJson(response, 404, {});
  },
  () => {},
);
let port: number;
beforeAll(async () => {
  port = await listen(server, 0, 'PORT');
});
afterAll(() => closeServer(server));

/** Not fetch, which would tidy the path and choose the host. */
function send(method: string, path: string, host = 'localhost:3000') {
  return new Promise<{ status: number | undefined; headers: object; body: string }>(
    (resolve, reject) => {
      request({ port, method, path, headers: { host } }, (response) => {
        const { statusCode: status, headers } = response;
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        response.on('end', () => resolve({ status, headers, body }));
      })
        .on('error', reject)
        .end();
    },
  );
}

describe('the files of the deployments', () => {
  it.each([
    ['GET', '/', 200, 'text/html; charset=utf-8', 'no-cache'],
    ['GET', '/index.html?v=1', 200, 'text/html; charset=utf-8', 'no-cache'],
    ['GET', '/help/', 200, 'text/html; charset=utf-8', 'no-cache'],
    ['GET', '/other/', 404, 'application/json', undefined],
    ['GET', '/assets/app.js', 200, 'text/javascript; charset=utf-8', 'immutable'],
    ['GET', '/assets/deep/b.css', 200, 'text/css; charset=utf-8', 'immutable'],
    ['GET', '/config.json', 200, 'application/json', 'no-cache'],
    ['HEAD', '/assets/app.js', 200, 'text/javascript; charset=utf-8', 'immutable'],
    ['HEAD', '/config.json', 200, 'application/json', 'no-cache'],
    ['POST', '/index.html', 404, 'application/json', undefined],
    ['GET', '/assets', 404, 'application/json', undefined],
    ['GET', '/secret.txt', 404, 'application/json', undefined],
    ['GET', '/../other/secret.txt', 404, 'application/json', undefined],
    ['GET', '/..%2fother%2fsecret.txt', 404, 'application/json', undefined],
    ['GET', '/%2e%2e/other/secret.txt', 404, 'application/json', undefined],
    ['GET', '/%252e%252e/other/secret.txt', 404, 'application/json', undefined],
    ['GET', '/assets/%2e%2e%2f%2e%2e%2fsecret.txt', 404, 'application/json', undefined],
    ['GET', '/..\\other\\secret.txt', 404, 'application/json', undefined],
    ['GET', '/..%5cother%5csecret.txt', 404, 'application/json', undefined],
    ['GET', '//other/secret.txt', 404, 'application/json', undefined],
    ['GET', '/index.html%00.js', 404, 'application/json', undefined],
    ['GET', '/%00', 404, 'application/json', undefined],
    ['GET', '/__proto__', 404, 'application/json', undefined],
    ['GET', '/constructor', 404, 'application/json', undefined],
    ['GET', '/%E0%A4%A', 404, 'application/json', undefined],
  ])('%s %s is %i', async (method, path, status, type, cacheControl) => {
    const answer = await send(method, path);
    expect(answer).toMatchObject({ status, headers: { 'content-type': type } });
    expect(answer.headers).toHaveProperty('content-length');
    expect((answer.headers as Record<string, string>)['cache-control']).toBe(cacheControl);
    expect(answer.body === '').toBe(method === 'HEAD');
  });

  it('are found by what the function of the distribution makes of a path, if it gives no answer itself', async () => {
    expect(await send('GET', '/help')).toMatchObject({
      status: 301,
      headers: { location: '/help/', 'content-length': '0' },
      body: '',
    });
    expect((await send('GET', '/help/')).body).toBe('<p>help</p>');
  });

  it('carry the headers of the distribution, less the one for https', async () => {
    const { headers } = await send('GET', '/');
    expect(headers).toMatchObject({
      'content-security-policy': "connect-src 'self' http://localhost:3000",
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it.each(['localhost', '127.0.0.1', '[::1]'])(
    'name the service as the browser does: %s',
    async (hostname) => {
      const { body } = await send('GET', '/config.json', `${hostname}:3000`);
      expect(JSON.parse(body)).toEqual({
        httpUrl: `http://${hostname}:3000`,
        wsUrl: `ws://${hostname}:3001/v1`,
        name: 'a "name"',
      });
    },
  );
});

const folders = (FunctionCode: string) => ({
  Type: 'AWS::CloudFront::Function',
  Properties: { FunctionCode },
});

function withAssociation(more: object) {
  const { DistributionConfig } = pageResources.Distribution.Properties;
  const { DefaultCacheBehavior } = DistributionConfig;
  const FunctionAssociations = DefaultCacheBehavior.FunctionAssociations.map((each) => ({
    ...{ ...each, ...more },
  }));
  const config = {
    ...DistributionConfig,
    DefaultCacheBehavior: { ...DefaultCacheBehavior, FunctionAssociations },
  };
  return {
    Distribution: { ...pageResources.Distribution, Properties: { DistributionConfig: config } },
  };
}

it('a function of a distribution sees neither the machine nor a clock that it could wait for', () => {
  const spy = 'function handler() { return { uri: [typeof process, typeof fetch].join() }; }';
  const { onRequest } = readDistribution(readTemplate({ Folders: folders(spy) })) ?? {};
  expect(onRequest?.('GET', '/')).toEqual({ uri: 'undefined,undefined' });
  const endless = 'function handler() { for (;;) {} }';
  const stuck = readDistribution(readTemplate({ Folders: folders(endless) }));
  expect(() => stuck?.onRequest?.('GET', '/')).toThrow('timed out');
});

describe('a template', () => {
  it('may have no distribution', () => {
    const template = Template.read(writeAssembly({ Resources: apis }));
    expect(readDistribution(template)).toBeUndefined();
  });

  it.each([
    [{ Another: pageResources.Distribution }, 'several distributions'],
    [{ Folders: undefined }, /is not in the template|does not exist/],
    [withAssociation({ EventType: 'viewer-response' }), 'at viewer-request'],
    [{ Folders: folders(`// ${'x'.repeat(10_240)}`) }, 'up to 10240 bytes'],
    [{ PageBucket: undefined }, /is no bucket of the template|does not exist/],
  ])('that cannot be run is refused in one sentence: %j', (more, sentence) => {
    const without = Object.fromEntries(
      Object.entries({ ...apis, ...pageResources, ...more }).filter(([, each]) => each),
    );
    const template = () => Template.read(writeAssembly({ Resources: without }, pageFiles));
    expect(() => readDistribution(template())).toThrow(sentence);
  });

  it('whose assets are not there is refused too', () => {
    const noAssets = { ...pageFiles, 'Stack.assets.json': '{"files":{}}' };
    expect(() => openPage(readTemplate({}, noAssets))).toThrow(
      "A deployment's source page.zip is not among the assets.",
    );
  });
});

describe('compression', () => {
  const get = async (path: string, accepted: string) => {
    const { headers, body } = await new Promise<{ headers: object; body: Buffer }>(
      (resolve, reject) => {
        const options = { port, path, headers: { 'accept-encoding': accepted } };
        request(options, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ headers: response.headers, body: Buffer.concat(chunks) }),
          );
        })
          .on('error', reject)
          .end();
      },
    );
    return { headers: headers as Record<string, string>, body };
  };

  it('is for long files and those who take it', async () => {
    for (const _ of ['first', 'again']) {
      const { headers, body } = await get('/assets/long.js', 'gzip, br');
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(headers['content-length']).toBe(String(body.length));
      expect(body.length).toBeLessThan(longScript.length / 10);
      expect(gunzipSync(body).toString()).toBe(longScript);
    }
    const plain = await get('/assets/long.js', 'br');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.toString()).toBe(longScript);
    const short = await get('/assets/app.js', 'gzip');
    expect(short.headers['content-encoding']).toBeUndefined();
  });
});
