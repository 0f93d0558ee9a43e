// A group of 5,000, all connected from several processes: one writes, all read, everyone ends at
// 5,000 of 5,000.
//   node bench/group-of-5000.ts [--members N] [--processes N] [--readers-at-once N]
// Exits with 1 when a client ends up showing anything else, or a function failed or timed out.
import { parseArgs } from 'node:util';
import { bigGroupFaults, bigGroupReport } from './reports/big-group-report.ts';
import { BigGroup } from './support/big-group.ts';
import { concurrency, startDemoSession, withOpen } from './support/demo-session.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '5000' },
    processes: { type: 'string', default: '5' },
    /** Reads under way in each process. */
    'readers-at-once': { type: 'string', default: '10' },
  },
});

/**
 * One process is the gateway and all functions here, and 5,000 posts are several seconds of its
 * time. The service's own settings say what it can take, as they do of an AWS account.
 */
const settings = { postsPerSecond: '800', bigGroupPushWindowSeconds: '10' };

await withOpen(async (open) => {
  const session = await startDemoSession(open, settings);
  const { assemblyDir, dynamoDbEndpoint } = session;
  await session.cloud.call('start', { assemblyDir, dynamoDbEndpoint, concurrency });
  const group = new BigGroup(session, Number(values.members));
  await group.connect(Number(values.processes), open);
  const figures = await group.readOneMessage(Number(values['readers-at-once']));
  console.log(bigGroupReport(figures));
  const faults = bigGroupFaults(figures);
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
});
