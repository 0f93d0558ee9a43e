import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll } from 'vitest';

const running = new Map<string, Promise<Browser>>();

afterAll(async () => {
  for (const browser of running.values()) await (await browser).close();
});

/** A real Chromium, started once per test file. It lets pages read the answers of any origin. */
export const openBrowser = (): Promise<Browser> => open(chromium.args);

/** One that keeps origins apart, as a user's browser does. */
export const openStrictBrowser = (): Promise<Browser> =>
  open(chromium.args.filter((arg) => arg !== '--disable-web-security'));

function open(args: string[]): Promise<Browser> {
  const key = args.join(' ');
  const browser =
    running.get(key) ??
    chromium.executablePath().then((executablePath) => playwright.launch({ executablePath, args }));
  running.set(key, browser);
  return browser;
}
