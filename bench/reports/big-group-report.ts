import type { BigGroupFigures } from '../support/big-group.ts';
import { tableOf } from '../support/table-of.ts';

const seconds = (ms: number): string =>
  Number.isNaN(ms) ? 'never' : `${(ms / 1000).toFixed(1)} s`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** The figures of a run for people to read. */
export function bigGroupReport(figures: BigGroupFigures): string {
  const { members, reads, views, work, memoryMb } = figures;
  const lastConfirmedAt = Math.max(...reads.map((each) => each.lastConfirmedAt));
  const readMs = lastConfirmedAt - Math.min(...reads.map((each) => each.firstSentAt));
  const completeAt = Math.max(...views.map((each) => each.lastCompleteAt));
  const updates = views.flatMap((each) => each.updates);
  const frames = work.frames.framesIn + work.frames.framesOut;
  const sections: [title: string, rows: string[][]][] = [
    [
      'One message',
      [
        ['making the group', seconds(figures.createMs)],
        ['connecting everyone', seconds(figures.connectMs)],
        ['attempts to connect that failed', whole(figures.failedConnects)],
        ['send_message to new_message at everyone', seconds(figures.sendToEveryoneMs)],
        ['first mark_read to the last confirmation', seconds(readMs)],
        ['reads a second', whole((1000 * (members - 1)) / readMs)],
        ['mark_read to its confirmation, p95', seconds(worst(figures, 'p95'))],
        ['mark_read to its confirmation, at most', seconds(worst(figures, 'max'))],
        [
          `last confirmation to ${members}/${members} at everyone`,
          seconds(Math.max(0, completeAt - lastConfirmedAt)),
        ],
      ],
    ],
    [
      'Frames',
      [
        ['in', whole(work.frames.framesIn)],
        ['out', whole(work.frames.framesOut)],
        ['beside the floor, one in per read and one out per member', ratio(frames, 2 * members)],
        ['everyone told of every read', ratio(members + members ** 2, 2 * members)],
        ['updates per connection, mean', (sum(updates) / updates.length).toFixed(1)],
        // The author's connection also has some five hundred receipts at once.
        ['updates per connection, most but the author', whole(Math.max(...updates.slice(1)))],
      ],
    ],
    [
      'Functions',
      [
        ['', 'calls', 'failed', 'mean ms'],
        ...Object.entries(work.functions).map(([name, { calls, errors, totalMs }]) => [
          ...[name, whole(calls), whole(errors), (totalMs / calls).toFixed(1)],
        ]),
      ],
    ],
    ['Faults that were logged', faultRows(work.faults)],
    ['Memory (MB)', Object.entries(memoryMb).map(([name, mb]) => [name, `${mb ?? '?'}`])],
  ];
  const title = `A group of ${whole(members)}, everyone connected, one writes, all read`;
  return [title, ...sections.map(([name, rows]) => `\n${name}\n${tableOf(rows)}`)].join('\n');
}

/** What must hold for the run to count; empty when all is well. */
export function bigGroupFaults({ members, reads, views, work }: BigGroupFigures): string[] {
  const failed = reads.flatMap((each) => each.failures);
  const wrong = views.flatMap((each) => each.wrong);
  const closeConnection = sum(views.map((each) => each.closeConnection));
  return [
    ...(failed.length > 0 ? [`${failed.length} reads were not confirmed: ${failed[0]}`] : []),
    ...(closeConnection > 0 ? [`${closeConnection} connections were cut off`] : []),
    ...(wrong.length > 0
      ? [`${wrong.length} clients do not show ${members} of ${members}: ${wrong.slice(0, 5)}`]
      : []),
    ...Object.entries(work.functions)
      .filter(([, { errors }]) => errors > 0)
      .map(([name, { errors }]) => `${name} failed or timed out ${errors} times`),
  ];
}

const faultRows = (faults: Record<string, number>): string[][] => {
  const rows = Object.entries(faults).map(([name, count]) => [name, `${count}`]);
  return rows.length > 0 ? rows : [['none']];
};

const worst = ({ reads }: BigGroupFigures, percentile: 'p95' | 'max'): number =>
  Math.max(...reads.map(({ toConfirmationMs }) => toConfirmationMs[percentile]));

const ratio = (frames: number, floor: number): string => `${(frames / floor).toFixed(1)}×`;

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);
