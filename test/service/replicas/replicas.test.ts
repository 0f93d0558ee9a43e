import { describe, expect, inject, it } from 'vitest';
import { readTableDefinition } from '../../support/in-process/table-definition.ts';
import { usually } from '../../support/nightly.ts';
import { groupIds, inTwoRegions, type Played, type Route } from './support/play.ts';
import { regionNames } from './support/two-regions.ts';

const definition = await readTableDefinition(inject('tableAssemblyDir'));
const seeds = Number(process.env.SEENBY_REPLICAS ?? usually(6, { nightly: 400 }));
/** Longer than any write takes to arrive. */
const lagMs = 1000;

const inEast: Route = () => 'east';
const inWest: Route = () => 'west';
const anywhere: Route = (_act, random) => (random() < 0.5 ? 'east' : 'west');
/** Each group has a region of its own. */
const atHome: Route = ({ groupId }) => (groupId === groupIds[0] ? 'west' : 'east');

/** What was wrong at the end, and with which seeds. */
async function play(
  run: (played: Played) => Promise<Set<string>>,
  /** Functions log errors where rows contradict each other. */
  options: { mayFail?: boolean } = {},
): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (let seed = 1; seed <= seeds; seed++) {
    for (const wrong of await inTwoRegions(seed, definition, run, options)) {
      found.set(wrong, [...(found.get(wrong) ?? []), seed]);
    }
  }
  return found;
}

/** A group is handed over in two rows, of which one may arrive, or be the newer one, alone. */
const withoutOwners = (found: ReadonlyMap<string, unknown>): string[] =>
  [...found.keys()].filter((wrong) => !/^\d owners$/.test(wrong));

const checkBoth = async ({ world, history }: Played): Promise<Set<string>> => {
  const found = new Set<string>();
  for (const region of regionNames) {
    for (const wrong of await history.check(world, region, groupIds)) found.add(wrong);
  }
  return found;
};

describe('[FA1] one region writes, and the other one takes over', () => {
  it('loses nothing when everything has arrived before', async () => {
    const found = await play(async (played) => {
      const { world, goOn } = played;
      await goOn(inEast);
      await world.table.drained();
      await goOn(inWest);
      await world.table.drained();
      expect(played.history.sent.length).toBeGreaterThan(30);
      expect(world.table.overruled).toBe(0);
      return checkBoth(played);
    });
    expect(found).toEqual(new Map());
  });

  it('loses what had not arrived, and no more, when the region that was lost is cut off for good', async () => {
    let lost = 0;
    const found = await play(async (played) => {
      const { world, history, goOn } = played;
      await goOn(inEast);
      const lostFrom = world.time.now - lagMs;
      world.table.cutOff('east');
      lost += (await history.check(world, 'west', groupIds)).size;
      // Of what was acknowledged in the last second some is there and some is not.
      history.forget(lostFrom);
      const before = history.sent.length;
      await goOn(inWest);
      expect(history.sent.length).toBeGreaterThan(before);
      return history.check(world, 'west', groupIds);
    });
    expect(withoutOwners(found)).toEqual([]);
    expect(lost).toBeGreaterThan(0);
  });

  it('[TR5] keeps what it confirms, and not who owns a group, when the region that was lost comes back', async () => {
    const found = await play(
      async (played) => {
        const { world, history, goOn } = played;
        await goOn(inEast, 40);
        world.table.isolate('east');
        await goOn(inEast, 20);
        history.forget();
        await goOn(inWest, 4);
        world.table.rejoin('east');
        await world.table.drained();
        await goOn(inWest);
        await world.table.drained();
        return checkBoth(played);
      },
      { mayFail: true },
    );
    // Seqs that it had given out are passed.
    expect(withoutOwners(found)).toEqual([]);
    expect(found.size).toBeGreaterThan(0);
  });
});

it('[MS1] [RD2] [TR5] both regions writing is not safe', async () => {
  const found = await play(
    async (played) => {
      await played.goOn(anywhere);
      await played.world.table.drained();
      return checkBoth(played);
    },
    { mayFail: true },
  );
  for (const wrong of [
    'one seq for two messages',
    'a confirmed message is lost',
    'a confirmed read is lost',
  ]) {
    expect(found.get(wrong)?.length, wrong).toBeGreaterThan(0);
  }
});

it('[PU1] connections of a user in both regions are not safe, whoever owns the groups', async () => {
  const connected = await inTwoRegions(1, definition, async ({ world }) => {
    const peer = {
      ...{ userId: 'ann', tokenExpiresAt: world.time.now + 3_600_000 },
      ...{ connectedAt: world.time.now, receive() {}, closed() {} },
    };
    await Promise.all(
      regionNames.map((region) => world.services[region].socket.connect(`at-${region}`, peer)),
    );
    await world.table.drained();
    const text = JSON.stringify(world.services.east.rows());
    return regionNames.filter((region) => text.includes(`"c:at-${region}"`));
  });
  // One row holds both, and one of two writes at a time is lost: nothing is pushed to that device.
  expect(connected).toHaveLength(1);
});

it('[MS1] [RD2] [TR5] rows of a group are safe where each group has one region', async () => {
  const found = await play(async (played) => {
    await played.goOn(atHome);
    await played.world.table.drained();
    return checkBoth(played);
  });
  expect(found).toEqual(new Map());
});
