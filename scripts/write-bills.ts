// Writes the bills of materials of a release: node scripts/write-bills.ts [folder], by default .local/bills.
// One is of what a deployment brings into an account, and one of each package that is published, which it builds.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folders } from './package/folders.ts';
import { projectDir } from './package/package-source.ts';
import { type BillOptions, billOf } from './supply-chain/cyclone-dx.ts';
import { buildDeployed } from './supply-chain/deployed.ts';
import { readLockFile } from './supply-chain/lock-file.ts';
import { readPublished } from './supply-chain/published.ts';

const outDir = process.argv[2] ?? join(projectDir, '.local/bills');
const lock = readLockFile(projectDir);
const tools = ['esbuild', 'vite', '@swc/core', 'typescript', 'aws-cdk-lib'].flatMap(
  (name) => lock.get(`node_modules/${name}`) ?? [],
);
const { SOURCE_DATE_EPOCH: epoch } = process.env;
const timestamp = epoch && new Date(Number(epoch) * 1000).toISOString();

function write(what: Pick<BillOptions, 'subject' | 'deliverables'>): void {
  const bill = billOf({ ...what, tools, ...(timestamp && { timestamp }) });
  const name = what.subject.name.replace('@', '').replace('/', '-');
  const file = join(outDir, `${name}-${what.subject.version}.cdx.json`);
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(file);
}

mkdirSync(outDir, { recursive: true });
const { version } = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8'));
const subject = { name: 'seenby', version, type: 'application' } as const;
write({ subject, deliverables: await buildDeployed(lock) });
for (const folder of folders) {
  await promisify(execFile)(process.execPath, [join(folder, 'build.ts')]);
  write(readPublished(join(folder, 'dist'), lock));
}
