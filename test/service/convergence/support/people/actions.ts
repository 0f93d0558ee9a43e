import type { Role, Visibility } from '@seenby/protocol/entities.ts';
import type { GroupHandle } from '../../../../../packages/client/src/groups/group-handle.ts';
import type { SentMessage } from '../../../../../packages/client/src/timeline/messages.ts';
import type { Step } from '../story.ts';
import type { Tab } from './tab.ts';
import type { World } from './world.ts';

/** Whose step it is, in a page that is there, and which group and message it is about. */
interface Scene {
  world: World;
  step: Step;
  tab: Tab;
  client: NonNullable<Tab['client']>;
  group: GroupHandle;
  /** Undefined while there is none. */
  message: SentMessage | undefined;
}

type Action = (scene: Scene) => unknown;

/** All that users do with messages and groups. */
const actions: Record<string, Action> = {
  send: ({ world, step, tab, group }) =>
    world.send(tab, group, {
      ...(step.who && { mentions: [step.who] }),
      ...(step.to === 'voice' && { messageType: 'voice' }),
    }),
  readAll: ({ group }) => group.markRead(),
  readUpTo: ({ group, message }) => message && group.markRead(message.seq),
  see: ({ group, message }) => message && group.markSeen([message.seq]),
  seeSome: ({ group, message }) =>
    message && group.markSeen([message.seq, message.seq + 2].filter((seq) => isHere(group, seq))),
  markUnread: async ({ world, step, group, message }) => {
    if (!message) return;
    await group.markUnread(message.seq);
    world.putBack.push({ step, fromSeq: message.seq });
  },
  play: ({ group, message }) => message && group.markPlayed(message.seq),
  recall: ({ group, message }) => message && group.recall(message.seq),
  remind: ({ group, message, step }) =>
    message && group.remindUnread(message.seq, step.who ? [step.who] : undefined),
  type: ({ group }) => group.typing(),
  older: ({ group }) => group.history({ limit: 3 }),
  readEverywhere: ({ client }) =>
    client.request('POST', '/me/read', {
      positions: client.groups().map(({ groupId, lastSeq }) => ({ groupId, upTo: lastSeq })),
    }),
  readAllAndLeave: ({ client, tab }) => {
    for (const { groupId } of client.groups()) client.group(groupId).markRead();
    tab.page?.tell('hidden');
  },

  rename: ({ group, step }) => group.update({ name: step.to ?? '' }),
  track: ({ group, step }) => group.update({ tracking: step.to as 'receipts' }),
  show: ({ group, step }) => group.update({ visibility: step.to as Visibility }),
  giveRole: ({ group, step }) => group.changeRole(step.who ?? '', step.to as Role),
  add: ({ group, step }) => group.addMembers([step.who ?? '']),
  remove: ({ group, step }) => group.removeMember(step.who ?? ''),
  leave: ({ group, tab }) => group.removeMember(tab.userId),
  delete: ({ group }) => group.delete(),
  create: ({ client, step }) =>
    client.createGroup({
      ...{ groupId: step.group ?? '', name: `new ${step.group}`, historyForNewMembers: 3 },
      memberIds: (step.who ?? '').split(' '),
      ...(step.to === 'direct' && { kind: 'direct' }),
    }),
  receipts: ({ client, step }) => client.setReadReceipts(step.to === 'on'),

  open: ({ tab, step }) => tab.open(step.group ?? ''),
  shut: ({ tab, step }) => tab.shut(step.group ?? ''),
  hide: ({ tab }) => tab.page?.tell('hidden'),
  look: ({ tab }) => tab.page?.tell('visible'),
  sleep: ({ tab }) => tab.page?.sleep(),
  wake: ({ tab }) => tab.page?.wake(),
  cut: ({ world, tab, step }) => tab.page && world.network.cut(tab.page, step.to as 'clean'),
  goOffline: ({ world, tab }) => world.goOffline(tab.device),
  goOnline: ({ world, tab }) => world.goOnline(tab.device),
  reload: ({ tab, step }) => tab.reload(step.to as 'close'),
  close: ({ tab, step }) => tab.close(step.to as 'close'),
  backUp: ({ world }) => world.backUp(),
  restore: ({ world }) => world.restore(),
  setClock: ({ tab, step }) => {
    tab.device.skewMs = Number(step.to);
  },
};

const isHere = (group: GroupHandle, seq: number): boolean =>
  sentIn(group).some((m) => m.seq === seq);

export const sentIn = (group: GroupHandle): SentMessage[] =>
  group.messages.filter((message) => message.state === 'sent');

/** What the world has healed of: a tab may have taken until then to load. */
const troubles: readonly Step['do'][] = ['sleep', 'cut', 'goOffline'];

/** Does it; a tab that is closed is opened by it. Resolves once all that follows has settled. */
export async function act(world: World, step: Step): Promise<void> {
  const tab = world.tab(step.by);
  if (!tab.client) await tab.load();
  const { client } = tab;
  if (!client || (world.faults.isHealed && troubles.includes(step.do))) return;
  const group = client.group(step.group ?? 'g1');
  const sent = sentIn(group);
  // An own message is read from the start: nobody puts a badge back to it.
  const offered = step.do === 'markUnread' ? sent.filter((m) => m.senderId !== tab.userId) : sent;
  const message = offered.at(-1 - ((step.nth ?? 0) % Math.max(1, offered.length)));
  const action = actions[step.do];
  if (!action) throw new Error(`nobody can ${step.do}`);
  await action({ world, step, tab, client, group, message });
}
