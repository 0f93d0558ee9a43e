/** Capacity units, as AWS would charge for them. */
export interface ConsumedUnits {
  readUnits: number;
  writeUnits: number;
}

/** The part of a request that says how it reads. */
export interface ReadRequest {
  ConsistentRead?: boolean;
  RequestItems?: Record<string, object>;
}

/** What a read costs when it finds nothing: DynamoDB Local leaves that out, AWS does not. */
export function minReadUnits({ ConsistentRead, RequestItems }: ReadRequest): number {
  const [batch = {}] = Object.values(RequestItems ?? {});
  const { Keys = [{}], ConsistentRead: strong = ConsistentRead } = batch as {
    Keys?: unknown[];
    ConsistentRead?: boolean;
  };
  return Keys.length * (strong ? 1 : 0.5);
}

/**
 * What an answer says that it took. Found without parsing: a page of 500 rows would hold up every request
 * behind it.
 */
export function unitsIn(answer: string): number {
  let units = 0;
  for (const [, number] of answer.matchAll(/"CapacityUnits":([0-9.E]+)/g)) units += Number(number);
  return units;
}
