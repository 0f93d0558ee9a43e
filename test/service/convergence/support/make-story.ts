import { isNotYet } from './not-yet.ts';
import { lonelyTabNames, tabNames, userIds } from './people/world.ts';
import { seeded } from './seeded.ts';
import type { Step, Story } from './story.ts';

const minSteps = 20;
const spreadSteps = 25;
const lonelyEvery = 5;
const quietMs = 5000;
const groupIds = ['g1', 'direct', 'constructor', 'g4'];
const names = ['Blue', 'Green', 'Red'];

interface Draw {
  below(n: number): number;
  one<T>(of: readonly T[]): T;
}

type Details = Omit<Step, 'at' | 'by' | 'do' | 'group'>;

interface Kind {
  weight: number;
  do: string;
  draw?: (draw: Draw) => Details;
  /** Followed by this some seconds later. */
  undo?: string;
}

const nth = ({ below }: Draw): Details => ({ nth: below(6) });
const who = ({ one }: Draw): Details => ({ who: one(userIds) });
const end = ({ one }: Draw): Details => ({ to: one(['close', 'crash']) });

const kinds: readonly Kind[] = [
  { weight: 14, do: 'send', draw: ({ one }) => ({ to: one(['text', 'text', 'voice']) }) },
  { weight: 5, do: 'send', draw: who },
  { weight: 6, do: 'readAll' },
  { weight: 6, do: 'readUpTo', draw: nth },
  { weight: 6, do: 'see', draw: nth },
  { weight: 4, do: 'seeSome', draw: nth },
  { weight: 4, do: 'markUnread', draw: nth },
  { weight: 3, do: 'play', draw: nth },
  { weight: 5, do: 'recall', draw: nth },
  { weight: 3, do: 'remind', draw: nth },
  { weight: 2, do: 'remind', draw: (draw) => ({ ...nth(draw), ...who(draw) }) },
  { weight: 1, do: 'type' },
  { weight: 2, do: 'older' },
  { weight: 2, do: 'readEverywhere' },
  { weight: 3, do: 'readAllAndLeave' },
  { weight: 3, do: 'rename', draw: ({ one }) => ({ to: one(names) }) },
  { weight: 3, do: 'track', draw: ({ one }) => ({ to: one(['positions', 'receipts']) }) },
  { weight: 3, do: 'show', draw: ({ one }) => ({ to: one(['members', 'sender', 'admins']) }) },
  {
    ...{ weight: 4, do: 'giveRole' },
    draw: ({ one }) => ({ who: one(userIds), to: one(['admin', 'member', 'admin', 'owner']) }),
  },
  { weight: 4, do: 'add', draw: who },
  { weight: 3, do: 'remove', draw: who },
  { weight: 2, do: 'leave' },
  { weight: 1, do: 'delete' },
  { weight: 2, do: 'receipts', draw: ({ one }) => ({ to: one(['on', 'off']) }) },
  { weight: 5, do: 'open' },
  { weight: 2, do: 'shut' },
  { weight: 2, do: 'hide', undo: 'look' },
  { weight: 3, do: 'sleep', undo: 'wake' },
  { weight: 3, do: 'cut', draw: () => ({ to: 'clean' }) },
  { weight: 2, do: 'cut', draw: () => ({ to: 'half' }) },
  { weight: 2, do: 'goOffline', undo: 'goOnline' },
  { weight: 2, do: 'reload', draw: end },
  { weight: 1, do: 'close', draw: end },
  {
    ...{ weight: 1, do: 'setClock' },
    draw: ({ one }) => ({ to: one(['-600000', '0', '600000']) }),
  },
];

/** A story like any other, of everything that users and networks do. */
export function makeStory(seed: number): Story {
  const random = seeded(seed);
  const below = (n: number) => Math.floor(random() * n);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const draw: Draw = { below, one };
  // What a device got for its user hides what another one did not: some stories have one of each user.
  const isLonely = seed % lonelyEvery === 0;
  const tabs = isLonely ? lonelyTabNames : tabNames;
  const steps = beginning(draw, isLonely ? [] : tabs);
  const able = kinds.filter((kind) => !isNotYet(kind.do));
  const count = minSteps + below(spreadSteps);
  let at = steps.at(-1)?.at ?? 0;
  for (let i = 0; i < count; i++) {
    at += one([0, 20, 100, 300, 700, 1500, 4000]);
    steps.push(...stepsOf(pick(able, random()), at, draw, tabs));
  }
  const weather = one(['calm', 'calm', 'rough', 'long'] as const);
  steps.push(...ending(draw, at + quietMs, tabs));
  return { seed, weather, steps: steps.sort((a, b) => a.at - b.at) };
}

/** A group of three, a direct chat, a group that not all know, and screens that show some of them. */
function beginning({ one }: Draw, tabs: readonly string[]): Step[] {
  const opened = tabs.map((by, i) => ({
    ...{ at: 1500 + 40 * i, by, do: 'open', group: one(['g1', 'g1', 'direct', 'constructor']) },
  }));
  return [
    { at: 0, by: 'ann.desk.1', do: 'create', group: 'g1', who: 'bob cid' },
    { at: 100, by: 'bob.desk.1', do: 'create', group: 'direct', who: 'ann', to: 'direct' },
    { at: 200, by: 'cid.desk.1', do: 'create', group: 'constructor', who: 'ann dan' },
    { at: 300, by: 'ann.desk.1', do: 'create', group: 'g4', who: 'bob' },
    ...opened,
  ];
}

/** Badges are put back, where there are other tabs, when all else is over: nothing that comes later mends them. */
function ending({ below, one }: Draw, at: number, tabs: readonly string[]): Step[] {
  const desks = tabs.filter((tab) => tab.includes('desk'));
  const groups = one([groupIds, ['g1', 'direct'], ['g1', 'g4']]);
  return groups.map((group) => ({ at, by: one(desks), do: 'markUnread', group, nth: below(6) }));
}

function stepsOf(kind: Kind, at: number, draw: Draw, tabs: readonly string[]): Step[] {
  const by = draw.one(tabs);
  const group = draw.one([...groupIds, 'g1', 'g1']);
  const step = { at, by, do: kind.do, group, ...kind.draw?.(draw) };
  const undone = { at: at + draw.one([500, 3000, 15_000]), by, do: kind.undo ?? '' };
  return kind.undo ? [step, undone] : [step];
}

function pick(of: readonly Kind[], random: number): Kind {
  const all = of.flatMap((kind) => Array<Kind>(kind.weight).fill(kind));
  return all[Math.floor(random * all.length)] as Kind;
}
