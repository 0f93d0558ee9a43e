import { expect, it } from 'vitest';
import { addMembers } from '../../../functions/members/add-members.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { groupKey } from '../../../functions/store/dynamodb/keys.ts';
import { Conversation } from '../../support/service/conversation.ts';

const groupId = 'team';

/** Every put is made, its answer lost, and made again, as the SDK does; every update as well where that is asked for. */
async function withPutsRepeated(...others: 'UpdateItemCommand'[]): Promise<Conversation> {
  const talk = await Conversation.open(['ann', 'bob']);
  await talk.say('ann');
  const repeated: readonly (string | undefined)[] = ['PutItemCommand', ...others];
  talk.opened.documents.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        return repeated.includes(commandName) ? next(args) : answer;
      },
    { name: 'lossy', step: 'initialize' },
  );
  return talk;
}

it('[FA4] a mark whose answer from the table was lost says that it changed something, and is pushed', async () => {
  const { service } = await withPutsRepeated();
  const marked = await markOneGroup(service, { userId: 'bob' }, 'read', { groupId, upTo: 1 });
  expect(marked).toMatchObject({ ok: true, value: { changed: true } });
  expect(marked.ok && marked.pushes.length).toBeGreaterThan(0);
});

it('[FA4][MS1] a send is one message with the next seq', async () => {
  const { service } = await withPutsRepeated();
  const sent = await sendMessage(
    service,
    { userId: 'ann' },
    { groupId, clientMessageId: 'm', content: 'Hi', messageType: 'text' },
  );
  expect(sent).toMatchObject({ ok: true, value: { message: { seq: 2 } } });
  expect(await service.groups.get(groupId)).toMatchObject({ lastSeq: 2, recalled: [] });
});

it('[FA4] [MS1] a seq whose answer was lost is not lost: asked for again it is the same', async () => {
  const { service } = await withPutsRepeated('UpdateItemCommand');
  for (const seq of [2, 3]) {
    const sent = await sendMessage(
      service,
      { userId: 'ann' },
      { groupId, clientMessageId: `m${seq}`, content: 'Hi', messageType: 'text' },
    );
    expect(sent).toMatchObject({ ok: true, value: { message: { seq } } });
  }
  expect(await service.groups.get(groupId)).toMatchObject({ lastSeq: 3, lost: [] });
});

it('[FA4] members who join take one place each, whether they are new or come back', async () => {
  const talk = await withPutsRepeated();
  const add = () =>
    addMembers(talk.service, { userId: 'ann' }, { groupId, memberIds: ['cat'], role: 'member' });
  expect(await add()).toMatchObject({ ok: true });
  expect(await talk.opened.table.get(groupKey(groupId))).toMatchObject({ places: 3 });
  const row = await talk.service.members.get(groupId, 'cat');
  if (!row) throw new Error('no row');
  await talk.service.members.change(groupId, row, (member) => ({
    write: { ...member, left: true },
    result: undefined,
  }));
  expect(await add()).toMatchObject({ ok: true });
  expect(await talk.opened.table.get(groupKey(groupId))).toMatchObject({ places: 4 });
});
