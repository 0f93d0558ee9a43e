import { seenbyUnits } from '@seenby/core/costs/call-units.ts';
import { matrixUnits } from '@seenby/core/costs/other-designs.ts';
import { beforeAll, expect, it } from 'vitest';
import { readByAll } from '../../../bench/played/one-message.ts';
import { matrixName, playAll } from '../../../bench/played/play-all.ts';
import { dollarsFor, type Used } from '../../../bench/played/used.ts';
import { openInMemory } from './in-memory.ts';

const [members, messages, watching] = [30, 3, 10];
const marks = members - 1;
let seenby: Used;
let matrix: Used;
let toConnected: Used;
let ofEachMessage: Used;

beforeAll(async () => {
  const traffic = readByAll({ members, messages, watching, secondsBetweenReads: 0 });
  const only = ['Seenby', matrixName];
  const all = await playAll(await openInMemory(), traffic, { only, isMatrixToConnected: true });
  [seenby, matrix, toConnected, ofEachMessage] = all as [Used, Used, Used, Used];
});

it('a matrix that is played costs as computed, and tells whom it is said to tell', () => {
  const writes =
    messages * matrixUnits.sendWrites(members) + marks * matrixUnits.markWrites(messages, marks);
  expect(matrix.writeUnits).toBe(writes);
  expect(matrix.framesIn).toBe(messages + marks);
  // Nine of those who mark have the group open themselves.
  const told = marks * watching - (watching - 1);
  expect(matrix.framesOut).toBe(messages * (1 + members) + marks + told);
  expect(toConnected).toMatchObject({ writeUnits: writes, storedBytes: matrix.storedBytes });
  expect(toConnected.framesOut).toBe(messages * (1 + members) + marks + marks * (members - 1));
  const reads = messages * marks;
  expect(ofEachMessage.framesOut).toBe(messages * (1 + members) + marks + reads * (members - 1));
  expect(ofEachMessage.readUnits).toBe(toConnected.readUnits);
});

it('Seenby that is played takes the units of its calls, and few of pushes', () => {
  const calls = messages * seenbyUnits.sendWrites + marks * seenbyUnits.markWrites;
  const log = seenbyUnits.logWrites(marks, messages);
  expect(seenby.writeUnits).toBeGreaterThanOrEqual(calls + log);
  expect(seenby.writeUnits).toBeLessThan(calls + log + 15);
  expect(seenby.invocations.socket).toBe(messages + marks);
  expect(seenby.framesIn).toBe(messages + marks);
  // A send is confirmed, and comes to all. A mark is confirmed, and comes to the author.
  const withoutCounts = messages * (1 + members) + 2 * marks;
  const counts = seenby.framesOut - withoutCounts;
  expect(counts).toBeGreaterThanOrEqual(watching);
  expect(counts).toBeLessThanOrEqual(4 * watching);
  expect(counts % watching).toBe(0);
});

it('dollars are those of units, frames and functions', () => {
  const { database, frames, functions, together } = dollarsFor(matrix);
  expect(database).toBeCloseTo((0.625 * matrix.writeUnits + 0.125 * matrix.readUnits) / 1e6, 12);
  expect(frames).toBeCloseTo((matrix.framesIn + matrix.framesOut) / 1e6, 12);
  expect(together).toBeCloseTo(database + frames + functions, 12);
});
