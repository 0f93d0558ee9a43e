import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCampaign } from './campaign.ts';
import { readOptions } from './options.ts';
import { campaignReport, summaryOf } from './report/campaign-report.ts';
import { runSoak } from './soak/soak.ts';

const options = readOptions(process.argv.slice(2), { now: Date.now() });
console.log(`Seed ${options.seed}: --seed ${options.seed} makes the same faults.`);
mkdirSync(options.outDir, { recursive: true });
if (options.mode === 'soak') await runSoak(options);
else {
  const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
  const result = await runCampaign({ ...options, say });
  const summary = summaryOf(result);
  writeFileSync(join(options.outDir, 'summary.json'), JSON.stringify(summary, undefined, 2));
  writeFileSync(
    join(options.outDir, 'findings.json'),
    JSON.stringify(result.findings, undefined, 2),
  );
  console.log(campaignReport(summary));
  if (result.findings.length > 0) process.exitCode = 1;
}
