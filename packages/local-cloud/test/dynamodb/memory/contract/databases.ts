import { Agent, request } from 'node:http';
import { MemoryDynamoDb } from '../../../../src/dynamodb/memory/memory-dynamodb.ts';
import { answer } from '../../../../src/dynamodb/memory/protocol.ts';
import type { Wire } from './random-values.ts';

/** A database as both are asked: with a call of its protocol. */
export type Ask = (operation: string, input: Wire) => Promise<Wire>;

const targetOf = (operation: string): string =>
  /Stream|Shard|GetRecords/.test(operation)
    ? `DynamoDBStreams_20120810.${operation}`
    : `DynamoDB_20120810.${operation}`;

export function askMemory(database = new MemoryDynamoDb()): Ask {
  return async (operation, input) =>
    JSON.parse(answer(database, targetOf(operation), JSON.stringify(input)).body) as Wire;
}

export function askOverHttp(endpoint: string): Ask {
  const agent = new Agent({ keepAlive: true });
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
    'x-amz-date': '20260101T000000Z',
  };
  return (operation, input) =>
    new Promise((resolve, reject) => {
      const call = request(
        endpoint,
        { method: 'POST', agent, headers: { ...headers, 'x-amz-target': targetOf(operation) } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as Wire));
        },
      );
      call.once('error', reject);
      call.end(JSON.stringify(input));
    });
}
