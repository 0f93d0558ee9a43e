// The page with the simulator, beside 500 members: a message at each pace, then an author who writes every
// ten seconds for five minutes.
//   node bench/page.ts [--members N] [--seconds N of a pace at most] [--minutes N]
// Exits with 1 when the page drops below 30 frames a second, memory grows, or a count ends wrong.
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { faultsOf, faultsOfPaces, pacesReport, pageReport } from './reports/page-report.ts';
import { memoryOfTree } from './support/memory-of-tree.ts';
import { type PaceOutcome, SimulatorPage } from './support/simulator-page.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '60' },
    minutes: { type: 'string', default: '5' },
  },
});
const members = Number(values.members);
const maxSeconds = Number(values.seconds);

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

async function playPaces(page: SimulatorPage, serviceMb: () => number): Promise<PaceOutcome[]> {
  const outcomes: PaceOutcome[] = [];
  for (const pace of ['all at once', '20 a second', '1 a second']) {
    console.error(`They read ${pace} …`);
    outcomes.push(await page.play({ pace, maxSeconds }, serviceMb));
  }
  return outcomes;
}

function report(faults: readonly string[]): void {
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

const load = () => (loadavg()[0] ?? 0).toFixed(1);
const [loadBefore, cores] = [load(), availableParallelism()];
const service = await startService();
const page = await SimulatorPage.open(service.url);
const serviceMb = () => memoryOfTree(service.pid);
try {
  console.error('Connecting the members …');
  await page.start(members);
  const paces = await playPaces(page, serviceMb);
  console.log(pacesReport(members, paces));
  report(faultsOfPaces(members, paces));
  if (Number(values.minutes) > 0) {
    const samples = await page.converse(Number(values.minutes) * 60, serviceMb);
    const latencies = await page.page.locator('[data-latency] b').allTextContents();
    const outcome = { members, samples, latencies, counts: await page.finish() };
    console.log(`\n${pageReport(outcome)}`);
    report(faultsOf(outcome));
  }
  console.log(
    `\n${loadBefore} processes wanted to run before it began, ${load()} at its end, on ${cores} cores.`,
  );
} finally {
  await page.close();
  service.stop();
}
