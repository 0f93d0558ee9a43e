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

const isChinese = ({ name }: { name: string }) => /^\p{Script=Han}{2,4}$/u.test(name);

it('mixes languages', () => {
  const chinese = people(160).filter(isChinese);
  expect(chinese.length).toBeGreaterThan(40);
  expect(chinese.length).toBeLessThan(80);
});

it('has others for each language, and enough for a demo group', () => {
  const [english, chinese] = [people(160, 'en'), people(160, 'zh')];
  expect(english.some(isChinese)).toBe(false);
  expect(chinese.every(isChinese)).toBe(true);
  expect(new Set([...english, ...chinese].map(({ userId }) => userId)).size).toBe(320);
});
