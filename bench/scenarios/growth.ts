import { exponentOf } from '../charts/exponent.ts';
import { growthByAge } from '../growth/by-age.ts';
import { growthByMembers } from '../growth/by-members.ts';
import { growthByMessages } from '../growth/by-messages.ts';
import { openInMemory } from '../played/in-memory.ts';
import { short } from '../reports/bench-table.ts';
import type { Scenario } from './scenario.ts';

export const growthScenario: Scenario = {
  name: 'growth',
  about: 'curves: 10 to 5,000 members, 1 to 1,000 messages a mark, 1 to 100,000 messages of age',
  isTimed: false,
  async run({ say }) {
    const inMemory = await openInMemory();
    say('by members');
    const byMembers = await growthByMembers(inMemory, [10, 30, 100, 300, 1000, 5000]);
    say('by messages');
    const byMessages = await growthByMessages(inMemory, 100, [1, 3, 10, 30, 100, 300, 1000]);
    say('by age');
    const byAge = await growthByAge(inMemory, 500, [1, 10, 100, 1000, 10_000, 100_000]);
    const charts = [...byMembers, ...byMessages, ...byAge];
    return {
      charts,
      tables: [
        {
          title:
            'Fitted exponents: 0 does not grow, 1 doubles with what it depends on, 2 quadruples',
          head: ['', 'by', 'of', 'exponent', 'at the smallest', 'at the largest'],
          rows: charts.flatMap(({ title, xTitle, series }) =>
            series.map(({ name, points }) => [
              ...[title, xTitle, name, exponentOf(points).toFixed(2)],
              ...[points.at(0), points.at(-1)].map((point) => short(point?.[1] ?? Number.NaN)),
            ]),
          ),
        },
      ],
      figures: charts,
    };
  },
};
