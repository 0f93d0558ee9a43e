import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { readSettings } from '../../lib/read-settings.ts';
import { SeenbyStack } from '../../lib/seenby-stack.ts';

/** The stack's template under the given settings; the Lambdas' code is not bundled. */
export function synthesize(settings: Readonly<Record<string, unknown>> = {}): Template {
  const read = readSettings(settings);
  if (read.outcome === 'refused') throw new Error(read.reasons.join('\n'));
  const app = new App({
    // Nothing is copied either: what CDK brings to deploy the page is 22 MB.
    context: { 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-asset-staging': true },
    // It takes most of the time of a synthesis; `cdk synth` keeps it on.
    builtinCloudFormationValidation: false,
  });
  return Template.fromStack(new SeenbyStack(app, 'Test', { settings: read.settings }));
}
