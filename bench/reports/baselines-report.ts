import { dollarsOf } from '@seenby/core/costs/prices.ts';
import type { DesignFigures, Scenario } from '../baselines/measure-design.ts';
import { tableOf } from '../support/table-of.ts';

export interface ScenarioFigures extends Scenario {
  name: string;
  designs: DesignFigures[];
}

/** The figures of all scenarios for people to read. */
export const baselinesReport = (scenarios: readonly ScenarioFigures[]): string =>
  [...scenarios.map(scenarioReport), questionsReport(scenarios)].join('\n\n');

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const times = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)}×`;

function scenarioReport({ name, designs }: ScenarioFigures): string {
  const [first] = designs.map(writesOf);
  const rows = designs.map((figures) => [
    figures.design,
    ...[figures.send, figures.deliver, figures.read].map(({ write }) => whole(write)),
    ...[whole(writesOf(figures)), times(writesOf(figures) / (first ?? NaN))],
    whole(readsOf(figures)),
    whole(figures.storedBytes),
    figures.frames === undefined ? '–' : whole(figures.frames),
    (1000 * dollarsOf({ writeUnits: writesOf(figures), readUnits: readsOf(figures) })).toFixed(2),
    figures.frames === undefined ? '–' : (1000 * dollarsOf({ frames: figures.frames })).toFixed(2),
  ]);
  const head = [
    ...['write units:', 'send', 'deliver', 'read', 'all', 'ratio', 'read units', 'bytes stored'],
    ...['frames', '$ units ×1,000', '$ frames ×1,000'],
  ];
  return `${name}\n${tableOf([head, ...rows])}`;
}

/** What a question costs is the same in all scenarios but for the size of a map; the last is shown. */
function questionsReport(scenarios: readonly ScenarioFigures[]): string {
  const rows = (scenarios.at(-1)?.designs ?? []).map(({ design, count, list, unread }) => [
    design,
    ...[count, list, unread].map(({ read }) => read.toFixed(1)),
  ]);
  const head = ['', 'counts of a message', 'its readers', "a member's unread count"];
  return `Read units of a question\n${tableOf([head, ...rows])}`;
}

const writesOf = ({ send, deliver, read }: DesignFigures): number =>
  send.write + deliver.write + read.write;

/** Of sends and marks; questions are shown apart. */
const readsOf = ({ send, deliver, read }: DesignFigures): number =>
  send.read + deliver.read + read.read;
