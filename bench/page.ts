// The page with the simulator: 500 members read what an author writes, for five minutes.
//   node bench/page.ts [--members N] [--minutes N]
// Exits with 1 when the page drops below 30 frames a second, memory grows, or a count ends wrong.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import chromium from '@sparticuz/chromium';
import { type Page, chromium as playwright } from 'playwright-core';
import { faultsOf, pageReport } from './reports/page-report.ts';
import { memoryOfTree } from './support/memory-of-tree.ts';
import { PageRecorder, type Sample } from './support/page-recorder.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '5' },
  },
});
const members = Number(values.members);
const minutes = Number(values.minutes);

interface Started {
  url: string;
  pid: number;
  stop(): void;
}

/** The service as `npm start` runs it. */
function startService(): Promise<Started> {
  const child = spawn(process.execPath, ['demo/local/main.ts'], {
    cwd: new URL('..', import.meta.url),
    env: { ...process.env, PORT: '0', WS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => void child.kill('SIGTERM');
  return new Promise((resolve, reject) => {
    let url: string | undefined;
    createInterface(child.stdout).on('line', (line) => {
      url ??= /HTTP +(http:\S+)/.exec(line)?.[1];
      if (line.includes('Ready') && url) resolve({ url, pid: child.pid ?? 0, stop });
    });
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}.`)));
  });
}

/** The package's own arguments emulate a GPU on the processor, which takes most of a core. */
const emulation = /gl=|angle|swiftshader|gpu|single-process|no-zygote/;

async function openPage(url: string) {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((argument) => !emulation.test(argument)),
      ...['--disable-gpu', '--js-flags=--expose-gc', '--enable-precise-memory-info'],
    ],
  });
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  await page.goto(`${url}/#/simulator`);
  return { page, close: () => browser.close() };
}

async function start(page: Page): Promise<void> {
  await page.getByRole('slider', { name: /Members/ }).fill(String(members));
  await page.getByRole('button', { name: 'Start' }).click();
  console.error('Connecting the members …');
  await page.locator('[data-phase="running"]').waitFor({ timeout: 240_000 });
}

async function record(page: Page, pid: number): Promise<Sample[]> {
  const recorder = new PageRecorder(page, () => memoryOfTree(pid));
  await recorder.begin();
  const samples: Sample[] = [];
  for (let second = 0; second < minutes * 60; second += 10) {
    await page.waitForTimeout(10_000);
    samples.push(await recorder.sample());
    console.error(`${second + 10} s: ${JSON.stringify(samples.at(-1))}`);
  }
  return samples;
}

/** The author stops writing and everybody reads the rest; what every message shows then. */
async function finish(page: Page): Promise<string[]> {
  await page.getByRole('checkbox', { name: /author writes/ }).uncheck();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await page.getByText('Everyone has read everything').waitFor({ timeout: 300_000 });
  const author = page.getByRole('region', { name: 'Author' });
  const notRead = author.locator('.bubble.own [data-read]:not([data-unread="0"])');
  await notRead.first().waitFor({ state: 'detached', timeout: 10_000 });
  return author
    .locator('.bubble.own [data-read]')
    .evaluateAll((counts) =>
      counts.map(({ dataset: { read, unread } }) => `Read ${read} · Unread ${unread}`),
    );
}

const service = await startService();
const { page, close } = await openPage(service.url);
try {
  await start(page);
  const samples = await record(page, service.pid);
  const latencies = await page.locator('[data-latency] b').allTextContents();
  const counts = await finish(page);
  // The reader looks on beside the simulated members.
  const outcome = { members, samples, latencies, counts, readers: members + 1 };
  console.log(pageReport(outcome));
  const faults = faultsOf(outcome);
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await close();
  service.stop();
}
