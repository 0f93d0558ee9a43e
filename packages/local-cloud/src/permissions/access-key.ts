import { localAccess } from '../dynamodb/local-access.ts';

/** The access key of whoever is no function: tests, scripts and whoever runs the stack. */
export const operatorKey = localAccess.credentials.accessKeyId;

/** The access key that signed a request, out of `AWS4-HMAC-SHA256 Credential=<key>/<date>/…`. */
export function accessKeyOf(authorization: string | undefined): string | undefined {
  return /Credential=([^/]+)\//.exec(authorization ?? '')?.[1];
}
