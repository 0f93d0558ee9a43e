import { beforeEach, describe, expect, it } from 'vitest';
import { deleteGroup } from '../../../functions/groups/delete-group.ts';
import { updateGroup } from '../../../functions/groups/update-group.ts';
import { changeRole } from '../../../functions/members/change-role.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { recallMessage } from '../../../functions/messages/recall-message.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import type { Push, ResultWithPushes } from '../../../functions/push/recipients/push.ts';
import { changeReadReceipts } from '../../../functions/receipts/change-read-receipts.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { markUnread } from '../../../functions/receipts/mark-unread.ts';
import { carryOut } from '../../support/service/carry-out.ts';
import { Conversation } from '../../support/service/conversation.ts';

const groupId = 'team';
const ann = { userId: 'ann' };
let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob', 'cat']);
  await talk.say('ann');
});

type Request = () => Promise<ResultWithPushes<unknown>>;

const message = { groupId, clientMessageId: 'm', content: 'Hi', messageType: 'text' } as const;
const requests: Record<string, Request> = {
  'a new name': () => updateGroup(talk.service, ann, groupId, { name: 'New' }),
  'another tracking': () => updateGroup(talk.service, ann, groupId, { tracking: 'positions' }),
  'another role': () => changeRole(talk.service, ann, { groupId, userId: 'bob', role: 'admin' }),
  'a hand-over': () => changeRole(talk.service, ann, { groupId, userId: 'bob', role: 'owner' }),
  'a removal': () => removeMember(talk.service, ann, groupId, 'bob'),
  'a member who leaves': () => removeMember(talk.service, { userId: 'bob' }, groupId, 'bob'),
  'a recall': () => recallMessage(talk.service, ann, groupId, 1),
  'a deletion': () => deleteGroup(talk.service, ann, groupId),
  'an opt-out': () => changeReadReceipts(talk.service, 'bob', { readReceipts: false }),
};

/** Whom a request tells what. */
async function toldBy(request: Promise<ResultWithPushes<unknown>>): Promise<string[]> {
  const outcome = await request;
  if (!outcome.ok) return [outcome.problem.code];
  const what = (push: Push) => ('frame' in push ? JSON.stringify(push.frame) : push.to);
  return outcome.pushes.map(what).sort();
}

describe.each(Object.keys(requests))('[FA4] %s', (name) => {
  const request = requests[name] as Request;

  beforeEach(async () => {
    await Conversation.begin(talk.opened, 'direct', ['ann', 'bob'], { kind: 'direct' });
  });

  it('that was written and told nobody is told by the same request again', async () => {
    const first = await toldBy(request());
    expect(first.length).toBeGreaterThan(0);
    expect(await toldBy(request())).toEqual(expect.arrayContaining(first));
  });

  it('that was told is not told again', async () => {
    await carryOut(request());
    const again = await toldBy(carryOut(request()));
    expect([[], ['NOT_FOUND'], ['FORBIDDEN']]).toContainEqual(again);
  });

  it('is told by nobody else', async () => {
    await request();
    const dan = { userId: 'dan' };
    const others = [
      removeMember(talk.service, dan, groupId, 'dan'),
      removeMember(talk.service, dan, groupId, 'bob'),
      deleteGroup(talk.service, dan, groupId),
      updateGroup(talk.service, dan, groupId, { name: 'New' }),
    ];
    for (const other of others) expect(await toldBy(other)).toEqual(['NOT_FOUND']);
  });
});

describe('[FA4] a mark that is made again', () => {
  const bob = { userId: 'bob' };
  const mark = (kind: 'read' | 'delivered' = 'read') =>
    markOneGroup(talk.service, bob, kind, { groupId, upTo: 1 });

  it('is told again, for who made it was not answered, some times in a row and not after long', async () => {
    const first = await toldBy(mark());
    expect(first.length).toBeGreaterThan(0);
    expect(await toldBy(mark())).toEqual([]);
    talk.wait(3000);
    const again = await mark();
    expect(again).toMatchObject({ ok: true, value: { changed: false } });
    expect(await toldBy(Promise.resolve(again))).toEqual(first);
    const times = await Promise.all(Array.from({ length: 20 }, () => toldBy(mark())));
    expect(times.filter((told) => told.length > 0).length).toBeLessThan(10);
    talk.wait(58_000);
    expect(await toldBy(mark())).toEqual([]);
  });

  it('is told with the time at which it was made first', async () => {
    const readAt = talk.opened.time.now;
    await mark();
    talk.wait(5000);
    const again = await mark();
    const toAuthors = again.ok ? again.pushes.find(({ to }) => to === 'authors') : undefined;
    expect(toAuthors).toMatchObject({ readerId: 'bob', kind: 'read', at: readAt });
  });

  it('[TR6] is told nobody where it was private, or tracking has changed since', async () => {
    await mark();
    await updateGroup(talk.service, ann, groupId, { tracking: 'positions' });
    talk.wait(1000);
    await updateGroup(talk.service, ann, groupId, { tracking: 'receipts' });
    talk.wait(4000);
    expect(await toldBy(mark())).toEqual([]);
    const direct = 'quiet';
    const chat = await Conversation.begin(talk.opened, direct, ['ann', 'bob'], { kind: 'direct' });
    await chat.say('ann');
    await changeReadReceipts(talk.service, 'bob', { readReceipts: false });
    const read = () => markOneGroup(talk.service, bob, 'read', { groupId: direct, upTo: 1 });
    await read();
    talk.wait(1000);
    await changeReadReceipts(talk.service, 'bob', { readReceipts: true });
    talk.wait(4000);
    expect(await toldBy(read())).toEqual([]);
  });
});

it('[FA4] a message that is sent again is pushed again, some times in a row, and not after long', async () => {
  const send = () => toldBy(sendMessage(talk.service, ann, message));
  const first = await send();
  expect(first).toHaveLength(1);
  // The first request may be about to push it.
  expect(await send()).toEqual([]);
  talk.wait(3000);
  for (let i = 0; i < 10; i++) expect(await send()).toEqual(first);
  expect(await send()).toEqual([]);
  talk.wait(11 * 60_000);
  expect(await send()).toEqual([]);
});

describe('[FA4] a put whose answer is lost, and that is put again', () => {
  /** Between the two something else happens. */
  function losePut(meanwhile: () => Promise<unknown> = async () => undefined): void {
    let left = 1;
    talk.opened.documents.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          const { Item } = args.input as { Item?: { pk: string } };
          if (commandName !== 'PutItemCommand' || !/#[MS]/.test(Item?.pk ?? '')) return answer;
          if (left-- !== 1) return answer;
          await meanwhile();
          return next(args);
        },
      { step: 'initialize' },
    );
  }

  it('tells of a mark, although the row was written again meanwhile', async () => {
    const play = () =>
      markOneGroup(talk.service, { userId: 'bob' }, 'delivered', { groupId, upTo: 2 });
    await talk.say('ann');
    losePut(play);
    const marked = await markOneGroup(talk.service, { userId: 'bob' }, 'read', {
      groupId,
      upTo: 1,
    });
    expect(marked).toMatchObject({ ok: true, value: { changed: true } });
    expect(await toldBy(Promise.resolve(marked))).toHaveLength(3);
  });

  it('tells of a message, as one that is new', async () => {
    await sendMessage(talk.service, ann, { ...message, clientMessageId: 'first' });
    talk.opened.documents.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          return commandName === 'PutItemCommand' ? next(args) : answer;
        },
      { step: 'initialize' },
    );
    const sent = await sendMessage(talk.service, ann, message);
    expect(sent).toMatchObject({ ok: true, value: { known: false } });
    expect(await toldBy(Promise.resolve(sent))).toHaveLength(1);
  });
});

describe('what is over by the time of the same request again', () => {
  it('[PU5] a role of who has left since is told to nobody', async () => {
    const toAdmin = { groupId, userId: 'bob', role: 'admin' } as const;
    await changeRole(talk.service, ann, toAdmin);
    await carryOut(removeMember(talk.service, ann, groupId, 'bob'));
    expect(await toldBy(changeRole(talk.service, ann, toAdmin))).toEqual(['NOT_FOUND']);
  });
});

describe('a badge that is put back twice', () => {
  it('[RD7] is written once, and told to the other devices both times', async () => {
    await talk.say('ann');
    const bob = { userId: 'bob', connectionId: 'phone' };
    const first = await toldBy(markUnread(talk.service, bob, groupId, 1));
    const row = await talk.service.members.get(groupId, 'bob');
    expect(await toldBy(markUnread(talk.service, bob, groupId, 1))).toEqual(first);
    expect(await talk.service.members.get(groupId, 'bob')).toEqual(row);
  });

  it('[SE9] is told a few times a minute at most', async () => {
    const put = () => toldBy(markUnread(talk.service, { userId: 'bob' }, groupId, 1));
    const told: string[][] = [];
    for (let n = 0; n < 20; n++) told.push(await put());
    expect(told.filter((what) => what.length > 0).length).toBeLessThan(15);
  });
});
