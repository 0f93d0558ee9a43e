import { beforeEach, describe, expect, it } from 'vitest';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { readHistory } from '../../../functions/messages/read-history.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { listUnread } from '../../../functions/sync/list-unread.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';
import { openService } from '../../support/service/open-service.ts';

const opened = await openService();
const { service, documents, time } = opened;
const ann = { userId: 'ann' };

let groups = 0;
let groupId = '';

beforeEach(() => begin());

async function begin(): Promise<void> {
  groupId = `group-${++groups}`;
  await Conversation.begin(opened, groupId, ['bob', 'ann']);
}

const send = (clientMessageId: string, content = clientMessageId) =>
  sendMessage(service, ann, { groupId, clientMessageId, content, messageType: 'text' });

/** What bob is shown: his list of groups, and his history. */
async function shownToBob() {
  const { groups: all } = await listUnread(service, 'bob', 'strong');
  const status = all.find((group) => group.groupId === groupId);
  const page = await readHistory(service, { userId: 'bob' }, { groupId });
  const messages = page.ok ? page.value.messages : [];
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, i) => i + 1));
  return {
    unread: status?.unreadCount,
    last: status?.lastMessage?.content,
    history: messages.filter(({ lost }) => !lost).map(({ content }) => content),
    lastSeq: status?.lastSeq,
    pageEnd: messages.length,
  };
}

const showing = (...history: string[]) => ({
  unread: history.length,
  last: history.at(-1),
  history,
});

/** Right before each of the writes of a send something else happens. */
async function beforeEachWrite(
  other: () => Promise<unknown>,
  run: () => Promise<unknown>,
  check: (answer: unknown, what: string) => Promise<void>,
  prepare: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  for (let write = 0; ; write++) {
    await begin();
    await prepare();
    const { answer, came } = await meanwhile(documents, write, other, run);
    if (!came) return expect(write).toBeGreaterThan(3);
    await check(answer, `before write ${write}`);
  }
}

/** 99 actions of a burst of a hundred. */
async function useUpRate(): Promise<void> {
  const row = await service.members.get(groupId, 'ann');
  if (!row) throw new Error('no row');
  const used = { ...row, nextActionAt: time.now + 99 * 600 };
  await service.members.change(groupId, row, () => ({ write: used, result: undefined }));
}

describe('a refused send leaves no trace', () => {
  it('[MS1][MS2] sent by two devices at once it is one message', () =>
    beforeEachWrite(
      () => send('m'),
      () => send('m'),
      async (answer, what) => {
        expect([what, answer]).toMatchObject([
          what,
          { ok: true, value: { message: { content: 'm' } } },
        ]);
        expect(await send('m')).toMatchObject({ value: { known: true } });
        expect([what, await shownToBob()]).toMatchObject([what, showing('m')]);
      },
    ));

  it('[MS1][MS2] the same id with another content at once is a conflict', () =>
    beforeEachWrite(
      () => send('m', 'first'),
      () => send('m', 'second'),
      async (answer, what) => {
        const { ok } = answer as { ok: boolean };
        const shown = await shownToBob();
        expect([what, shown]).toMatchObject([what, showing(ok ? 'second' : 'first')]);
      },
    ));

  it('[MS1][SE3] over the rate, which another send used up meanwhile', () =>
    beforeEachWrite(
      () => send('other'),
      () => send('m'),
      async (_answer, what) => {
        const shown = await shownToBob();
        expect([what, shown.history.length]).toEqual([what, 1]);
        expect([what, shown]).toMatchObject([what, showing(...shown.history)]);
      },
      useUpRate,
    ));

  it('[MS1] of who was removed meanwhile', () =>
    beforeEachWrite(
      () => removeMember(service, { userId: 'bob' }, groupId, 'ann'),
      () => send('m'),
      async (answer, what) => {
        const { ok } = answer as { ok: boolean };
        expect([what, await shownToBob()]).toMatchObject([what, ok ? showing('m') : showing()]);
      },
    ));

  it('[MS1] and the message before it is the last again, also after others that were refused', async () => {
    await send('first');
    await send('x', 'one');
    for (const content of ['two', 'three']) {
      const { answer } = await meanwhile(
        documents,
        1,
        () => send(`${content}`, 'meant'),
        () => send(`${content}`, 'other'),
      );
      expect(answer).toMatchObject({ problem: { code: 'CONFLICT' } });
    }
    expect(await shownToBob()).toMatchObject(showing('first', 'one', 'meant', 'meant'));
  });
});

describe('a send that dies', () => {
  const dies = () => Promise.reject(new Error('the sandbox died'));

  it('[MS1][FA1] counts nowhere, though nobody pages the history, and hides nothing newer', async () => {
    for (let write = 0; ; write++) {
      await begin();
      await send('before');
      const died = await meanwhile(documents, write, dies, () => send('m')).catch(() => undefined);
      if (died) return expect(write).toBeGreaterThan(3);
      time.now += 2001;
      const { groups: all } = await listUnread(service, 'bob', 'eventual');
      const status = all.find((group) => group.groupId === groupId);
      expect([write, status?.unreadCount]).toEqual([write, 1]);
      expect([write, status?.lastMessage?.content]).toEqual([write, 'before']);
      await send('after');
      expect([write, await shownToBob()]).toMatchObject([write, showing('before', 'after')]);
      expect(await send('m')).toMatchObject({ value: { message: { content: 'm' } } });
      expect(await shownToBob()).toMatchObject(showing('before', 'after', 'm'));
    }
  });

  it('[MS1] in the midst of others is found once the group is quiet, and looked for once', async () => {
    await send('one');
    await meanwhile(documents, 1, dies, () => send('m')).catch(() => undefined);
    await send('two');
    expect((await listUnread(service, 'bob', 'strong')).groups[0]?.unreadCount).toBe(3);
    time.now += 2001;
    await shownToBob();
    expect(await service.groups.get(groupId)).toMatchObject({ lastSeq: 3, checkedSeq: 3 });
    opened.units.reset();
    await listUnread(service, 'bob', 'strong');
    expect(opened.units.write).toBe(0);
    expect(await shownToBob()).toMatchObject(showing('one', 'two'));
  });

  it('[MS1] slow rather than dead it takes another seq, and answers with its message', () =>
    beforeEachWrite(
      async () => {
        time.now += 2001;
        await listUnread(service, 'bob', 'strong');
      },
      () => send('m'),
      async (answer, what) => {
        expect([what, answer]).toMatchObject([what, { ok: true }]);
        expect([what, await shownToBob()]).toMatchObject([what, showing('m')]);
      },
    ));
});
