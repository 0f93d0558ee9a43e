import { expect, inject, it } from 'vitest';
import { readTableDefinition } from '../../support/in-process/table-definition.ts';
import { runStory } from './support/run-story.ts';
import type { Story } from './support/story.ts';

/** Stories that failed once, as short as they could be made, by what was wrong. */
const stories: Record<string, Story> = {
  '[PU1] a group that was made on one device is on the other': {
    seed: 27,
    weather: 'calm',
    faults: { 'ann.desk.1.1 h2': 2292 },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 300, by: 'ann.desk.1', do: 'create', group: 'g4', who: 'bob' },
      { at: 1540, by: 'ann.desk.2', do: 'open', group: 'g1' },
    ],
  },
  '[PU4] a list of groups that was lost is asked for again': {
    seed: 45,
    weather: 'rough',
    faults: { 'ann.desk.1.1 c1 > 1': 'lost', 'cid.desk.1.1 h2': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 1740, by: 'cid.desk.1', do: 'open', group: 'g1' },
      { at: 23_420, by: 'bob.desk.1', do: 'readUpTo', group: 'direct', nth: 3 },
    ],
  },
  '[PU1] a voice message played on a tab is read there': {
    seed: 34,
    weather: 'calm',
    faults: {},
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 1660, by: 'bob.desk.2', do: 'open', group: 'g1' },
      { at: 20_220, by: 'cid.desk.1', do: 'send', group: 'g1', to: 'voice' },
      { at: 29_940, by: 'bob.desk.2', do: 'play', group: 'g1', nth: 4 },
    ],
  },
  '[PU1] what is heard before the first list of groups holds against it': {
    seed: 30,
    weather: 'calm',
    faults: { 'bob.desk.1.1 c1 < 1': 3776 },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
    ],
  },
  '[RD5] a sender has read a message whose counts are asked for again': {
    seed: 15,
    weather: 'calm',
    faults: { 'ann.desk.2.1 c1 < 6': 2788 },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 200, by: 'cid.desk.1', do: 'create', group: 'constructor', who: 'ann dan' },
      { at: 1540, by: 'ann.desk.2', do: 'open', group: 'g1' },
      { at: 4820, by: 'ann.desk.2', do: 'add', group: 'g1', who: 'dan' },
      { at: 5140, by: 'ann.phone.1', do: 'send', group: 'g1', who: 'dan' },
      { at: 5160, by: 'ann.phone.1', do: 'add', group: 'g1', who: 'dan' },
      { at: 7260, by: 'cid.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 7560, by: 'ann.desk.2', do: 'receipts', group: 'g1', to: 'on' },
    ],
  },
  '[SY3] what a device did not get is not delivered by what it got later': {
    seed: 45,
    weather: 'long',
    faults: { 'ann.desk.1.1 c1 > 1': 'lost', 'ann.desk.1.1 c1 < 3': 2171 },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 200, by: 'cid.desk.1', do: 'create', group: 'constructor', who: 'ann dan' },
      { at: 300, by: 'ann.desk.1', do: 'create', group: 'g4', who: 'bob' },
      { at: 5940, by: 'dan.phone.1', do: 'send', group: 'constructor', who: 'ann' },
      { at: 7560, by: 'dan.phone.1', do: 'send', group: 'constructor', to: 'text' },
      { at: 8260, by: 'ann.desk.1', do: 'cut', group: 'constructor', to: 'clean' },
    ],
  },
  '[PU5] a tab that slept marks nothing in a group that the others lost': {
    seed: 496,
    weather: 'calm',
    faults: {},
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 1580, by: 'ann.phone.1', do: 'open', group: 'direct' },
      { at: 11_140, by: 'ann.desk.2', do: 'send', group: 'g1', to: 'text' },
      { at: 16_240, by: 'bob.desk.2', do: 'sleep', group: 'g4' },
      { at: 17_660, by: 'ann.phone.1', do: 'remove', group: 'g1', who: 'bob' },
      { at: 18_360, by: 'bob.desk.2', do: 'readAll', group: 'g1' },
    ],
  },
  '[TR7] receipts that may be seen no more are not shown where the chat is opened late': {
    seed: 108,
    weather: 'calm',
    faults: {},
    steps: [
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 8940, by: 'bob.desk.1', do: 'send', group: 'direct', who: 'ann' },
      { at: 17_280, by: 'ann.phone.1', do: 'readAllAndLeave', group: 'constructor' },
      { at: 17_500, by: 'bob.desk.2', do: 'shut', group: 'g4' },
      { at: 18_100, by: 'bob.desk.2', do: 'receipts', group: 'g1', to: 'off' },
      { at: 18_220, by: 'bob.desk.1', do: 'open', group: 'direct' },
    ],
  },
  '[PU1] what was read in private is counted on all devices of who read it': {
    seed: 667,
    weather: 'calm',
    faults: {},
    steps: [
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 1700, by: 'bob.phone.1', do: 'open', group: 'direct' },
      { at: 17_820, by: 'ann.desk.2', do: 'send', group: 'direct', who: 'cid' },
      { at: 31_080, by: 'ann.desk.1', do: 'receipts', group: 'g1', to: 'off' },
      { at: 35_780, by: 'bob.desk.1', do: 'readEverywhere', group: 'direct' },
    ],
  },
  '[PU4] counts of a message that came while those of others were asked for are asked for again': {
    seed: 996,
    weather: 'long',
    faults: {
      'ann.phone.1.1 c1 < 1': 'twice',
      'ann.phone.1.1 c1 > 3': 'lost',
      'ann.phone.1.1 h5': 'answer lost',
      'ann.phone.1.1 c1 < 10': 'lost',
    },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 300, by: 'ann.desk.1', do: 'create', group: 'g4', who: 'bob' },
      { at: 1580, by: 'ann.phone.1', do: 'open', group: 'g1' },
      { at: 2120, by: 'ann.desk.1', do: 'send', group: 'g1', who: 'bob' },
      { at: 17_220, by: 'ann.desk.2', do: 'send', group: 'g1', to: 'text' },
      { at: 22_740, by: 'bob.phone.1', do: 'see', group: 'g1', nth: 0 },
    ],
  },
  '[MS4] a state from before a recall that comes after it does not stay': {
    seed: 871,
    weather: 'calm',
    faults: { 'cid.phone.1.1 c1 > 4': 2995, 'cid.phone.1.1 c1 < 14': 2395 },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 200, by: 'cid.desk.1', do: 'create', group: 'constructor', who: 'ann dan' },
      { at: 1540, by: 'ann.desk.2', do: 'open', group: 'g1' },
      { at: 1780, by: 'cid.phone.1', do: 'open', group: 'g1' },
      { at: 2120, by: 'ann.desk.1', do: 'send', group: 'constructor', who: 'dan' },
      { at: 8760, by: 'bob.phone.1', do: 'send', group: 'g1', to: 'voice' },
      { at: 10260, by: 'dan.phone.1', do: 'send', group: 'constructor', to: 'voice' },
      { at: 12460, by: 'cid.desk.1', do: 'remind', group: 'constructor', nth: 1 },
      { at: 26360, by: 'bob.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 26460, by: 'cid.phone.1', do: 'markUnread', group: 'g1', nth: 0 },
      { at: 28600, by: 'ann.desk.2', do: 'recall', group: 'g1', nth: 5 },
    ],
  },
  '[RD9] a voice message that is played takes away a badge that was put back on its tab': {
    seed: 2011,
    weather: 'calm',
    faults: {},
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 8020, by: 'cid.phone.1', do: 'send', group: 'g1', to: 'voice' },
      { at: 12_460, by: 'bob.desk.1', do: 'markUnread', group: 'g1', nth: 4 },
      { at: 18_560, by: 'bob.desk.1', do: 'play', group: 'g1', nth: 1 },
    ],
  },
  '[CT2] who left and came back unnoticed shows nothing from before': {
    seed: 5048,
    weather: 'rough',
    faults: {},
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 1660, by: 'bob.desk.2', do: 'open', group: 'g1' },
      { at: 7320, by: 'ann.desk.2', do: 'send', group: 'g1', who: 'dan' },
      { at: 16_120, by: 'bob.desk.2', do: 'cut', group: 'g1', to: 'half' },
      { at: 16_340, by: 'ann.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 17_140, by: 'bob.desk.1', do: 'send', group: 'g1', who: 'ann' },
      { at: 21_140, by: 'bob.phone.1', do: 'remove', group: 'g1', who: 'bob' },
      { at: 24_760, by: 'ann.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 34_960, by: 'ann.desk.2', do: 'add', group: 'g1', who: 'bob' },
    ],
  },
  '[PU5] an answer that is late says nothing of a group that was lost meanwhile': {
    seed: 1188,
    weather: 'calm',
    faults: { 'cid.phone.1.1 c1 < 7': 3588 },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 200, by: 'cid.desk.1', do: 'create', group: 'constructor', who: 'ann dan' },
      { at: 1780, by: 'cid.phone.1', do: 'open', group: 'g1' },
      { at: 10_620, by: 'bob.phone.1', do: 'send', group: 'g1', to: 'text' },
      { at: 15_120, by: 'cid.phone.1', do: 'seeSome', group: 'g1', nth: 1 },
      { at: 15_820, by: 'ann.desk.2', do: 'delete', group: 'g1' },
    ],
  },
  '[RD7] a confirmation that comes after a badge was put back does not take it back': {
    seed: 4,
    weather: 'calm',
    faults: {},
    steps: [
      { at: 300, by: 'ann.desk.1', do: 'create', group: 'g4', who: 'bob' },
      { at: 1540, by: 'ann.desk.2', do: 'open', group: 'g1' },
      { at: 1580, by: 'ann.phone.1', do: 'open', group: 'g1' },
      { at: 3820, by: 'bob.desk.2', do: 'send', group: 'g4', to: 'voice' },
      { at: 5320, by: 'ann.phone.1', do: 'markUnread', group: 'g4', nth: 0 },
      { at: 5340, by: 'ann.desk.2', do: 'readAllAndLeave', group: 'g1' },
    ],
  },
  '[TR7] receipts that may be seen no more go though nobody was told: the heartbeat tells': {
    seed: 1,
    weather: 'rough',
    faults: { 'bob.desk.1.1 c1 < 5': 'lost', 'bob.desk.1.1 c1 < 6': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 600, by: 'ann.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 1500, by: 'bob.desk.1', do: 'open', group: 'g1' },
      { at: 9000, by: 'ann.desk.1', do: 'show', group: 'g1', to: 'sender' },
    ],
  },
  '[TR7] receipts come with a role though nobody was told of it: the heartbeat tells': {
    seed: 1,
    weather: 'rough',
    faults: { 'bob.desk.1.1 c1 < 11': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 600, by: 'ann.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 1500, by: 'bob.desk.1', do: 'open', group: 'g1' },
      { at: 6000, by: 'ann.desk.1', do: 'show', group: 'g1', to: 'admins' },
      { at: 14_000, by: 'ann.desk.1', do: 'giveRole', group: 'g1', who: 'bob', to: 'admin' },
    ],
  },
  '[PU4] counts that were lost are found missing by who sees those of own messages alone': {
    seed: 1,
    weather: 'rough',
    faults: { 'bob.desk.1.1 c1 < 14': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 600, by: 'ann.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 1500, by: 'bob.desk.1', do: 'open', group: 'g1' },
      { at: 3000, by: 'ann.desk.1', do: 'show', group: 'g1', to: 'sender' },
      { at: 4000, by: 'bob.desk.1', do: 'send', group: 'g1' },
      { at: 14_000, by: 'cid.desk.1', do: 'readAll', group: 'g1' },
    ],
  },
  '[SY5] what a page could not send is sent by another tab, and by the next page': {
    seed: 1,
    weather: 'calm',
    faults: {},
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 2000, by: 'ann.desk.2', do: 'open', group: 'g1' },
      { at: 2000, by: 'ann.phone.1', do: 'open', group: 'g1' },
      { at: 5000, by: 'ann.desk.1', do: 'goOffline' },
      { at: 5000, by: 'ann.phone.1', do: 'goOffline' },
      { at: 6000, by: 'ann.desk.1', do: 'send', group: 'g1' },
      { at: 6000, by: 'ann.phone.1', do: 'send', group: 'g1' },
      { at: 6100, by: 'ann.phone.1', do: 'send', group: 'g1' },
      { at: 7000, by: 'ann.desk.1', do: 'close', to: 'crash' },
      { at: 7000, by: 'ann.phone.1', do: 'close', to: 'crash' },
    ],
  },
};

const table = await readTableDefinition(inject('tableAssemblyDir'));

for (const [name, story] of Object.entries(stories)) {
  it(name, async () => {
    const { differences, compared } = await runStory(story, table);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
}
