type AttributeMap = Record<string, { S?: string } | undefined>;

/** The part of a DynamoDB request that says which items it is about. */
export interface TableRequest {
  TableName?: string;
  Item?: AttributeMap;
  Key?: AttributeMap;
  ExpressionAttributeValues?: AttributeMap;
  ConsistentRead?: boolean;
  RequestItems?: Record<string, KeysRequest | WriteRequest[]>;
}

interface KeysRequest {
  Keys?: AttributeMap[];
  ConsistentRead?: boolean;
}

interface WriteRequest {
  PutRequest?: { Item: AttributeMap };
  DeleteRequest?: { Key: AttributeMap };
}

/** Kinds of items by their partition keys. */
const kinds: readonly [RegExp, string][] = [
  [/^G#[^#]+$/, 'group'],
  [/^G#[^#]+#M$/, 'members'],
  [/^G#[^#]+#S#/, 'messages'],
  [/^G#[^#]+#I#/, 'sent ids'],
  [/^G#[^#]+#R#/, 'history'],
  [/^G#[^#]+#C$/, 'subscriptions'],
  [/^U#/, 'connections'],
];

/** The kind of the first item that a request names. */
export function subjectOf(request: TableRequest): string {
  const partition = firstPartition(request);
  return kinds.find(([pattern]) => pattern.test(partition))?.[1] ?? 'other';
}

function firstPartition(request: TableRequest): string {
  const [batch] = Object.values(request.RequestItems ?? {});
  const [first] = Array.isArray(batch) ? batch.map(keyOfWrite) : (batch?.Keys ?? []);
  const key = request.Item ?? request.Key ?? first;
  return (key?.pk ?? request.ExpressionAttributeValues?.[':pk'])?.S ?? '';
}

const keyOfWrite = ({ PutRequest, DeleteRequest }: WriteRequest): AttributeMap | undefined =>
  PutRequest?.Item ?? DeleteRequest?.Key;
