import { type Design, designs } from '../baselines/all-designs.ts';
import { type DesignFigures, measureDesign } from '../baselines/measure-design.ts';
import type { Chart } from '../charts/chart.ts';
import type { Point } from '../charts/exponent.ts';
import type { InMemory } from '../played/in-memory.ts';
import { matrixName } from '../played/play-all.ts';

/** Some messages, then read by each member in one mark, 20 members a second. */
export async function growthByMessages(
  { openPlace }: InMemory,
  members: number,
  sizes: readonly number[],
): Promise<Chart[]> {
  const measure = async (design: Design): Promise<[number, DesignFigures][]> => {
    const measured: [number, DesignFigures][] = [];
    for (const messages of sizes) {
      const scenario = { members, messages, isDelivered: false, secondsBetweenReads: 0.05 };
      measured.push([messages, await measureDesign(design, await openPlace(design), scenario)]);
    }
    return measured;
  };
  const seenby = await measure(designNamed('Seenby'));
  const matrix = await measure(designNamed(matrixName));
  const chart = (name: string, title: string, of: (figures: DesignFigures) => number): Chart => {
    const points = (measured: readonly [number, DesignFigures][]) =>
      measured.map(([messages, figures]): Point => [messages, of(figures)]);
    return {
      ...{ name: `messages-${name}`, title: `${title}, ${members} members` },
      xTitle: 'messages read in one mark',
      series: [
        { name: 'Seenby', points: points(seenby) },
        { name: 'row per message and member', points: points(matrix) },
      ],
    };
  };
  return [
    chart('reads', 'Write units of all marks', ({ read }) => read.write),
    chart('writes', 'Write units of sends and marks', ({ send, read }) => send.write + read.write),
    chart('bytes', 'Bytes stored', ({ storedBytes }) => storedBytes),
  ];
}

function designNamed(name: string): Design {
  const design = designs.find((each) => each.name === name);
  if (!design) throw new Error(`there is no design "${name}"`);
  return design;
}
