import { type Percentiles, percentilesOf } from '../../../bench/reports/percentiles.ts';
import { tableOf } from '../../../bench/support/table-of.ts';
import type { CampaignResult } from '../campaign.ts';
import { findingKinds } from '../checker/finding.ts';
import type { DoneFaults } from '../faults/faulty-link.ts';

/** The figures of a campaign, without its history. */
export interface Summary {
  seed: number;
  date: string;
  minutes: number;
  groups: number;
  members: number;
  messages: number;
  tombstones: number;
  receipts: number;
  receiptsAmongFaults: number;
  /** Requests by how they ended. */
  requests: Record<'ok' | 'fail' | 'unknown', number>;
  refusals: Record<string, number>;
  faults: Record<string, number>;
  done: DoneFaults;
  restartMs: Record<string, Percentiles>;
  clients: number;
  /** Of those whose connection is one from after the last fault. */
  reconnected: number;
  /** From the last fault until the last request of anybody had ended. */
  quietMs: number;
  /** From the last request, or from the own connection if that is later, until all was right. */
  ownRightMs: Percentiles;
  countsRightMs: Percentiles;
  checked: { lists: number; lines: number; positions: number; guestFrames: number };
  lost: number;
  wrong: number;
  findings: Record<string, number>;
}

export function summaryOf(result: CampaignResult): Summary {
  const { options, history, stored, findings } = result;
  const lists = stored.flatMap((group) => [...group.lists.values()]);
  const faults = Map.groupBy(result.faults, ({ kind }) => kind);
  return {
    ...{ seed: options.seed, date: new Date(result.startedAt).toISOString() },
    minutes: Math.round((result.faultsEndedAt - result.startedAt) / 6000) / 10,
    ...{ groups: stored.length, members: sum(stored.map(({ memberIds }) => memberIds.length)) },
    messages: lists.length,
    tombstones: sum(stored.map(({ messages }) => messages.filter(({ lost }) => lost).length)),
    ...{ receipts: result.receipts, receiptsAmongFaults: result.load.receipts },
    requests: countBy(history.operations, ({ outcome }) => outcome),
    refusals: countBy(
      history.operations.flatMap(({ code }) => code ?? []),
      (code) => code,
    ),
    ...{ faults: countBy(result.faults, ({ kind }) => kind), done: result.done },
    restartMs: Object.fromEntries(
      (['kill the local cloud', 'kill DynamoDB Local'] as const).map((kind) => [
        kind,
        percentilesOf(faults.get(kind)?.map(({ lastedMs }) => lastedMs) ?? []),
      ]),
    ),
    ...healingOf(result),
    checked: {
      lists: lists.length,
      lines: sum(lists.map(({ members }) => members.length)),
      positions: sum(stored.map(({ positions }) => positions.size)),
      guestFrames: history.received.length,
    },
    lost: findings.filter(({ what }) => findingKinds[what] === 'lost').length,
    wrong: findings.filter(({ what }) => findingKinds[what] === 'wrong').length,
    findings: countBy(findings, ({ what }) => what),
  };
}

function healingOf({ history, healing, faultsEndedAt }: CampaignResult) {
  const ends = history.operations.map(({ endedAt }) => endedAt).filter(Number.isFinite);
  const quietAt = ends.reduce((last, end) => Math.max(last, end), faultsEndedAt);
  const after = (part: 'ownSince' | 'countsSince'): Percentiles =>
    percentilesOf(
      healing.screens.map((times) =>
        Math.max(0, times[part] - Math.max(quietAt, times.connectedAt)),
      ),
    );
  return {
    clients: healing.screens.length,
    reconnected: healing.screens.filter(({ connectedAt }) => connectedAt > faultsEndedAt).length,
    quietMs: quietAt - faultsEndedAt,
    ...{ ownRightMs: after('ownSince'), countsRightMs: after('countsSince') },
  };
}

/** What a reader wants to know, as lines. */
export function campaignReport(summary: Summary): string {
  const { requests, checked, restartMs, ownRightMs, countsRightMs } = summary;
  const killed = (kind: string) =>
    `${seconds(restartMs[kind]?.p50)}, at most ${seconds(restartMs[kind]?.max)}`;
  const rows = [
    ['Date', summary.date.slice(0, 10)],
    ['Minutes with faults', String(summary.minutes)],
    ['Groups, members', `${summary.groups}, ${grouped(summary.members)}`],
    ['Messages stored', grouped(summary.messages)],
    ['Receipts acknowledged', grouped(summary.receipts)],
    ['Of these, of plain clients before the last fault', grouped(summary.receiptsAmongFaults)],
    ['Requests acknowledged', grouped(requests.ok)],
    ['Requests refused', grouped(requests.fail)],
    ['Requests without an answer', grouped(requests.unknown)],
    ...Object.entries(summary.faults)
      .sort()
      .map(([kind, times]) => [`Fault: ${kind}`, grouped(times)]),
    ...Object.entries(summary.done).map(([what, times]) => [
      `At the proxy: ${what}`,
      grouped(times),
    ]),
    ['Until the local cloud served again', killed('kill the local cloud')],
    ['Until DynamoDB Local served again', killed('kill DynamoDB Local')],
    ['Clients whose screens were compared', String(summary.clients)],
    ['Of these, came back after the last fault', String(summary.reconnected)],
    ['From the last fault to the last request', seconds(summary.quietMs)],
    [
      'Messages and own state right after',
      `${seconds(ownRightMs.p50)}, at most ${seconds(ownRightMs.max)}`,
    ],
    ['Counts right after', `${seconds(countsRightMs.p50)}, at most ${seconds(countsRightMs.max)}`],
    ['Lines of receipt lists checked', grouped(checked.lines)],
    ['Frames to people who come and go', grouped(checked.guestFrames)],
    ['Lost', String(summary.lost)],
    ['Wrong', String(summary.wrong)],
    ...Object.entries(summary.findings).map(([what, times]) => [`  ${what}`, String(times)]),
  ];
  return tableOf(rows);
}

const seconds = (ms: number | undefined): string => `${((ms ?? Number.NaN) / 1000).toFixed(1)} s`;
const grouped = (number = 0): string => number.toLocaleString('en');
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function countBy<T, K extends string>(
  items: readonly T[],
  nameOf: (item: T) => K,
): Record<K, number> {
  const counts = {} as Record<K, number>;
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}
