import { removeMember } from '../../functions/members/remove-member.ts';
import { groupId } from '../played/acts.ts';
import { type CallUse, GrownGroup } from '../played/grown-group.ts';
import { type InMemory, openInMemory } from '../played/in-memory.ts';
import { type AgeFigures, usesAtAge } from '../played/uses-at-age.ts';
import { short } from '../reports/bench-table.ts';
import { userIdsOf } from '../support/user-ids.ts';
import type { Scenario } from './scenario.ts';

const members = 500;
const leavers = 1000;
async function withLeavers({ openPlace }: InMemory): Promise<AgeFigures> {
  const group = await GrownGroup.open(openPlace, userIdsOf(members + leavers));
  const { service } = group.metered;
  await group.send();
  for (const userId of group.memberIds.slice(members)) {
    await group.read(userId, 1);
    await removeMember(service, { userId }, groupId, userId);
  }
  return usesAtAge(group, 1000);
}

export const groupAgeScenario: Scenario = {
  name: 'group-age',
  about: 'calls in a group of 500 with 1,000 to 100,000 messages, and with 1,000 leavers',
  isTimed: false,
  async run({ say }) {
    const inMemory = await openInMemory();
    const figures: (AgeFigures & { group: string })[] = [];
    for (const messages of [1000, 10_000, 100_000]) {
      const name = `${messages.toLocaleString('en-US')} messages`;
      say(name);
      const group = await GrownGroup.open(inMemory.openPlace, userIdsOf(members));
      figures.push({ group: name, ...(await usesAtAge(group, messages)) });
    }
    say('with leavers');
    figures.push({
      group: '1,000 messages, and 1,000 leavers who read one',
      ...(await withLeavers(inMemory)),
    });
    const unitsOf = ({ write, read }: CallUse) =>
      write > 0 ? `${short(write)} / ${short(read)}` : short(read);
    return {
      tables: [
        {
          title: 'Calls of Seenby in a group of 500, write / read units',
          head: [
            ...['', 'a send', 'a mark with its push', 'counts of the newest 50'],
            'readers of the newest',
          ],
          rows: figures.map(({ group, send, mark, counts, list }) => [
            group,
            ...[send, mark, counts, list].map(unitsOf),
          ]),
        },
      ],
      figures,
    };
  },
};
