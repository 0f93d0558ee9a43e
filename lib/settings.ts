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

const origins = z
  .array(z.string().refine((text) => text === '*' || isOrigin(text), 'must be web origins or *'))
  .min(1)
  .refine((all) => all.length === 1 || !all.includes('*'), '* stands alone');

function wholeNumber(min: number, max: number, fallback: number) {
  return readingText(z.int().min(min).max(max)).default(fallback);
}

/** The periods that CloudWatch Logs accepts, up to two years. */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

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
    selfSignUp: readingText(z.boolean()).default(false),
    allowedOrigins: readingText(origins).default(['*']),
    demoPage: readingText(z.boolean()).default(true),
    retentionDays: wholeNumber(1, 365, 30),
    archive: readingText(z.boolean()).default(false),
    events: readingText(z.boolean()).default(false),
    pushWindowSeconds: wholeNumber(0, 10, 1),
    bigGroupPushWindowSeconds: wholeNumber(0, 20, 2),
    postsPerSecond: wholeNumber(1, 100_000, 5000),
    presence: readingText(z.boolean()).default(false),
    socketRequestsPerSecond: wholeNumber(1, 100_000, 4000),
    socketBurst: wholeNumber(1, 100_000, 4000),
    httpRequestsPerSecond: wholeNumber(1, 100_000, 1000),
    httpBurst: wholeNumber(1, 100_000, 1000),
    logRetentionDays: readingText(z.literal(logRetentionDays)).default(14),
    apiGatewayLogRole: z.enum(['create', 'existing']).default('create'),
    alarmEmail: z.email().optional(),
  })
  .superRefine(({ issuer, audience, jwksUri, selfSignUp }, check) => {
    const refuse = (path: string, message: string) =>
      check.addIssue({ code: 'custom', path: [path], message });
    if (issuer !== undefined && audience === undefined) refuse('audience', 'goes with issuer');
    if (issuer === undefined && audience !== undefined) refuse('issuer', 'goes with audience');
    if (issuer === undefined && jwksUri !== undefined) refuse('issuer', 'goes with jwksUri');
    if (issuer !== undefined && selfSignUp) refuse('selfSignUp', 'is for the own user pool only');
  });

export type Settings = z.output<typeof settingsSchema>;

export const settingNames: readonly string[] = Object.keys(settingsSchema.shape);
