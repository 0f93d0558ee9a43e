import { beforeEach, describe, expect, it } from 'vitest';
import { type OpenedService, openService } from '../../support/service/open-service.ts';

const hourMs = 3_600_000;
let opened: OpenedService;

beforeEach(async () => {
  opened = await openService();
});

const idsOf = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${kind}-${String(i).padStart(5, '0')}`);

const connectAll = async (userIds: readonly string[]): Promise<void> => {
  const { service, time } = opened;
  for (const userId of userIds) {
    const connection = { userId, connectionId: `Fm1L-jqVUz${userId.slice(-5)}=` };
    await service.connections.add(connection, time.now + hourMs);
  }
};

/** What it costs to find whom of them a frame goes to, in read units and requests. */
async function findAll(userIds: readonly string[]) {
  const { service, units } = opened;
  units.reset();
  const found = await service.connections.ofUsers(userIds);
  const { read, requests } = units;
  return { found: found.map(({ userId }) => userId), read, requests: requests.length };
}

describe('finding the connections of the members of a group', () => {
  it('of 500, of whom 300 are connected, costs 6 read units where few others are', async () => {
    const members = idsOf('member', 500);
    const online = members.slice(0, 300);
    await connectAll([...online, ...idsOf('other', 100)]);
    expect(await findAll(members)).toEqual({ found: online, read: 6, requests: 8 });
  });

  it('costs half a unit for each where there are many others, who are read in part every five minutes', async () => {
    const members = idsOf('member', 100);
    await connectAll([...members, ...idsOf('other', 900)]);
    const first = await findAll(members);
    expect(first.found).toEqual(members);
    expect(first.read).toBeLessThanOrEqual(50 + 8);
    const [next, again] = [await findAll(members), await findAll(members)];
    expect(next).toEqual({ found: members, read: 50, requests: 1 });
    expect(again).toEqual(next);
    opened.time.now += 300_000;
    expect((await findAll(members)).requests).toBe(9);
  });

  it('of a group so large that the others are few is still one query of each partition', async () => {
    const [small, large] = [idsOf('other', 60), idsOf('member', 400)];
    await connectAll([...small, ...large]);
    expect((await findAll(small)).found).toEqual(small);
    expect(await findAll(small)).toMatchObject({ read: 30, requests: 1 });
    const found = await findAll(large);
    expect(found).toMatchObject({ found: large, requests: 8 });
    expect(found.read).toBeLessThanOrEqual(12);
  });

  it('of few asks for their rows by key', async () => {
    const members = idsOf('member', 49);
    await connectAll(members);
    expect(await findAll(members)).toEqual({ found: members, read: 24.5, requests: 1 });
  });
});
