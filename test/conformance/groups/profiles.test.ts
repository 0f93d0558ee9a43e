import type { MemberPage, PositionPage, ReceiptPage } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';

const picture = 'https://example.com/pictures/bob.png';

type Named = { userId: string; name?: string; picture?: string };

/** How every list shows a member. */
async function shownIn({ path }: Conversation, viewer: User, { userId }: User) {
  const lists: { members: Named[] }[] = await Promise.all([
    viewer.get<MemberPage>(`${path}/members`),
    viewer.get<ReceiptPage>(`${path}/messages/1/receipts`),
    viewer.get<ReceiptPage>(`${path}/messages/1/receipts?sort=time`),
    viewer.get<PositionPage>(`${path}/positions`),
    viewer.get<AnswerOf<'GET /groups/{groupId}/stats/members'>>(`${path}/stats/members`),
  ]);
  return lists.map(({ members }) => {
    const found = members.find((member) => member.userId === userId);
    return { name: found?.name, picture: found?.picture };
  });
}

/** A list may show a profile as it was two seconds ago. Who asks more often is asked to wait. */
async function expectShown(
  conversation: Conversation,
  viewer: User,
  user: User,
  as: { name?: string; picture?: string },
): Promise<void> {
  const expected = Array(5).fill({ name: as.name, picture: as.picture });
  const seldom = { interval: 1000 };
  await expect.poll(() => shownIn(conversation, viewer, user), seldom).toEqual(expected);
}

async function twoInAGroup(name?: string, ofToken?: string) {
  const [alice, bob] = await Promise.all([User.create('alice'), User.create('bob', name, ofToken)]);
  const conversation = await Conversation.start([alice, bob]);
  await conversation.say(alice);
  return { alice, bob, conversation };
}

describe('a profile', () => {
  it('is shown in every list of members, as chosen last', async () => {
    const { alice, bob, conversation } = await twoInAGroup('Bob of the token');
    const chosen = { name: 'Bob', picture };
    expect(await bob.put('/me/profile', chosen)).toEqual(chosen);
    await expectShown(conversation, alice, bob, chosen);
    await conversation.read(bob, 1);
    (await bob.connect()).close();
    const other = { picture: `${picture}?2` };
    expect(await bob.put('/me/profile', other)).toEqual(other);
    await expectShown(conversation, alice, bob, other);
  });

  it('is what the token says at the last connect, until one is chosen and once none is', async (test) => {
    const { alice, bob, conversation } = await twoInAGroup('Bob of the token', picture);
    test.skip(decodeJwt(bob.token).picture !== picture, 'the issuer gives no token with a picture');
    await expectShown(conversation, alice, bob, {});
    (await bob.connect()).close();
    const ofToken = { name: 'Bob of the token', picture };
    await expectShown(conversation, alice, bob, ofToken);
    await bob.put('/me/profile', { name: 'Bob' });
    (await bob.connect()).close();
    await expectShown(conversation, alice, bob, { name: 'Bob' });
    expect(await bob.put('/me/profile', {})).toEqual({});
    (await bob.connect()).close();
    await expectShown(conversation, alice, bob, ofToken);
  });

  it.each([
    { name: '' },
    { name: 'x'.repeat(101) },
    { picture: 'http://example.com/plain.png' },
    { picture: 'javascript:alert(1)' },
    { picture: `https://example.com/${'x'.repeat(1024)}` },
    { name: 'Bob', role: 'owner' },
  ])('[SE4] is refused, and stays as it was: %o', async (bad) => {
    const bob = await User.create('bob');
    const conversation = await Conversation.start([bob]);
    await bob.put('/me/profile', { name: 'Bob', picture });
    const { status, body } = await bob.call('PUT', '/me/profile', bad);
    expect([status, body.error.code]).toEqual([400, 'BAD_REQUEST']);
    const { members } = await bob.get<MemberPage>(`${conversation.path}/members`);
    expect(members).toMatchObject([{ name: 'Bob', picture }]);
  });
});
