import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsLimits } from '@seenby/local-cloud/aws-limits.ts';
import { Night } from '../night.ts';
import type { Incident } from './incident.ts';

/** What is left of an account's quotas when something else has used up the rest. */
const nearlyNothing: AwsLimits = {
  requests: { perSecond: 40, burst: 20 },
  newConnections: { perSecond: 500, burst: 500 },
  concurrentExecutions: 3,
  partition: { readUnits: 3000, writeUnits: 2 },
};

/** The account's quotas are used up, and then raised. */
export const quotaExhausted: Incident = async (options) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'seenby-drill-'));
  const night = new Night(options);
  try {
    await night.startService({ dataDir });
    await night.comeOnline();
    night.talk();
    await night.heard();
    await night.stopService();
    await night.startService({ dataDir, awsLimits: nearlyNothing });
    night.say('Little is left of the quotas of requests, invocations and writes.');

    await writeUntilRefused(night);
    night.pass(1);
    night.expectAlarms('HttpThrottles', 'TableWriteThrottles');
    night.showGraphs('Refused', 'Faults', 'Frames refused and given up');
    night.expectLogged('a request was throttled');

    await night.stopService();
    await night.startService({ dataDir });
    const raisedAtMs = performance.now();
    night.say('The quotas are raised.');
    await night.expectGoodEnd();
    night.say(`That took ${Math.round(performance.now() - raisedAtMs)} ms from then on.`);
    await night.clearDeadLetters();
    night.expectQuietAfter(6);
  } finally {
    await night.end();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** Everybody writes, until DynamoDB has refused more than the alarm allows. */
async function writeUntilRefused(night: Night): Promise<void> {
  const refused = () => night.graph('Refused').WriteThrottleEvents ?? 0;
  const codes: string[] = [];
  night.talk(2);
  for (let turn = 1; refused() <= 100; turn++) {
    const writers = [...night.people, ...night.people];
    codes.push(...(await Promise.all(writers.map((person, i) => person.post(`${turn}-${i}`)))));
  }
  const counts = [...Map.groupBy(codes, (code) => code)].map(
    ([code, all]) => `${all.length} ${code}`,
  );
  night.say(`Messages over HTTP were answered: ${counts.join(', ')}.`);
}
