import { dayMs } from '@seenby/core/day.ts';
import type { ReceiptEvent } from '@seenby/core/members/member.ts';
import { receiptKinds } from '@seenby/protocol/enums.ts';
import { fc } from '../../../support/properties.ts';
import { rangeSets } from '../ranges/seq-sets.ts';

/** A moment in 2026, so that times have the size of real ones. */
export const times: fc.Arbitrary<number> = fc
  .integer({ min: 0, max: 300 * dayMs })
  .map((ms) => Date.UTC(2026, 0, 1) + ms);

export const kinds = fc.constantFrom(...receiptKinds);

export const receiptEvents: fc.Arbitrary<ReceiptEvent> = fc.record({
  kind: kinds,
  at: times,
  ranges: rangeSets.filter((set) => set.length > 0),
});
