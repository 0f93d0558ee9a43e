import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const groupId = /bench-\d+/g;

/**
 * A database that answers after a fixed time, whatever is asked of it at once: of one group it asks
 * the real one, and answers the same of all groups of that kind.
 */
export async function openReplayedDatabase(endpoint: string, answerMs: number) {
  const answers = new Map<string, Promise<string>>();
  const ask = async (target: string, body: string): Promise<string> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
    const authorization =
      'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request';
    const signed = {
      ...headers,
      authorization: `${authorization}, SignedHeaders=host, Signature=0`,
    };
    const answer = await fetch(endpoint, { method: 'POST', headers: signed, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [group = 'bench-0'] = body.match(groupId) ?? [];
    const ofFirst = body.replaceAll(groupId, 'bench-0');
    const target = String(request.headers['x-amz-target']);
    const answer = answers.get(target + ofFirst) ?? ask(target, ofFirst);
    answers.set(target + ofFirst, answer);
    const text = (await answer).replaceAll('bench-0', group);
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
    }, answerMs);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
