import { execFile, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { afterFile } from '../../support/after-file.ts';
import { openBrowser } from '../../support/browser.ts';
import { isNightly } from '../../support/nightly.ts';
import { buildPackage } from '../client/built-package.ts';
import { freePort } from '../examples/run-example.ts';
import { toolIn } from './npm-tools.ts';

const runFile = promisify(execFile);
const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };

/** An app that has installed the package beside Next, built for production. */
async function buildApp(): Promise<{ appDir: string; next: string }> {
  const binDir = toolIn('next', 'next@16.4.6', 'react@19.3.1', 'react-dom@19.3.1');
  const appDir = join(binDir, '../..');
  const { tarball } = await buildPackage();
  const options = ['--no-save', '--offline', '--no-audit', '--no-fund', '--silent'];
  await runFile('npm', ['install', ...options, tarball], { cwd: appDir });
  cpSync(join(import.meta.dirname, 'next-app'), appDir, { recursive: true });
  const next = join(binDir, 'next');
  await runFile(process.execPath, [next, 'build'], { cwd: appDir, env });
  return { appDir, next };
}

async function serve(appDir: string, next: string): Promise<string> {
  const port = String(await freePort());
  const args = [next, 'start', '--hostname', '127.0.0.1', '--port', port];
  const child = spawn(process.execPath, args, { cwd: appDir, env, stdio: 'ignore' });
  afterFile(() => child.kill());
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url).catch(() => undefined))) {
    if (child.exitCode !== null) throw new Error('Next has ended.');
    await pause(50);
  }
  return url;
}

// With what it needs Next takes 340 MB: it is no dependency of the project.
it.runIf(isNightly)('Next renders an app with the package, and the browser goes on', async () => {
  const { appDir, next } = await buildApp();
  const url = await serve(appDir, next);
  const shown = 'closed, 0 unread, function, function';
  const html = await (await fetch(url)).text();
  expect(html).toContain('<h1>OFFLINE</h1>');
  expect(html).toContain(`<p>${shown}</p>`);
  expect(html).toContain('<seenby-ticks');

  const page = await (await (await openBrowser()).newContext()).newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.getByText(shown).waitFor();
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
});
