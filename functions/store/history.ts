import { type BlockMove, blockOf, decodeBlock, encodeBlock } from '../../core/history-block.ts';
import { expiryOf } from '../../core/retention.ts';
import { digestOf, historyPartition } from './keys.ts';
import type { Table } from './table.ts';

/** The moves of one stream batch in one block of seqs. */
export interface BlockEntry {
  groupId: string;
  block: number;
  moves: BlockMove[];
}

/** Receipt history: wide rows with many members' moves, one partition per group and block. */
export class History {
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
  async record(entries: readonly BlockEntry[]): Promise<void> {
    await this.#table.putMany(
      entries.map(({ groupId, block, moves }) => {
        const encoded = encodeBlock(moves);
        return {
          pk: historyPartition(groupId, block),
          sk: digestOf(Buffer.from(encoded).toString('latin1')),
          moves: encoded,
          expiresAt: expiryOf(Math.max(...moves.map((move) => move.at)), this.#retentionDays),
        };
      }),
    );
  }

  /**
   * All recorded moves of the block that holds a seq. Read eventually: the newest moves stand in
   * the member rows anyway.
   */
  async around(groupId: string, seq: number): Promise<BlockMove[]> {
    const block = blockOf(seq);
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': historyPartition(groupId, block) },
    });
    return items.flatMap((item) => decodeBlock(item.moves as Uint8Array, block));
  }
}
