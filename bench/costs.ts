// What a group costs in a month, in Seenby and with a row per message and member, as computed from
// the units of single calls. Nothing is measured here.
//   npm run bench -- costs [--members 500] [--messages 100] [--online 0.6] [--watching 0.1]
//     [--seconds-between-reads 1] [--messages-per-mark 1] [--visibility members] [--hours-online 8]
//     [--push-window 1] [--connected 1000] [--json]
import { parseArgs } from 'node:util';
import { type GroupUse, usualUse } from '@seenby/core/costs/group-use.ts';
import { monthlyCosts } from '@seenby/core/costs/monthly-costs.ts';
import { monthTable } from './reports/cost-tables.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    ...{ members: text, messages: text, online: text, watching: text, visibility: text },
    ...{ 'seconds-between-reads': text, 'messages-per-mark': text, 'hours-online': text },
    ...{ 'push-window': text, connected: text, json: { type: 'boolean', default: false } },
  },
});

function numberOf(name: Exclude<keyof typeof values, 'json'>, usual: number, max: number): number {
  const value = Number(values[name] ?? usual);
  if (value >= 0 && value <= max) return value;
  throw new Error(`--${name} is "${values[name]}"; it must be a number from 0 to ${max}.`);
}

function readUse(): GroupUse {
  const { visibility = usualUse.visibility } = values;
  if (visibility !== 'members' && visibility !== 'sender') {
    throw new Error(`--visibility is "${visibility}"; it must be members or sender.`);
  }
  return {
    visibility,
    members: Math.max(2, numberOf('members', usualUse.members, 1000)),
    messagesADay: numberOf('messages', usualUse.messagesADay, 1e6),
    shareOnline: numberOf('online', usualUse.shareOnline, 1),
    shareWatching: numberOf('watching', usualUse.shareWatching, 1),
    secondsBetweenReads: numberOf('seconds-between-reads', usualUse.secondsBetweenReads, 1e6),
    messagesPerMark: Math.max(1, numberOf('messages-per-mark', usualUse.messagesPerMark, 1000)),
    hoursOnlineADay: numberOf('hours-online', usualUse.hoursOnlineADay, 24),
    pushWindowSeconds: numberOf('push-window', usualUse.pushWindowSeconds, 10),
    connectedUsers: numberOf('connected', usualUse.connectedUsers, 1e7),
  };
}

const use = readUse();
console.log(
  values.json
    ? JSON.stringify({ use, ...monthlyCosts(use) }, null, 2)
    : `Dollars a month\n${monthTable([{ name: `${use.members} members`, use }])}`,
);
