import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet } from 'jose';
import { expect, it } from 'vitest';
import { authenticator } from '../../../functions/auth/authenticate.ts';
import { readPage, root } from './markdown.ts';

const block = /^```(\w+) (\S+\.\w+)\n([\s\S]*?)^```$/gm;
const exampleDir = join(root, 'examples/existing-chat');

/** The files of a chat, by name. */
const filesOf = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(join(exampleDir, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(exampleDir, folder, name), 'utf8')]),
  );

/** Replaces the lines that a hunk keeps or takes away by those it keeps or adds. */
function applyHunk(text: string, hunk: string): string {
  const lines = hunk.split('\n').filter((line, i, all) => i < all.length - 1 || line !== '');
  const side = (marks: string) =>
    lines
      .filter((line) => line === '' || marks.includes(line[0] ?? ''))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const [before, after] = [side(' -'), side(' +')];
  expect(text.split(before), `once in the file:\n${before}`).toHaveLength(2);
  return text.replace(before, () => after);
}

it('turns the chat before into the chat after', () => {
  const files = filesOf('before');
  const changed = new Set<string>();
  for (const [, kind, name = '', text = ''] of readPage('docs/existing-chat.md').matchAll(block)) {
    if (name === 'tokens.ts') continue;
    const hunks = kind === 'diff' ? text.split(/^@@\n/m) : [];
    files.set(name, kind === 'diff' ? hunks.reduce(applyHunk, files.get(name) ?? '') : text);
    changed.add(name);
  }
  expect([...changed]).toEqual(['database.ts', 'seenby.ts', 'server.ts', 'page.ts', 'index.html']);
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(filesOf('after')));
});

it('needs fewer than 60 lines that are new or changed, without blank ones', () => {
  const before = filesOf('before');
  const added = [...filesOf('after')].flatMap(([name, text]) => linesAdded(before.get(name), text));
  expect(added.length).toBeGreaterThan(40);
  expect(added.length).toBeLessThan(60);
});

it('shows how to sign tokens that the service accepts', async () => {
  mkdirSync(join(root, '.local'), { recursive: true });
  const dir = mkdtempSync(join(root, '.local', 'tokens-'));
  const [, code = ''] =
    /^```ts tokens\.ts\n([\s\S]*?)^```$/m.exec(readPage('docs/existing-chat.md')) ?? [];
  writeFileSync(join(dir, 'tokens.ts'), code);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  process.env.TOKEN_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { keys, tokenOf, serviceToken } = await import(join(dir, 'tokens.ts'));
  rmSync(dir, { recursive: true });
  delete process.env.TOKEN_KEY;
  const settings = { issuer: 'https://chat.example.com', audience: 'seenby', userIdClaim: 'sub' };
  const authenticate = authenticator(settings, createLocalJWKSet(keys));
  expect(await authenticate(await tokenOf({ id: 'user-1', name: 'Ann' }))).toMatchObject({
    ...{ outcome: 'authenticated', identity: { userId: 'user-1', name: 'Ann' } },
  });
  expect(await authenticate(await serviceToken())).toEqual({ outcome: 'service' });
});

/** Lines that are in the second text more often than in the first. */
function linesAdded(before = '', after = ''): string[] {
  const left = before.split('\n');
  return after.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0 && line.trim() !== '';
  });
}
