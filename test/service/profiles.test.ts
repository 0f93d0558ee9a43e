import { beforeEach, describe, expect, it } from 'vitest';
import { answerRequest } from '../../functions/api/http/http-routes.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { Profiles } from '../../functions/store/users/profiles.ts';
import { Conversation } from '../support/service/conversation.ts';

let talk: Conversation;

beforeEach(async () => {
  const others = Array.from({ length: 29 }, (_, i) => `member-${i}`);
  talk = await Conversation.open(['ann', ...others]);
});

async function members() {
  const { service, opened, groupId } = talk;
  const context = { service, cursors: new Cursors(opened.table), caller: { userId: 'ann' } };
  const raw = { path: { groupId }, query: {}, body: undefined };
  const answer = await answerRequest('GET /groups/{groupId}/members', context, raw);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value.body.members;
}

describe('profiles', () => {
  it('cost half a unit for each member on a page, and nothing again for two seconds', async () => {
    const { units } = talk.opened;
    units.reset();
    await members();
    const cold = units.read;
    units.reset();
    await members();
    expect(cold - units.read).toBe(30 / 2);
    talk.wait(2001);
    units.reset();
    await members();
    expect(units.read).toBe(cold);
  });

  it('[TR6] are those of the user, whatever they have read: a name that was chosen is no reading', async () => {
    await talk.service.profiles.choose('member-1', { name: 'One' });
    const before = await members();
    await talk.say('ann');
    await talk.read('member-1', 1);
    expect(await members()).toEqual(before);
    expect(before).toContainEqual(expect.objectContaining({ userId: 'member-1', name: 'One' }));
  });
});

describe('what a token says', () => {
  const ofToken = { userId: 'bob', name: 'Bob', picture: 'https://example.com/b.png' };
  const shown = async () => {
    const { opened } = talk;
    const [profile] = await new Profiles(opened.table, opened.service.clock).of(['bob']);
    return profile;
  };

  it('is written where it says something else than before, and read otherwise', async () => {
    const { units } = talk.opened;
    const { profiles } = talk.service;
    const costOf = async (claims: Parameters<Profiles['keepClaims']>[0]) => {
      units.reset();
      await profiles.keepClaims(claims);
      return { read: units.read, write: units.write };
    };
    expect(await costOf({ userId: 'bob' })).toEqual({ read: 0, write: 0 });
    expect(await costOf(ofToken)).toEqual({ read: 0.5, write: 1 });
    expect(await costOf(ofToken)).toEqual({ read: 0.5, write: 0 });
    // A token without a picture says nothing of it.
    expect(await costOf({ userId: 'bob', name: 'Robert' })).toEqual({ read: 0.5, write: 1 });
    expect(await shown()).toEqual({
      ...{ name: 'Robert', picture: ofToken.picture, isChosen: false },
    });
  });

  it('replaces nothing that was chosen, at whatever moment', async () => {
    const { profiles } = talk.service;
    await Promise.all([profiles.choose('bob', { name: 'B' }), profiles.keepClaims(ofToken)]);
    await profiles.keepClaims(ofToken);
    expect(await shown()).toEqual({ name: 'B', isChosen: true });
    await profiles.choose('bob', {});
    await profiles.keepClaims(ofToken);
    expect(await shown()).toEqual({ name: 'Bob', picture: ofToken.picture, isChosen: false });
  });
});
