import type { AttackClass } from './classes/attack-class.ts';
import { callerAttacks } from './classes/caller-attacks.ts';
import { contentAttacks } from './classes/content-attacks.ts';
import { tokenAttacks } from './classes/token-attacks.ts';

/** What was tried against the service, by class; docs/reliability.md shows it. */
export const attackClasses: readonly AttackClass[] = [
  ...tokenAttacks,
  ...callerAttacks,
  ...contentAttacks,
];

/** As docs/reliability.md has it. */
export const attackTable = (): string =>
  [
    '| Attack | Answer | Shown by |',
    '|---|---|---|',
    ...attackClasses.map(({ attack, answer, shownBy }) => {
      const files = [...new Set(shownBy.map(([file]) => `\`${nameOf(file)}\``))];
      return `| ${attack} | ${answer} | ${files.join(', ')} |`;
    }),
  ].join('\n');

/** Below `test`, where it does not begin with `packages`. */
const nameOf = (file: string): string => file.replace(/^test\//, '');
