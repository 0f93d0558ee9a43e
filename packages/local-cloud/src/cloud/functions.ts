import { crashAfterMs } from '../faults.ts';
import { createFunctions, type Functions } from '../lambda/functions.ts';
import { listMappings } from '../lambda/list-mappings.ts';
import type { Monitoring } from '../monitoring/monitoring.ts';
import type { Database } from './database.ts';
import type { CloudOptions } from './options.ts';
import type { CalledServices } from './services.ts';
import type { Stack } from './stack.ts';

/** The template's Lambdas, and what invokes them from inside: one another, and the queues. */
export function startFunctions(
  { concurrency, awsLimits, faults, logInvocation }: CloudOptions,
  { template, running }: Stack,
  parts: {
    rewrite: (value: string) => string;
    database: Database;
    services: CalledServices;
    monitoring: Monitoring;
  },
): Functions {
  const { rewrite, database, services, monitoring } = parts;
  const functions = createFunctions({
    ...{ template, rewrite, environment: services.environment },
    ...(concurrency !== undefined && { concurrency }),
    ...(awsLimits && { concurrentExecutions: awsLimits.concurrentExecutions }),
    ...(faults && { crashAfterMs: crashAfterMs(faults) }),
    log: (entry) => {
      monitoring.noteInvocation(entry);
      logInvocation?.(entry);
    },
  });
  const { mappingSwitches } = services;
  services.invocations.serve(functions, listMappings(template, database.tables, mappingSwitches));
  services.queues.consume(functions);
  running.defer(() => functions.stop());
  // Nothing is taken from a queue any more when the functions stop.
  running.defer(() => services.queues.stopConsuming());
  return functions;
}
