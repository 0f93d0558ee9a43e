import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folders } from './package/folders.ts';
import { publishNew, type Run } from './package/publish.ts';

const run: Run = async (command, args) => (await promisify(execFile)(command, args)).stdout;

for (const folder of folders) await run(process.execPath, [join(folder, 'build.ts')]);
const published = await publishNew(
  folders.map((folder) => join(folder, 'dist')),
  run,
);
console.log(published.length > 0 ? `Published ${published.join(' and ')}.` : 'Nothing is new.');
