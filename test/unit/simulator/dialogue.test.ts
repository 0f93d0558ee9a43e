import { expect, it } from 'vitest';
import { chineseExchanges } from '../../../demo/simulator/people/chinese-exchanges.ts';
import { Dialogue } from '../../../demo/simulator/people/dialogue.ts';
import { englishExchanges } from '../../../demo/simulator/people/english-exchanges.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';

/** Every speaker is a new one, named for when they came. */
function chat(seed: number, count: number) {
  const dialogue = new Dialogue<string>(seededRandom(seed));
  let came = 0;
  return Array.from({ length: count }, () =>
    dialogue.next((language, role) => `${language} ${role} ${++came}`),
  );
}

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
    if (/Found it, thanks|找到了,感谢/.test(content)) expect(speaker).toMatch(/^.. 0 /);
  }
});

it('uses every exchange before it uses one again', () => {
  const openings = chat(3, 300)
    .filter(({ speaker }, i, all) => speaker.includes(' 0 ') && all[i - 1]?.speaker !== speaker)
    .map(({ content }) => content);
  const min = Math.min(englishExchanges.length, chineseExchanges.length);
  expect(new Set(openings).size).toBeGreaterThan(min);
});
