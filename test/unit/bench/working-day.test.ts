import { expect, it } from 'vitest';
import { dayTraffic, usualDay } from '../../../bench/played/working-day.ts';

const day = { ...usualDay, members: 100, messages: 200 };
const traffic = dayTraffic({ ...day, isDelivered: true });
const { acts } = traffic;

it('is the same day for the same seed, and another one for another seed', () => {
  expect(dayTraffic(day)).toEqual(dayTraffic(day));
  expect(dayTraffic({ ...day, seed: 2 })).not.toEqual(dayTraffic(day));
});

it('has all its messages, in order of time, within its hours', () => {
  expect(acts.filter((act) => act.do === 'send')).toHaveLength(200);
  for (const [i, { at }] of acts.entries()) expect(at).toBeGreaterThanOrEqual(acts[i - 1]?.at ?? 0);
  const hours = ((acts.at(-1)?.at ?? 0) - (acts[0]?.at ?? 0)) / 3_600_000;
  expect(hours).toBeGreaterThan(7);
  expect(hours).toBeLessThan(8.1);
});

it('has a tenth watching at every moment, but for those who come to catch up', () => {
  const watching = new Set(traffic.watchingIds);
  const online = new Set(traffic.onlineIds);
  expect(online.size).toBe(60);
  let compared = 0;
  for (const act of acts) {
    if (act.do === 'close') watching.delete(act.by);
    if (act.do === 'open') watching.add(act.by);
    if (act.do !== 'send') continue;
    expect([...watching].filter((by) => online.has(by)).length).toBe(10);
    compared += 1;
  }
  expect(compared).toBe(200);
});

it('lets nobody read or receive what was not yet sent, nor the same twice', () => {
  let sent = 0;
  const done = new Map<string, number>();
  for (const act of acts) {
    if (act.do === 'send') sent += 1;
    if (act.do !== 'read' && act.do !== 'deliver') continue;
    expect(act.upTo).toBeLessThanOrEqual(sent);
    const name = `${act.do} ${act.by}`;
    expect(act.upTo).toBeGreaterThan(done.get(name) ?? 0);
    done.set(name, act.upTo);
  }
  expect(done.size).toBeGreaterThan(100);
});
