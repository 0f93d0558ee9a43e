import { newReceiptEvents } from '@seenby/core/reading/marking.ts';
import { splitReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import type { Service } from '../service/service.ts';
import type { LogEntry } from '../store/receipt-log.ts';
import type { MemberChange } from '../stream/member-change.ts';

/**
 * Writes the receipt events of a whole batch as one wide row per block of seqs. Rows merge by union and
 * earliest time, so a batch that comes twice, late or out of order changes nothing.
 */
export async function recordReceipts(
  service: Service,
  changes: readonly MemberChange[],
): Promise<void> {
  const entries = new Map<string, LogEntry>();
  for (const { groupId, before, after } of changes) {
    for (const event of newReceiptEvents(before?.receiptEvents ?? [], after.receiptEvents)) {
      for (const { block, ...logged } of splitReceiptEvent(after.ordinal, event)) {
        const name = `${groupId} ${block}`;
        const entry = entries.get(name) ?? { groupId, block, receiptEvents: [] };
        entry.receiptEvents.push(logged);
        entries.set(name, entry);
      }
    }
  }
  await service.receiptLog.record([...entries.values()]);
}
