import {
  type ConsumedUnits,
  minReadUnits,
  type ReadRequest,
  unitsIn,
} from '../dynamodb/consumed-units.ts';
import type { Kind, Partition, PartitionLimits } from '../dynamodb/partition-limits.ts';
import type { Need } from './permissions.ts';

export interface Meters {
  /** What the partitions it touches carry; no limit unless given. */
  limits?: PartitionLimits | undefined;
  /** To add what it takes to, if that is counted. */
  consumed?: ConsumedUnits | undefined;
}

/** A call that was refused, by the ARN of the table or index. */
export interface Throttled {
  kind: Kind;
  resource: string;
}

interface Call extends ReadRequest {
  ReturnConsumedCapacity?: string;
}

/** A call of DynamoDB whose units are counted, and held to what partitions carry. */
export class MeteredCall {
  readonly #meters: Meters;
  readonly #call: Call;
  readonly #kind: Kind;
  readonly #partitions: readonly Partition[];

  constructor(meters: Meters, operation: string, call: Call, needs: readonly Need[]) {
    this.#meters = meters;
    this.#call = call;
    this.#kind = /Get|Query|Scan/.test(operation) ? 'Read' : 'Write';
    this.#partitions = needs.flatMap(({ resource, context = {} }) =>
      (context['dynamodb:leadingkeys'] ?? []).map((key) => ({ resource, key })),
    );
  }

  /**
   * As of a table on demand. A batch is refused as a whole; DynamoDB would do the rest of it and
   * leave that part over.
   */
  refusal(noteThrottled: (throttled: Throttled) => void) {
    const spent = this.#meters.limits?.findSpent(this.#kind, this.#partitions);
    if (!spent) return undefined;
    noteThrottled({ kind: this.#kind, resource: spent.resource });
    const of = spent.resource.includes('/index/') ? 'Index' : 'Table';
    const reason = `${of}${this.#kind}KeyRangeThroughputExceeded`;
    return {
      type: 'ThrottlingException',
      message: `Throughput exceeds the current throughput limit for your table or index: ${reason}`,
      ThrottlingReasons: [{ reason, resource: spent.resource }],
    };
  }

  /** The call, with the question what it took. */
  body(): Buffer {
    const { ReturnConsumedCapacity: asked = 'NONE' } = this.#call;
    const ReturnConsumedCapacity = asked === 'NONE' ? 'TOTAL' : asked;
    return Buffer.from(JSON.stringify({ ...this.#call, ReturnConsumedCapacity }));
  }

  /** A write that its condition refused says nothing, and takes a unit. */
  answered(status: number, answer: Buffer): void {
    const units = status === 200 ? this.#unitsOf(answer) : 1;
    this.#meters.limits?.take(this.#kind, this.#partitions, units);
    const { consumed } = this.#meters;
    if (consumed) consumed[this.#kind === 'Read' ? 'readUnits' : 'writeUnits'] += units;
  }

  #unitsOf(answer: Buffer): number {
    const told = unitsIn(answer.toString());
    return this.#kind === 'Read' ? Math.max(told, minReadUnits(this.#call)) : told;
  }
}
