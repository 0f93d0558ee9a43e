import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDbError } from '@seenby/local-cloud/dynamodb/memory/errors.ts';
import type { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import { constructStack } from '@smithy/core/client';
import { decodeBinaries } from './binaries.ts';
import { fromWire, itemFromWire, toWire } from './wire-values.ts';

/** Where attribute values are in a request or an answer, as the SDK's document commands say it. */
type Places = { [key: string]: Places } | null;

export interface DocumentCommand {
  input: object;
  inputKeyNodes: Places;
  outputKeyNodes: Places;
  clientCommand: object;
}

/**
 * A document client of a database of this process that does without the rest of the AWS SDK: no HTTP
 * request is built, signed, retried or parsed, which takes four times as long as the database.
 * Middleware of the step `initialize` works as with the SDK's own client.
 */
export function directDocumentClient(database: MemoryDynamoDb): DynamoDBDocumentClient {
  const middlewareStack = constructStack<object, object>();
  const send = async (command: DocumentCommand): Promise<object> => {
    const call = async ({ input }: { input: object }) => ({
      output: callDirectly(database, command, input),
      response: {},
    });
    const commandName = command.clientCommand.constructor.name;
    const handler = middlewareStack.resolve(call, { commandName });
    return (await handler({ input: command.input })).output;
  };
  return { middlewareStack, send } as unknown as DynamoDBDocumentClient;
}

/** One call, at once. Throws what the SDK would. */
export function callDirectly(
  database: MemoryDynamoDb,
  { inputKeyNodes, outputKeyNodes, clientCommand }: DocumentCommand,
  input: object,
): object {
  const operation = clientCommand.constructor.name.slice(0, -'Command'.length);
  const result = database.call(operation, atPlaces(input, inputKeyNodes, toWire) as object);
  if ('error' in result) throw sdkErrorOf(result.error);
  return atPlaces(result.output, outputKeyNodes, fromWire) as object;
}

/** A copy in which every value at one of the places is converted. */
function atPlaces(value: unknown, places: Places, convert: (value: unknown) => unknown): unknown {
  if (value === undefined) return undefined;
  if (places === null) return convert(value);
  const names = Object.keys(places);
  if (names.length === 0) {
    return convert === fromWire ? itemFromWire(value as object) : mapEach(value, convert);
  }
  const [first = ''] = names;
  if (first === '*') return mapEach(value, (each) => atPlaces(each, places['*'] ?? null, convert));
  const copy: Record<string, unknown> = { ...(value as object) };
  for (const name of names) {
    if (copy[name] !== undefined) copy[name] = atPlaces(copy[name], places[name] ?? null, convert);
  }
  return copy;
}

function mapEach(all: unknown, map: (one: unknown) => unknown): unknown {
  if (Array.isArray(all)) return all.map(map);
  const mapped: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(all as object)) {
    if (one !== undefined) mapped[key] = map(one);
  }
  return mapped;
}

type WireItem = Record<string, AttributeValue>;
type Reason = { Code?: string; Message?: string; Item?: WireItem };

const itemOf = (item: WireItem): WireItem => mapEach(item, decodeBinaries as never) as WireItem;

/** The error that the SDK throws where DynamoDB answers with this one. */
function sdkErrorOf({ name, message, details }: DynamoDbError): DynamoDBServiceException {
  const shared = { message, $metadata: { httpStatusCode: 400 } };
  const { Item, CancellationReasons } = details as {
    Item?: WireItem;
    CancellationReasons?: Reason[];
  };
  if (name === 'ConditionalCheckFailedException') {
    return new ConditionalCheckFailedException({ ...shared, ...(Item && { Item: itemOf(Item) }) });
  }
  if (name !== 'TransactionCanceledException' || !CancellationReasons) {
    return new DynamoDBServiceException({ ...shared, name, $fault: 'client' });
  }
  const reasons = CancellationReasons.map((reason) =>
    reason.Item ? { ...reason, Item: itemOf(reason.Item) } : reason,
  );
  return new TransactionCanceledException({ ...shared, CancellationReasons: reasons });
}
