import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { SeenbyStack } from '../../../../lib/seenby-stack.ts';
import { readSettings } from '../../../../lib/settings/read-settings.ts';

const { context: flags }: { context: Record<string, unknown> } = JSON.parse(
  readFileSync(new URL('../../../../cdk.json', import.meta.url), 'utf8'),
);

/** The stack under the given settings; the Lambdas' code is not bundled. */
export function makeStack(
  settings: Readonly<Record<string, unknown>> = {},
  { isValidated = false } = {},
): SeenbyStack {
  const read = readSettings(settings);
  if (read.outcome === 'refused') throw new Error(read.reasons.join('\n'));
  const app = new App({
    // Nothing is copied either: what CDK brings to deploy the page is 22 MB.
    context: { ...flags, 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-asset-staging': true },
    // It takes most of the time of a synthesis; `cdk synth` keeps it on.
    builtinCloudFormationValidation: isValidated,
  });
  const { stackName = 'Test' } = settings;
  return new SeenbyStack(app, String(stackName), { settings: read.settings });
}

export const synthesize = (settings: Readonly<Record<string, unknown>> = {}): Template =>
  Template.fromStack(makeStack(settings));
