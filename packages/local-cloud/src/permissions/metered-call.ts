import type { Kind, Partition, PartitionLimits } from '../dynamodb/partition-limits.ts';
import type { Need } from './permissions.ts';

/** A call of DynamoDB that is held to what the partitions it touches carry. */
export class MeteredCall {
  readonly #limits: PartitionLimits;
  readonly #kind: Kind;
  readonly #partitions: readonly Partition[];

  constructor(limits: PartitionLimits, operation: string, needs: readonly Need[]) {
    this.#limits = limits;
    this.#kind = /Get|Query|Scan/.test(operation) ? 'Read' : 'Write';
    this.#partitions = needs.flatMap(({ resource, context = {} }) =>
      (context['dynamodb:leadingkeys'] ?? []).map((key) => ({ resource, key })),
    );
  }

  /**
   * As of a table on demand. A batch is refused as a whole; DynamoDB would do the rest of it and
   * leave that part over.
   */
  refusal() {
    const spent = this.#limits.findSpent(this.#kind, this.#partitions);
    if (!spent) return undefined;
    const of = spent.resource.includes('/index/') ? 'Index' : 'Table';
    const reason = `${of}${this.#kind}KeyRangeThroughputExceeded`;
    return {
      type: 'ThrottlingException',
      message: `Throughput exceeds the current throughput limit for your table or index: ${reason}`,
      ThrottlingReasons: [{ reason, resource: spent.resource }],
    };
  }

  /** The call, with the question what it took. */
  bodyOf(call: { ReturnConsumedCapacity?: string }): Buffer {
    const { ReturnConsumedCapacity: asked = 'NONE' } = call;
    const ReturnConsumedCapacity = asked === 'NONE' ? 'TOTAL' : asked;
    return Buffer.from(JSON.stringify({ ...call, ReturnConsumedCapacity }));
  }

  /** A write that its condition refused says nothing, and takes a unit. */
  answered(status: number, answer: Buffer): void {
    this.#limits.take(this.#kind, this.#partitions, status === 200 ? unitsIn(answer) : 1);
  }
}

function unitsIn(answer: Buffer): number {
  type Consumed = { CapacityUnits?: number };
  const { ConsumedCapacity = [] } = JSON.parse(answer.toString()) as {
    ConsumedCapacity?: Consumed | Consumed[];
  };
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
