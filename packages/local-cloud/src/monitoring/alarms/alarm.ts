import type { MetricStore } from '../series/metric-store.ts';
import type { Datapoint } from '../series/series.ts';
import type { AlarmSettings, AlarmState, NamedAlarm } from './alarm-settings.ts';

/** How an alarm went from one state to another. */
export interface StateChange {
  alarm: NamedAlarm;
  from: AlarmState;
  to: AlarmState;
  reason: string;
  atMs: number;
}

/**
 * An alarm of CloudWatch over a window that slides. What is missing is judged inside the window only;
 * CloudWatch also looks a few periods further back, and so may fire where this one does not.
 */
export class Alarm {
  readonly settings: AlarmSettings;
  state: AlarmState = 'INSUFFICIENT_DATA';
  readonly #store: MetricStore;

  constructor(settings: AlarmSettings, store: MetricStore) {
    this.settings = settings;
    this.#store = store;
  }

  /** @param endMs The end of a minute: what came later is not looked at. */
  evaluate(endMs: number): StateChange | undefined {
    const datapoints = this.#datapoints(endMs);
    if (datapoints.some(({ isChance }) => isChance)) return undefined;
    const to = this.#judge(datapoints);
    if (to === this.state) return undefined;
    const from = this.state;
    this.state = to;
    const reason = reasonFor(this.settings, datapoints);
    return { alarm: this.settings, from, to, reason, atMs: endMs };
  }

  #datapoints(endMs: number): Datapoint[] {
    const { series, evaluationPeriods } = this.settings;
    return Array.from({ length: evaluationPeriods }, (_, index) =>
      series.at(this.#store, endMs - (index + 1) * series.periodMs),
    );
  }

  #judge(datapoints: readonly Datapoint[]): AlarmState {
    const { missing, evaluationPeriods, datapointsToAlarm } = this.settings;
    const absent = datapoints.filter(({ value }) => value === undefined).length;
    const breaching = breachingIn(this.settings, datapoints).length;
    const counted = breaching + (missing === 'breaching' ? absent : 0);
    if (counted >= datapointsToAlarm) return 'ALARM';
    if (missing === 'missing' && absent === evaluationPeriods) return 'INSUFFICIENT_DATA';
    if (missing === 'ignore' && counted + absent >= datapointsToAlarm) return this.state;
    return 'OK';
  }
}

function breachingIn(
  { comparison, threshold }: AlarmSettings,
  datapoints: readonly Datapoint[],
): Datapoint[] {
  return datapoints.filter(
    ({ value }) => value !== undefined && comparison.breaches(value, threshold),
  );
}

function reasonFor(settings: AlarmSettings, datapoints: readonly Datapoint[]): string {
  const { comparison, threshold } = settings;
  const breaching = breachingIn(settings, datapoints);
  const shown = datapoints
    .filter(({ value }) => value !== undefined)
    .map(({ value, startsAtMs }) => `${value} (${new Date(startsAtMs).toISOString()})`);
  const received = shown.length === 0 ? 'none received' : shown.join(', ');
  return `${breaching.length} of the last ${datapoints.length} datapoints [${received}] were ${comparison.words} the threshold (${threshold})`;
}
