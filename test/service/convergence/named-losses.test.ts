import type { Story } from './support/story.ts';
import { tellStories } from './support/tell-stories.ts';

/** The same of frames and requests that were lost. */
const stories: Record<string, Story> = {
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
  '[SY3] a delivery whose frame was lost is told again with the heartbeat': {
    seed: 1,
    weather: 'rough',
    faults: { 'dan.phone.1.1 c1 > 3': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid dan' },
      { at: 1500, by: 'dan.phone.1', do: 'open', group: 'g1' },
      { at: 9000, by: 'ann.desk.1', do: 'send', group: 'g1', to: 'text' },
      { at: 20_000, by: 'ann.desk.1', do: 'open', group: 'g1' },
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
  '[PU1] what was missed is fetched, though a recall was missed as well': {
    seed: 2253,
    weather: 'long',
    faults: { 'cid.desk.1.1 h6': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 200, by: 'cid.desk.1', do: 'create', group: 'constructor', who: 'ann dan' },
      { at: 1740, by: 'cid.desk.1', do: 'open', group: 'g1' },
      { at: 14_120, by: 'cid.desk.1', do: 'goOffline', group: 'g1' },
      { at: 19_540, by: 'cid.desk.1', do: 'delete', group: 'g1' },
      { at: 22_560, by: 'bob.desk.1', do: 'send', group: 'g1', to: 'voice' },
      { at: 26_880, by: 'bob.desk.1', do: 'recall', group: 'g1', nth: 3 },
      { at: 29_120, by: 'cid.desk.1', do: 'goOnline' },
      { at: 34_880, by: 'bob.desk.1', do: 'send', group: 'g1', who: 'bob' },
    ],
  },
  '[PU4] what was read in private is counted, though that was lost': {
    seed: 2977,
    weather: 'long',
    faults: { 'bob.desk.1.2 c1 < 8': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 1620, by: 'bob.desk.1', do: 'open', group: 'direct' },
      { at: 5820, by: 'ann.desk.2', do: 'send', group: 'direct', to: 'voice' },
      { at: 19_760, by: 'bob.desk.2', do: 'receipts', group: 'g4', to: 'off' },
      { at: 23_980, by: 'bob.desk.1', do: 'reload', group: 'g1', to: 'close' },
      { at: 24_680, by: 'bob.desk.1', do: 'giveRole', group: 'g4', who: 'ann', to: 'owner' },
      { at: 26_280, by: 'ann.phone.1', do: 'send', group: 'g1', to: 'text' },
      { at: 31_900, by: 'bob.desk.1', do: 'readUpTo', group: 'direct', nth: 4 },
    ],
  },
};

tellStories(stories);
