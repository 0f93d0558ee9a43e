import type { FrameTotals } from '@seenby/local-cloud/gateway/sockets/frame-counts.ts';
import {
  type SeenbyCloud,
  type SeenbyCloudOptions,
  startSeenbyCloud,
} from '../../demo/local/seenby-cloud.ts';
import { type HeapFigures, heapAfterCollection } from '../support/memory-of.ts';
import { serveCommands } from './child.ts';

/** What one function did since the last reset. */
export interface FunctionWork {
  calls: number;
  coldStarts: number;
  errors: number;
  /** Time in the handler, loading and waiting for a sandbox not counted. */
  totalMs: number;
}

export interface CloudWork {
  frames: FrameTotals;
  functions: Record<string, FunctionWork>;
  /** What the functions logged as faults, and how often. */
  faults: Record<string, number>;
}

export type CloudSettings = Pick<
  SeenbyCloudOptions,
  | 'assemblyDir'
  | 'dynamoDbEndpoint'
  | 'tableNames'
  | 'concurrency'
  | 'dataDir'
  | 'httpPort'
  | 'wsPort'
>;

let cloud: SeenbyCloud | undefined;
let functions: Record<string, FunctionWork> = {};
let faults: Record<string, number> = {};

const running = (): SeenbyCloud => {
  if (!cloud) throw new Error('the cloud has not been started');
  return cloud;
};

const noteInvocation: NonNullable<SeenbyCloudOptions['logInvocation']> = (entry) => {
  const name = entry.functionName.replace(/[0-9A-F]{8}$/, '');
  functions[name] ??= { calls: 0, coldStarts: 0, errors: 0, totalMs: 0 };
  const work = functions[name];
  work.calls += 1;
  work.totalMs += entry.durationMs;
  if (entry.coldStart) work.coldStarts += 1;
  if (entry.error !== undefined) work.errors += 1;
  for (const line of entry.lines) noteFault(line);
  if (entry.error !== undefined) faults[entry.error] = (faults[entry.error] ?? 0) + 1;
};

function noteFault(line: string): void {
  const [, what] = /^{"level":"error","what":"([^"]*)"/.exec(line) ?? [];
  if (what !== undefined) faults[what] = (faults[what] ?? 0) + 1;
}

/** A local cloud in a process of its own. */
const commands = {
  async start(settings: CloudSettings): Promise<void> {
    cloud = await startSeenbyCloud({ ...settings, logInvocation: noteInvocation });
  },

  async urls(): Promise<{ httpUrl: string; wsUrl: string }> {
    const { httpUrl, wsUrl } = running();
    return { httpUrl, wsUrl };
  },

  /** Resolves once the streams' consumers have handled everything written before the call. */
  async drained(): Promise<void> {
    await running().drained();
  },

  async work(): Promise<CloudWork> {
    return { frames: running().frames.total(), functions, faults };
  },

  async memory(): Promise<HeapFigures> {
    return heapAfterCollection();
  },

  async reset(): Promise<void> {
    running().frames.reset();
    functions = {};
    faults = {};
  },
};

export type CloudCommands = typeof commands;

serveCommands(commands, async () => cloud?.stop());
