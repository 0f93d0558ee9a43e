import type { Context } from 'aws-lambda';
import { bucket } from './retention/archive-bucket.ts';
import { PeriodArchive } from './retention/period-archive.ts';
import { runMaintenance } from './retention/run-maintenance.ts';
import { environmentNames } from './runtime/environment.ts';
import { wireStore } from './wiring.ts';

const { service } = wireStore();
const bucketName = process.env[environmentNames.archiveBucket];
const archive =
  bucketName === undefined ? undefined : new PeriodArchive(service, bucket(bucketName));

/**
 * Counts what groups read on the days before today, and keeps what is about to be deleted. Run by
 * the hour: the first run of a day does it, the next ones go on where it had to stop.
 * @throws when groups could not be handled, once all others were.
 */
export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const remainingMs = () => context.getRemainingTimeInMillis();
  const outcome = await runMaintenance({ service, archive, remainingMs });
  if (outcome.failed > 0) throw new Error(`${outcome.failed} groups could not be handled`);
  return outcome;
}
