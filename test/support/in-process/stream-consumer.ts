import type { DynamoDBRecord } from 'aws-lambda';
import type { VirtualTime } from '../time/virtual-time.ts';
import type { TableStream } from './table-stream.ts';

const pollMs = 200;

/** One function's mapping to the table's stream: a batch after the other, a moment after the writes. */
export class StreamConsumer {
  readonly #time: Pick<VirtualTime, 'after'>;
  readonly #stream: TableStream;
  readonly #handle: (members: DynamoDBRecord[]) => Promise<unknown>;
  readonly #windowMs: number;
  #isPolling = false;

  constructor(
    time: Pick<VirtualTime, 'after'>,
    stream: TableStream,
    handle: (members: DynamoDBRecord[]) => Promise<unknown>,
    windowMs = pollMs,
  ) {
    this.#time = time;
    this.#stream = stream;
    this.#handle = handle;
    this.#windowMs = windowMs;
  }

  /** There may be something new. */
  poll(): void {
    if (this.#isPolling) return;
    this.#isPolling = true;
    this.#time.after(this.#windowMs, () => void this.#consume());
  }

  async #consume(): Promise<void> {
    const records = this.#stream.take();
    const members = records.filter(isMemberChange);
    if (members.length > 0) await this.#handle(members);
    this.#isPolling = false;
    if (records.length > 0) this.poll();
  }
}

/** As the stack's filter has it. */
const isMemberChange = ({ dynamodb }: DynamoDBRecord): boolean =>
  dynamodb?.NewImage !== undefined && dynamodb.Keys?.pk?.S?.endsWith('#M') === true;
