import { expect, it } from 'vitest';
import { isFewEmoji, textParts } from '../../../demo/web/conversation/message/text-parts.ts';
import { initialsOf } from '../../../demo/web/sidebar/initials.ts';

const kindsOf = (content: string, hasMentions = false) =>
  textParts(content, hasMentions).map(({ kind, text }) => `${kind} ${text}`);

it.each([
  ['Nothing in it', ['text Nothing in it']],
  ['', []],
  ['See https://example.com/a.', ['text See ', 'link https://example.com/a', 'text .']],
  ['(http://a.b/c?d=e&f)', ['text (', 'link http://a.b/c?d=e&f', 'text )']],
  ['看 https://a.b。好', ['text 看 ', 'link https://a.b', 'text 。好']],
  ['javascript:alert(1)', ['text javascript:alert(1)']],
])('finds the links in "%s"', (content, expected) => {
  expect(kindsOf(content)).toEqual(expected);
});

it('sets mentions off only in a message that mentions somebody', () => {
  expect(kindsOf('Ask @李雷!', true)).toEqual(['text Ask ', 'mention @李雷', 'text !']);
  expect(kindsOf('Ask @李雷!')).toEqual(['text Ask @李雷!']);
});

it('loses nothing', () => {
  const content = 'a @b http://c.d, e\n@f';
  expect(
    textParts(content, true)
      .map(({ text }) => text)
      .join(''),
  ).toBe(content);
});

it.each([
  ['🔥', true],
  ['👩‍👩‍👧 🇩🇪 👍🏽', true],
  ['🔥🔥🔥🔥', false],
  ['ok 👍', false],
  ['12', false],
  [' ', false],
])('"%s" is nothing but a few emoji: %s', (content, expected) => {
  expect(isFewEmoji(content)).toBe(expected);
});

it.each([
  ['Mei Lin', 'ML'],
  ['梅林', '林'],
  ['Law – group', 'LG'],
  ['👩‍👩‍👧 Kay', '👩‍👩‍👧K'],
  ['  ', ''],
])('the initials of "%s" are "%s"', (name, expected) => {
  expect(initialsOf(name)).toBe(expected);
});
