import type { Move } from '../../core/member.ts';
import { receiptKinds } from '../../protocol/entities.ts';
import { fc } from './properties.ts';
import { rangeSets } from './seq-sets.ts';

/** A moment in 2026, so that times have the size of real ones. */
export const times: fc.Arbitrary<number> = fc
  .integer({ min: 0, max: 300 * 86_400_000 })
  .map((ms) => Date.UTC(2026, 0, 1) + ms);

export const kinds = fc.constantFrom(...receiptKinds);

export const moves: fc.Arbitrary<Move> = fc.record({
  kind: kinds,
  at: times,
  ranges: rangeSets.filter((set) => set.length > 0),
});
