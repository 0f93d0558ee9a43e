import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readSettings } from '../../../lib/settings/read-settings.ts';
import { settingNames, settingsSchema } from '../../../lib/settings/settings.ts';

function reasons(context: Record<string, unknown>): string {
  const read = readSettings(context);
  return read.outcome === 'refused' ? read.reasons.join(' ') : 'accepted';
}

function settingsFrom(context: Record<string, unknown>) {
  const read = readSettings(context);
  if (read.outcome === 'refused') throw new Error(read.reasons.join(' '));
  return read.settings;
}

const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/0f8a';

describe('settings', () => {
  it('mean the same as text of the command line and as JSON of cdk.json', () => {
    const json = {
      retentionDays: 90,
      selfSignUp: true,
      allowedOrigins: ['https://a.example', 'http://localhost:5173'],
      logRetentionDays: 7,
      tags: { team: 'chat', formula: 'a=b' },
    };
    const text = {
      retentionDays: '90',
      selfSignUp: 'true',
      allowedOrigins: 'https://a.example, http://localhost:5173',
      logRetentionDays: '7',
      tags: 'team=chat, formula=a=b',
    };
    expect(settingsFrom(text)).toEqual(settingsFrom(json));
    expect(settingsFrom(text)).toMatchObject(json);
  });

  it("leave CDK's own context alone", () => {
    const cdk = {
      'aws:cdk:enable-path-metadata': true,
      '@aws-cdk/core:newStyleStackSynthesis': true,
      'cli-telemetry': false,
    };
    expect(settingsFrom(cdk)).toEqual(settingsFrom({}));
  });

  it('refuse an unknown name and list the valid ones', () => {
    const text = reasons({ retentionDay: 3 });
    expect(text).toContain('No such setting: retentionDay.');
    for (const name of settingNames) expect(text).toContain(name);
  });

  it.each([
    ['retentionDays', '0'],
    ['retentionDays', '366'],
    ['retentionDays', '1.5'],
    ['retentionDays', 'many'],
    ['retentionDays', ''],
    ['pushWindowSeconds', '-1'],
    ['pushWindowSeconds', '11'],
    ['bigGroupPushWindowSeconds', '21'],
    ['removalPolicy', 'keep'],
    ['selfSignUp', 'yes'],
    ['allowedOrigins', ''],
    ['allowedOrigins', 'https://a.example/'],
    ['allowedOrigins', 'a.example'],
    ['allowedOrigins', '*,https://a.example'],
    ['allowedOrigins', Array(120).fill('https://a.example').join()],
    ['logRetentionDays', '2'],
    ['stackName', '1st'],
    ['alarmEmail', 'nobody'],
    ['issuer', 'login.example.com'],
    ['issuer', 'http://login.example.com'],
    ['httpDomain', 'https://api.example.com'],
    ['webhookUrl', 'http://chat.example.com/seenby'],
    ['webhookUrl', 'https://ann:secret@chat.example.com/seenby'],
    ['webhookUrl', 'https://:secret@chat.example.com/seenby'],
    ['webhookUrl', `https://chat.example.com/${'x'.repeat(2000)}`],
    ['socketDomain', 'localhost'],
    ['certificateArn', 'arn:aws:iam::123456789012:server-certificate/old'],
    ['hostedZoneId', 'example.com'],
    ['apiGatewayLogRole', 'replace'],
    ['accessLogClass', 'rare'],
    ['tracing', 'some'],
    ['rollout', 'slow'],
    ['tags', 'team'],
    ['tags', 'aws:team=chat'],
    ['terminationProtection', 'sure'],
  ])('refuse %s=%s and name the setting', (name, value) => {
    expect(reasons({ [name]: value })).toContain(`Setting ${name}: `);
  });

  it.each([
    [{ issuer: 'https://login.example.com' }, 'audience'],
    [{ audience: 'seenby' }, 'issuer'],
    [{ jwksUri: 'https://login.example.com/keys' }, 'issuer'],
    [{ issuer: 'https://a.example', audience: 'seenby', selfSignUp: true }, 'selfSignUp'],
    [{ httpDomain: 'api.example.com' }, 'certificateArn'],
    [{ socketDomain: 'chat.example.com' }, 'certificateArn'],
    [{ certificateArn }, 'httpDomain'],
    [{ hostedZoneId: 'Z1' }, 'httpDomain'],
    [
      { httpDomain: 'a.example.com', socketDomain: 'a.example.com', certificateArn },
      'socketDomain',
    ],
  ])('refuse %o, which lacks its other half', (context, name) => {
    expect(reasons(context)).toContain(`Setting ${name}: `);
  });

  it('allow an issuer without https on the own machine', () => {
    const issuer = 'http://127.0.0.1:3000';
    expect(settingsFrom({ issuer, audience: 'seenby' })).toMatchObject({ issuer });
  });
});

const schemaJson = z.object({
  properties: z.record(
    z.string(),
    z.object({
      type: z.string(),
      default: z.unknown().optional(),
      enum: z.array(z.unknown()).optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    }),
  ),
});

type SettingJson = z.infer<typeof schemaJson>['properties'][string];

function code(value: unknown): string {
  return value === undefined ? '–' : `\`${String(value)}\``;
}

function valuesOf({ type, enum: values, minimum, maximum }: SettingJson): string {
  if (values) return values.map((each) => (type === 'string' ? code(each) : each)).join(', ');
  if (type === 'integer') return `${minimum}–${maximum}`;
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'object') return 'pairs';
  return type === 'array' ? 'list' : 'text';
}

describe('docs/settings.md', () => {
  it('lists every setting with its default and its values', () => {
    const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
    const rows = page
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const { properties } = schemaJson.parse(z.toJSONSchema(settingsSchema, { io: 'output' }));
    const expected = Object.entries(properties).map(([name, setting]) => [
      code(name),
      code(setting.default),
      valuesOf(setting),
    ]);
    expect(rows.map((cells) => cells.slice(1, 4))).toEqual(expected);
    for (const cells of rows) expect(cells[4]).toMatch(/\.$/);
  });
});
