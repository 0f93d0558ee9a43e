import type { Context } from 'aws-lambda';
import { type ObjectStore, PeriodArchive } from '../retention/period-archive.ts';
import { runMaintenance } from '../retention/run-maintenance.ts';
import type { Service } from '../service/service.ts';

export interface MaintenanceParts {
  service: Service;
  /** None unless the archive is on. */
  objects: ObjectStore | undefined;
}

/**
 * Counts what groups read on the days before today, and keeps what is about to be deleted. Run by
 * the hour: the first run of a day does it, the next ones go on where it had to stop.
 * It throws when groups could not be handled, once all others were.
 */
export function maintenanceHandler({ service, objects }: MaintenanceParts) {
  const archive = objects && new PeriodArchive(service, objects);
  return async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    const remainingMs = () => context.getRemainingTimeInMillis();
    const outcome = await runMaintenance({ service, archive, remainingMs });
    if (outcome.failed > 0) throw new Error(`${outcome.failed} groups could not be handled`);
    return outcome;
  };
}
