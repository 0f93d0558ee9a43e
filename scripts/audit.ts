// Asks the registry which weaknesses of the dependencies are known, and fails for each that is not accepted in
// scripts/supply-chain/accepted-advisories.ts.
import { spawnSync } from 'node:child_process';
import { projectDir } from './package/package-source.ts';
import { acceptedAdvisories } from './supply-chain/accepted-advisories.ts';
import { judgeAudit } from './supply-chain/judge-audit.ts';

const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
  cwd: projectDir,
  encoding: 'utf8',
});
const problems = judgeAudit(stdout, acceptedAdvisories);
for (const problem of problems) console.error(problem);
if (problems.length === 0) {
  console.log(`No dependency has a known weakness but ${acceptedAdvisories.length} accepted.`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
