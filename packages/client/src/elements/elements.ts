import { SeenbyBadge } from './badge/seenby-badge.ts';
import type { ElementGroup } from './base/client-context.ts';
import { SeenbyFacepile } from './facepile/seenby-facepile.ts';
import { SeenbyReadBy } from './read-by/seenby-read-by.ts';
import { SeenbyReaders } from './readers/seenby-readers.ts';
import { SeenbyTicks } from './ticks/seenby-ticks.ts';

export { type ElementClient, type ElementGroup, provideClient } from './base/client-context.ts';
export type { Person } from './people/person.ts';
export { csvOf } from './readers/csv.ts';
export { type CsvLine, toCsv } from './readers/to-csv.ts';
export type { Words } from './text/en.ts';
export { addTexts } from './text/texts.ts';
export type { SeenbyBadge, SeenbyFacepile, SeenbyReadBy, SeenbyReaders, SeenbyTicks };

const elements = {
  'seenby-badge': SeenbyBadge,
  'seenby-facepile': SeenbyFacepile,
  'seenby-read-by': SeenbyReadBy,
  'seenby-readers': SeenbyReaders,
  'seenby-ticks': SeenbyTicks,
};

/** The message that somebody wants to know more of. */
interface OpenDetail {
  group: ElementGroup;
  seq: number;
}

declare global {
  interface HTMLElementTagNameMap {
    'seenby-badge': SeenbyBadge;
    'seenby-facepile': SeenbyFacepile;
    'seenby-read-by': SeenbyReadBy;
    'seenby-readers': SeenbyReaders;
    'seenby-ticks': SeenbyTicks;
  }
  interface HTMLElementEventMap {
    'seenby-open': CustomEvent<OpenDetail>;
    'seenby-reminded': CustomEvent<OpenDetail & { reminded: number; reached: number }>;
  }
}

// On a server there is nothing to register with; a page may load this twice.
if (typeof customElements !== 'undefined') {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
