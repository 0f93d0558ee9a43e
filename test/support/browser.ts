import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { onTestFinished, TestRunner } from 'vitest';
import { afterFile } from './after-file.ts';
import { patienceMs } from './time/patience.ts';

// No page here draws with WebGL; to emulate a graphics card for it takes a third of the processor's time.
chromium.setGraphicsMode = false;

/** Made for a function of Lambda, they put every page into one process, which ends with the first page that is closed. */
const browserArgs = chromium.args.filter(
  (arg) => arg !== '--single-process' && arg !== '--no-zygote',
);

const running = new Map<string, Promise<Browser>>();

/** A real Chromium, one for each test file. It lets pages read the answers of any origin. */
export const openBrowser = (): Promise<Browser> => open(browserArgs);

/** One that keeps origins apart, as a user's browser does. */
export const openStrictBrowser = (): Promise<Browser> =>
  open(browserArgs.filter((arg) => arg !== '--disable-web-security'));

function open(args: string[]): Promise<Browser> {
  const key = args.join(' ');
  const known = running.get(key);
  if (known) return known;
  const errors: Error[] = [];
  const browser = launch(args).then((launched) => withErrorsOfPages(launched, errors));
  running.set(key, browser);
  afterFile(async () => {
    running.delete(key);
    await (await browser).close();
    if (errors.length > 0) throw new AggregateError(errors, 'Pages threw what nothing caught.');
  });
  return browser;
}

/** Collects what no script of a page catches: a page that has thrown may look right in what a test looks at. */
function withErrorsOfPages(browser: Browser, errors: Error[]): Browser {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(patienceMs);
    context.on('weberror', (thrown) => errors.push(thrown.error()));
    // What no test looks at any more is told nothing and draws nothing.
    if (TestRunner.getCurrentTest()) onTestFinished(() => context.close());
    return context;
  };
  return browser;
}

/** It hears a beep every second, and every page may use it. */
const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

const launch = async (args: string[]): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, ...microphone],
  });
