import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';

const projectDir = join(import.meta.dirname, '../../..');

/** Runs conformance tests as against a deployment, and gives what the run printed. */
export async function runConformance(cloud: SeenbyCloud, names: string[]): Promise<string> {
  const tests = names.map((name) => `test/conformance/${name}.test.ts`);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...tests],
    { cwd: projectDir, env: environmentFor(cloud) },
  );
  return stdout;
}

/** As a shell has it: nothing of the test run that this one is part of. */
const environmentFor = ({ httpUrl, wsUrl }: SeenbyCloud) => ({
  PATH: process.env.PATH,
  SEENBY_HTTP_URL: httpUrl,
  SEENBY_WS_URL: wsUrl,
  SEENBY_TOKEN_COMMAND: `"${process.execPath}" test/system/deployment/print-token.ts ${httpUrl}`,
});
