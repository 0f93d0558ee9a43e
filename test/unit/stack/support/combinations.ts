type Settings = Readonly<Record<string, unknown>>;

const ownIssuer = { issuer: 'https://login.example.com', audience: 'seenby' };
const listedOrigins = { allowedOrigins: 'https://chat.example.com,https://example.org' };
const extras = {
  archive: 'true',
  webhookUrl: 'https://chat.example.com/seenby',
  presence: 'true',
  alarmEmail: 'on-call@example.com',
  apiGatewayLogRole: 'create',
  accessLogClass: 'infrequentAccess',
};

const releases = { rollout: 'canary', tracing: 'true', tags: 'team=chat' };
const domains = {
  httpDomain: 'api.example.com',
  socketDomain: 'chat.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0f8a',
  hostedZoneId: 'Z0123',
};

/**
 * The settings under which the stack has other resources or refers to others. Each comes on and off,
 * alone and together with those that it meets in the template.
 */
export const combinations: Readonly<Record<string, Settings>> = {
  'the defaults': {},
  'everything off': { ...ownIssuer, demoPage: 'false', dashboard: 'false' },
  'for development': { removalPolicy: 'destroy', selfSignUp: 'true' },
  'everything on': { ...extras, ...listedOrigins },
  'everything on, for development': { ...extras, ...listedOrigins, removalPolicy: 'destroy' },
  'everything on, own issuer, no page': { ...extras, ...ownIssuer, demoPage: 'false' },
  'everything on, released gradually': { ...extras, ...releases, ...domains },
  'everything on, released gradually, for listed origins': {
    ...{ ...extras, ...releases, ...domains, ...listedOrigins },
    ...{ removalPolicy: 'destroy', serviceClient: 'false', apiGatewayLogRole: 'existing' },
  },
  'everything off, released gradually': { ...ownIssuer, ...releases, demoPage: 'false' },
  'events without a webhook': { events: 'true' },
  'one domain': { socketDomain: domains.socketDomain, certificateArn: domains.certificateArn },
  'a page of listed origins': listedOrigins,
  'on a table that was there': {
    tableStreamArn:
      'arn:aws:dynamodb:eu-west-1:123456789012:table/Restored/stream/2026-11-22T03:34:20.000',
  },
  'an own issuer with a page': { ...ownIssuer, ...listedOrigins },
};
