// Puts faults that people make into the code, one at a time, and says which tests notice each. No file is changed.
//   npm run planted-bugs [-- <part of a name>]
import { plantedBugs } from './planted-bugs/bugs.ts';
import { testsThatNotice } from './planted-bugs/tests-that-notice.ts';

const part = process.argv[2] ?? '';
const chosen = plantedBugs.filter(({ name }) => name.includes(part));
let noticed = 0;
for (const bug of chosen) {
  const [test] = await testsThatNotice(bug);
  if (test !== undefined) noticed += 1;
  console.log(`${test === undefined ? '✗' : '✓'} ${bug.name}\n    ${test ?? 'no test notices it'}`);
}
console.log(`${noticed} of ${chosen.length} planted bugs are noticed.`);
process.exitCode = chosen.length > 0 && noticed === chosen.length ? 0 : 1;
