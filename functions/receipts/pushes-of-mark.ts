import type { GroupState } from '@seenby/core/group.ts';
import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { OwnState, ReceiptKind } from '@seenby/protocol/entities.ts';
import type { Push } from '../push/recipients/push.ts';
import type { Caller, Service } from '../service/service.ts';

/** Readers of a message whose author gets a receipt of each, in groups of thousands. */
const maxReceiptsPerMessage = 500;

/** What a mark added that others may know of. */
export interface NewReceipt {
  seqs: RangeSet;
  kind: ReceiptKind;
  at: number;
}

/**
 * What a mark gives reason to push: the new position to the reader's other devices, and the receipt
 * to the authors of the messages. Who has the group open gets its counts by the fan-out, not here.
 */
export function pushesOfMark(
  service: Service,
  { userId, connectionId }: Caller,
  group: GroupState,
  state: OwnState,
  { seqs, kind, at }: NewReceipt,
): Push[] {
  const isShown = group.tracking === 'receipts' && seqs.length > 0;
  const watchers: Push[] = isShown
    ? [{ to: 'watchers', group, readerId: userId, kind, seqs, at }]
    : [];
  if (kind === 'delivered') return watchers;
  const position: Push = {
    to: 'users',
    userIds: [userId],
    except: connectionId,
    frame: { type: 'read_position', ...state },
  };
  if (!isShown || isThinnedOut(service, group)) return [position, ...watchers];
  const receipt = { group, readerId: userId, kind, seqs, at };
  return [{ to: 'authors', ...receipt }, position, ...watchers];
}

/** The author, who is no reader, hears of a random part of thousands; the counts bring all of them. */
const isThinnedOut = ({ random }: Service, { lastOrdinal }: GroupState): boolean =>
  random() * (lastOrdinal - 1) >= maxReceiptsPerMessage;
