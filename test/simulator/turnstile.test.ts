import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Turnstile } from '../../simulator/turnstile.ts';

function openTurnstile(places: number) {
  const turnstile = new Turnstile(places);
  const inside: string[] = [];
  const unwanted = new Set<string>();
  const visitors = new Map<string, object>();
  const enter = async (name: string) => {
    const visitor = { name };
    visitors.set(name, visitor);
    await turnstile.enter(visitor, () => !unwanted.has(name));
    if (!unwanted.has(name)) inside.push(name);
  };
  const leave = (name: string) => turnstile.leave(visitors.get(name) as object);
  return { enter, leave, inside, unwanted };
}

it('lets the next one in when one leaves, in order', async () => {
  const { enter, leave, inside } = openTurnstile(2);
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
  const { enter, leave, inside, unwanted } = openTurnstile(1);
  for (const name of ['a', 'b', 'c']) void enter(name);
  unwanted.add('b');
  leave('a');
  await turn();
  expect(inside).toEqual(['a', 'c']);
});
