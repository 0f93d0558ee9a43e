import { localAccess } from '../dynamodb/local-access.ts';
import { localIssuer } from '../identity/identity-provider.ts';
import type { Apis } from './api-definition.ts';
import type { ApiTemplate } from './api-template.ts';

/** What every function's environment has beside what the template declares. */
export function functionEnvironment(endpoints: {
  dynamoDb: string;
  lambda: string;
}): Record<string, string> {
  const { accessKeyId, secretAccessKey } = localAccess.credentials;
  return {
    AWS_REGION: localAccess.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  };
}

/**
 * Maps declared values to local ones: a table's name as a whole, the addresses a deployment would
 * have wherever they occur.
 */
export function createRewrite(
  template: Pick<ApiTemplate, 'resolve'>,
  local: {
    apis: Apis;
    tables: Record<string, { tableName: string }>;
    door: { httpUrl: string; wsUrl: string };
    /** Where the page would be, if there is one. */
    page?: { domainName: string } | undefined;
  },
): (value: string) => string {
  const tableNames = new Map(
    Object.entries(local.tables).map(([logicalId, { tableName }]) => [
      template.resolve({ Ref: logicalId }),
      tableName,
    ]),
  );
  const addresses = [
    ...localAddresses(local.apis, local.door),
    ...pageAddress(local.page?.domainName, local.door.httpUrl),
  ];
  return (value) =>
    tableNames.get(value) ??
    addresses.reduce((text, [from, to]) => text.replaceAll(from, to), value);
}

function localAddresses(
  { http, sockets }: Apis,
  { httpUrl, wsUrl }: { httpUrl: string; wsUrl: string },
): [from: string, to: string][] {
  return [
    [`https://${http.domainName}`, httpUrl],
    [`wss://${sockets.domainName}`, wsUrl],
    [`https://${sockets.domainName}`, wsUrl.replace('ws://', 'http://')],
    // Its documents only: the bare address is the issuer's name, and stays what tokens say.
    [`${localIssuer}/`, `${httpUrl}/`],
  ];
}

/** As an origin that may call: the page is opened by the name of this machine, not its number. */
function pageAddress(
  domainName: string | undefined,
  httpUrl: string,
): [from: string, to: string][] {
  if (domainName === undefined) return [];
  return [[`https://${domainName}`, httpUrl.replace('127.0.0.1', 'localhost')]];
}
