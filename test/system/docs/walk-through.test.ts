import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { patienceMs } from '../../support/time/patience.ts';
import { ShownValues } from './shown-values.ts';
import { Terminal } from './terminal.ts';
import { addressIn, readTranscript, type Step } from './transcript.ts';

const root = join(import.meta.dirname, '../../..');
const page = 'docs/walk-through.md';
const steps = readTranscript(readFileSync(join(root, page), 'utf8'));
const terminals = new Map(steps.map(({ terminal }) => [terminal, new Terminal()]));
const shownValues = new ShownValues();
/** A machine that is busy with other tests may be slow; a frame that is missing still shows. */
let cloud: SeenbyCloud;

beforeAll(async () => {
  cloud = await startOwnCloud({
    logInvocation: ({ functionName, error, lines }) => {
      if (error !== undefined) console.error(functionName, error, ...lines);
    },
  });
});
afterAll(async () => {
  for (const terminal of terminals.values()) terminal.close();
  await cloud?.stop();
});

const toThisCloud = (text: string): string =>
  text.replaceAll('ws://localhost:3001', cloud.wsUrl).replaceAll('localhost:3000', cloud.httpUrl);

function expectShown(where: string, shown: string, real: unknown): void {
  expect(real, where).toEqual(shownValues.fill(JSON.parse(shown), real));
}

async function perform(terminal: Terminal, step: Step): Promise<void> {
  const where = `${page}:${step.line}`;
  switch (step.kind) {
    case 'run': {
      const printed = await terminal.run(toThisCloud(step.command));
      if (step.prints.length === 0) expect(printed, where).toBe('');
      else expectShown(where, step.prints.join('\n'), JSON.parse(printed));
      break;
    }
    case 'connect':
      await terminal.connect(toThisCloud(addressIn(step.command)));
      break;
    case 'send':
      // Whoever types leaves the stream more time than this.
      await cloud.drained();
      terminal.send(step.frame);
      break;
    case 'receive': {
      const frame = await terminal.take(JSON.parse(step.frame), patienceMs);
      expectShown(where, step.frame, frame ?? { insteadOnly: terminal.left });
    }
  }
}

it('shows exactly what two clients see', async () => {
  expect([...terminals.keys()]).toEqual(['alice', 'bob']);
  expect(steps.filter(({ kind }) => kind === 'receive').length).toBeGreaterThan(10);
  for (const step of steps) await perform(terminals.get(step.terminal) as Terminal, step);
  await cloud.drained();
  for (const [name, terminal] of terminals) expect(terminal.left, `${name} saw more`).toEqual([]);
});
