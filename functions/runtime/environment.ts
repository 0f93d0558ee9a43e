/** Names of the environment variables a Lambda reads: written by `lib/`, read by `functions/`. */
export const environmentNames = {
  /** DynamoDB table that holds everything. */
  tableName: 'TABLE_NAME',
  /** ARN of the table's stream, which no other table ever has. */
  tableStreamArn: 'TABLE_STREAM_ARN',
  /** HTTPS address of the WebSocket API's connection management, stage included. */
  callbackUrl: 'CALLBACK_URL',
  /** `iss` that a token must carry. */
  issuer: 'TOKEN_ISSUER',
  /** `aud` (or Cognito's `client_id`) that a token must carry. */
  audience: 'TOKEN_AUDIENCE',
  /** The same of a service token, where it is another one. */
  serviceAudience: 'SERVICE_TOKEN_AUDIENCE',
  /** Where the issuer publishes its public keys. */
  jwksUri: 'TOKEN_JWKS_URI',
  /** The claim of a token that says who the user is. */
  userIdClaim: 'TOKEN_USER_ID_CLAIM',
  /** Allowed web origins, separated by commas; `*` allows every one. */
  allowedOrigins: 'ALLOWED_ORIGINS',
  /** URL of the queue for slices of big groups, and for clients that were not reached at once. */
  pushQueue: 'PUSH_QUEUE',
  /** URL of the queue for what a consumer of the stream cannot process. */
  deadLetters: 'DEAD_LETTERS',
  /** Seconds between two pushes of a group's counts to one connection, at least. */
  pushWindowSeconds: 'PUSH_WINDOW_SECONDS',
  /** Members of the largest groups in which receipts are pushed to everyone at once. */
  directPushMembers: 'DIRECT_PUSH_MEMBERS',
  /** The same for groups of more than a thousand members. */
  bigGroupPushWindowSeconds: 'BIG_GROUP_PUSH_WINDOW_SECONDS',
  /** Posts to connections a second that one sandbox may make. */
  postsPerSecond: 'POSTS_PER_SECOND',
  /** `on` when users learn who else is online. */
  presence: 'PRESENCE',
  /** Days after which messages and receipts are no longer shown. */
  retentionDays: 'RETENTION_DAYS',
  /** Bucket that expired messages and receipts go to; none unless the archive is on. */
  archiveBucket: 'ARCHIVE_BUCKET',
  /** EventBridge bus that events are published on; none unless events are on. */
  eventBus: 'EVENT_BUS',
  /** Where events are posted. */
  webhookUrl: 'WEBHOOK_URL',
  /** ARN of the secret that signs them. */
  webhookSecret: 'WEBHOOK_SECRET',
  /** URL of the queue they come from. */
  webhookQueue: 'WEBHOOK_QUEUE',
} as const;

export type EnvironmentName = (typeof environmentNames)[keyof typeof environmentNames];
