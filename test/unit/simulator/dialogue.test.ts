import { expect, it } from 'vitest';
import { Dialogue } from '../../../demo/simulator/people/dialogue.ts';
import { englishExchanges } from '../../../demo/simulator/people/english-exchanges.ts';
import type { Language } from '../../../demo/simulator/people/language.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';

/** Every speaker is a new one, named for when they came. */
function chat(seed: number, count: number, language: Language = 'en') {
  const dialogue = new Dialogue<string>(seededRandom(seed), language);
  let came = 0;
  return Array.from({ length: count }, () => dialogue.next((role) => `${role} ${++came}`));
}

it('speaks one language', () => {
  const said = (language: Language) => chat(1, 300, language).map(({ content }) => content);
  expect(said('en').join('')).not.toMatch(/\p{Script=Han}/u);
  expect(said('zh').every((content) => !/[a-z]{4}/i.test(content))).toBe(true);
});

it('says the same for the same seed', () => {
  expect(chat(5, 200)).toEqual(chat(5, 200));
  expect(chat(5, 200)).not.toEqual(chat(6, 200));
});

it('fills in every blank and leaves no mark in what is said', () => {
  for (const { content } of chat(1, 1000)) {
    expect(content).not.toMatch(/[{}^]/);
    expect(content).not.toBe('');
  }
});

it('lets who began an exchange speak again in it', () => {
  const lines = chat(1, 1000);
  for (const { speaker, content } of lines) {
    if (/Found it, thanks/.test(content)) expect(speaker).toMatch(/^0 /);
  }
});

it('uses every exchange before it uses one again', () => {
  const openings = chat(3, 300)
    .filter(({ speaker }, i, all) => speaker.startsWith('0 ') && all[i - 1]?.speaker !== speaker)
    .map(({ content }) => content);
  const distinct = new Set(openings.slice(0, englishExchanges.length));
  expect(distinct.size).toBe(englishExchanges.length);
});
