import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

interface Capacity {
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
  CapacityUnits?: number;
}

/** Capacity units as DynamoDB reported them. */
export interface Units {
  read: number;
  write: number;
  /** The commands sent, in order. */
  requests: string[];
  /** How often requests were sent that waited for others to be answered. */
  roundTrips: number;
  reset(): void;
}

const writes = new Set([
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'TransactWriteItemsCommand',
]);

/** Has every answer say what it cost, and adds that up. */
export function meterUnits(client: DynamoDBDocumentClient): Units {
  const units: Units = {
    read: 0,
    write: 0,
    requests: [],
    roundTrips: 0,
    reset() {
      this.read = 0;
      this.write = 0;
      this.requests = [];
      this.roundTrips = 0;
    },
  };
  let underWay = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        units.requests.push(commandName ?? '');
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        if (underWay === 0) units.roundTrips += 1;
        underWay += 1;
        const answer = await next(args).finally(() => {
          underWay -= 1;
        });
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
        const charged = [ConsumedCapacity ?? []].flat();
        const sum = charged.reduce((total, each) => total + (each.CapacityUnits ?? 0), 0);
        units[writes.has(commandName ?? '') ? 'write' : 'read'] += sum;
        return answer;
      },
    { step: 'initialize' },
  );
  return units;
}
