import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../../packages/server/build.ts';
import { readPage } from '../../unit/docs/markdown.ts';
import { type BuiltPackage, packAndInstall, typeCheck } from '../client/built-package.ts';
import { objectionsTo, objectionsToTypes, oldestNode, runIn } from '../client/package-checks.ts';

let built: BuiltPackage;

beforeAll(async () => {
  built = await packAndInstall('server', buildServer, ['@types/node', 'undici-types']);
});

const distFile = (name: string): string => readFileSync(join(built.packageDir, name), 'utf8');
const files = (): string[] => readdirSync(built.packageDir, { recursive: true, encoding: 'utf8' });

describe('the package for backends', () => {
  it('has no dependency but Node', () => {
    const imports = [...distFile('index.js').matchAll(/^import .* from "([^"]+)";$/gm)];
    expect(imports.length).toBeGreaterThan(0);
    for (const [, from] of imports) expect(from).toMatch(/^node:/);
    const manifest = JSON.parse(distFile('package.json'));
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([]);
    expect(manifest).toMatchObject({ engines: { node: '>=20' }, license: 'MIT' });
    expect(manifest.private).toBeUndefined();
  });

  it('publishes its declarations and no sources', () => {
    const declarations = files().filter((file) => file.endsWith('.d.ts'));
    expect(declarations).toContain(join('types', 'server', 'src', 'index.d.ts'));
    for (const file of declarations) expect(distFile(file)).not.toMatch(/zod|\.ts'/);
    expect(files().filter((file) => /(?<!\.d)\.ts$|^declarations/.test(file))).toEqual([]);
    expect(files()).toEqual(expect.arrayContaining(['LICENSE', 'README.md']));
  });

  it('has nothing that publint objects to, and types that are right for whoever imports it', async () => {
    expect(await objectionsTo(built)).toEqual([]);
    expect(await objectionsToTypes(built)).toEqual([]);
  });

  it('can be imported and type-checks, by Node’s rules and by bundlers’', async () => {
    writeFileSync(join(built.appDir, 'use.ts'), usage);
    const node = { types: ['node'], lib: ['ES2024'], skipLibCheck: true };
    await typeCheck(built.appDir, ['use.ts'], node);
    const bundled = { module: 'ESNext', moduleResolution: 'Bundler' };
    await typeCheck(built.appDir, ['use.ts'], { ...node, ...bundled });
  });

  it('is used by its guide and its readme as its types allow', async () => {
    const shown = ['docs/server.md', 'packages/server/README.md'].flatMap((page) => blocksOf(page));
    expect(shown.length).toBeGreaterThan(5);
    shown.forEach((code, i) => {
      writeFileSync(join(built.appDir, `shown-${i}.ts`), `${code}\nexport {};\n`);
    });
    writeFileSync(join(built.appDir, 'given.d.ts'), given);
    const names = shown.map((_, i) => `shown-${i}.ts`);
    await typeCheck(built.appDir, ['given.d.ts', ...names], {
      ...{ types: ['node'], lib: ['ES2024'], skipLibCheck: true },
    });
  });

  const nodes = [process.execPath, ...(oldestNode ? [oldestNode] : [])];
  it.each(nodes)('sends a message and verifies an event in %s', async (node) => {
    expect(await runIn(built, node, running)).toBe('team.1 verified joined bad signature');
  });

  it('is described by docs/server-api.md, which `node packages/server/build.ts` renews', () => {
    const written = readFileSync(new URL('../../../docs/server-api.md', import.meta.url), 'utf8');
    expect(written).toBe(built.apiReference);
  });

  it('shows an example of every method and function', () => {
    const parts = built.apiReference.split(/^#{3,4} /m).slice(1);
    const called = parts.filter((part) => /^(\w+\.\w+|[a-z]\w*)\n/.test(part));
    expect(called.length).toBeGreaterThan(20);
    const bare = called.filter((part) => !/\nExample:\n|readonly userId/.test(part));
    expect(bare.map((part) => part.split('\n', 1)[0])).toEqual([]);
  });

  it('describes every type that its API names', () => {
    const described = new Set(
      [...built.apiReference.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name),
    );
    expect(described.size).toBeGreaterThan(30);
    const reference = built.apiReference.replaceAll(/^Example:\n\n```ts\n[\s\S]*?^```$/gm, '');
    const code = [...reference.matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
      .map(([, text = '']) => text.replaceAll(/\/\*\*[\s\S]*?\*\/|'[^']*'/g, ''))
      .join('\n');
    const named = new Set([...code.matchAll(/\b[A-Z]\w+\b/g)].map(([name]) => name));
    const known = ['Error', 'Partial', 'Pick', 'Promise', 'Readonly', 'Record', 'Uint8Array'];
    expect([...named].filter((name) => !described.has(name) && !known.includes(name))).toEqual([]);
  });
});

/** The code of a page, without the declarations that the page leaves to its reader. */
const blocksOf = (page: string): string[] =>
  [...readPage(page).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);

/** What a reader of the pages has. */
const given = `
import type { NodeHeaders, SeenbyServer } from '@seenby/server';
declare global {
  const seenby: SeenbyServer;
  const message: { seq: number };
  const tokenUrl: string, clientId: string, clientSecret: string;
  const rawBody: Buffer, headers: NodeHeaders, secret: string;
}
`;

const usage = `
import {
  clientCredentials, SeenbyError, SeenbyServer, verifyEvent, type SeenbyEvent,
} from '@seenby/server';

const getToken = clientCredentials({ tokenUrl: 'https://x', clientId: 'a', clientSecret: 'b' });
const seenby = new SeenbyServer({ url: 'https://x', getToken });
export const sent: Promise<number> = seenby.as('ann').send('team', { clientMessageId: '1' }).then(({ seq }) => seq);

export function take(event: SeenbyEvent): string[] {
  switch (event.type) {
    case 'message.sent': return event.detail.notConnected ?? [];
    case 'message.read': return event.detail.receipts.map(({ userId }) => userId);
    case 'message.reminded': return event.detail.userIds;
    case 'member.changed': return [event.detail.change];
  }
}
const verified = verifyEvent('{}', new Headers(), 'secret', { maxAgeSeconds: 60 });
if (verified.outcome === 'verified') take(verified.event);
else console.warn(verified.reason, verified.message);
// @ts-expect-error there is no event before it is verified
verified.event;
console.log(new SeenbyError('OFFLINE', '').name);
`;

const running = `
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { SeenbyServer, verifyEvent } from '@seenby/server';

const server = createServer((request, response) => {
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message: { messageId: 'team.1' } }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const seenby = new SeenbyServer({ url: 'http://127.0.0.1:' + server.address().port, getToken: () => 'token' });
const { messageId } = await seenby.as('ann').send('team', { clientMessageId: '1' });
server.closeAllConnections();
server.close();

const secret = 'x'.repeat(44);
const body = JSON.stringify({ id: 'e', type: 'member.changed', at: 1, detail: { change: 'joined' } });
const timestamp = String(Math.floor(Date.now() / 1000));
const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update('e.' + timestamp + '.' + body).digest('base64');
const headers = { 'webhook-id': 'e', 'webhook-timestamp': timestamp, 'webhook-signature': 'v1,' + signature };
const good = verifyEvent(body, headers, secret);
const bad = verifyEvent(body, headers, 'y'.repeat(44));
console.log(messageId, good.outcome, good.event.detail.change, bad.reason);
`;
