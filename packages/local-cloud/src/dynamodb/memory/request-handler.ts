import { Readable } from 'node:stream';
import type { MemoryDynamoDb } from './memory-dynamodb.ts';
import { answer } from './protocol.ts';

/** The parts of the AWS SDK's requests that a call consists of. */
interface SdkRequest {
  headers: Record<string, string>;
  body?: unknown;
}

interface SdkResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/**
 * What an AWS SDK client takes as `requestHandler` in order to call a database of this process. It
 * needs credentials and a region still, whatever they are.
 */
export function memoryRequestHandler(database: MemoryDynamoDb) {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle({ headers, body }: SdkRequest): Promise<{ response: SdkResponse }> {
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
      const answered = answer(database, headers['x-amz-target'] ?? '', text);
      const content = Readable.from([Buffer.from(answered.body)]);
      return {
        response: { statusCode: answered.status, headers: answered.headers, body: content },
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}
