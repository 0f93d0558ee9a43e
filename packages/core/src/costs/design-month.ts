import { gbSeconds, pushJobs } from './function-times.ts';
import { type GroupTraffic, type GroupUse, trafficOf } from './group-use.ts';
import { monthOf } from './month-of.ts';
import { type DesignUnits, matrixUnits } from './other-designs.ts';
import type { Quantities } from './prices.ts';

interface Round extends GroupTraffic {
  messages: number;
  /** Connections that are told of each mark. */
  told: number;
}

/** What a row per message and member takes. */
export const matrixMonth = (use: GroupUse): Quantities => designMonth(use, matrixUnits);

/**
 * What another design takes for a group in a month, where everyone who has the group open is told of
 * every mark. Connections, posts and the queue are Seenby's; there is nothing behind a stream.
 */
export function designMonth(use: GroupUse, units: DesignUnits): Quantities {
  const traffic = trafficOf(use);
  const told = use.visibility === 'members' ? Math.max(1, traffic.watching) : 1;
  const round = { ...traffic, messages: use.messagesPerMark, told };
  return monthOf(traffic, {
    writeUnits: writesOf(round, use.members, units),
    readUnits: readsOf(round, use.members, units),
    frames: framesOf(round),
    calls: round.messages + round.marks,
    jobs: jobsOf(round),
    gbSeconds: secondsOf(round),
  });
}

const writesOf = ({ messages, marks }: Round, members: number, units: DesignUnits): number =>
  messages * units.sendWrites(members) + marks * units.markWrites(messages, marks);

const readsOf = (
  { messages, marks, watching, connectedUsers }: Round,
  members: number,
  units: DesignUnits,
): number =>
  messages * (units.sendReads(members) + units.findConnections(members, connectedUsers)) +
  marks * (units.pushReads + (watching > 0 ? units.watcherReads(watching) : 0));

/** A message: in, confirmed, to all who are online. A mark: in, confirmed, and told. */
const framesOf = ({ messages, online, marks, told }: Round): number =>
  messages * (2 + online) + marks * (2 + told);

const jobsOf = ({ messages, online, marks, told }: Round): number =>
  messages * pushJobs(online) + marks * pushJobs(told);

const secondsOf = ({ messages, online, marks, told }: Round): number =>
  (messages + marks) * gbSeconds.socket + (messages * online + marks * told) * gbSeconds.post;
