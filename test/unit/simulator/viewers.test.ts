import { expect, it } from 'vitest';
import { Viewers } from '../../../demo/simulator/people/viewers.ts';
import { ManualClock } from '../../support/time/manual-clock.ts';

function openViewers() {
  const clock = new ManualClock();
  const told: string[] = [];
  const viewers = new Viewers({
    clock,
    rest: () => told.push('rest'),
    goOn: () => told.push('go on'),
  });
  return { clock, viewers, told };
}

it('lets everybody rest when nobody has watched for 15 seconds', () => {
  const { clock, viewers, told } = openViewers();
  const leave = viewers.watch(() => {});
  clock.advance(60_000);
  expect(told).toEqual([]);
  leave();
  clock.advance(14_999);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toEqual(['rest']);
});

it('goes on when somebody watches or asks for something', () => {
  const { clock, viewers, told } = openViewers();
  viewers.keepAwake();
  clock.advance(15_000);
  const leave = viewers.watch(() => {});
  leave();
  expect(told).toEqual(['rest', 'go on']);
  clock.advance(15_000);
  viewers.keepAwake();
  expect(told).toEqual(['rest', 'go on', 'rest', 'go on']);
});

it('goes on for one watcher when another leaves', () => {
  const { clock, viewers, told } = openViewers();
  const leave = viewers.watch(() => {});
  viewers.watch(() => {});
  leave();
  clock.advance(60_000);
  expect(told).toEqual([]);
});
