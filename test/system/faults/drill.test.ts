import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, inject, it } from 'vitest';
import { badRelease } from '../../drill/incidents/bad-release.ts';
import { databaseKilled } from '../../drill/incidents/database-killed.ts';
import type { Incident } from '../../drill/incidents/incident.ts';
import { poisonRecord } from '../../drill/incidents/poison-record.ts';
import { streamStopped } from '../../drill/incidents/stream-stopped.ts';
import { receiverOrigin } from '../../support/everything-on.ts';
import { isNightly } from '../../support/nightly.ts';
import { EventReceiver } from '../../support/service/event-receiver.ts';

const everyNight: Record<string, Incident> = { poisonRecord, databaseKilled, streamStopped };
const incidents: Record<string, Incident> = { badRelease, ...(isNightly && everyNight) };
let receiver: EventReceiver;

beforeAll(async () => {
  receiver = await EventReceiver.start();
});
afterAll(() => receiver?.close());

it.each(Object.entries(incidents))(
  '[FA1] [AW3] the incident %s sets off its alarms, and ends with nothing lost and every client right',
  async (_, play) => {
    await play({
      assemblyDir: inject('fullAssemblyDir'),
      dynamoDbEndpoint: inject('dynamoDbEndpoint'),
      tableName: `drill-${randomUUID()}`,
      localServers: { [receiverOrigin]: receiver.origin },
      say: () => {},
    });
  },
);
