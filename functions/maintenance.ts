import { maintenanceHandler } from './handlers/maintenance-handler.ts';
import { bucket } from './retention/archive-bucket.ts';
import { environmentNames } from './runtime/environment.ts';
import { wireStore } from './wiring.ts';

const bucketName = process.env[environmentNames.archiveBucket];

/** Run by the hour. */
export const handler = maintenanceHandler({
  ...wireStore(),
  objects: bucketName === undefined ? undefined : bucket(bucketName),
});
