import assert from 'node:assert/strict';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { Night } from '../night.ts';
import type { Incident } from './incident.ts';

/** Somebody switches both consumers of the stream off. */
export const streamStopped: Incident = async (options) => {
  const night = new Night(options);
  try {
    await night.startService();
    await night.comeOnline();
    night.talk();
    await night.heard();
    await night.cloud.drained();

    await switchConsumers(night, false);
    for (let period = 0; period < 3; period++) {
      night.pass(5);
      await talkUntilCounted(night);
    }
    night.pass(1);
    night.expectAlarms('RecorderStopped', 'FanOutStopped');
    assert.ok(!night.mailed().includes('RecorderAge'));
    night.showGraphs('Sends and reads', 'Lag of the streams (ms)');
    night.say(`Their readers, as somebody else sees them: ${countsSeen(night)}.`);

    await switchConsumers(night, true);
    const onAtMs = performance.now();
    await night.expectGoodEnd();
    night.say(`They caught up in ${Math.round(performance.now() - onAtMs)} ms.`);
    // The records are as old as the clock says, and the lag is seen once more.
    night.expectQuietAfter(20);
  } finally {
    await night.end();
  }
};

/** As `aws lambda update-event-source-mapping` does. */
async function switchConsumers(night: Night, Enabled: boolean): Promise<void> {
  const { AWS_ENDPOINT_URL_LAMBDA: endpoint = '' } = night.cloud.operator.environment;
  const lambda = new LambdaClient({ endpoint, ...localAccess });
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand());
  for (const { UUID, EventSourceArn = '' } of EventSourceMappings) {
    if (!EventSourceArn.includes('/stream/')) continue;
    const { State } = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    night.say(`The mapping ${UUID} is ${State}.`);
  }
}

/** The functions log their counts every ten seconds at most: until the graph has more than five reads. */
async function talkUntilCounted(night: Night): Promise<void> {
  const reads = () => night.graph('Sends and reads').Reads ?? 0;
  while (reads() <= 5) {
    night.talk();
    await night.heard();
  }
}

/** Counts of the last messages at the first client, which learns at once of receipts for its own only. */
function countsSeen(night: Night): string {
  const [person] = night.people;
  const last = person?.group.messages.slice(-4) ?? [];
  return last
    .flatMap((each) => ('seq' in each ? [person?.group.getReceipt(each.seq)?.read] : []))
    .join(', ');
}
