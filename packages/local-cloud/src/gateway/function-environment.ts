import { localAccess } from '../dynamodb/local-access.ts';
import type { Apis } from './definition/api-definition.ts';
import type { ApiTemplate } from './definition/api-template.ts';

/** What every function's environment has beside what the template declares. */
export function functionEnvironment(endpoints: {
  dynamoDb: string;
  lambda: string;
  queues: string;
}): Record<string, string> {
  return {
    AWS_REGION: localAccess.region,
    AWS_SECRET_ACCESS_KEY: localAccess.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    AWS_ENDPOINT_URL_SQS: endpoints.queues,
  };
}

/**
 * Maps declared values to local ones: a table's name as a whole, the addresses a deployment would
 * have wherever they occur.
 */
export function createRewrite(
  template: Pick<ApiTemplate, 'resolve' | 'resources'>,
  local: {
    apis: Apis;
    tables: Record<string, { tableName: string }>;
    listeners: { httpUrl: string; wsUrl: string };
    /** Names of hosts that the HTTP port stands for. */
    hosts?: readonly string[] | undefined;
    /** Other origins, and where they are. */
    servers?: Readonly<Record<string, string>> | undefined;
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
    ...localAddresses(local.apis, local.listeners),
    ...domainAddresses(template, local.apis, local.listeners),
    ...hostAddresses(local.hosts ?? [], local.listeners.httpUrl),
    ...Object.entries(local.servers ?? {}),
    ...pageAddress(local.page?.domainName, local.listeners.httpUrl),
  ];
  return (value) =>
    tableNames.get(value) ??
    addresses.reduce((text, [from, to]) => text.replaceAll(from, to), value);
}

function localAddresses(
  { http, sockets }: Apis,
  { httpUrl, wsUrl }: { httpUrl: string; wsUrl: string },
): [from: string, to: string][] {
  const ofHttp: [string, string][] = http ? [[`https://${http.domainName}`, httpUrl]] : [];
  if (!sockets) return ofHttp;
  return [
    ...ofHttp,
    [`wss://${sockets.domainName}`, wsUrl],
    [`https://${sockets.domainName}`, wsUrl.replace('ws://', 'http://')],
  ];
}

/** Their documents only: the bare address of an issuer is its name, and stays what tokens say. */
const hostAddresses = (hosts: readonly string[], httpUrl: string): [from: string, to: string][] =>
  hosts.map((host) => [`${host}/`, `${httpUrl}/`]);

interface ApiMapping {
  ApiId: string;
  DomainName: string;
}

/** The addresses of APIs that have a domain of their own. */
function domainAddresses(
  template: Pick<ApiTemplate, 'resources'>,
  { sockets }: Apis,
  { httpUrl, wsUrl }: { httpUrl: string; wsUrl: string },
): [from: string, to: string][] {
  return template
    .resources<ApiMapping>('AWS::ApiGatewayV2::ApiMapping')
    .map(({ properties: { ApiId, DomainName } }) =>
      ApiId === sockets?.apiId
        ? [`wss://${DomainName}`, wsUrl]
        : [`https://${DomainName}`, httpUrl],
    );
}

/** As an origin that may call: the page is opened by the name of this machine, not its number. */
function pageAddress(
  domainName: string | undefined,
  httpUrl: string,
): [from: string, to: string][] {
  if (domainName === undefined) return [];
  return [[`https://${domainName}`, httpUrl.replace('127.0.0.1', 'localhost')]];
}
