// Plays the seeds from one to another, and prints what they did and which failed, as JSON.
//   node test/simulation/play-seeds.ts <from> <to>
import { App } from 'aws-cdk-lib/core';
import { readTableDefinition } from '../support/in-process/table-definition.ts';
import { makeStack } from '../unit/stack/support/synthesize.ts';
import { makeScript } from './script/make-script.ts';
import { runScript } from './script/run-script.ts';
import { Totals } from './totals.ts';

const [from = 1, to = 1] = process.argv.slice(2).map(Number);
const { root } = makeStack({ demoPage: 'false' }).node;
if (!App.isApp(root)) throw new Error('the stack is not part of an app');
const definition = await readTableDefinition(root.synth().directory);
// The service logs each of its troubles, as it should.
console.error = console.warn = console.info = () => {};
const totals = new Totals();
for (let seed = from; seed <= to; seed++) {
  totals.add(seed, await runScript(makeScript(seed), definition));
}
console.log(`${totals}`);
