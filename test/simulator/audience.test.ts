import { expect, it } from 'vitest';
import { Audience } from '../../simulator/audience.ts';
import { ManualClock } from './manual-clock.ts';

function openAudience() {
  const clock = new ManualClock();
  const told: string[] = [];
  const audience = new Audience({
    clock,
    rest: () => told.push('rest'),
    goOn: () => told.push('go on'),
  });
  return { clock, audience, told };
}

it('lets everybody rest when nobody has watched for 15 seconds', () => {
  const { clock, audience, told } = openAudience();
  const leave = audience.watch(() => {});
  clock.advance(60_000);
  expect(told).toEqual([]);
  leave();
  clock.advance(14_999);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toEqual(['rest']);
});

it('goes on when somebody watches or asks for something', () => {
  const { clock, audience, told } = openAudience();
  audience.stir();
  clock.advance(15_000);
  const leave = audience.watch(() => {});
  leave();
  expect(told).toEqual(['rest', 'go on']);
  clock.advance(15_000);
  audience.stir();
  expect(told).toEqual(['rest', 'go on', 'rest', 'go on']);
});

it('goes on for one watcher when another leaves', () => {
  const { clock, audience, told } = openAudience();
  const leave = audience.watch(() => {});
  audience.watch(() => {});
  leave();
  clock.advance(60_000);
  expect(told).toEqual([]);
});
