import { createServer } from 'node:http';
import { closeServer, listen } from '../../gateway/listen.ts';
import { MemoryDynamoDb } from './memory-dynamodb.ts';
import { answer } from './protocol.ts';

/** Serves a database over HTTP, as DynamoDB Local does. Signatures are not checked. */
export async function serveMemoryDynamoDb({
  port = 0,
  database = new MemoryDynamoDb(),
}: {
  port?: number;
  database?: MemoryDynamoDb;
} = {}): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('error', () => response.destroy());
    request.once('end', () => {
      const body = Buffer.concat(chunks).toString();
      const answered = answer(database, String(request.headers['x-amz-target']), body);
      response.writeHead(answered.status, answered.headers).end(answered.body);
    });
  });
  // Longer than the SDK keeps an idle socket, so that it never posts to one being closed.
  server.keepAliveTimeout = 75_000;
  const endpoint = `http://127.0.0.1:${await listen(server, port, 'the port of DynamoDB')}`;
  return { endpoint, stop: () => closeServer(server) };
}
