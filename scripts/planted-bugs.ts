// Puts faults that people make into the code, one at a time, and says which tests notice each. No file is changed.
//   npm run planted-bugs [-- <part of a name>]
//   npm run planted-bugs -- --simulator <seeds>: in how many seeds the simulator notices each
import { parseArgs } from 'node:util';
import { plantedBugs } from './planted-bugs/bugs.ts';
import { seedsThatNotice } from './planted-bugs/seeds-that-notice.ts';
import { testsThatNotice } from './planted-bugs/tests-that-notice.ts';

const { values, positionals } = parseArgs({
  ...{ allowPositionals: true, options: { simulator: { type: 'string' } } },
});
const [part = ''] = positionals;
const chosen = plantedBugs.filter(({ name }) => name.includes(part));
const simulated = Number(values.simulator ?? 0);
let noticed = 0;
for (const bug of chosen) {
  const by =
    simulated > 0 ? await seedsThatNotice(bug, simulated) : (await testsThatNotice(bug))[0];
  if (by !== undefined) noticed += 1;
  console.log(`${by === undefined ? '✗' : '✓'} ${bug.name}\n    ${by ?? 'nothing notices it'}`);
}
console.log(`${noticed} of ${chosen.length} planted bugs are noticed.`);
// The simulator has no SDK in it, and no rows that are weeks old.
const isAllThatMust = simulated > 0 || noticed === chosen.length;
process.exitCode = chosen.length > 0 && isAllThatMust ? 0 : 1;
