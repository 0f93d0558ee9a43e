import { usualUse } from '@seenby/core/costs/group-use.ts';
import { framesOf, roundOf } from '@seenby/core/costs/seenby-month.ts';
import { tableOf } from '../support/table-of.ts';
import { dollarsOf, sumOf } from './costs.ts';
import type { GroupFigures, MessageFigures } from './group-figures.ts';
import type { Percentiles } from './percentiles.ts';

type Rows = readonly (readonly string[])[];

/** The figures of a run for people to read. */
export function groupReport(figures: GroupFigures): string {
  const { members, readsPerSecond, spread, burst, senderOnly } = figures;
  const paced = `${readsPerSecond} reads/s`;
  const both = ['', paced, 'all at once'];
  const sections: [title: string, rows: Rows][] = [
    [`From mark_read, ${paced} (ms)`, delayRows(spread)],
    ['From mark_read, all at once (ms)', delayRows(burst)],
    ['One message (ms)', [both, ...completionRows(members, spread, burst)]],
    ['Frames received per connection: mean (most)', [both, ...connectionRows(spread, burst)]],
    [
      'Frames of one message',
      [['', 'in', 'out'], ...frameRows(members, paced, spread, burst, senderOnly)],
    ],
    ['Capacity units of one message', [both.map(doubled), ...unitRows(spread, burst)]],
    ['DynamoDB Local', [both, ...databaseRows(spread, burst)]],
    ['Processor time of one read (ms)', [both, ...processorRows(spread, burst)]],
    ['Memory (MB)', Object.entries(figures.memoryMb).map(([name, mb]) => [name, `${mb ?? '?'}`])],
  ];
  const title = `A group of ${members}, everyone connected (in ${seconds(figures.connectMs)}), one writes, all read`;
  return [title, ...sections.map(([name, rows]) => `\n${name}\n${tableOf(rows)}`)].join('\n');
}

const ms = (value: number): string =>
  Number.isNaN(value) ? 'never' : value.toFixed(value < 10 ? 1 : 0);
const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const times = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)}×`;
const doubled = (text: string): string => (text ? `${text}: write    read` : '');

function delayRows({ read }: MessageFigures): Rows {
  const row = (name: string, { p50, p95, p99, max }: Percentiles) => [
    name,
    ...[p50, p95, p99, max].map(ms),
  ];
  return [
    ['', 'p50', 'p95', 'p99', 'max'],
    row('to its confirmation', read.toConfirmationMs),
    row('to the receipt at the author', read.toAuthorMs),
    row('to the counts at everyone else', read.toCountsMs),
  ];
}

function completionRows(members: number, ...messages: MessageFigures[]): Rows {
  const row = (name: string, value: (message: MessageFigures) => number) => [
    name,
    ...messages.map((message) => ms(value(message))),
  ];
  const all = `${members}/${members}`;
  return [
    row('send_message to its confirmation', ({ send }) => send.toConfirmationMs),
    row('send_message to new_message at everyone', ({ send }) => send.toEveryoneMs),
    row('first mark_read to the last confirmation', (m) => m.read.firstReadToLastConfirmationMs),
    row(`last confirmation to ${all} at the author`, (m) => m.read.toAuthorCompleteMs),
    row(`last confirmation to ${all} at everyone`, (m) => m.read.toEveryoneCompleteMs),
  ];
}

function connectionRows(...messages: MessageFigures[]): Rows {
  const types = ['new_message', 'mark_read_confirmed', 'read_status_update', 'all'];
  return types.map((type) => [
    type,
    ...messages.map(({ clients }) => {
      const { mean, max } = clients.perConnection[type] ?? { mean: 0, max: 0 };
      return `${mean.toFixed(1)} (${max})`;
    }),
  ]);
}

function frameRows(
  members: number,
  paced: string,
  spread: MessageFigures,
  burst: MessageFigures,
  senderOnly: MessageFigures,
): Rows {
  const row = (name: string, { in: into, out }: { in: number; out: number }) => [
    name,
    whole(into),
    whole(out),
    times((into + out) / (2 * members)),
  ];
  return [
    row('floor: a frame in per read, one out per member', { in: members, out: members }),
    row(`Seenby, ${paced}`, spread.frames),
    row('the same, as costs are computed', computedFrames(members, spread)),
    row('Seenby, all at once', burst.frames),
    row('the same, as costs are computed', computedFrames(members, burst)),
    row('Seenby, all at once, visibility sender', senderOnly.frames),
    row('everyone told of every read', { in: members, out: members * members }),
  ];
}

/** In and out, at the pace at which all have read. */
function computedFrames(members: number, { read, frames }: MessageFigures) {
  const secondsBetweenReads = read.firstReadToLastConfirmationMs / 1000 / read.reads;
  const watched = { members, shareOnline: 1, shareWatching: 1, secondsBetweenReads };
  return { in: frames.in, out: framesOf(roundOf({ ...usualUse, ...watched })) - frames.in };
}

function unitRows(spread: MessageFigures, burst: MessageFigures): Rows {
  const cell = ({ write, read }: { write: number; read: number }) =>
    `${write.toFixed(0).padStart(5)} ${read.toFixed(1).padStart(7)}`;
  const messages = [spread, burst];
  return [
    ['send_message', ...messages.map(({ costs }) => cell(costs.send))],
    ['mark_read', ...messages.map(({ costs }) => cell(costs.markRead))],
    ['history', ...messages.map(({ costs }) => cell(costs.history))],
    ['pushes', ...messages.map(({ costs }) => cell(costs.pushes))],
    ['all', ...messages.map(({ costs }) => cell(sumOf(costs)))],
    ['failed conditions', ...messages.map((m) => `${sumOf(m.costs).failedConditions}`)],
    [
      'dollars per 1,000 such messages, units',
      ...messages.map(({ costs }) => (1000 * dollarsOf(sumOf(costs))).toFixed(2)),
    ],
    [
      'dollars per 1,000 such messages, frames',
      ...messages.map(({ frames }) =>
        (1000 * dollarsOf({ write: 0, read: 0 }, frames.in + frames.out)).toFixed(2),
      ),
    ],
  ];
}

function databaseRows(...messages: MessageFigures[]): Rows {
  return [
    ['requests', ...messages.map((m) => whole(m.databaseRequests))],
    ['mean time of a request (ms)', ...messages.map((m) => ms(m.databaseMs / m.databaseRequests))],
    [
      'share of the functions’ time spent in it',
      ...messages.map((m) => `${((100 * m.databaseMs) / m.functionsMs).toFixed(0)} %`),
    ],
  ];
}

/** It says how much work a read is, also when others keep the machine busy. */
function processorRows(...messages: MessageFigures[]): Rows {
  const row = (name: string, part: keyof MessageFigures['processorMs']) => [
    name,
    ...messages.map(({ processorMs, read }) => ms(processorMs[part] / read.reads)),
  ];
  return [
    row('local cloud with its functions', 'cloud'),
    row('DynamoDB Local', 'database'),
    row('clients', 'clients'),
    row('the meter', 'meter'),
  ];
}
