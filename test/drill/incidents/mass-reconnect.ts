import assert from 'node:assert/strict';
import { awsLimits } from '@seenby/local-cloud/aws-limits.ts';
import { patienceMs } from '../../support/time/patience.ts';
import { callRoute } from '../../support/wire/http.ts';
import { ManyClients, perGroup, type Returns } from '../many-clients.ts';
import { Night } from '../night.ts';
import type { Incident } from './incident.ts';

/** Everybody's connection ends at once, and everybody comes back, under the quotas of AWS. */
export const massReconnect: Incident = async (options) => {
  const groups = (options.connections ?? 5000) / perGroup;
  const night = new Night(options);
  const clients = new ManyClients();
  try {
    // As long as deployed: of jobs that wait for one of few sandboxes the queue must not think that they failed.
    await night.startService({ awsLimits: awsLimits(), hiddenMs: 60_000 });
    await night.comeOnline();
    await makeGroups(night, groups);
    const { httpUrl, wsUrl } = night.cloud;
    const size = await clients.board({ httpUrl, wsUrl }, groups);
    night.say(`${size} more clients are connected.`);

    const cutAtMs = performance.timeOrigin + performance.now();
    await clients.cut();
    night.say('All their connections ended.');
    night.talk();
    let told = 0;
    const isBack = async () => {
      const back = await clients.connected();
      if (back >= told + size / 10) night.say(`${back} are back.`);
      if (back >= told + size / 10) told = back;
      return back === size;
    };
    await night.until('everybody to be back', isBack, 10 * patienceMs);
    tell(night, await clients.returns(cutAtMs));

    const content = 'We are back.';
    assert.equal(await clients.say(content), groups);
    assert.equal(await clients.heard(content), size);
    night.say(`A message in each of ${groups} groups is shown by all ${size} clients.`);
    await night.expectGoodEnd();
    await night.clearDeadLetters();
    night.expectQuietAfter(20);
  } finally {
    await clients.end();
    await night.end();
  }
};

function tell(night: Night, { backMs, attempts }: Returns): void {
  const seconds = (share: number) =>
    ((backMs[Math.ceil(share * backMs.length) - 1] ?? 0) / 1000).toFixed(1);
  night.say(
    `Half were back after ${seconds(0.5)} s, 95 % after ${seconds(0.95)} s, all after ${seconds(1)} s.`,
  );
  night.say(`That took ${attempts} attempts, ${(attempts / backMs.length).toFixed(1)} each.`);
  night.pass(1);
  night.say(`Alarms: ${night.firing().join(', ') || 'none'}.`);
  night.showGraphs('Connections', 'Faults', 'Latency, 95th percentile (ms)');
}

async function makeGroups(night: Night, groups: number): Promise<void> {
  for (let group = 0; group < groups; group++) {
    const memberIds = Array.from({ length: perGroup }, (_, member) => `user-${group}-${member}`);
    const [owner = '', ...others] = memberIds;
    const token = await night.cloud.issueToken({ userId: owner });
    const made = { groupId: `group-${group}`, name: 'Group', memberIds: others };
    await callRoute(`${night.cloud.httpUrl}/groups`, token, made);
  }
  night.say(`${groups} groups of ${perGroup} are made.`);
}
