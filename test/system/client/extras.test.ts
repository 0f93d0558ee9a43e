import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build as buildWithEsbuild } from 'esbuild';
import { build as buildWithVite } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { afterFile } from '../../support/after-file.ts';
import { openBrowser } from '../../support/browser.ts';
import { type BuiltPackage, buildPackage } from './built-package.ts';

const runFile = promisify(execFile);
let built: BuiltPackage;
let url: string;
const asked: string[] = [];

/** Serves the package's files, and answers any request of the client with the settings of a group. */
function answer(path: string): [type: string, body: string | Buffer] {
  asked.push(path);
  if (path === '/') return ['text/html', '<!doctype html><title>A page</title>'];
  if (!path.endsWith('.js')) return ['application/json', '{"name":"Team"}'];
  return ['text/javascript', readFileSync(join(built.packageDir, path))];
}

beforeAll(async () => {
  built = await buildPackage();
  const server: Server = createServer(({ url: path = '' }, response) => {
    const [type, body] = answer(path);
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  afterFile(() => server.close());
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

const app = (from: string) => `
import { SeenbyClient } from '${from}';
const options = { url: 'ws://127.0.0.1:9', httpUrl: '${url}', getToken: () => 'token' };
const client = new SeenbyClient(options);
const { name } = await client.group('team').get();
console.log(name);
`;

/** A folder for what a bundler makes of such an app, and the app in it. */
function newApp(): { dir: string; file: string } {
  const dir = mkdtempSync(join(tmpdir(), 'seenby-extras-'));
  afterFile(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(built.appDir, 'extras-app.mjs');
  writeFileSync(file, app('@seenby/client'));
  return { dir, file };
}

const run = async (file: string): Promise<string> =>
  (await runFile(process.execPath, [file])).stdout.trim();

describe('what is loaded later is found', () => {
  it('by Node', async () => {
    expect(await run(newApp().file)).toBe('Team');
  });

  it.each([true, false])('in what esbuild makes, split: %s', async (splitting) => {
    const { dir, file } = newApp();
    await buildWithEsbuild({
      ...{ entryPoints: { app: file }, bundle: true, format: 'esm', splitting, outdir: dir },
      outExtension: { '.js': '.mjs' },
    });
    expect(readdirSync(dir).length).toBe(splitting ? 2 : 1);
    expect(await run(join(dir, 'app.mjs'))).toBe('Team');
  });

  it('in what Vite makes', async () => {
    const { dir, file } = newApp();
    await buildWithVite({
      ...{ root: built.appDir, logLevel: 'silent', configFile: false },
      build: {
        ...{ outDir: dir, target: 'es2022', emptyOutDir: true },
        lib: { entry: file, formats: ['es'], fileName: 'app' },
      },
    });
    expect(readdirSync(dir).length).toBe(2);
    expect(await run(join(dir, 'app.js'))).toBe('Team');
  });
});

describe('in a browser, without a bundler', () => {
  const open = async () => {
    const page = await (await (await openBrowser()).newContext()).newPage();
    await page.goto(url);
    const watch = async () => {
      const { SeenbyClient } = await import(`${location.origin}/index.js`);
      const httpUrl = location.origin;
      const client = new SeenbyClient({ url: 'ws://127.0.0.1:9', httpUrl, getToken: () => 't' });
      const readers = client.group('team').watchReaders(1);
      readers.subscribeState(() => {
        document.title = `${readers.getSnapshot().status} ${readers.getSnapshot().error?.code}`;
      });
    };
    return { page, watch: () => page.evaluate(watch) };
  };

  it('it is loaded with its first use and not before', async () => {
    const { page, watch } = await open();
    asked.length = 0;
    await page.evaluate(() => import(`${location.origin}/index.js`));
    expect(asked.filter((path) => path.endsWith('.js'))).toEqual(['/index.js']);
    await watch();
    await expect.poll(() => asked.some((path) => path.startsWith('/extras-'))).toBe(true);
  });

  it('it is not asked for without a network, and the store is offline until there is one', async () => {
    const { page, watch } = await open();
    await page.evaluate(() => import(`${location.origin}/index.js`));
    await page.context().setOffline(true);
    await watch();
    await expect.poll(() => page.title()).toBe('offline OFFLINE');
    asked.length = 0;
    await page.context().setOffline(false);
    await expect.poll(() => page.title()).not.toBe('offline OFFLINE');
    expect(asked.filter((path) => path.startsWith('/extras-')).length).toBe(1);
  });
});
