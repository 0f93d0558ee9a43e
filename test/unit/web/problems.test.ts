import { describe, expect, it } from 'vitest';
import { en } from '../../../demo/web/text/en.ts';
import { problemText } from '../../../demo/web/text/problems/problem-text.ts';
import type { Doing } from '../../../demo/web/text/problems/problem-texts.ts';
import { waitingTime } from '../../../demo/web/text/times.ts';
import { zh } from '../../../demo/web/text/zh.ts';
import { SeenbyError, type SeenbyErrorCode } from '../../../packages/client/src/index.ts';
import { statusOfCode } from '../../../packages/protocol/src/errors.ts';

/** What the service says to developers: a path of the validator, an id and a role. */
const words = 'memberIds.3: must match the pattern; group chat-7f3a; your role is nonesuch';

const ownCodes = ['OFFLINE', 'TIMEOUT', 'CLOSED', 'NO_TOKEN', 'TOO_OLD'] as const;
const codes: SeenbyErrorCode[] = [...(Object.keys(statusOfCode) as SeenbyErrorCode[]), ...ownCodes];
const doings: (Doing | undefined)[] = [undefined, ...(Object.keys(en.problems.while) as Doing[])];

const sentence = { en: /^[A-Z][^_]+[.?]$/, 'zh-CN': /^\p{Script=Han}[^_]+[。？]$/u };

describe.each([en, zh])('in $languageName', (texts) => {
  it.each(codes)('%s is a sentence of its own, whatever one was doing', (code) => {
    expect(doings.length).toBeGreaterThan(10);
    for (const doing of doings) {
      for (const retryAfterMs of [undefined, 41_200]) {
        const said = problemText(texts, new SeenbyError(code, words, { retryAfterMs }), doing);
        expect(said).toMatch(sentence[texts.locale as keyof typeof sentence]);
        for (const word of [code, ...words.split(/\W+/).filter((each) => each.length > 7)]) {
          expect(said).not.toContain(word);
        }
      }
    }
  });

  it('a code that only a newer service knows, and a fault of the page, have words too', () => {
    const unknown = new SeenbyError('QUOTA' as SeenbyErrorCode, words);
    expect(problemText(texts, unknown, 'send')).toBe(texts.problems.any.INTERNAL);
    expect(problemText(texts, new TypeError(words))).toBe(texts.problems.unexpected);
  });
});

it('both languages say something of their own for the same codes', () => {
  for (const doing of doings.slice(1) as Doing[]) {
    expect(Object.keys(zh.problems.while[doing])).toEqual(Object.keys(en.problems.while[doing]));
  }
});

it('a token that could not be asked for is a missing connection, another one a sign-in that failed', () => {
  const unreached = new SeenbyError('NO_TOKEN', words, { cause: new TypeError('Failed to fetch') });
  expect(problemText(en, unreached)).toBe(en.problems.any.OFFLINE);
  const refused = new SeenbyError('NO_TOKEN', words, { cause: new Error('signed out') });
  expect(problemText(en, refused)).toBe(en.problems.any.NO_TOKEN);
});

it('says how long to wait', () => {
  const limited = new SeenbyError('RATE_LIMITED', words, { retryAfterMs: 41_200 });
  expect(problemText(en, limited)).toContain('in 42 seconds.');
  expect(problemText(zh, limited)).toContain('42秒');
});

it.each([
  [0, '1 second'],
  [88_200, '89 seconds'],
  [120_000, '2 minutes'],
  [241_000, '5 minutes'],
])('a wait of %i ms is %s', (ms, text) => {
  expect(waitingTime(ms, 'en')).toBe(text);
});
