import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { type BuiltPackage, buildPackage, installPackage } from '../client/built-package.ts';

const runFile = promisify(execFile);
const modulesDir = fileURLToPath(new URL('../../../node_modules', import.meta.url));
let built: BuiltPackage;

beforeAll(async () => {
  built = await buildPackage();
});

it('says to frameworks that its hooks run in browsers', () => {
  const entry = readFileSync(join(built.packageDir, 'react.js'), 'utf8');
  expect(entry.split('\n')[0]).toBe("'use client';");
});

/** Copied, so that each finds the others of its own version. */
const versions = {
  18: {
    react: 'react18',
    'react-dom': 'react-dom18',
    scheduler: 'react-dom18/node_modules/scheduler',
  },
  19: { react: 'react', 'react-dom': 'react-dom', scheduler: 'scheduler' },
};

/** A project with the package and one version of React. */
async function projectWith(react: Record<string, string>): Promise<string> {
  const appDir = await installPackage(built.tarball);
  for (const [name, from] of Object.entries(react)) {
    mkdirSync(dirname(join(appDir, 'node_modules', name)), { recursive: true });
    cpSync(join(modulesDir, from), join(appDir, 'node_modules', name), {
      ...{ recursive: true, filter: (path) => !path.endsWith('react-dom18/node_modules') },
    });
  }
  cpSync(join(import.meta.dirname, 'app'), appDir, { recursive: true });
  return appDir;
}

/** For Node as CommonJS, which is how many servers are bundled; for browsers as a script. */
async function bundle(appDir: string, name: string, platform: 'node' | 'browser'): Promise<string> {
  const outfile = join(appDir, `${name}.bundle.cjs`);
  await build({
    ...{ entryPoints: [join(appDir, `${name}.tsx`)], outfile, platform, bundle: true },
    ...{ format: platform === 'node' ? 'cjs' : 'iife', jsx: 'automatic', logLevel: 'error' },
  });
  return outfile;
}

it.each(Object.entries(versions))(
  'renders on a server with React %s, and goes on in the browser from there',
  async (version, react) => {
    const appDir = await projectWith(react);
    const { stdout } = await runFile(process.execPath, [await bundle(appDir, 'render', 'node')]);
    const rendered: { version: string; html: string } = JSON.parse(stdout);
    expect(rendered.version.split('.')[0]).toBe(version);
    expect(rendered.html.replaceAll('<!-- -->', '')).toBe(
      '<p>closed: 0 unread of 0, read by nobody</p>',
    );

    const page = await (await (await openBrowser()).newContext()).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.setContent(`<div id="root">${rendered.html}</div>`);
    const before = await page.locator('p').elementHandle();
    await page.addScriptTag({ path: await bundle(appDir, 'hydrate', 'browser') });
    await page.waitForFunction(() => {
      const root = document.getElementById('root');
      return root !== null && Object.keys(root).some((key) => key.startsWith('__reactContainer'));
    });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await before?.evaluate((p) => p.isConnected)).toBe(true);
    expect(complaints).toEqual([]);
  },
);
