import { blockOf, type LoggedReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import { expiryOf } from '@seenby/core/retention.ts';
import { decodeBlock, encodeBlock } from './codecs/receipt-log-codec.ts';
import { digestOf } from './dynamodb/digest.ts';
import { receiptLogPartition } from './dynamodb/keys.ts';
import type { Table } from './dynamodb/table.ts';

/** The receipt events of one stream batch in one block of seqs. */
export interface LogEntry {
  groupId: string;
  block: number;
  receiptEvents: LoggedReceiptEvent[];
}

/** The receipt log: wide rows with many members' receipt events, one partition per group and block. */
export class ReceiptLog {
  readonly #table: Table;
  readonly #retentionDays: number;

  constructor(table: Table, retentionDays: number) {
    this.#table = table;
    this.#retentionDays = retentionDays;
  }

  /**
   * An entry is named by what it says: the same batch handled twice writes the same item twice, and
   * a batch that was cut otherwise the second time takes nothing away from the first.
   */
  async record(entries: readonly LogEntry[]): Promise<void> {
    await this.#table.putMany(
      entries.map(({ groupId, block, receiptEvents }) => {
        const encoded = encodeBlock(receiptEvents);
        return {
          pk: receiptLogPartition(groupId, block),
          sk: digestOf(Buffer.from(encoded).toString('latin1')),
          moves: encoded,
          expiresAt: expiryOf(
            Math.max(...receiptEvents.map((event) => event.at)),
            this.#retentionDays,
          ),
        };
      }),
    );
  }

  /**
   * All recorded receipt events of the block that holds a seq. Read eventually: the newest receipt events stand in
   * the member rows anyway.
   */
  async around(groupId: string, seq: number): Promise<LoggedReceiptEvent[]> {
    const block = blockOf(seq);
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': receiptLogPartition(groupId, block) },
    });
    return items.flatMap((item) => decodeBlock(item.moves as Uint8Array, block));
  }
}
