import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** As long as DynamoDB, and API Gateway, take to answer within a region: assumed. */
const databaseMs = 5;
const postMs = 10;

export interface AnsweringServer {
  url: string;
  stop: () => void;
}

/**
 * All that functions call: a database that answers after a fixed time, a gateway that takes posts, a
 * queue, and an issuer of tokens.
 */
export async function startAnsweringServer(
  database: string,
  issuer: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>,
): Promise<AnsweringServer> {
  const server = createServer(async (request, response) => {
    if (await issuer(request, response)) return;
    const body = await bodyOf(request);
    const target = String(request.headers['x-amz-target']);
    if (target.startsWith('DynamoDB')) await handOn(database, request, body, response);
    else if (target.startsWith('AmazonSQS')) response.end(JSON.stringify({ MessageId: 'sent' }));
    else await wait(postMs).then(() => response.end());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

async function handOn(
  database: string,
  { headers }: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const kept = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'];
  const sent = Object.fromEntries(kept.map((name) => [name, String(headers[name] ?? '')]));
  const [answer] = await Promise.all([
    fetch(database, { method: 'POST', headers: sent, body }),
    wait(databaseMs),
  ]);
  const text = await answer.text();
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
}
