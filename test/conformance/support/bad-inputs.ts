import { badContents } from './bad-contents.ts';
import { badIdentifiers } from './bad-identifiers.ts';
import type { BadInput } from './bad-input.ts';
import { badShapes } from './bad-shapes.ts';
import { badTargets } from './bad-targets.ts';

/** Everything that must be refused with the protocol's code and write nothing. */
export const badInputs: readonly BadInput[] = [
  ...badShapes,
  ...badIdentifiers,
  ...badContents,
  ...badTargets,
];
