import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { recordReceipts } from '../../../../functions/receipts/record-receipts.ts';
import type { Service } from '../../../../functions/service/service.ts';
import type { Item } from '../../../../functions/store/dynamodb/table.ts';
import { toMemberChange } from '../../../../functions/stream/member-change.ts';
import { type ItemWrite, isMemberRow } from './watched-table.ts';

/** How the stream hands records to the recorder: all of it is allowed by at-least-once delivery. */
export interface Delivery {
  /** How many of the newest records stay behind. */
  late: number;
  /** Records are put in an order that this decides. */
  order: number;
  /** How many records that came before come again. */
  again: number;
  /** In how many batches, handled at the same time. */
  batches: number;
}

/** Largest number of records a run may hold for `order` to shuffle them all. */
const prime = 10_007;

/** The table's stream as the recorder sees it: changes of member rows, waiting to be delivered. */
export class StreamTap {
  #waiting: DynamoDBRecord[] = [];
  #delivered: DynamoDBRecord[] = [];
  #count = 0;

  note({ key, before, after }: ItemWrite): void {
    if (!isMemberRow(key) || !after) return;
    this.#count += 1;
    this.#waiting.push({
      eventID: String(this.#count),
      dynamodb: {
        ...(before && { OldImage: imageOf(before) }),
        NewImage: imageOf(after),
        SequenceNumber: String(this.#count).padStart(21, '0'),
      },
    });
  }

  /** Whether the recorder has seen everything. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  async deliver(service: Service, { late, order, again, batches }: Delivery): Promise<void> {
    const ready = this.#waiting.slice(0, Math.max(0, this.#waiting.length - late));
    const repeated = shuffled(this.#delivered, order).slice(0, again);
    this.#waiting = this.#waiting.slice(ready.length);
    this.#delivered.push(...ready);
    const records = shuffled([...ready, ...repeated], order);
    const size = Math.max(1, Math.ceil(records.length / batches));
    const handled: Promise<void>[] = [];
    for (let i = 0; i < records.length; i += size) {
      handled.push(record(service, records.slice(i, i + size)));
    }
    await Promise.all(handled);
  }

  clear(): void {
    this.#waiting = [];
    this.#delivered = [];
  }
}

async function record(service: Service, records: DynamoDBRecord[]): Promise<void> {
  await recordReceipts(service, records.map(toMemberChange));
}

/** As Lambda passes it: binary attributes are base64 text. */
function imageOf(item: Item): Record<string, AttributeValue> {
  const image = marshall(item, { removeUndefinedValues: true });
  const entries = Object.entries(image).map(([name, value]) => [
    name,
    value.B ? { B: Buffer.from(value.B).toString('base64') } : value,
  ]);
  return Object.fromEntries(entries);
}

const shuffled = <T>(all: readonly T[], order: number): T[] =>
  all
    .map((value, i) => ({ value, at: ((i + 1) * (order + 1)) % prime }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
