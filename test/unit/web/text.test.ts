import { describe, expect, it } from 'vitest';
import {
  mentionBeingTyped,
  mentionedIn,
} from '../../../demo/web/conversation/composer/mentions.ts';
import { countdown, duration } from '../../../demo/web/text/times.ts';

describe('mentions', () => {
  const members = [
    { userId: 'mei', name: 'Mei Lin' },
    { userId: 'li', name: '李雷' },
    { userId: 'bob' },
  ];

  it.each([
    ['Hello @Me', 'me'],
    ['@', ''],
    ['mail@exam', undefined],
    ['@MeiLin then more', undefined],
  ])('in "%s" %s is being typed', (content, typed) => {
    expect(mentionBeingTyped(content)).toBe(typed);
  });

  it.each([
    ['Ask @MeiLin or @李雷!', ['mei', 'li']],
    ['@bob.', ['bob']],
    ['@Mei alone is nobody', []],
    ['none', []],
  ])('are found again in "%s"', (content, userIds) => {
    expect(mentionedIn(content, members)).toEqual(userIds);
  });
});

it.each([
  [850, '850 ms'],
  [4210, '4.2 s'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [90_000_000, '1 d 1 h'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

it('counts down in minutes and seconds', () => {
  expect([300_000, 246_100, 999].map(countdown)).toEqual(['5:00', '4:07', '0:01']);
});
