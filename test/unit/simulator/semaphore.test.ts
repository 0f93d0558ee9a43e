import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Semaphore } from '../../../demo/simulator/semaphore.ts';

function openSemaphore(places: number) {
  const semaphore = new Semaphore(places);
  const inside: string[] = [];
  const unwanted = new Set<string>();
  const holders = new Map<string, object>();
  const enter = async (name: string) => {
    const holder = { name };
    holders.set(name, holder);
    await semaphore.acquire(holder, () => !unwanted.has(name));
    if (!unwanted.has(name)) inside.push(name);
  };
  const leave = (name: string) => semaphore.release(holders.get(name) as object);
  return { enter, leave, inside, unwanted };
}

it('lets the next one in when one leaves, in order', async () => {
  const { enter, leave, inside } = openSemaphore(2);
  for (const name of ['a', 'b', 'c', 'd']) void enter(name);
  await turn();
  expect(inside).toEqual(['a', 'b']);
  leave('b');
  await turn();
  expect(inside).toEqual(['a', 'b', 'c']);
  leave('b'); // has left
  await turn();
  expect(inside).toEqual(['a', 'b', 'c']);
});

it('passes over who has lost interest', async () => {
  const { enter, leave, inside, unwanted } = openSemaphore(1);
  for (const name of ['a', 'b', 'c']) void enter(name);
  unwanted.add('b');
  leave('a');
  await turn();
  expect(inside).toEqual(['a', 'c']);
});
