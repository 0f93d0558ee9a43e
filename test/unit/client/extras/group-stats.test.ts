import { expect, it } from 'vitest';
import { connectedClient } from '../support/scripted-client.ts';

it('statistics of a group page through its members over the same days', async () => {
  const paths: string[] = [];
  const stats = {
    ...{ messages: 4, readRate: 0.5, averageReadDelayMs: 900, medianReadDelayMs: 700 },
    ...{ activeReaders: 2, perDay: [] },
  };
  const { group } = await connectedClient(
    {},
    {
      answer: ({ path }) => {
        paths.push(path);
        return { body: path.includes('/members') ? { members: [], next: null } : stats };
      },
    },
  );
  const shown = await group.stats({ from: 5 });
  expect(shown).toMatchObject(stats);
  expect(await shown.members({ limit: 2, cursor: 'c' })).toEqual({ members: [], next: null });
  await group.stats();
  expect(paths).toEqual([
    '/groups/team/stats?from=5',
    '/groups/team/stats/members?from=5&limit=2&cursor=c',
    '/groups/team/stats',
  ]);
});

it('statistics are refused as any other route is', async () => {
  const answer = () => ({
    ...{ status: 403, body: { error: { code: 'FORBIDDEN', message: 'No.' } } },
  });
  const { group } = await connectedClient({}, { answer });
  await expect(group.stats()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
