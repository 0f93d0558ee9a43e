import { expect, it } from 'vitest';
import { people } from '../../../demo/simulator/people/people.ts';

it('names as many different people as a load group and the demo group need', () => {
  const everyone = people(660);
  expect(new Set(everyone.map(({ userId }) => userId)).size).toBe(660);
  for (const { userId, name } of everyone) {
    expect(userId).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(name.length).toBeGreaterThan(1);
  }
});

it('keeps who is known when more are asked for', () => {
  expect(people(160).slice(0, 20)).toEqual(people(20));
});

it('mixes languages', () => {
  const chinese = people(160).filter(({ language }) => language === 'zh');
  expect(chinese.length).toBeGreaterThan(40);
  expect(chinese.length).toBeLessThan(80);
  for (const { name } of chinese) expect(name).toMatch(/^\p{Script=Han}{2,4}$/u);
});
