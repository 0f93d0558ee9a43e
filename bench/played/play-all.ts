import { designs } from '../baselines/all-designs.ts';
import type { Traffic } from './acts.ts';
import type { InMemory } from './in-memory.ts';
import { playDesign, type Told } from './play-design.ts';
import { playSeenby } from './play-seenby.ts';
import type { Used } from './used.ts';

/** The design that the others are named after, and which tells everyone of every read. */
export const matrixName = 'a row per message and member';
export const toldConnected = ', all connected told';
export const toldEachMessage = ', all connected told of each message';

/** Whom the matrix tells of reads, and what it is called then. */
const tellings: readonly { name: string; told: Told }[] = [
  { name: '', told: { who: 'watching', in: 'one frame for a mark' } },
  { name: toldConnected, told: { who: 'connected', in: 'one frame for a mark' } },
  { name: toldEachMessage, told: { who: 'connected', in: 'a frame for each message' } },
];

export interface PlayOptions {
  /** Whether the matrix is also played telling all who are connected: of each mark, and of each message read. */
  isMatrixToConnected?: boolean;
  /** Whether Seenby is played a second time, where authors alone see who has read. */
  isToAuthors?: boolean;
  /** By name; all of them unless given. */
  only?: readonly string[];
  /** Told which design is being played. */
  say?: (what: string) => void;
}

/** Plays the same traffic against every design, Seenby first. */
export async function playAll(
  { definition, openPlace, keep = (_, compute) => compute() }: InMemory,
  traffic: Traffic,
  { isMatrixToConnected = false, isToAuthors = false, only, say = () => {} }: PlayOptions = {},
): Promise<Used[]> {
  const all: Used[] = [];
  const played = designs.filter(({ name }) => only?.includes(name) ?? true);
  for (const design of played) {
    say(design.name);
    if (design.table === 'stack') {
      all.push(await playSeenby(definition, traffic));
      if (!isToAuthors) continue;
      const used = await playSeenby(definition, { ...traffic, visibility: 'sender' });
      all.push({ ...used, design: `${used.design}, visibility \`sender\`` });
      continue;
    }
    const isToldInAllWays = isMatrixToConnected && design.name === matrixName;
    const told = isToldInAllWays ? tellings : tellings.slice(0, 1);
    const kinds = told.map((each) => each.told);
    const used = await keep([design.name, kinds, traffic], async () =>
      playDesign(design, await openPlace(design), traffic, kinds),
    );
    all.push(...used.map((each, i) => ({ ...each, design: design.name + told[i]?.name })));
  }
  return all;
}
