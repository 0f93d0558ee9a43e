import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, LogGroupClass } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type LogSettings, logGroupOptions } from '../monitoring/log-group-options.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * Fields are listed, not taken from a ready-made format: those carry the request line or the query
 * string, and a WebSocket client may send its token there.
 */
const commonFields = {
  requestId: '$context.requestId',
  requestTimeEpoch: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  status: '$context.status',
  sourceIp: '$context.identity.sourceIp',
  integrationLatencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integration.status',
};

export const httpLogFields = {
  ...commonFields,
  responseLatencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
};

export const socketLogFields = {
  ...commonFields,
  connectionId: '$context.connectionId',
  eventType: '$context.eventType',
  authorizerStatus: '$context.authorizer.status',
};

/** One JSON line for each request, in a log group of its own. */
export function accessLog(
  scope: Construct,
  fields: Readonly<Record<string, string>>,
  settings: LogSettings & Pick<Settings, 'accessLogClass'>,
): IAccessLogSettings {
  const isRare = settings.accessLogClass === 'infrequentAccess';
  // A log group keeps its class for life: with another class it is another log group.
  const logGroup = new LogGroup(scope, isRare ? 'InfrequentAccessLog' : 'AccessLog', {
    ...logGroupOptions(settings),
    ...(isRare && { logGroupClass: LogGroupClass.INFREQUENT_ACCESS }),
  });
  return {
    destination: new LogGroupLogDestination(logGroup),
    format: AccessLogFormat.custom(JSON.stringify(fields)),
  };
}
