import type { Story } from './support/story.ts';
import { tellStories } from './support/tell-stories.ts';

/** The same of tables that were restored. */
const stories: Record<string, Story> = {
  '[PU1] what a restored table has besides what a screen showed is loaded': {
    seed: 6,
    weather: 'rough',
    faults: { 'ann.desk.2.1 c1 < 1': 2296 },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 1700, by: 'bob.phone.1', do: 'open', group: 'g1' },
      { at: 10_561, by: 'ann.desk.1', do: 'backUp' },
      { at: 15_280, by: 'ann.desk.2', do: 'send', group: 'g1', who: 'ann' },
      { at: 17_500, by: 'bob.phone.1', do: 'send', group: 'g1', to: 'voice' },
      { at: 17_501, by: 'ann.desk.1', do: 'restore' },
      { at: 26_260, by: 'bob.phone.1', do: 'wake' },
    ],
  },
  '[RD10] what was heard before a first list of groups that was lost does not outlive a restore': {
    seed: 219,
    weather: 'long',
    faults: { 'cid.phone.1.1 c1 > 1': 'lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 1780, by: 'cid.phone.1', do: 'open', group: 'constructor' },
      { at: 4720, by: 'cid.desk.1', do: 'type', group: 'constructor' },
      { at: 6241, by: 'ann.desk.1', do: 'backUp' },
      { at: 7760, by: 'ann.phone.1', do: 'send', group: 'g1', who: 'bob' },
      { at: 8360, by: 'cid.desk.1', do: 'see', group: 'g1', nth: 1 },
      { at: 11_801, by: 'ann.desk.1', do: 'restore' },
    ],
  },
  '[RD5] what a member sent themselves is passed by the positions of those who came after it': {
    seed: 288,
    weather: 'rough',
    faults: { 'ann.desk.2.1 h6': 'answer lost' },
    steps: [
      { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
      { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
      { at: 300, by: 'ann.desk.1', do: 'create', group: 'g4', who: 'bob' },
      { at: 1780, by: 'cid.phone.1', do: 'open', group: 'g1' },
      { at: 2520, by: 'ann.desk.2', do: 'giveRole', group: 'g1', who: 'cid', to: 'admin' },
      { at: 2920, by: 'ann.desk.2', do: 'rename', group: 'g4', to: 'Blue' },
      { at: 7620, by: 'ann.desk.2', do: 'remove', group: 'direct', who: 'cid' },
      { at: 7621, by: 'ann.desk.1', do: 'backUp' },
      { at: 11_720, by: 'ann.phone.1', do: 'send', group: 'constructor', to: 'text' },
      { at: 24_760, by: 'cid.phone.1', do: 'send', group: 'g1', who: 'bob' },
      { at: 24_761, by: 'ann.desk.1', do: 'restore' },
      { at: 70_160, by: 'ann.desk.1', do: 'rename', group: 'g1', to: 'Red' },
      { at: 72_960, by: 'ann.phone.1', do: 'send', group: 'g1', to: 'voice' },
      { at: 73_260, by: 'ann.phone.1', do: 'sleep', group: 'g1' },
      { at: 76_260, by: 'ann.phone.1', do: 'wake' },
    ],
  },
};

tellStories(stories);
