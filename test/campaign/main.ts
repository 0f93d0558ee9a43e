import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCampaign } from './campaign.ts';
import { type Options, readOptions } from './options.ts';
import { campaignReport, summaryOf } from './report/campaign-report.ts';
import { readSamples, soakReport } from './report/soak-report.ts';
import { runSoak } from './soak/soak.ts';

async function main(options: Options): Promise<void> {
  if (options.mode === 'soak-report') {
    console.log(soakReport(readSamples(options.samplesFile)));
    return;
  }
  mkdirSync(options.outDir, { recursive: true });
  console.log(`Seed ${options.seed}; everything is written to ${options.outDir}`);
  if (options.mode === 'campaign') await reportCampaign(options);
  else {
    await runSoak(options);
    console.log(soakReport(readSamples(join(options.outDir, 'samples.jsonl'))));
  }
}

async function reportCampaign(options: Options & { mode: 'campaign' }): Promise<void> {
  const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
  const result = await runCampaign({ ...options, say });
  const summary = summaryOf(result);
  for (const [name, value] of Object.entries({ summary, findings: result.findings })) {
    writeFileSync(join(options.outDir, `${name}.json`), JSON.stringify(value, undefined, 2));
  }
  console.log(campaignReport(summary));
  if (result.findings.length > 0) process.exitCode = 1;
}

await main(readOptions(process.argv.slice(2), { now: Date.now() }));
