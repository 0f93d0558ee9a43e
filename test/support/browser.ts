import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterFile } from './after-file.ts';

// No page here draws with WebGL; to emulate a graphics card for it takes a third of the processor's time.
chromium.setGraphicsMode = false;

const running = new Map<string, Promise<Browser>>();

/** A real Chromium, one for each test file. It lets pages read the answers of any origin. */
export const openBrowser = (): Promise<Browser> => open(chromium.args);

/** One that keeps origins apart, as a user's browser does. */
export const openStrictBrowser = (): Promise<Browser> =>
  open(chromium.args.filter((arg) => arg !== '--disable-web-security'));

function open(args: string[]): Promise<Browser> {
  const key = args.join(' ');
  const known = running.get(key);
  if (known) return known;
  const browser = launch(args);
  running.set(key, browser);
  afterFile(async () => {
    running.delete(key);
    await (await browser).close();
  });
  return browser;
}

/** It hears a beep every second, and every page may use it. */
const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

const launch = async (args: string[]): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, ...microphone],
  });
