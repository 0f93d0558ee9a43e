import { localAccount } from '../template/physical-names.ts';

/**
 * How everything in the local cloud signs its requests. DynamoDB Local checks no signature, but
 * unless it was started with `-sharedDb` it keeps a database per access key and region, so all
 * clients must use the same.
 */
export const localAccess = {
  region: localAccount.region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
