import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const usualDir = join(root, '.local/bench');

/** What the figures of the other designs depend on, beside the traffic. */
const sources = [
  'bench/baselines/*.ts',
  'bench/baselines/designs/!(seenby).ts',
  'packages/core/src/costs/function-times.ts',
  'bench/played/{acts,connection-rows,play-design}.ts',
  'packages/local-cloud/src/dynamodb/memory/**/*.ts',
  'test/support/service/{direct-document-client,item-size,meter-units}.ts',
];

let code: string | undefined;

/** One for all files, whatever order the file system has them in. */
function codeHash(): string {
  code ??= globSync(sources, { cwd: root })
    .sort()
    .reduce((hash, path) => hash.update(path).update(readFileSync(join(root, path))), sha())
    .digest('hex');
  return code;
}

const sha = () => createHash('sha256');

/**
 * Figures that were computed before of the same question, as long as the code is the same: what other
 * designs take does not change when Seenby does. `.local/bench` may be deleted at any time.
 */
export async function kept<T>(
  question: unknown,
  compute: () => Promise<T>,
  dir = usualDir,
): Promise<T> {
  const name = sha().update(codeHash()).update(JSON.stringify(question)).digest('hex').slice(0, 32);
  const path = join(dir, `${name}.json`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    const figures = await compute();
    mkdirSync(dir, { recursive: true });
    writeFileSync(path, JSON.stringify(figures));
    return figures;
  }
}
