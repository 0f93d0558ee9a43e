import { seenbyUnits as units } from '@seenby/core/costs/call-units.ts';
import { type GroupUse, usualUse } from '@seenby/core/costs/group-use.ts';
import { type MonthlyCosts, monthlyCosts } from '@seenby/core/costs/monthly-costs.ts';
import { dollarsOf, type Quantities } from '@seenby/core/costs/prices.ts';
import { roundOf } from '@seenby/core/costs/seenby-month.ts';

/** The uses of groups that docs/operations.md shows. */
export const shownUses: readonly { name: string; use: GroupUse }[] = [
  {
    name: '500 members, all read within 15 seconds',
    use: { ...usualUse, secondsBetweenReads: 0.05 },
  },
  { name: 'the same, one reads each second', use: usualUse },
  { name: 'the same, only authors see counts', use: { ...usualUse, visibility: 'sender' } },
  {
    name: '500 members, bursts of 20, within 15 seconds',
    use: { ...usualUse, secondsBetweenReads: 0.05, messagesPerMark: 20 },
  },
  {
    name: '20 members, half of them watching',
    use: { ...usualUse, members: 20, shareWatching: 0.5 },
  },
];

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const lineOf = (...cells: string[]): string => `| ${cells.join(' | ')} |`;

/** A month of each use, in Markdown: Seenby, and a row per message and member. */
export function monthTable(uses: readonly { name: string; use: GroupUse }[]): string {
  const head = ['Group', 'Design', 'Write units', 'Read units', 'Frames', 'Connections'];
  const rows = uses.flatMap(({ name, use }) => {
    const { seenby, matrix } = monthlyCosts(use);
    return [monthRow(name, 'Seenby', seenby), monthRow('', 'matrix', matrix)];
  });
  return [
    lineOf(...head, 'Functions, queue, logs', 'Together'),
    '|---|---|---|---|---|---|---|---|',
  ]
    .concat(rows)
    .join('\n');
}

function monthRow(name: string, design: string, { dollars, total }: MonthlyCosts): string {
  const { lambdaRequests, lambdaGbSeconds, queueRequests, logGigabytes } = dollars;
  const functions = lambdaRequests + lambdaGbSeconds + queueRequests + logGigabytes;
  const { writeUnits, readUnits, frames, connectionMinutes } = dollars;
  const all = [writeUnits, readUnits, frames, connectionMinutes, functions, total];
  return lineOf(name, design, ...all.map((value) => value.toFixed(2)));
}

/** One message in a group of 500, all connected and watching: the last 499 read it, one every seven seconds. */
export function messageTable(members = 500): string {
  const slow = { ...usualUse, members, shareOnline: 1, shareWatching: 1, secondsBetweenReads: 7 };
  const { marks, recorded, pushes, countJobs } = roundOf(slow);
  const row = (name: string, what: string, quantities: Partial<Quantities>) =>
    lineOf(name, what, dollarsOf(quantities).toFixed(6));
  const ofUnits = (name: string, writeUnits: number, readUnits: number) => {
    const writes = writeUnits > 0 ? [`${whole(writeUnits)} write units`] : [];
    const reads = readUnits > 0 ? [`${whole(readUnits)} read units`] : [];
    return row(name, [...writes, ...reads].join(', '), { writeUnits, readUnits });
  };
  const ofFrames = (name: string, frames: number) =>
    row(name, `${whole(frames)} frames`, { frames });
  const { markReads, pushReads } = units;
  return [
    lineOf('', 'Units or frames', 'Dollars'),
    '|---|---|---|',
    ofUnits(
      'the send',
      units.sendWrites,
      units.sendReads + units.findConnections(members, slow.connectedUsers),
    ),
    ofUnits(`${marks} reads, and finding whom to tell`, marks, marks * (markReads + pushReads)),
    ofUnits('the receipt log of these', recorded * units.logWrites(marks / recorded, 1), 0),
    ofFrames('the frames of the send, `new_message` to all included', members + 2),
    ofFrames('reads and their confirmations', 2 * marks),
    ofFrames('receipts to the author', marks),
    ofFrames(`counts to everyone, in ${pushes} pushes`, pushes * members),
    ofUnits(
      'finding these counts and whom to tell',
      pushes * units.pushWrites + countJobs * units.dueWrites,
      pushes * units.countReads(members, members) + countJobs * units.dueReads,
    ),
  ].join('\n');
}
