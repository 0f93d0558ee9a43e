import type { Context } from 'aws-lambda';
import { bucket } from './archive/bucket.ts';
import { StepArchive } from './archive/step-archive.ts';
import { environmentNames } from './environment.ts';
import { runDaily } from './use-cases/run-daily.ts';
import { wireStore } from './wiring.ts';

const { service } = wireStore();
const bucketName = process.env[environmentNames.archiveBucket];
const archive = bucketName === undefined ? undefined : new StepArchive(service, bucket(bucketName));

/**
 * Counts what groups read on the days before today, and keeps what is about to be deleted. Run by
 * the hour: the first run of a day does it, the next ones go on where it had to stop.
 * @throws when groups could not be handled, once all others were.
 */
export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const remainingMs = () => context.getRemainingTimeInMillis();
  const outcome = await runDaily({ service, archive, remainingMs });
  if (outcome.failed > 0) throw new Error(`${outcome.failed} groups could not be handled`);
  return outcome;
}
