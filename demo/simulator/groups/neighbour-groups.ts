import { createHash } from 'node:crypto';
import type { SeenbyClient } from '@seenby/client';
import type { Member } from '../people/member.ts';
import { addMember, makeGroup, type NewGroup, post } from './group-requests.ts';

interface Neighbour {
  group: Omit<NewGroup, 'memberIds'>;
  members: readonly Member[];
  /** Said in turn by the members; what begins with > is said by the new member, @ mentions the new member. */
  lines: readonly string[];
}

/** Smaller groups beside the demo group, for a list of groups with some life in it. */
export async function makeNeighbours(
  everyone: readonly Member[],
  newMember: SeenbyClient,
  newMemberId: string,
): Promise<void> {
  for (const neighbour of neighboursOf(everyone, newMemberId)) {
    if (await bringIn(neighbour, newMemberId)) await fill(neighbour, newMember, newMemberId);
  }
}

const neighboursOf = (everyone: readonly Member[], newMemberId: string): Neighbour[] => [
  {
    group: { groupId: 'town-hall', name: 'Town hall · 全员大会', tracking: 'positions' },
    members: everyNth(everyone, 3, 0),
    lines: [
      'The recording of the town hall is online',
      '大会的回放已经上线了',
      'Next one is in four weeks',
      'Please send your questions before Wednesday',
    ],
  },
  {
    group: { groupId: 'night-shift', name: 'Night shift · 夜班', visibility: 'sender' },
    members: everyNth(everyone, 8, 1),
    lines: [
      'All quiet so far',
      '>Handing over: two tickets left, both can wait',
      '收到,辛苦了',
      '>Thanks, good night!',
    ],
  },
  {
    group: { groupId: 'design-review', name: 'Design review · 设计评审' },
    members: everyNth(everyone, 12, 2),
    lines: [
      'New draft of the receipts panel is up',
      '看起来清爽多了',
      'The ring could be a little thinner',
      '@What do you think of the colours?',
      '@你也帮忙看一下吧,谢谢!',
    ],
  },
  {
    // As long as an id may be, the new member's would leave no room for more.
    group: { groupId: `direct-${digestOf(newMemberId)}`, name: 'Direct', kind: 'direct' },
    members: everyone.slice(3, 4),
    lines: ['Hi, welcome! 👋', '>Thanks, good to be here', 'Shout if you need anything'],
  },
];

const everyNth = (everyone: readonly Member[], n: number, offset: number): Member[] =>
  everyone.filter((_, i) => i % n === offset);

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** False when the new member has been in it before. */
async function bringIn({ group, members }: Neighbour, newMemberId: string): Promise<boolean> {
  const [owner, ...others] = members as [Member, ...Member[]];
  const memberIds = [...others.map(({ person }) => person.userId), newMemberId];
  if (await makeGroup(owner.client, { ...group, memberIds })) return true;
  if (group.kind === 'direct') return false;
  return addMember(owner.client, group.groupId, newMemberId, 'member');
}

async function fill(
  { group, members, lines }: Neighbour,
  newMember: SeenbyClient,
  newMemberId: string,
): Promise<void> {
  for (const [i, line] of lines.entries()) {
    const sender = line.startsWith('>') ? newMember : members[i % members.length]?.client;
    const mentions = line.startsWith('@') ? [newMemberId] : undefined;
    if (sender) await post(sender, group.groupId, line.replace(/^[>@]/, ''), mentions);
  }
}
