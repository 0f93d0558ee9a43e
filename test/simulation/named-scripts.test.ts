import { beforeAll, expect, inject, it } from 'vitest';
import {
  readTableDefinition,
  type TableDefinition,
} from '../support/in-process/table-definition.ts';
import { runScript } from './script/run-script.ts';
import { deviceNames, type Script, type Step } from './script/script.ts';

let definition: TableDefinition;
beforeAll(async () => {
  definition = await readTableDefinition(inject('tableAssemblyDir'));
});

const usual = { losesPushes: false, retentionDays: 30, maxSkewMs: 0, hasExtras: false } as const;

/** Scripts that once broke a property, each as short as it could be made. */
async function expectToHold(steps: readonly Step[], more: Partial<Script>): Promise<void> {
  const { wrong } = await runScript(
    { ...usual, devices: deviceNames, seed: 1, ...more, steps },
    definition,
  );
  expect(wrong).toEqual([]);
}

it('[RD7] a badge that is put back again is written once', () =>
  // This seed repeats `mark_unread` when all is quiet.
  expectToHold([], { seed: 4 }));

it('[RD9] who plays a message asks where they stand, since no answer says so', () =>
  expectToHold(
    [
      { afterMs: 385, do: 'send', by: 'ann.1', group: 'club', who: 'ann', at: 0.802 },
      { afterMs: 623, do: 'play', by: 'dan.1', group: 'club', who: 'bob', at: 0.858 },
    ],
    { seed: 20, maxSkewMs: 300_000 },
  ));
