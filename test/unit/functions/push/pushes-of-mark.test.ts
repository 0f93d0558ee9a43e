import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import { expect, it } from 'vitest';
import { pushesOfMark } from '../../../../functions/receipts/pushes-of-mark.ts';
import type { Service } from '../../../../functions/service/service.ts';
import { aGroup } from '../../../support/fixtures/a-group.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';

/** Whether the author is told of a read by one of `members`, where chance has drawn this. */
function tellsAuthor(members: number, drawn: number): boolean {
  const group = aGroup({ lastOrdinal: members, lastSeq: 1 });
  const service = { random: () => drawn } as Service;
  const receipt = { seqs: setOfSeqs([1]), kind: 'read' as const, at: 0 };
  const state = ownStateOf(aMember(), group, 0);
  const pushes = pushesOfMark(service, { userId: 'bob' }, group, state, receipt);
  return pushes.some(({ to }) => to === 'authors');
}

const almostOne = 1 - Number.EPSILON;

it('[PU2] the author is told of each of 500 readers, and of some where there are more', () => {
  expect(tellsAuthor(501, almostOne)).toBe(true);
  expect(tellsAuthor(502, almostOne)).toBe(false);
  expect(tellsAuthor(5000, 0.1)).toBe(true);
  expect(tellsAuthor(5000, 0.11)).toBe(false);
});
