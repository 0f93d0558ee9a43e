import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GroupFigures, MessageFigures } from '../reports/group-figures.ts';
import type { Percentiles } from '../reports/percentiles.ts';
import { targetsOf } from '../reports/targets.ts';
import type { Scenario } from './scenario.ts';

const script = join(import.meta.dirname, '../group-of-500.ts');
const ms = (value: number): string => `${Math.round(value)} ms`;
const spread = ({ p50, p95 }: Percentiles): string => `${Math.round(p50)} / ${ms(p95)}`;

/** It checks by itself what must hold, and ends with 1 if that does not. */
async function measure(): Promise<GroupFigures> {
  const running = promisify(execFile)(process.execPath, [script, '--json'], { maxBuffer: 1e8 });
  running.child.stderr?.pipe(process.stderr);
  const { stdout } = await running;
  return JSON.parse(stdout) as GroupFigures;
}

type Row = [name: string, of: (message: MessageFigures) => string];

const rows: Row[] = [
  ['send to everyone', ({ send }) => ms(send.toEveryoneMs)],
  ['`mark_read` to its confirmation, p50 / p95', ({ read }) => spread(read.toConfirmationMs)],
  ['`mark_read` to the author, p50 / p95', ({ read }) => spread(read.toAuthorMs)],
  ['`mark_read` to everyone else, p50 / p95', ({ read }) => spread(read.toCountsMs)],
  ['first read to the last confirmation', ({ read }) => ms(read.firstReadToLastConfirmationMs)],
  ['from there to 500 of 500 at the author', ({ read }) => ms(read.toAuthorCompleteMs)],
  ['from there to 500 of 500 at everyone', ({ read }) => ms(read.toEveryoneCompleteMs)],
  [
    "of the functions' time: waiting for DynamoDB Local",
    ({ databaseMs, functionsMs }) => `${((100 * databaseMs) / functionsMs).toFixed(0)} %`,
  ],
  [
    'DynamoDB Local, for each of its requests',
    ({ databaseMs, databaseRequests }) => `${(databaseMs / databaseRequests).toFixed(1)} ms`,
  ],
  [
    'processor for each read: local cloud with functions',
    ({ processorMs, read }) => `${(processorMs.cloud / read.reads).toFixed(1)} ms`,
  ],
  [
    'processor for each read: DynamoDB Local',
    ({ processorMs, read }) => `${(processorMs.database / read.reads).toFixed(1)} ms`,
  ],
];

export const latencyScenario: Scenario = {
  name: 'latency',
  about: 'a group of 500 over real sockets: one message read at 20 a second, and all at once',
  isTimed: true,
  async run() {
    const figures = await measure();
    const { burst, senderOnly } = figures;
    return {
      tables: [
        {
          title: 'A group of 500, all connected, on the local cloud with the poll of the stream',
          head: ['', '20 reads/s', 'all at once', 'all at once, visibility `sender`'],
          rows: rows.map(([name, of]) => [
            name,
            ...[figures.spread, burst, senderOnly].map((message) => of(message)),
          ]),
        },
      ],
      notes: [targetsOf(figures)],
      figures,
    };
  },
};
