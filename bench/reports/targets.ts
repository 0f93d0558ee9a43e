import { tableOf } from '../support/table-of.ts';
import type { GroupFigures, MessageFigures } from './group-figures.ts';

interface Target {
  name: string;
  figure: number;
  most: number;
  unit: string;
  /** Counted, and so the same on every machine; times are not. */
  isExact: boolean;
}

/** What the figures are measured against. */
export const targetsOf = (figures: GroupFigures): string =>
  `Targets\n${tableOf([
    ['', 'measured', 'at most', ''],
    ...allTargets(figures).map(({ name, figure, most, unit }) => [
      ...[name, `${figure.toFixed(unit === '×' ? 2 : 0)}${unit}`, `${most}${unit}`],
      figure <= most ? '✓' : '✗',
    ]),
  ])}`;

function allTargets(figures: GroupFigures): Target[] {
  const { members, readsPerSecond, spread, burst, senderOnly } = figures;
  // Counts may be late by half the age of the message, where receipts do not come with names.
  const isSmall = members <= 20;
  const countsMs = isSmall ? 100 : Math.max(1500, (500 * members) / readsPerSecond);
  const time = { unit: ' ms', isExact: false };
  const ratio = { unit: '×', isExact: true };
  const ofFloor = ({ frames }: MessageFigures) => (frames.in + frames.out) / (2 * members);
  const { toAuthorMs, toCountsMs } = spread.read;
  return [
    { name: 'mark_read to the author, p95', figure: toAuthorMs.p95, most: 100, ...time },
    { name: 'mark_read to everyone else, p95', figure: toCountsMs.p95, most: countsMs, ...time },
    {
      ...{ name: 'all at once: last confirmation to all at the author', most: 1500, ...time },
      figure: Math.max(0, burst.read.toAuthorCompleteMs),
    },
    {
      ...{ name: 'all at once: last confirmation to all at everyone', most: 3000, ...time },
      figure: burst.read.toEveryoneCompleteMs,
    },
    {
      ...{
        name: 'all at once: updates per connection',
        most: isSmall ? members + 2 : 10,
        unit: '',
        isExact: true,
      },
      figure: burst.clients.perConnection.read_status_update?.max ?? 0,
    },
    // Where the group is small, everyone is told of each mark.
    { name: 'frames beside the floor', figure: ofFloor(burst), most: isSmall ? 13 : 8, ...ratio },
    { name: 'the same, visibility sender', figure: ofFloor(senderOnly), most: 2.5, ...ratio },
  ];
}

/** What must hold for the run to count; empty when all is well. */
export function faultsOf(figures: GroupFigures): string[] {
  const { members, spread, burst, senderOnly } = figures;
  const missed = allTargets(figures).filter(
    ({ isExact, figure, most }) => isExact && figure > most,
  );
  return [
    ...faultsOfMessage('spread', members, spread),
    ...faultsOfMessage('burst', members, burst),
    ...faultsOfMessage('sender only', members, {
      ...senderOnly,
      // The others are told nothing, and show nothing.
      read: { ...senderOnly.read, wrong: [] },
    }),
    ...missed.map(({ name, figure, most }) => `${name}: ${figure.toFixed(2)}, more than ${most}`),
  ];
}

function faultsOfMessage(name: string, members: number, message: MessageFigures): string[] {
  const { read, clients, frames } = message;
  const { author, wrong } = read;
  const received = clients.received === frames.out && clients.sent === frames.in;
  return [
    ...(author.readCount !== members || author.totalCount !== members
      ? [`${name}: the author's client shows ${author.readCount} of ${author.totalCount}`]
      : []),
    ...(wrong.length > 0
      ? [`${name}: ${wrong.length} clients do not show ${members} of ${members}`]
      : []),
    ...(received
      ? []
      : [`${name}: the gateway counts ${JSON.stringify(frames)} frames, the clients others`]),
  ];
}
