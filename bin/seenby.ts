import { App } from 'aws-cdk-lib/core';
import { SeenbyStack } from '../lib/seenby-stack.ts';
import { readSettings } from '../lib/settings/read-settings.ts';

const app = new App();
const read = readSettings(app.node.getAllContext());
if (read.outcome === 'refused') {
  console.error(read.reasons.join('\n'));
  process.exit(1);
}
new SeenbyStack(app, read.settings.stackName, { settings: read.settings });
app.synth();
