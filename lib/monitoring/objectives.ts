import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import { lateAfterMs } from '../../functions/runtime/usage-counts.ts';
import { apiMetric, invocationsOf } from './aws-metrics.ts';
import type { Watched } from './watches.ts';

/** What docs/objectives.md promises of the requests, reads or frames of 30 days. */
export interface Objective {
  readonly name: 'Availability' | 'Author' | 'Convergence';
  readonly label: string;
  /** The share of good ones that is promised. */
  readonly target: number;
  /** Sums of what was not good, by an id for metric math. */
  readonly bad: Readonly<Record<string, Metric>>;
  /** Of everything. What is in a sum twice makes the objective stricter, never laxer. */
  readonly all: Readonly<Record<string, Metric>>;
  readonly meaning: string;
}

export function objectivesOf({ logs, sockets, http, answering }: Watched): Objective[] {
  const [authorizer, socket] = answering;
  if (authorizer === undefined || socket === undefined) throw new Error('nothing answers');
  return [
    {
      ...{ name: 'Availability', label: 'Requests without a fault', target: 0.999 },
      bad: {
        answers: apiMetric('5xx', http.apiId),
        integrations: apiMetric('IntegrationError', sockets.apiId),
        frames: logs.faultsOf(socket),
        upgrades: logs.faultsOf(authorizer),
      },
      all: {
        ...{ requests: apiMetric('Count', http.apiId), events: invocationsOf(socket) },
        // What Lambda refused to run is no invocation.
        integrations: apiMetric('IntegrationError', sockets.apiId),
      },
      meaning: 'Requests and frames end in our faults',
    },
    {
      name: 'Author',
      ...{ label: `Reads told to authors within ${lateAfterMs.read} ms`, target: 0.95 },
      bad: { lateReads: logs.sumOf('ReadsLate') },
      all: { reads: logs.sumOf('Reads') },
      meaning: 'Authors learn late of who has read',
    },
    {
      name: 'Convergence',
      ...{ label: `Frames posted within ${lateAfterMs.frame} ms`, target: 0.99 },
      bad: { lateFrames: logs.sumOf('FramesLate'), dropped: logs.sumOf('DroppedFrames') },
      all: { posted: logs.sumOf('FramesPosted') },
      meaning: 'Clients show late what has changed',
    },
  ];
}

/** Below so many bad ones a share is chance: at night one of fifty requests is one. */
const minBad = 10;

/**
 * The share of bad ones in a period.
 *
 * @param options.isGuarded Whether it is 0 where there are only a few.
 */
export function badShare(
  { bad, all, label }: Objective,
  period: Duration,
  { isGuarded = false } = {},
): MathExpression {
  const share = `${sumOf(bad)} / ${sumOf(all)}`;
  return new MathExpression({
    expression: isGuarded ? `IF(${sumOf(bad)} >= ${minBad}, ${share}, 0)` : share,
    usingMetrics: { ...bad, ...all },
    ...{ label: `Not: ${label}`, period },
  });
}

/** The share of good ones in a period, in percent. */
export function goodPercent({ bad, all, label }: Objective, period: Duration): MathExpression {
  return new MathExpression({
    expression: `100 - 100 * FILL(${sumOf(bad)}, 0) / ${sumOf(all)}`,
    usingMetrics: { ...bad, ...all },
    ...{ label, period },
  });
}

/** How much of what may be bad has been, in percent, if the period is the one that is promised for. */
export function usedBudgetPercent(objective: Objective, period: Duration): MathExpression {
  const { name, bad, all, target } = objective;
  return new MathExpression({
    expression: `100 * FILL(${sumOf(bad)}, 0) / ${sumOf(all)} / ${budgetOf(objective)}`,
    usingMetrics: { ...bad, ...all },
    ...{ label: `${name} (${target * 100} %)`, period },
  });
}

/** The share that may be bad. */
export const budgetOf = ({ target }: Objective): number => Number((1 - target).toFixed(6));

/** With `+` one metric without data would leave no sum at all, and faults of most kinds have no data as a rule. */
const sumOf = (metrics: Readonly<Record<string, Metric>>): string =>
  `SUM([${Object.keys(metrics).join(', ')}])`;
