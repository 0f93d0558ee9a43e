import { App } from 'aws-cdk-lib/core';
import { readSettings } from '../lib/read-settings.ts';
import { SeenbyStack } from '../lib/seenby-stack.ts';

const app = new App();
const read = readSettings(app.node.getAllContext());
if (read.outcome === 'refused') {
  console.error(read.reasons.join('\n'));
  process.exit(1);
}
new SeenbyStack(app, read.settings.stackName, { settings: read.settings });
app.synth();
