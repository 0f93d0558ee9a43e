import { beforeEach, describe, expect, it } from 'vitest';
import { addMembers } from '../../functions/members/add-members.ts';
import { removeMember } from '../../functions/members/remove-member.ts';
import { RecipientResolver } from '../../functions/push/recipients/recipient-resolver.ts';
import { markKnown, markMessages, markOneGroup } from '../../functions/receipts/mark-messages.ts';
import type { Membership } from '../../functions/store/members.ts';
import { Conversation } from '../support/service/conversation.ts';

const groupId = 'team';
const bob = { userId: 'bob' };
let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob', 'cat']);
  for (const userId of ['ann', 'cat', 'ann']) await talk.say(userId);
});

const rowOfBob = async (): Promise<Membership> => {
  const found = await talk.service.members.membership(groupId, 'bob', 'strong');
  if (!found) throw new Error('bob is not in');
  return found;
};

const markOn = (known: Membership, upTo: number) => {
  const at = talk.service.clock();
  const mark = { caller: bob, kind: 'read', at, rowRead: 'eventual' } as const;
  return markKnown(talk.service, mark, { groupId, upTo }, known);
};

describe('a mark that begins with a row as it was a moment ago', () => {
  it('[RD2] changes nothing that a newer row has already', async () => {
    const old = await rowOfBob();
    await talk.read('bob', 2);
    talk.opened.time.now += 1;
    const marked = await markOn(old, 1);
    expect(marked).toMatchObject({ ok: true, value: { changed: false, state: { readSeq: 2 } } });
  });

  it('[RD10] answers how the row is, whichever device marked in the same millisecond', async () => {
    const old = await rowOfBob();
    await talk.read('bob', 2);
    const marked = await markOn(old, 1);
    const { member } = await rowOfBob();
    if (!marked.ok) throw new Error(marked.problem.message);
    expect(marked.value.state).toMatchObject({ readSeq: 2 });
    const again = await markOn({ ...old, member }, 2);
    expect(again).toMatchObject({ ok: true, value: { state: marked.value.state } });
  });

  it('[RD6] writes what only the old row has', async () => {
    const old = await rowOfBob();
    const ahead = { ...old.member, read: [{ from: 1, to: 3 }] };
    const marked = await markOn({ ...old, member: ahead }, 3);
    expect(marked).toMatchObject({ ok: true, value: { changed: true, state: { readSeq: 3 } } });
    expect((await rowOfBob()).member.read).toEqual([{ from: 1, to: 3 }]);
  });

  it('is of a member who has left since', async () => {
    const old = await rowOfBob();
    await removeMember(talk.service, bob, groupId, 'bob');
    expect(await markOn(old, 1)).toMatchObject({ ok: false, problem: { code: 'NOT_FOUND' } });
  });
});

describe('[RD12] a batch of groups that are none of the reader’s', () => {
  it('is looked up twice as a whole, not group by group', async () => {
    const requests = Array.from({ length: 40 }, (_, i) => ({ groupId: `unknown-${i}`, upTo: 1 }));
    const { units } = talk.opened;
    units.reset();
    const marked = await markMessages(talk.service, bob, 'read', [
      ...requests,
      { groupId, upTo: 1 },
    ]);
    if (!marked.ok) throw new Error('refused as a whole');
    expect(marked.value.filter(({ result }) => result.ok)).toMatchObject([{ groupId }]);
    expect(units.requests.filter((name) => name === 'BatchGetItemCommand')).toHaveLength(3);
    expect(units.requests).toHaveLength(4);
  });
});

describe('[PU5] whether an author is still in', () => {
  const unitsOfPushes = async (): Promise<number> => {
    const marked = await markOneGroup(talk.service, bob, 'read', { groupId, upTo: 3 });
    if (!marked.ok) throw new Error(marked.problem.message);
    const { units } = talk.opened;
    units.reset();
    await new RecipientResolver(talk.service).resolve(marked.pushes);
    return units.read;
  };
  // The connections of three people, and the rows of the two authors.
  const [strong, eventual] = [5, 2.5];

  it('is read strongly in the seconds after somebody left', async () => {
    talk.opened.time.now += 60_000;
    await removeMember(talk.service, { userId: 'ann' }, groupId, 'cat');
    talk.opened.time.now += 9000;
    expect(await unitsOfPushes()).toBe(strong);
  });

  it('and in those after somebody was added', async () => {
    talk.opened.time.now += 60_000;
    const added = { groupId, memberIds: ['dan'], role: 'member' } as const;
    expect((await addMembers(talk.service, { userId: 'ann' }, added)).ok).toBe(true);
    expect(await unitsOfPushes()).toBe(strong);
  });

  it('for half of that later', async () => {
    await removeMember(talk.service, { userId: 'ann' }, groupId, 'cat');
    talk.opened.time.now += 11_000;
    expect(await unitsOfPushes()).toBe(eventual);
  });
});
