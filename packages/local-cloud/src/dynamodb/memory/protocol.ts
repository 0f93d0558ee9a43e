import { crc32 } from 'node:zlib';
import type { DynamoDbError } from './errors.ts';
import type { MemoryDynamoDb } from './memory-dynamodb.ts';

export interface ProtocolAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const targets = /^DynamoDB(?:Streams)?_20120810\.(\w+)$/;

/** A call as it comes over HTTP: the header `x-amz-target` names it, the body is its input. */
export function answer(database: MemoryDynamoDb, target: string, body: string): ProtocolAnswer {
  const operation = targets.exec(target)?.[1] ?? '';
  const input = parse(body);
  if (input === undefined) return answerOf(400, { __type: typeOf('SerializationException') });
  const result = database.call(operation, input);
  return 'output' in result ? answerOf(200, result.output) : answerOf(400, errorOf(result.error));
}

function parse(body: string): object | undefined {
  try {
    const input: unknown = JSON.parse(body || '{}');
    return typeof input === 'object' && input !== null ? input : undefined;
  } catch {
    return undefined;
  }
}

const errorOf = ({ name, message, details }: DynamoDbError) => ({
  ...{ __type: typeOf(name), message, ...details },
});

const typeOf = (name: string): string =>
  name === 'ValidationException' || name === 'SerializationException'
    ? `com.amazon.coral.validate#${name}`
    : `com.amazonaws.dynamodb.v20120810#${name}`;

function answerOf(status: number, content: object): ProtocolAnswer {
  const body = JSON.stringify(content);
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-crc32': String(crc32(body)),
    },
    body,
  };
}
