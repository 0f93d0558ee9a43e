import { createHash } from 'node:crypto';
import type { Language } from '../people/language.ts';
import type { Member } from '../people/member.ts';
import { addMember, makeGroup, type NewGroup, post } from './group-requests.ts';

interface Neighbour {
  group: Omit<NewGroup, 'memberIds'>;
  members: readonly Member[];
  /** Said in turn by the members; what begins with @ mentions the new member. */
  lines: readonly string[];
}

interface Written {
  name: string;
  lines: readonly string[];
}

const texts: Record<Language, Record<'townHall' | 'nightShift' | 'design' | 'direct', Written>> = {
  en: {
    townHall: {
      name: 'Town hall',
      lines: [
        'The recording of the town hall is online',
        'Next one is in four weeks',
        'Please send your questions before Wednesday',
      ],
    },
    nightShift: {
      name: 'Night shift',
      lines: ['All quiet so far', 'Two tickets left, both can wait', 'Thanks, good night!'],
    },
    design: {
      name: 'Design review',
      lines: [
        'New draft of the receipts panel is up',
        'The ring could be a little thinner',
        '@What do you think of the colours?',
      ],
    },
    direct: { name: 'Direct', lines: ['Hi, welcome! 👋', 'Shout if you need anything'] },
  },
  zh: {
    townHall: {
      name: '全员大会',
      lines: ['大会的回放已经上线了', '下一次在四周之后', '问题请在周三之前发给我'],
    },
    nightShift: { name: '夜班', lines: ['目前一切正常', '还剩两个工单，都不急', '辛苦了，晚安！'] },
    design: {
      name: '设计评审',
      lines: ['回执面板的新稿已经放出来了', '圆环可以再细一点', '@你觉得配色怎么样？'],
    },
    direct: { name: 'Direct', lines: ['你好，欢迎！👋', '有什么需要随时叫我'] },
  },
};

/** Smaller groups beside the demo group, for a list of groups with some life in it. */
export async function makeNeighbours(
  everyone: readonly Member[],
  newMemberId: string,
  language: Language,
): Promise<void> {
  for (const neighbour of neighboursOf(everyone, newMemberId, language)) {
    if (await bringIn(neighbour, newMemberId)) await fill(neighbour, newMemberId);
  }
}

function neighboursOf(
  everyone: readonly Member[],
  newMemberId: string,
  language: Language,
): Neighbour[] {
  const { townHall, nightShift, design, direct } = texts[language];
  const idOf = (name: string) => (language === 'en' ? name : `${name}-${language}`);
  return [
    {
      group: { groupId: idOf('town-hall'), name: townHall.name, tracking: 'positions' },
      members: everyNth(everyone, 3, 0),
      lines: townHall.lines,
    },
    {
      group: { groupId: idOf('night-shift'), name: nightShift.name, visibility: 'sender' },
      members: everyNth(everyone, 8, 1),
      lines: nightShift.lines,
    },
    {
      group: { groupId: idOf('design-review'), name: design.name },
      members: everyNth(everyone, 12, 2),
      lines: design.lines,
    },
    {
      // As long as an id may be, the new member's would leave no room for more.
      group: {
        groupId: idOf(`direct-${digestOf(newMemberId)}`),
        name: direct.name,
        kind: 'direct',
      },
      members: everyone.slice(3, 4),
      lines: direct.lines,
    },
  ];
}

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

/** By the simulated members: nobody else finds messages in their name. */
async function fill({ group, members, lines }: Neighbour, newMemberId: string): Promise<void> {
  for (const [i, line] of lines.entries()) {
    const sender = members[i % members.length]?.client;
    const mentions = line.startsWith('@') ? [newMemberId] : undefined;
    if (sender) await post(sender, group.groupId, line.replace(/^@/, ''), mentions);
  }
}
