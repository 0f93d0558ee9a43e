import { expect, it } from 'vitest';
import { matrixName, playAll } from '../../../bench/played/play-all.ts';
import { dayTraffic, usualDay } from '../../../bench/played/working-day.ts';
import { ratiosToMatrix } from '../../../bench/scenarios/working-day.ts';
import { openInMemory } from './in-memory.ts';

/** A part of the day that `npm run bench -- working-day` plays: its rates are the same. */
const part = { ...usualDay, messages: 10, hours: (8 * 10) / 1000 };

it('a working day costs a fraction of a matrix that tells everyone of every read', async () => {
  const inMemory = await openInMemory();
  const all = await playAll(inMemory, dayTraffic(part), {
    only: ['Seenby', matrixName],
    isMatrixToConnected: true,
  });
  const ratios = ratiosToMatrix(all);
  console.log(`A matrix takes so many times as much: ${JSON.stringify(ratios)}`);
  expect(ratios.database).toBeGreaterThanOrEqual(6.8);
  expect(ratios.frames).toBeGreaterThanOrEqual(19);
  expect(ratios.framesOfEachMessage).toBeGreaterThanOrEqual(24);
  expect(ratios.bytes).toBeGreaterThanOrEqual(30);
});
