import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import { memoryRequestHandler } from '@seenby/local-cloud/dynamodb/memory/request-handler.ts';
import { inject } from 'vitest';
import { directDocumentClient } from './direct-document-client.ts';

/** One for each file of tests, if the run has no server for all of them. */
const inProcess = new MemoryDynamoDb();
/** Nobody checks a signature in this process. */
const unsigned = { sign: async <R>(request: R): Promise<R> => request };

/** How the tests of the service reach the database that the run has chosen. */
export function testDatabase(): DynamoDBClientConfig {
  const endpoint = inject('dynamoDbEndpoint');
  if (endpoint !== 'in-process') return { ...localAccess, endpoint };
  return {
    ...localAccess,
    requestHandler: memoryRequestHandler(inProcess),
    signer: unsigned,
  };
}

/** The same for documents; within this process without what the SDK does for a network. */
export const testDocuments = (): DynamoDBDocumentClient =>
  inject('dynamoDbEndpoint') === 'in-process'
    ? directDocumentClient(inProcess)
    : DynamoDBDocumentClient.from(new DynamoDBClient(testDatabase()));
