import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDbLocal } from '@seenby/local-cloud/dynamodb/dynamodb-local.ts';
import { synthesizeSeenby } from '../../demo/local/synthesize-seenby.ts';
import { type Child, startChild } from '../processes/child.ts';
import type { CloudCommands } from '../processes/cloud-process.ts';

const projectDir = join(import.meta.dirname, '../..');

/** Sandboxes of a function at most: more than a few to a core only take it from each other. */
export const concurrency = Math.max(4, 2 * availableParallelism());

/** What a benchmark runs on. */
export interface DemoSession {
  assemblyDir: string;
  dynamoDbEndpoint: string;
  /** In a process of its own, not yet started. */
  cloud: Child<CloudCommands>;
}

/** Things to stop at the end, the last one first. */
export type Open = (() => unknown)[];

/** Runs a benchmark and stops whatever it has opened, however it ends. */
export async function withOpen(run: (open: Open) => Promise<void>): Promise<void> {
  const open: Open = [];
  try {
    await run(open);
  } finally {
    for (const close of open.reverse()) await close();
  }
}

/** Synthesizes the stack and starts a database and a process for the cloud. */
export async function startDemoSession(
  open: Open,
  settings: Record<string, string> = {},
): Promise<DemoSession> {
  const assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-bench-'));
  open.push(() => rmSync(assemblyDir, { recursive: true, force: true }));
  say('Synthesizing and starting DynamoDB Local');
  const [database] = await Promise.all([
    startDynamoDbLocal(),
    synthesizeSeenby({ projectDir, outputDir: assemblyDir, settings }),
  ]);
  open.push(database.stop);
  const cloud = startChild<CloudCommands>(
    new URL('../processes/cloud-process.ts', import.meta.url),
  );
  open.push(cloud.stop);
  return { assemblyDir, dynamoDbEndpoint: database.endpoint, cloud };
}

/** Progress is no part of the figures. */
export function say(text: string): void {
  console.error(`${text} …`);
}
