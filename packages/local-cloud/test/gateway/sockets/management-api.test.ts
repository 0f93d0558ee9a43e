import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeenEvent } from '../fake-functions.ts';
import { Client, eventually, startSocketApi } from './socket-api-server.ts';

let api: Awaited<ReturnType<typeof startSocketApi>>;
let management: ApiGatewayManagementApiClient;
let isLimited: boolean;
let duringConnect: ((connectionId: string) => Promise<void>) | undefined;

beforeEach(async () => {
  isLimited = false;
  duringConnect = undefined;
  api = await startSocketApi({
    limitPost: () => !isLimited,
    handlers: {
      async Connect({ requestContext }: SeenEvent) {
        await duringConnect?.(requestContext.connectionId);
        return { statusCode: 200 };
      },
    },
  });
  management = new ApiGatewayManagementApiClient({
    endpoint: `http://127.0.0.1:${api.port}/v1`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  management.destroy();
  await api.stop();
  expect(api.faults).toEqual([]);
});

const post = (ConnectionId: string, Data: string) =>
  management.send(new PostToConnectionCommand({ ConnectionId, Data }));

async function connect() {
  const client = await new Client(api.url).open();
  const { connectionId } = api.eventOf('Connect').requestContext;
  return { client, connectionId };
}

describe('as the AWS SDK sees it', () => {
  it('posts text to the connection, in order', async () => {
    const { client, connectionId } = await connect();
    for (let n = 0; n < 20; n++) await post(connectionId, `frame ${n} ✓`);
    for (let n = 0; n < 20; n++) expect(await client.next()).toBe(`frame ${n} ✓`);
  });

  it('describes the connection', async () => {
    const { connectionId } = await connect();
    api.clock.advance(1500);
    await post(connectionId, 'x');
    const answer = await management.send(new GetConnectionCommand({ ConnectionId: connectionId }));
    expect(answer.ConnectedAt).toEqual(new Date(Date.UTC(2026, 0, 2, 3, 4, 5)));
    expect(answer.LastActiveAt).toEqual(new Date(Date.UTC(2026, 0, 2, 3, 4, 6, 500)));
    expect(answer.Identity?.SourceIp).toBe('127.0.0.1');
  });

  it('deletes the connection with 1000', async () => {
    const { client, connectionId } = await connect();
    await management.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    expect(await client.closed).toBe(1000);
    await eventually(() => api.events.at(-1)?.functionId).toBe('Disconnect');
  });

  it.each([
    ['post', PostToConnectionCommand],
    ['get', GetConnectionCommand],
    ['delete', DeleteConnectionCommand],
  ])('%s answers Gone once the client has closed', async (_, Command) => {
    const { client, connectionId } = await connect();
    client.socket.close();
    await client.closed;
    const request = new Command({ ConnectionId: connectionId, Data: 'x' });
    await expect(management.send(request as PostToConnectionCommand)).rejects.toMatchObject({
      name: 'GoneException',
      $metadata: { httpStatusCode: 410 },
    });
  });

  it('answers Gone while $connect still runs', async () => {
    const outcomes: string[] = [];
    duringConnect = async (connectionId) => {
      await post(connectionId, 'early').catch((cause: Error) => outcomes.push(cause.name));
    };
    await connect();
    expect(outcomes).toEqual(['GoneException']);
  });

  it('takes 128 KB and refuses more', async () => {
    const { client, connectionId } = await connect();
    await post(connectionId, 'x'.repeat(128 * 1024));
    expect((await client.next()).length).toBe(128 * 1024);
    await expect(post(connectionId, 'x'.repeat(128 * 1024 + 1))).rejects.toMatchObject({
      name: 'PayloadTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
  });

  it('throttles as the limiter says', async () => {
    const { connectionId } = await connect();
    isLimited = true;
    await expect(post(connectionId, 'x')).rejects.toMatchObject({
      name: 'LimitExceededException',
      $metadata: { httpStatusCode: 429 },
    });
  });

  it('throttles posts to a client that does not read', async () => {
    const { client, connectionId } = await connect();
    client.socket.pause();
    const data = 'x'.repeat(128 * 1024);
    const answers: Promise<string>[] = [];
    // More than the system's socket buffers and the gateway's own take together.
    for (let n = 0; n < 120; n++) {
      const answer = post(connectionId, data).then(
        () => 'sent',
        (cause: Error) => cause.name,
      );
      answers.push(answer);
    }
    expect(
      await Promise.any(
        answers.map(async (answer) => {
          if ((await answer) !== 'LimitExceededException') throw new Error('not limited');
          return 'limited';
        }),
      ),
    ).toBe('limited');
    client.socket.resume();
    await Promise.all(answers);
  });
});

it.each([
  ['POST', '/v1/@connections/no%20id', 400],
  ['PUT', '/v1/@connections/abcdefghijklmno%3D', 403],
  ['GET', '/other/@connections/abcdefghijklmno%3D', 426],
  ['GET', '/v1/@connections/%E0%A4%A', 400],
])('%s %s is %i', async (method, path, status) => {
  const response = await fetch(`http://127.0.0.1:${api.port}${path}`, { method });
  expect(response.status).toBe(status);
});
