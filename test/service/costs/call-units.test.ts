import { seenbyUnits } from '@seenby/core/costs/call-units.ts';
import { describe, expect, it } from 'vitest';
import { designs } from '../../../bench/baselines/all-designs.ts';
import { measureDesign } from '../../../bench/baselines/measure-design.ts';
import { RecipientResolver } from '../../../functions/push/recipients/recipient-resolver.ts';
import { openPlace } from '../baselines/open-place.ts';
import { openGroup } from './open-group.ts';

/** What the database charged, beside the constant that costs are computed from. */
function expectWithin5Percent(charged: number, computed: number): void {
  expect(
    Math.abs(charged - computed),
    `${charged} charged, ${computed} computed`,
  ).toBeLessThanOrEqual(0.05 * charged);
}

describe.each([
  [300, 300],
  [100, 10],
  [20, 20],
])('in a group of %i with %i watching', (members, watching) => {
  it('calls cost what the costs of a month are computed from', async () => {
    const { harness, groupId, readerIds, send, mark, changesOf } = await openGroup(
      members,
      watching,
    );
    const { units, time } = harness.opened;
    const charged = async <T>(run: () => Promise<T>) => {
      units.reset();
      const value = await run();
      return { value, write: units.write, read: units.read };
    };
    const resolver = new RecipientResolver(harness.service, 20);
    const [first = '', second = '', third = ''] = readerIds;

    const sent = await charged(send);
    expectWithin5Percent(sent.write, seenbyUnits.sendWrites);
    expectWithin5Percent(sent.read, seenbyUnits.sendReads);
    const found = await charged(() => resolver.resolve(sent.value.pushes));
    // Each request is charged in steps of half a unit.
    expect(
      Math.abs(found.read - seenbyUnits.findConnections(members, members)),
    ).toBeLessThanOrEqual(1);

    time.now += 60_000;
    const marked = await charged(() => mark(first));
    expectWithin5Percent(marked.write, seenbyUnits.markWrites);
    expectWithin5Percent(marked.read, seenbyUnits.markReads);
    const told = await charged(() => resolver.resolve(marked.value.pushes));
    const { pushReads, smallGroupReads } = seenbyUnits;
    const atOnce = members <= 20 ? smallGroupReads(members, watching) : 0;
    expectWithin5Percent(told.read, pushReads + atOnce);

    await harness.push(groupId, await changesOf(() => mark(second)));
    const changes = await changesOf(() => mark(third));
    const pushed = await charged(() => harness.push(groupId, changes));
    const { dueReads, dueWrites, pushWrites } = seenbyUnits;
    expectWithin5Percent(pushed.read, seenbyUnits.countReads(members, watching) + dueReads);
    expectWithin5Percent(pushed.write, pushWrites + dueWrites);
  });
});

it('a batch of which nobody watches the counts costs as computed', async () => {
  const { harness, groupId, readerIds, send, mark, changesOf } = await openGroup(20, 0);
  await send();
  const changes = await changesOf(() => mark(readerIds[0] ?? ''));
  harness.opened.units.reset();
  await harness.push(groupId, changes);
  expectWithin5Percent(harness.opened.units.read, seenbyUnits.unwatchedReads);
});

const designNamed = (name: string) => {
  const design = designs.find((each) => each.name === name);
  if (!design) throw new Error(`there is no design "${name}"`);
  return design;
};

it.each([
  [1, 1],
  [20, 1],
  [250, 1],
  [499, 1],
  [499, 20],
])('the receipt log of %i marks of %i messages costs as computed', async (marks, messages) => {
  const scenario = { members: marks + 1, messages, isDelivered: false, secondsBetweenReads: 0.05 };
  const seenby = designNamed('Seenby');
  const { read } = await measureDesign(seenby, await openPlace(seenby), scenario);
  expectWithin5Percent(read.write - marks, seenbyUnits.logWrites(marks, messages));
});
