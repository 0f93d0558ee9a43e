import { createHash } from 'node:crypto';
import type { SeenbyClient } from '../client/index.ts';
import { addMember, makeGroup, type NewGroup, post } from './group-requests.ts';
import type { Member } from './member.ts';

interface Neighbour {
  group: Omit<NewGroup, 'memberIds'>;
  members: readonly Member[];
  /** Said in turn by the members; what begins with > is said by the guest, @ mentions the guest. */
  lines: readonly string[];
}

/** Smaller groups beside the ready one, for a list of groups with some life in it. */
export async function makeNeighbours(
  everyone: readonly Member[],
  guest: SeenbyClient,
  guestId: string,
): Promise<void> {
  for (const neighbour of neighboursOf(everyone, guestId)) {
    if (await bringIn(neighbour, guestId)) await fill(neighbour, guest, guestId);
  }
}

const neighboursOf = (everyone: readonly Member[], guestId: string): Neighbour[] => [
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
    // As long as an id may be, the guest's would leave no room for more.
    group: { groupId: `direct-${digestOf(guestId)}`, name: 'Direct', kind: 'direct' },
    members: everyone.slice(3, 4),
    lines: ['Hi, welcome! 👋', '>Thanks, good to be here', 'Shout if you need anything'],
  },
];

const everyNth = (everyone: readonly Member[], n: number, offset: number): Member[] =>
  everyone.filter((_, i) => i % n === offset);

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** False when the guest has been in it before. */
async function bringIn({ group, members }: Neighbour, guestId: string): Promise<boolean> {
  const [owner, ...others] = members as [Member, ...Member[]];
  const memberIds = [...others.map(({ person }) => person.userId), guestId];
  if (await makeGroup(owner.client, { ...group, memberIds })) return true;
  if (group.kind === 'direct') return false;
  return addMember(owner.client, group.groupId, guestId, 'member');
}

async function fill(
  { group, members, lines }: Neighbour,
  guest: SeenbyClient,
  guestId: string,
): Promise<void> {
  for (const [i, line] of lines.entries()) {
    const sender = line.startsWith('>') ? guest : members[i % members.length]?.client;
    const mentions = line.startsWith('@') ? [guestId] : undefined;
    if (sender) await post(sender, group.groupId, line.replace(/^[>@]/, ''), mentions);
  }
}
