import type { Functions } from '../lambda/functions.ts';
import type { Monitoring } from '../monitoring/monitoring.ts';
import { type EventSources, startEventSources } from '../streams/event-sources.ts';
import type { Database } from './database.ts';
import type { CloudOptions } from './options.ts';
import type { CalledServices } from './services.ts';
import type { Stack } from './stack.ts';

/** What the tables' streams invoke. Resolves once every mapping has its starting position. */
export async function startStreams(
  { streams, faults }: CloudOptions,
  { template, log, running }: Stack,
  parts: {
    database: Database;
    services: CalledServices;
    functions: Functions;
    monitoring: Monitoring;
  },
): Promise<EventSources> {
  const { database, services, functions, monitoring } = parts;
  const eventSources = startEventSources({
    ...{ template, functions, log },
    ...{ dynamoDbEndpoint: database.endpoint, tables: database.tables },
    ...{ deadLetters: services.deadLetters.add, noteBatch: monitoring.noteBatch },
    switches: services.mappingSwitches,
    ...streams,
    ...(faults?.streams && { faults: { rates: faults.streams, random: faults.random } }),
  });
  running.defer(() => eventSources.stop());
  await eventSources.ready();
  return eventSources;
}
