import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll } from 'vitest';

let running: Promise<Browser> | undefined;

afterAll(async () => {
  await (await running)?.close();
});

/** A real Chromium, started once per test file. */
export const openBrowser = (): Promise<Browser> => {
  running ??= chromium
    .executablePath()
    .then((executablePath) => playwright.launch({ executablePath, args: chromium.args }));
  return running;
};
