import { beforeEach, describe, expect, it } from 'vitest';
import { runRoute } from '../../../functions/api/http/http-routes.ts';
import { budgets } from '../../../functions/limits/budget.ts';
import { addMembers } from '../../../functions/members/add-members.ts';
import type { Caller } from '../../../functions/service/service.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { Conversation } from '../../support/service/conversation.ts';

let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob']);
});

const byUser: Caller = { userId: 'ann' };
const byBackend: Caller = { userId: 'ann', isService: true };

/** How often one asks for something before it is refused, up to a number. */
async function countUntilRefused(
  caller: Caller,
  route: 'GET /me/settings' | 'GET /me/stats',
  most: number,
): Promise<number> {
  const { service, opened } = talk;
  const context = { service, cursors: new Cursors(opened.table), caller };
  for (let asked = 0; asked < most; asked++) {
    const answer = await runRoute(route, context, { path: {}, query: {}, body: undefined });
    if (!answer.ok) return asked;
  }
  return most;
}

describe('[SE9] what a backend does', () => {
  it('takes from no budget of the user that it acts for', async () => {
    const { burst } = budgets.statistics.rate;
    expect(await countUntilRefused(byBackend, 'GET /me/stats', burst + 10)).toBe(burst + 10);
    expect(await countUntilRefused(byUser, 'GET /me/stats', burst + 10)).toBe(burst);
  });

  it('takes from a budget of all backends', async () => {
    const { burst } = budgets.services.rate;
    expect(await countUntilRefused(byBackend, 'GET /me/settings', burst + 10)).toBe(burst);
    expect(await countUntilRefused({ ...byBackend, userId: 'bob' }, 'GET /me/settings', 10)).toBe(
      0,
    );
    expect(await countUntilRefused(byUser, 'GET /me/settings', 10)).toBe(10);
  });

  it('brings anybody into groups as often as it likes', async () => {
    const { service, groupId } = talk;
    const { burst } = budgets.additionsOfOne.rate;
    for (let i = 0; i < burst; i++)
      await service.budgets.take('ann', budgets.additionsOfOne, 1, 'cat');
    const joining = { groupId, memberIds: ['cat'], role: 'member' } as const;
    expect(await addMembers(service, byUser, joining)).toMatchObject({
      problem: { code: 'RATE_LIMITED' },
    });
    expect(await addMembers(service, byBackend, joining)).toMatchObject({
      value: { added: ['cat'] },
    });
  });
});
