import { z } from 'zod';
import { readingText } from './setting-text.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Tokens and keys travel over this address, so plain http is for the own machine only. */
function isTrustworthyUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname));
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

const address = z
  .string()
  .refine(isTrustworthyUrl, 'must be an https address (http is for localhost only)');

function hasNoCredentials(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

const webhookAddress = address
  .max(2000)
  .refine(hasNoCredentials, 'must not have a user name or a password');

const origins = z
  .array(z.string().refine((text) => text === '*' || isOrigin(text), 'must be web origins or *'))
  .min(1)
  .refine((all) => all.length === 1 || !all.includes('*'), '* stands alone')
  // The authorizer has them in its environment, for all of which Lambda gives 4 KB.
  .refine((all) => all.join().length <= 2000, 'must be at most 2,000 characters together');

function wholeNumber(min: number, max: number, fallback: number) {
  return readingText(z.int().min(min).max(max)).default(fallback);
}

const hostName = z
  .string()
  .max(64)
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a domain in small letters');

/** CloudFormation's own rules for the tags of a stack. */
const tags = z.record(
  z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/i, 'must be names of tags'),
  z.string().regex(/^[\w .:/=+@-]{1,256}$/, 'must be name=value'),
);

/** The periods that CloudWatch Logs accepts, up to two years. */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

interface Related {
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  readonly jwksUri?: string | undefined;
  readonly selfSignUp: boolean;
  readonly httpDomain?: string | undefined;
  readonly socketDomain?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly hostedZoneId?: string | undefined;
}

function* contradictions(all: Related): Generator<[name: string, message: string]> {
  const { issuer, audience, jwksUri, httpDomain, socketDomain, certificateArn } = all;
  if (issuer !== undefined && audience === undefined) yield ['audience', 'goes with issuer'];
  if (issuer === undefined && audience !== undefined) yield ['issuer', 'goes with audience'];
  if (issuer === undefined && jwksUri !== undefined) yield ['issuer', 'goes with jwksUri'];
  if (issuer !== undefined && all.selfSignUp) yield ['selfSignUp', 'is for the own user pool only'];
  const domain = httpDomain ?? socketDomain;
  if (domain !== undefined && certificateArn === undefined)
    yield ['certificateArn', 'goes with a domain'];
  if (domain === undefined && certificateArn !== undefined)
    yield ['httpDomain', 'goes with certificateArn'];
  if (domain === undefined && all.hostedZoneId !== undefined)
    yield ['httpDomain', 'goes with hostedZoneId'];
  if (domain !== undefined && httpDomain === socketDomain)
    yield ['socketDomain', 'must be another than httpDomain'];
}

/** Every setting of a deployment, with its default. `docs/settings.md` explains each. */
export const settingsSchema = z
  .strictObject({
    stackName: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'must be letters, digits and hyphens')
      .default('Seenby'),
    removalPolicy: z.enum(['retain', 'destroy']).default('retain'),
    issuer: address.optional(),
    audience: z.string().min(1).optional(),
    jwksUri: address.optional(),
    userIdClaim: z.string().min(1).max(200).default('sub'),
    selfSignUp: readingText(z.boolean()).default(false),
    serviceClient: readingText(z.boolean()).default(true),
    allowedOrigins: readingText(origins).default(['*']),
    demoPage: readingText(z.boolean()).default(true),
    httpDomain: hostName.optional(),
    socketDomain: hostName.optional(),
    certificateArn: z
      .string()
      .regex(
        /^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/,
        'must be the ARN of a certificate',
      )
      .optional(),
    hostedZoneId: z
      .string()
      .regex(/^Z[A-Z0-9]+$/, 'must be the id of a hosted zone')
      .optional(),
    tableStreamArn: z
      .string()
      .regex(
        /^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[\w.-]{3,255}\/stream\/[\w:.-]+$/,
        "must be the ARN of a table's stream",
      )
      .optional(),
    retentionDays: wholeNumber(1, 365, 30),
    archive: readingText(z.boolean()).default(false),
    events: readingText(z.boolean()).default(false),
    webhookUrl: webhookAddress.optional(),
    directPushMembers: wholeNumber(0, 100, 20),
    pushWindowSeconds: wholeNumber(0, 10, 1),
    bigGroupPushWindowSeconds: wholeNumber(0, 20, 2),
    postsPerSecond: wholeNumber(100, 100_000, 1500),
    presence: readingText(z.boolean()).default(false),
    socketRequestsPerSecond: wholeNumber(1, 100_000, 700),
    socketBurst: wholeNumber(1, 100_000, 700),
    httpRequestsPerSecond: wholeNumber(1, 100_000, 300),
    httpBurst: wholeNumber(1, 100_000, 300),
    logRetentionDays: readingText(z.literal(logRetentionDays)).default(14),
    apiGatewayLogRole: z.enum(['none', 'existing', 'create']).default('none'),
    accessLogClass: z.enum(['standard', 'infrequentAccess']).default('standard'),
    alarmEmail: z.email().optional(),
    dashboard: readingText(z.boolean()).default(true),
    tracing: readingText(z.boolean()).default(false),
    rollout: z.enum(['atOnce', 'canary', 'linear']).default('atOnce'),
    tags: readingText(tags).optional(),
    terminationProtection: readingText(z.boolean()).default(false),
  })
  .superRefine((settings, check) => {
    for (const [path, message] of contradictions(settings)) {
      check.addIssue({ code: 'custom', path: [path], message });
    }
  });

export type Settings = z.output<typeof settingsSchema>;

export const settingNames: readonly string[] = Object.keys(settingsSchema.shape);
