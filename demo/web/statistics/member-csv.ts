import { csvOf } from '@seenby/client/elements';
import type { MemberStatistics } from './statistics.ts';

const columns = [
  'userId',
  'name',
  'messages',
  'read',
  'readRate',
  'averageReadDelayMs',
  'lastReadAt',
];

/** How each member reads, as a table for spreadsheets: times in ISO 8601, UTC. */
export const memberCsv = (members: readonly MemberStatistics[]): string =>
  csvOf([
    columns,
    ...members.map(({ userId, name = '', messages, read, readRate, ...times }) => [
      userId,
      name,
      String(messages),
      String(read),
      messages > 0 ? readRate.toFixed(4) : '',
      times.averageReadDelayMs === null ? '' : String(Math.round(times.averageReadDelayMs)),
      times.lastReadAt === undefined ? '' : new Date(times.lastReadAt).toISOString(),
    ]),
  ]);
