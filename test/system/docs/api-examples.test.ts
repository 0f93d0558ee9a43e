import { SeenbyClient } from '@seenby/client';
import { localToken, SeenbyServer } from '@seenby/server';
import { expect, it } from 'vitest';
import { tryClient } from '../../../packages/client/examples/client.ts';
import { tryGroup } from '../../../packages/client/examples/group.ts';
import { service, uniqueId } from '../../support/wire/service.ts';

const addresses = { url: service.wsUrl, httpUrl: service.httpUrl };
const tokenOf = (userId: string) => () => localToken(service.httpUrl, { userId });

it('runs the examples of the client', async () => {
  const [userId, groupId] = [uniqueId('ann'), uniqueId('lunch')];
  const printed = await tryClient({ ...addresses, getToken: tokenOf(userId), groupId });
  expect(printed).toEqual(
    expect.arrayContaining([
      ...['connected', `signed in as ${userId}`, '3', 'Lunch (0): nothing yet', 'true'],
      ...['connected, 1 groups', 'NOT_FOUND', 'closed'],
    ]),
  );
  expect(printed).not.toContain('Sign in again');
});

it('runs the examples of a group', async () => {
  const [owner, groupId] = [uniqueId('ann'), uniqueId('lunch')];
  const backend = new SeenbyServer({
    url: service.httpUrl,
    getToken: () => localToken(service.httpUrl),
  });
  await backend.createGroup({ groupId, name: 'Lunch', ownerId: owner, memberIds: ['bob'] });
  const client = new SeenbyClient({ ...addresses, getToken: tokenOf(owner) });
  await client.connect();
  try {
    const group = client.group(groupId);
    const printed = await tryGroup(group, async (seq) => {
      await backend.as('bob').markRead(groupId, { upTo: seq });
      await expect.poll(() => group.getReceipt(seq)?.others.read).toBe(1);
    });
    expect(printed).toEqual(
      expect.arrayContaining([
        ...[`bob read up to 1`, '1 of 1, read', 'null', '0 loaded, and no older ones'],
        ...['1 have not read it, 0 connections were told', 'read up to 3', 'receipts'],
        ...['2 members, newcomers see 100 messages', 'nobody is writing, 0 unread', groupId],
        ...['ready: 1 have read it, 0 have not', 'bob', 'up to 1: bob'],
        expect.stringMatching(/^\d+ % read by 2 members$/),
        expect.stringContaining('dan (admin)'),
      ]),
    );
    expect(printed.filter((line) => line.startsWith('not sent'))).toEqual([]);
  } finally {
    await client.close();
  }
});
