import { App } from 'aws-cdk-lib/core';
import { SeenbyStack } from '../lib/seenby-stack.ts';
import { readSettings } from '../lib/settings/read-settings.ts';

// Half of the time is CDK's check of the template, which only deployments need.
const app = new App({
  builtinCloudFormationValidation: process.env.SEENBY_VALIDATION !== 'off',
});
const read = readSettings(app.node.getAllContext());
if (read.outcome === 'refused') {
  console.error(read.reasons.join('\n'));
  process.exit(1);
}
new SeenbyStack(app, read.settings.stackName, { settings: read.settings });
app.synth();
