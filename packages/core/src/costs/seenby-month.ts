import { isSmall, seenbyUnits as units } from './call-units.ts';
import { countPushes } from './count-pushes.ts';
import { gbSeconds, pushJobs } from './function-times.ts';
import { batchesOf, type GroupTraffic, type GroupUse, trafficOf } from './group-use.ts';
import { monthOf } from './month-of.ts';
import type { Quantities } from './prices.ts';

/** `recorder` takes what comes within two minutes, if the stack publishes no events. */
const recorderWindowSeconds = 120;

/** Some messages are sent, and each member who is online reads them in one mark. */
export interface Round extends GroupTraffic {
  messages: number;
  /** Batches of the table's stream. */
  recorded: number;
  fannedOut: number;
  /** Pushes of counts, and how many get each. */
  pushes: number;
  /** Those of them that waited until they were due. */
  countJobs: number;
  told: number;
  /** Connections that are told of each mark at once, besides the author's. */
  toldAtOnce: number;
}

export function roundOf(use: GroupUse): Round {
  const traffic = trafficOf(use);
  const { marks, watching } = traffic;
  const { pushes, jobs, batches } = countPushes({
    ...{ marks, watching, secondsBetweenReads: use.secondsBetweenReads },
    ...{ windowSeconds: use.pushWindowSeconds, byAll: use.shareOnline === 1 },
  });
  const isShown = use.visibility === 'members';
  return {
    ...{ ...traffic, messages: use.messagesPerMark, fannedOut: batches, pushes, countJobs: jobs },
    recorded: batchesOf(marks, use, recorderWindowSeconds),
    told: isShown ? watching : Math.min(1, watching),
    toldAtOnce: isShown && isSmall(use.members) ? Math.max(0, watching - 1) : 0,
  };
}

/** What Seenby takes for a group in a month. */
export function seenbyMonth(use: GroupUse): Quantities {
  const round = roundOf(use);
  return monthOf(round, {
    writeUnits: writesOf(round),
    readUnits: readsOf(round, use.members),
    frames: framesOf(round),
    calls: callsOf(round),
    jobs: jobsOf(round),
    gbSeconds: secondsOf(round),
  });
}

/** The receipt log shares its items among the marks of a batch. */
const writesOf = ({ messages, marks, recorded, pushes, countJobs }: Round): number =>
  messages * units.sendWrites +
  marks * units.markWrites +
  pushes * units.pushWrites +
  countJobs * units.dueWrites +
  (recorded === 0 ? 0 : recorded * units.logWrites(marks / recorded, messages));

function readsOf(round: Round, members: number): number {
  const { messages, marks, watching, fannedOut, pushes, countJobs, toldAtOnce } = round;
  const { connectedUsers } = round;
  const atOnce = toldAtOnce > 0 ? units.smallGroupReads(members, watching) : 0;
  return (
    messages * (units.sendReads + units.findConnections(members, connectedUsers)) +
    marks * (units.markReads + units.pushReads + atOnce) +
    pushes * units.countReads(members, watching) +
    countJobs * units.dueReads +
    (watching > 0 ? 0 : fannedOut * units.unwatchedReads)
  );
}

/** A message: in, confirmed, to all who are online. A mark: in, confirmed, to the author. */
export const framesOf = ({ messages, online, marks, toldAtOnce, pushes, told }: Round): number =>
  messages * (2 + online) + marks * (3 + toldAtOnce) + pushes * told;

/** A send changes its author's row, so the stream has it as well. */
const callsOf = ({ messages, marks, recorded, fannedOut }: Round): number =>
  2 * messages + marks + recorded + fannedOut;

const jobsOf = ({ messages, online, pushes, countJobs, told }: Round): number =>
  messages * pushJobs(online) + pushes * pushJobs(told) + countJobs;

const secondsOf = ({ messages, online, marks, recorded, fannedOut, pushes, told }: Round): number =>
  (messages + marks) * gbSeconds.socket +
  (messages + recorded) * gbSeconds.recorder +
  fannedOut * gbSeconds.fanOut +
  (messages * online + pushes * told) * gbSeconds.post;
