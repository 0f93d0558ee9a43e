import { arnOf } from '../template/physical-names.ts';
import type { KnownTable } from './key-schemas.ts';
import type { Need } from './permissions.ts';

type Item = Record<string, Record<string, unknown> | undefined>;

interface Part {
  TableName: string;
  Item?: Item;
  Key?: Item;
}

/** What the calls of DynamoDB's API have in common that says what they touch. */
interface Call extends Partial<Part> {
  IndexName?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Item;
  RequestItems?: Record<string, { Keys?: Item[] } | Write[]>;
  TransactItems?: Record<string, Part>[];
}

interface Write {
  PutRequest?: { Item: Item };
  DeleteRequest?: { Key: Item };
}

type Tables = ReadonlyMap<string, KnownTable>;

/** A transaction is allowed as what is in it. */
const partActions: Record<string, string> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** What a role needs for a call: actions, ARNs and the partition keys that are touched. */
export function needsOf(operation: string, body: object, tables: Tables): Need[] {
  const call = body as Call;
  if (call.TransactItems) {
    return call.TransactItems.flatMap((parts) =>
      Object.entries(parts).map(([kind, part]) =>
        need(partActions[kind] ?? kind, part.TableName, tables, [part.Key ?? part.Item ?? {}]),
      ),
    );
  }
  if (call.RequestItems) {
    return Object.entries(call.RequestItems).map(([name, items]) =>
      need(operation, name, tables, keysIn(items)),
    );
  }
  const { TableName: name = '', IndexName: index } = call;
  if (call.KeyConditionExpression === undefined) {
    const keys = [call.Key ?? call.Item].filter((key) => key !== undefined);
    return [need(operation, name, tables, keys, index)];
  }
  const keys = [{ [keyNameIn(tables.get(name), index)]: queriedValue(call, tables) }];
  return [need(operation, name, tables, keys, index)];
}

function need(
  operation: string,
  name: string,
  tables: Tables,
  keys: readonly Item[],
  index?: string,
): Need {
  const table = tables.get(name);
  const arn = table?.arn ?? arnOf('AWS::DynamoDB::Table', name);
  const keyName = keyNameIn(table, index);
  return {
    action: `dynamodb:${operation}`,
    resource: index === undefined ? arn : `${arn}/index/${index}`,
    context: { 'dynamodb:leadingkeys': keys.map((key) => textOf(key[keyName])) },
  };
}

function keysIn(items: { Keys?: Item[] } | Write[]): Item[] {
  if (!Array.isArray(items)) return items.Keys ?? [];
  return items.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {});
}

const keyNameIn = (table: KnownTable | undefined, index: string | undefined): string =>
  (index === undefined ? table?.partitionKey : table?.indexKeys[index]) ?? '';

/** DynamoDB takes a partition key in one form only: `key = :value`, joined to the rest by AND. */
function queriedValue(call: Call, tables: Tables): Item[string] {
  const keyName = keyNameIn(tables.get(call.TableName ?? ''), call.IndexName);
  const { KeyConditionExpression = '', ExpressionAttributeNames: names = {} } = call;
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(
    /([#\w.-]+)\s*=\s*(:\w+)/g,
  )) {
    if ((names[name] ?? name) === keyName) return call.ExpressionAttributeValues?.[value];
  }
  return undefined;
}

/** A key that cannot be read is one that no policy names. */
const textOf = (value: Item[string]): string => String(Object.values(value ?? { unknown: '' })[0]);
