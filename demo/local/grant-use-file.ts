import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrantUse } from '@seenby/local-cloud/permissions/permissions.ts';

/**
 * Where `SEENBY_GRANT_USE_DIR` names a folder, a cloud that stops leaves in it which grants of its
 * roles were used. A run of all tests looks through them for grants that nothing needs.
 */
export async function writeGrantUse(grants: readonly GrantUse[]): Promise<void> {
  const dir = process.env.SEENBY_GRANT_USE_DIR;
  if (dir === undefined) return;
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, `${randomUUID()}.json`), JSON.stringify(grants));
}
