import { designs } from '../baselines/all-designs.ts';
import type { Traffic } from './acts.ts';
import type { InMemory } from './in-memory.ts';
import { playDesign, type Told } from './play-design.ts';
import { playSeenby } from './play-seenby.ts';
import type { Used } from './used.ts';

/** The design that the others are named after, and which tells everyone of every read. */
export const matrixName = 'a row per message and member';
export const toldConnected = ', all connected told';

export interface PlayOptions {
  /** Whether the matrix is played a second time, telling all who are connected of each mark. */
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
    const kinds: Told[] =
      isMatrixToConnected && design.name === matrixName ? ['watching', 'connected'] : ['watching'];
    const [used, told] = await keep([design.name, kinds, traffic], async () =>
      playDesign(design, await openPlace(design), traffic, kinds),
    );
    if (used) all.push(used);
    if (told) all.push({ ...told, design: `${matrixName}${toldConnected}` });
  }
  return all;
}
