// Runs one function's bundle as Lambda would; asked by the scenario "functions".
import { pathToFileURL } from 'node:url';
import pMap from 'p-map';
import { serveCommands } from './child.ts';

export interface Invocation {
  ms: number;
  processorMs: number;
}

export interface FunctionCommands {
  [name: string]: (input: never) => Promise<unknown>;
  /** Answers how long the import took. */
  load(input: { file: string; environment: Record<string, string> }): Promise<Invocation>;
  invoke(event: unknown): Promise<Invocation>;
  /** So many at once; the sum of all. */
  invokeAll(input: { events: unknown[]; atOnce: number }): Promise<Invocation>;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const context = { getRemainingTimeInMillis: () => 60_000 };
const faults: unknown[] = [];
let handler: Handler;

for (const method of ['log', 'info', 'warn'] as const) console[method] = () => {};
console.error = (fault: unknown) => void faults.push(fault);

async function timed(run: () => Promise<unknown>): Promise<Invocation> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await run();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  if (faults.length > 0) throw new Error(`it logged a fault: ${JSON.stringify(faults[0])}`);
  return { ms, processorMs: (user + system) / 1000 };
}

const commands: FunctionCommands = {
  async load({ file, environment }) {
    Object.assign(process.env, environment);
    return timed(async () => {
      handler = ((await import(pathToFileURL(file).href)) as { handler: Handler }).handler;
    });
  },
  invoke: (event) => timed(() => handler(event, context)),
  invokeAll: ({ events, atOnce }) =>
    timed(() => pMap(events, (event) => handler(event, context), { concurrency: atOnce })),
};

serveCommands(commands, async () => {});
