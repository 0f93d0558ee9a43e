import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type PlantedBug, plantedBugs } from './bugs.ts';

const projectDir = join(import.meta.dirname, '../..');
const hook = pathToFileURL(join(import.meta.dirname, 'plant.ts')).href;
/** A bug may make a test wait for ever. */
const maxTestMs = 30_000;
const maxRunMs = 180_000;

/** What of the report of the test runner is used. */
interface Report {
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

/**
 * The names of the tests that fail because of a bug, three at most.
 *
 * @throws Error when no test was run: the code cannot be loaded any more, which shows nothing.
 */
export async function testsThatNotice(bug: PlantedBug): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'planted-bug-'));
  try {
    const outputFile = join(dir, 'report.json');
    const output = await runTests(bug, outputFile);
    if (!existsSync(outputFile)) throw new Error(`"${bug.name}" has no report:\n${output}`);
    const report = JSON.parse(await readFile(outputFile, 'utf8')) as Report;
    const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    if (all.length === 0) throw new Error(`"${bug.name}" ran no test:\n${output}`);
    return all.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Answers what the runner printed. */
function runTests({ name, tests }: PlantedBug, outputFile: string): Promise<string> {
  const bug = plantedBugs.findIndex((each) => each.name === name);
  const child = spawn(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--bail', '3', ...tests],
      ...['--reporter=json', `--outputFile=${outputFile}`, `--testTimeout=${maxTestMs}`],
    ],
    {
      cwd: projectDir,
      env: { ...process.env, NODE_OPTIONS: `--import=${hook}`, SEENBY_PLANTED_BUG: String(bug) },
      timeout: maxRunMs,
    },
  );
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(output).toString()));
  });
}
