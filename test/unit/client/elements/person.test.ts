import { describe, expect, it } from 'vitest';
import {
  hueOf,
  initialsOf,
  nameOf,
  pictureOf,
} from '../../../../packages/client/src/elements/people/person.ts';

describe('a person', () => {
  it.each([
    ['Ann Example', 'AE'],
    ['bob', 'B'],
    ['Mary Ann Smith', 'MA'],
    ['陈小明', '明'],
    ['Émile', 'É'],
    ['Dora <b>Bold</b>', 'DB'],
    ['auth0|x', 'AX'],
    ['𝒜lan 𝒳', '𝒜𝒳'],
    ['?!', '?'],
    ['', ''],
  ])('called %j has the initials %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('without a name is called by the id', () => {
    expect(nameOf({ userId: 'u1' })).toBe('u1');
    expect(nameOf({ userId: 'u1', name: '  ' })).toBe('u1');
    expect(nameOf({ userId: 'constructor', name: 'Ann' })).toBe('Ann');
  });

  it('keeps a colour, and neighbours have colours of their own', () => {
    const hues = Array.from({ length: 20 }, (_, i) => hueOf(`user-${i}`));
    expect(hueOf('user-3')).toBe(hues[3]);
    expect(hues.every((hue) => Number.isInteger(hue) && hue >= 0 && hue < 360)).toBe(true);
    expect(new Set(hues.map((hue) => Math.floor(hue / 30))).size).toBeGreaterThan(6);
  });

  it.each([
    ['https://pictures.test/ann.png', true],
    ['HTTPS://pictures.test/ann.png', true],
    ['http://pictures.test/ann.png', false],
    ['javascript:alert(1)', false],
    ['data:image/png;base64,AAAA', false],
    ['//pictures.test/ann.png', false],
    [undefined, false],
  ])('with the picture %s shows it: %s', (picture, isShown) => {
    const person = { userId: 'u1', ...(picture !== undefined && { picture }) };
    expect(pictureOf(person)).toBe(isShown ? picture : undefined);
  });
});
