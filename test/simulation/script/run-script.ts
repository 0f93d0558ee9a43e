import type { TableDefinition } from '../../support/in-process/table-definition.ts';
import { checkList } from '../people/looking.ts';
import { compareDevices } from '../properties/compare.ts';
import type { Finding } from '../properties/findings.ts';
import { checkReplays } from '../properties/replay.ts';
import { doStep } from './do-step.ts';
import { directId, groupIds, type Script, userIds } from './script.ts';
import { settle } from './settle.ts';
import { Simulation } from './simulation.ts';

const dayMs = 86_400_000;
/** Own state, messages, and counts of fresh messages where few have the group open: see PU1 and PU3. */
const usualBoundMs = 2000;
/**
 * With clocks minutes apart, members may be refused for ten seconds (`maxClockGapMs`) and more, and a push that is due is held
 * back a second.
 */
const skewedBoundMs = 30_000;
/** [PU3] What a message costs that all read in one burst, in windows of count frames. */
const maxCountFrames = 8;

export interface Outcome {
  wrong: readonly Finding[];
  steps: number;
  frames: number;
  acknowledged: number;
  faults: ReadonlyMap<string, number>;
  checks: ReadonlyMap<string, number>;
}

/** Plays a script to its end and checks all that has to hold. */
export async function runScript(script: Script, definition: TableDefinition): Promise<Outcome> {
  const simulation = new Simulation(script, definition);
  const { time, findings } = simulation;
  try {
    await time.pass(play(simulation));
  } catch (error) {
    findings.wrong.push({ rule: 'a script comes to its end', what: String(error) });
  }
  simulation.service.close();
  const { steps, frames, acknowledged, service } = simulation;
  return {
    ...{ wrong: findings.wrong, steps, frames: frames.frames, acknowledged: acknowledged.count },
    ...{ faults: service.faults.injected, checks: findings.checks },
  };
}

async function play(simulation: Simulation): Promise<void> {
  const { script } = simulation;
  await begin(simulation);
  for (const step of script.steps) await doStep(simulation, step);
  await settle(simulation);
  await comeAgainIfGivenUp(simulation);
  // Nobody is told of a seq that was lost: whoever looks finds out.
  if (script.losesPushes || simulation.rows.lostSeqs > 0) await heartbeat(simulation);
  await compareDevices(simulation);
  const shownFrom = simulation.time.clock() - (script.retentionDays - 1) * dayMs;
  await simulation.acknowledged.check(simulation.look(), simulation.findings, shownFrom);
  if (simulation.findings.wrong.length > 0) return;
  await readInQuiet(simulation);
  await checkReplays(simulation);
}

async function begin(simulation: Simulation): Promise<void> {
  const { service, devices } = simulation;
  const [ann] = devices.values();
  const kinds = { team: {}, pair: { kind: 'direct' }, club: { visibility: 'sender' } };
  for (const groupId of groupIds) {
    const others = userIds.slice(1, groupId === directId ? 2 : 4);
    const body = { groupId, name: groupId, memberIds: others, historyForNewMembers: 3 };
    await service.http(ann?.userId ?? '', 'POST', '/groups', { ...body, ...kinds[groupId] });
  }
  for (const device of devices.values()) device.line.goOnline();
  await settle(simulation);
}

/**
 * Counts that fan-out gave up, after a minute of failing, are on no screen until its next connection; the same for
 * a frame that the queue gave up. Connections end after two hours.
 */
async function comeAgainIfGivenUp(simulation: Simulation): Promise<void> {
  const { service, devices } = simulation;
  if (service.fanOut.givenUp + service.jobs.givenUp === 0) return;
  for (const device of devices.values()) device.line.cut('clean');
  await settle(simulation);
}

/**
 * Whatever a crash left untold is found out by the clients themselves: with their heartbeat, every nine minutes, and a
 * group that they do not know of with their next connection, within two hours.
 */
async function heartbeat(simulation: Simulation): Promise<void> {
  const devices = [...simulation.devices.values()];
  for (const device of devices) device.heartbeat();
  await settle(simulation);
  if (!simulation.script.losesPushes) return;
  for (const device of devices) device.line.cut('clean');
  await settle(simulation);
}

/** [PU1] [PU3] Whatever the faults left behind, from now on all is there in time. Of the groups, seeds take turns. */
async function readInQuiet(simulation: Simulation): Promise<void> {
  const { script, devices, time, frames, findings } = simulation;
  const boundMs = script.maxSkewMs > 0 ? skewedBoundMs : usualBoundMs;
  await time.wait(10_000);
  frames.takeMaxCountFrames();
  const all = [...devices.values()];
  const groupId = groupIds[script.seed % groupIds.length] ?? '';
  const sender = all.find((device) => device.groups.has(groupId));
  const message = { groupId, clientMessageId: `q-${groupId}`, content: `quiet ${groupId}` };
  await sender?.requests.frame({ type: 'send_message', ...message });
  await time.wait(boundMs);
  await compareDevices(simulation);
  const reads = all.map((device) => {
    const upTo = device.groups.get(groupId)?.status.lastSeq;
    return upTo && device.requests.frame({ type: 'mark_read', groupId, upTo });
  });
  await Promise.all(reads);
  await time.wait(boundMs);
  await compareDevices(simulation);
  const count = frames.takeMaxCountFrames();
  findings.check('PU3 frames with counts', count <= maxCountFrames, () => `${count} in one burst`);
  const lastSeq = sender?.groups.get(groupId)?.status.lastSeq;
  if (sender && lastSeq) await checkList(simulation, sender, groupId, lastSeq);
}
