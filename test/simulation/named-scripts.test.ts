import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import {
  readTableDefinition,
  type TableDefinition,
} from '../support/in-process/table-definition.ts';
import { GroupView } from './people/group-view.ts';
import { runScript } from './script/run-script.ts';
import { deviceNames, type Script, type Step } from './script/script.ts';
import { Simulation } from './script/simulation.ts';
import { silence } from './silence.ts';

let definition: TableDefinition;
let speak = () => {};
beforeAll(async () => {
  definition = await readTableDefinition(inject('tableAssemblyDir'));
  speak = silence();
});
afterAll(() => speak());

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

it('[RD10] a mark that changes nothing, of a group that was read before the row, keeps the position', () =>
  expectToHold(
    [
      { afterMs: 689, do: 'send', by: 'ann.1', group: 'team', who: 'eve', at: 0.599 },
      { afterMs: 858, do: 'read one', by: 'ann.1', group: 'team', who: 'ann', at: 0.635 },
      { afterMs: 0, do: 'fault', to: 'database: request lost', skip: 1 },
      { afterMs: 481, do: 'send', by: 'ann.1', group: 'team', who: 'dan', at: 0.557 },
      { afterMs: 276, do: 'send', by: 'bob.1', group: 'team', who: 'dan', at: 0.113 },
    ],
    { seed: 62, devices: ['ann.1', 'ann.2', 'bob.1', 'cid.1'], maxSkewMs: 300_000 },
  ));

it('[SY1] who loads messages while one is still being stored asks again for those behind it', () =>
  expectToHold(
    [
      { afterMs: 850, do: 'look at lists', by: 'cid.1', group: 'team', who: 'dan', at: 0.296 },
      { afterMs: 1037, do: 'break off', by: 'ann.1', group: 'club', who: 'eve', at: 0.286 },
      { afterMs: 0, do: 'fault', to: 'database: slow', skip: 2 },
      { afterMs: 889, do: 'send', by: 'bob.1', group: 'team', who: 'bob', at: 0.645 },
      { afterMs: 25, do: 'send', by: 'ann.2', group: 'team', who: 'ann', at: 0.237 },
    ],
    { seed: 30, devices: ['ann.1', 'ann.2', 'bob.1', 'cid.1'], hasExtras: true },
  ));

it('[PU4] versions begin anew after a restore', () =>
  expectToHold(
    [
      { afterMs: 12, do: 'send', by: 'ann.1', group: 'team', who: 'cid', at: 0.544 },
      { afterMs: 473, do: 'remove', by: 'ann.1', group: 'team', who: 'ann', at: 0.91 },
      { afterMs: 0, do: 'fault', to: 'database: server error', skip: 8 },
      { afterMs: 1115, do: 'read some', by: 'eve.1', group: 'pair', who: 'bob', at: 0.343 },
      { afterMs: 0, do: 'fault', to: 'database: slow', skip: 11 },
      { afterMs: 28, do: 'recall', by: 'eve.1', group: 'team', who: 'cid', at: 0.494 },
      { afterMs: 0, do: 'fault', to: 'post: stuck', skip: 7 },
      { afterMs: 142, do: 'add', by: 'cid.1', group: 'team', who: 'dan', at: 0.692 },
      { afterMs: 482, do: 'remove', by: 'dan.1', group: 'team', who: 'dan', at: 0.178 },
      { afterMs: 100, do: 'restore', by: 'ann.2' },
    ],
    { seed: 267, hasExtras: true },
  ));

it('[RD2] what was played goes with its message, and not before', () =>
  expectToHold(
    [
      { afterMs: 1, do: 'send', by: 'ann.1', group: 'team', who: 'cid', at: 0.405 },
      { afterMs: 1064, do: 'play', by: 'ann.1', group: 'team', who: 'cid', at: 0.824 },
      { afterMs: 495, do: 'put back', by: 'ann.2', group: 'team', who: 'bob', at: 0.717 },
      { afterMs: 100, do: 'stream outage', by: 'cid.1' },
      { afterMs: 100, do: 'let a day pass', at: 1 },
      { afterMs: 100, do: 'let a day pass', at: 1 },
      { afterMs: 100, do: 'let a day pass', at: 1 },
    ],
    {
      ...{ seed: 348, devices: ['ann.1', 'ann.2', 'bob.1', 'cid.1', 'dan.1'] },
      ...{ retentionDays: 2, hasExtras: true },
    },
  ));

it('[SY1] who puts a badge back while asking for their new role shows the role', () =>
  expectToHold(
    [
      { afterMs: 1081, do: 'send', by: 'ann.1', group: 'team', who: 'cid', at: 0.127 },
      { afterMs: 1596, do: 'look at counts', by: 'cid.1', group: 'team', who: 'ann', at: 0.439 },
      { afterMs: 64, do: 'add', by: 'bob.1', group: 'club', who: 'dan', at: 0.496 },
      { afterMs: 1922, do: 'change role', by: 'ann.1', group: 'team', who: 'cid', at: 0.859 },
      { afterMs: 127, do: 'read up to', by: 'eve.1', group: 'pair', who: 'bob', at: 0.198 },
      { afterMs: 0, do: 'fault', to: 'database: answer lost', skip: 6 },
      { afterMs: 720, do: 'recall', by: 'ann.1', group: 'pair', who: 'ann', at: 0.96 },
      { afterMs: 11, do: 'put back', by: 'cid.1', group: 'team', who: 'dan', at: 0.85 },
    ],
    { seed: 674, devices: ['ann.1', 'bob.1', 'cid.1', 'eve.1'], retentionDays: 2 },
  ));

it('[RD10] what a restored service answers before it has told a device so may go back', () => {
  const script = { ...usual, devices: ['bob.1'], seed: 1, steps: [] };
  const simulation = new Simulation(script, definition);
  const shown: GroupStatus = {
    ...{ groupId: 'team', name: 'team', role: 'member', tracking: 'receipts' },
    ...{ visibility: 'members', readSeq: 6, unreadCount: 1, mentionCount: 0, lastSeq: 7 },
    stateVersion: 20,
  };
  const device = simulation.devices.get('bob.1');
  const take = () => device?.onOwn({ ...shown, readSeq: 5, lastSeq: 5 }, new GroupView(shown));
  take();
  expect(simulation.findings.wrong).toHaveLength(1);
  if (device) device.isBehindRestore = true;
  take();
  expect(simulation.findings.wrong).toHaveLength(1);
});
