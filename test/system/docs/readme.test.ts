import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { GroupHandle, SeenbyClient } from '@seenby/client';
import { localToken, SeenbyServer } from '@seenby/server';
import { afterAll, expect, it, vi } from 'vitest';
import { service, uniqueId } from '../../support/wire/service.ts';

const root = join(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
// Inside the project, where imports of its packages lead to their sources.
mkdirSync(join(root, '.local'), { recursive: true });
const dir = mkdtempSync(join(root, '.local', 'readme-'));
afterAll(() => rmSync(dir, { recursive: true }));

const backend = new SeenbyServer({
  url: service.httpUrl,
  getToken: () => localToken(service.httpUrl),
});

/** The names that the README's code takes for granted. */
interface Given {
  url: string;
  httpUrl: string;
  getToken: () => Promise<string>;
  getServiceToken: () => Promise<string>;
}

const givenBy = (userId: string): Given => ({
  url: service.wsUrl,
  httpUrl: service.httpUrl,
  getToken: () => localToken(service.httpUrl, { userId }),
  getServiceToken: () => localToken(service.httpUrl),
});

/** The code that follows a heading, with another group id than the one it shows. */
function codeOf(heading: string, shownId: string, groupId: string): string {
  const [, code] =
    new RegExp(`^## ${heading}\\n[\\s\\S]*?^\`\`\`ts\\n([\\s\\S]*?)^\`\`\``, 'm').exec(readme) ??
    [];
  if (!code?.includes(shownId)) throw new Error(`There is no code of ${shownId} at "${heading}".`);
  return code.replaceAll(shownId, groupId);
}

/** Runs the code as a module that exports what it has made, and checks its types. */
async function run(code: string, given: Given, made: string): Promise<Record<string, unknown>> {
  const file = join(dir, `${uniqueId('code')}.ts`);
  const types =
    'url: string; httpUrl: string; getToken(): Promise<string>; getServiceToken(): Promise<string>';
  Object.assign(globalThis, { given });
  const names = Object.keys(given).join(', ');
  const head = `const { ${names} } = (globalThis as unknown as { given: { ${types} } }).given;\n`;
  const tail = `void [${names}];\nexport { ${made} };\n`;
  writeFileSync(file, `${head}${code}${tail}`);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions'];
  const target = [
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--types',
    'node',
    '--ignoreConfig',
  ];
  await promisify(execFile)(process.execPath, [tsc, ...options, ...target, file]);
  return import(pathToFileURL(file).href);
}

it('shows receipts with the code of the SDK that it shows', async () => {
  const [groupId, author] = [uniqueId('team'), uniqueId('author')];
  const reader = uniqueId('reader');
  await backend.createGroup({ groupId, name: 'Team', ownerId: author, memberIds: [reader] });
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  const code = codeOf('Ten lines of SDK', 'team', groupId);
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(13);
  const made = await run(code, givenBy(author), 'client, group');
  const { client, group } = made as { client: SeenbyClient; group: GroupHandle };
  try {
    expect(group.messages.map(({ content }) => content)).toEqual(['Lunch at noon?']);
    await backend.as(reader).markRead(groupId, { upTo: 1 });
    const shown = expect.objectContaining({ read: 1, unread: 0, total: 1 });
    await expect.poll(() => printed.mock.calls).toContainEqual([1, shown]);
  } finally {
    printed.mockRestore();
    client.close();
  }
});

it('shows readers with the code for a backend that it shows', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  const code = codeOf('I already have a chat', 'room-7', uniqueId('room'));
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(11);
  await run(code, givenBy('ann'), 'seenby');
  const calls = printed.mock.calls;
  printed.mockRestore();
  expect(calls.map(([userId]) => userId)).toEqual(['ann', 'bob']);
  expect(calls.every(([, readAt]) => Math.abs(Number(readAt) - Date.now()) < 600_000)).toBe(true);
});
