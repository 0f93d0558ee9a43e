import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { internalNames } from '../../../packages/client/internal-names.ts';
import { type BuiltPackage, buildPackage, typeCheck } from './built-package.ts';
import {
  objectionsTo,
  objectionsToTypes,
  oldestNode,
  runIn,
  whichNode20,
} from './package-checks.ts';

const coreBudgetBytes = 14 * 1024;
/** Five elements, the panel with its curve, and two languages. */
const elementsBudgetBytes = 15 * 1024;
const runFile = promisify(execFile);
let built: BuiltPackage;

const protocolDir = join(import.meta.dirname, '../../../packages/protocol/src');
const protocolText = ['client-frames', 'server-frames', 'entities', 'http-answers', 'new-message']
  .map((name) => readFileSync(join(protocolDir, `${name}.ts`), 'utf8'))
  .join('\n');

beforeAll(async () => {
  built = await buildPackage();
});

const distFile = (name: string): string => readFileSync(join(built.packageDir, name), 'utf8');

/** What the core loads with its first use. */
function extrasFile(): string {
  const [name = '', ...others] = readdirSync(built.packageDir).filter((file) =>
    /^extras-.*\.js$/.test(file),
  );
  expect(others).toEqual([]);
  return name;
}

describe('the package', () => {
  it(`has a core of at most ${coreBudgetBytes} bytes, gzipped, that needs nothing else`, () => {
    const core = distFile('index.js');
    expect(gzipSync(core, { level: 9 }).length).toBeLessThanOrEqual(coreBudgetBytes);
    expect(core).not.toMatch(/\bimport\b[^(]*from|zod/);
    expect([...core.matchAll(/\bimport\((.*?)\)/g)].map(([, name]) => name)).toEqual([
      `"./${extrasFile()}"`,
    ]);
    const { dependencies } = JSON.parse(
      readFileSync(join(built.packageDir, 'package.json'), 'utf8'),
    );
    expect(dependencies).toBeUndefined();
  });

  it(`has elements of at most ${elementsBudgetBytes} bytes, gzipped, that need nothing else`, () => {
    const elements = distFile('elements.js');
    const bytes = gzipSync(elements, { level: 9 }).length;
    console.log(`The elements have ${bytes} bytes, gzipped.`);
    expect(bytes).toBeLessThanOrEqual(elementsBudgetBytes);
    expect(elements).not.toMatch(/\bimport\b[^(]*from|\bimport\(/);
  });

  it('loads elements for components alone: hooks go without', () => {
    const hooks = distFile('react.js');
    expect(hooks).toMatch(/\bimport\([`"]\.\/elements\.js[`"]\)/);
    expect(hooks).not.toMatch(/from"\.\/elements/);
    expect(gzipSync(hooks, { level: 9 }).length).toBeLessThanOrEqual(1500);
  });

  it('says that to import elements does something, and nothing else does', () => {
    expect(JSON.parse(distFile('package.json')).sideEffects).toEqual(['./elements.js']);
  });

  it('uses nothing that Safari 16, Chrome 94, Firefox 93 or Node 20 does not have', () => {
    const newer = [
      ...['Promise.withResolvers', 'Promise.try', 'Object.groupBy', 'Map.groupBy', 'URL.canParse'],
      ...['Array.fromAsync', 'randomUUID', 'requestIdleCallback', 'AbortSignal.any'],
      ...['.toSorted(', '.toReversed(', '.toSpliced(', '.with(', '.isWellFormed(', '.union('],
      ...['.intersection(', '.difference(', '.isSubsetOf(', 'await using', 'import.meta'],
      ...['.findLast(', '.findLastIndex(', 'structuredClone', 'AbortSignal.timeout'],
    ];
    const scripts = readdirSync(built.packageDir).filter((file) => file.endsWith('.js'));
    for (const file of scripts) {
      const text = distFile(file);
      expect(newer.filter((api) => text.includes(api))).toEqual([]);
    }
  });

  it.runIf(oldestNode)(`runs on Node 20 as well (${whichNode20})`, async () => {
    expect(await runIn(built, oldestNode ?? '', inOldNode)).toBe('OFFLINE closed CLOSED');
  });

  it('gives short names to nothing that anybody else sees', () => {
    const files = readdirSync(built.packageDir, { recursive: true, encoding: 'utf8' });
    const published = files
      .filter((file) => file.endsWith('.d.ts'))
      .map(distFile)
      .join('\n');
    const exported = /export (?:declare class (?:SeenbyClient|GroupHandle)|interface) [\s\S]*?^}/gm;
    const seen = [...published.matchAll(exported)].map(([text]) =>
      text.replace(/\/\*[\s\S]*?\*\//g, ''),
    );
    const wrong = internalNames.filter((name) =>
      new RegExp(`\\b${name}\\??[:(]`).test(seen.join('\n') + protocolText),
    );
    expect(wrong).toEqual([]);
  });

  it('publishes what its entries need and nothing more', () => {
    const files = readdirSync(built.packageDir, {
      recursive: true,
      encoding: 'utf8',
    });
    const declarations = files.filter((file) => file.endsWith('.d.ts'));
    expect(declarations).toContain(join('types', 'client', 'src', 'index.d.ts'));
    for (const file of declarations) expect(distFile(file)).not.toMatch(/zod|\.ts'/);
    expect(files.filter((file) => /(?<!\.d)\.ts$|^declarations/.test(file))).toEqual([]);
  });

  it('has nothing that publint objects to', async () => {
    expect(await objectionsTo(built)).toEqual([]);
  });

  it('has types that are right for whoever imports it', async () => {
    expect(await objectionsToTypes(built)).toEqual([]);
  });

  it('can be imported and type-checks, by Node’s rules and by bundlers’', async () => {
    const file = join(built.appDir, 'use.ts');
    writeFileSync(file, usage);
    await typeCheck(built.appDir, ['use.ts']);
    await typeCheck(built.appDir, ['use.ts'], { module: 'ESNext', moduleResolution: 'Bundler' });
    const { stdout } = await runFile(process.execPath, [file], { cwd: built.appDir });
    expect(stdout.trim()).toBe(
      'closed 0 function function <seenby-ticks seq="1" group-id="team"></seenby-ticks> function 58 SeenbyError',
    );
  });

  it('is described by docs/api.md, which `node packages/client/build.ts` renews', () => {
    const written = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    expect(written).toBe(built.apiReference);
    expect(written).toMatch(/^### SeenbyClient$/m);
    expect(written).toMatch(/^### trackReads$/m);
    expect(written).toMatch(/^### useReceipt$/m);
  });
});

const inOldNode = `
globalThis.WebSocket ??= class {
  constructor() { setTimeout(() => this.onclose({ code: 1006 }), 1); }
  close() {}
};
const { SeenbyClient } = await import('@seenby/client');
const url = '127.0.0.1:9';
const options = { url: 'ws://' + url, httpUrl: 'http://' + url, getToken: () => 'token' };
const client = new SeenbyClient(options);
const first = await client.connect().catch(({ code }) => code);
await client.close();
const { error } = await client.group('team').send('Hello');
console.log(first, client.connection.state, error.code);
`;

const usage = `
import { SeenbyClient, SeenbyError, type GroupSnapshot } from '@seenby/client';
import { trackReads } from '@seenby/client/dom';
import { provideClient, toCsv } from '@seenby/client/elements';
import { Ticks, useReceipt } from '@seenby/client/react';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';

const client = new SeenbyClient({ url: 'wss://x', httpUrl: 'https://x', getToken: () => 'token' });
const snapshot: GroupSnapshot = client.group('team').getSnapshot();
const off = client.group('team').on('receipt', ({ ranges }) => ranges[0]?.from);
off();
// @ts-expect-error there is no such event
client.on('nothing', () => {});
provideClient(client);
console.log(
  client.connection.state,
  snapshot.messages.length,
  typeof trackReads,
  typeof useReceipt,
  renderToString(createElement(Ticks, { groupId: 'team', seq: 1 })),
  typeof provideClient,
  toCsv([]).length,
  new SeenbyError('OFFLINE', '').name,
);
`;
