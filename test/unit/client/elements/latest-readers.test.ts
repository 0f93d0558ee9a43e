import { afterEach, expect, it, vi } from 'vitest';
import type { ElementGroup } from '../../../../packages/client/src/elements/elements.ts';
import {
  type LatestReaders,
  LatestReadersSource,
} from '../../../../packages/client/src/elements/read-by/latest-readers.ts';

afterEach(() => vi.useRealTimers());

/** A source, and what answers its requests one by one. */
function aSource() {
  vi.useFakeTimers();
  const told: LatestReaders[] = [];
  const answers: ((...userIds: string[]) => Promise<unknown>)[] = [];
  const listReaders = () =>
    new Promise((resolve) => {
      answers.push((...userIds) => {
        resolve({ members: userIds.map((userId) => ({ userId })) });
        return vi.advanceTimersByTimeAsync(0);
      });
    });
  const group = { listReaders } as unknown as ElementGroup;
  const source = new LatestReadersSource((latest) => told.push(latest));
  const names = () => told.map(({ readers }) => readers?.map(({ userId }) => userId));
  return { answers, group, names, source };
}

it('latest readers are asked for once a second at most, and an answer that comes late is not told', async () => {
  const { answers, group, names, source } = aSource();
  source.ask(group, 1, 1);
  source.ask(group, 1, 2);
  source.ask(group, 1, 3);
  expect(answers.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(answers.length).toBe(2);
  await answers[1]?.('bo', 'cy');
  await answers[0]?.('bo');
  expect(names()).toEqual([['bo', 'cy']]);
});

it('latest readers of a message that is not shown any more are not told', async () => {
  const { answers, group, names, source } = aSource();
  source.ask(group, 1, 1);
  source.end();
  source.ask(group, 1, 1);
  await answers[0]?.('bo');
  expect(names()).toEqual([]);
  await answers[1]?.('cy');
  expect(names()).toEqual([['cy']]);
});
