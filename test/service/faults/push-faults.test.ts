import pMap from 'p-map';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { usually } from '../../support/nightly.ts';
import { createTable } from '../../support/service/create-table.ts';
import { testDocuments } from '../../support/service/test-database.ts';
import { ChaosChat } from './chaos/chaos-chat.ts';
import { FaultyTable } from './chaos/faulty-table.ts';
import type { CheckedRule } from './chaos/findings.ts';

const given = process.env.SEED;
const count = Number(process.env.SEEDS ?? usually(40, { nightly: 1000 }));
const seeds = given ? [Number(given)] : Array.from({ length: count }, (_, i) => i + 1);
const chatsAtOnce = 32;

interface Run {
  seed: number;
  chat: ChaosChat;
  /** What kept it from coming to its end. */
  error?: unknown;
}

let runs: Run[] = [];

beforeAll(
  async () => {
    // The service logs each of its troubles, as it should.
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const around = { client: testDocuments(), tableName: await createTable() };
    runs = await pMap(seeds, (seed) => play(seed, new ChaosChat(seed, around)), {
      concurrency: chatsAtOnce,
    });
    logged.mockRestore();
  },
  60_000 + 4000 * seeds.length,
);

async function play(seed: number, chat: ChaosChat): Promise<Run> {
  try {
    await chat.time.pass(chat.run());
    return { seed, chat };
  } catch (error) {
    return { seed, chat, error };
  }
}

/** Every run checked the rule, but for one in a hundred in which nothing was posted, and none found it broken. */
function expectToHold(rule: CheckedRule): void {
  const unchecked = runs.filter(({ chat }) => chat.findings.checksOf(rule) === 0);
  expect(unchecked.length).toBeLessThanOrEqual(runs.length / 100);
  const broken = runs.flatMap(({ seed, chat: { findings, steps } }) => {
    const wrong = findings.wrong(rule);
    return wrong.length > 0 ? [`SEED=${seed}: ${wrong.join('\n')}`, ...steps] : [];
  });
  expect(broken.join('\n')).toBe('');
}

describe(`in ${seeds.length} runs of faults`, () => {
  it('all come to their end', () => {
    expect(runs).toHaveLength(seeds.length);
    const failed = runs.filter(({ error }) => error !== undefined);
    const told = failed.flatMap(({ seed, chat, error }) => [
      `SEED=${seed}: ${error}`,
      ...chat.steps,
    ]);
    expect(told.join('\n')).toBe('');
  });

  it('faults come at every request of the table', () => {
    // It consists of pages.
    const besides = ['queryAll'];
    const methods = Object.getOwnPropertyNames(Table.prototype);
    const faulty = Object.getOwnPropertyNames(FaultyTable.prototype);
    expect([...faulty, ...besides].sort()).toEqual(methods.sort());
  });

  it('[PU1] every client comes to show the stored counts', () => expectToHold('PU1'));

  it('[PU4] counts of a later time never carry a lower version', () => expectToHold('PU4'));

  it('[PU5] nothing is pushed to who is no member at that moment', () => expectToHold('PU5'));

  it('[FA1] every read that was acknowledged is stored', () => expectToHold('FA1'));
});
