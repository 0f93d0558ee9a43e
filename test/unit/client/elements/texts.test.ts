import { describe, expect, it } from 'vitest';
import { en } from '../../../../packages/client/src/elements/text/en.ts';
import { addTexts, textsFor } from '../../../../packages/client/src/elements/text/texts.ts';
import { zh } from '../../../../packages/client/src/elements/text/zh.ts';

const sample = (text: unknown): string =>
  typeof text === 'function' ? String(text(2, 1)) : String(text);

describe('the texts of the elements', () => {
  it('are in both languages, and none is in English in Chinese', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    const chinese = Object.entries(zh);
    for (const [key, text] of chinese)
      expect([key, sample(text)]).toEqual([key, expect.stringMatching(/\p{Script=Han}/u)]);
    for (const text of Object.values(en)) expect(sample(text)).not.toMatch(/\p{Script=Han}/u);
  });

  it('are those of the language, whatever its region, and English where there are none', () => {
    expect(textsFor('zh-TW').tickSent).toBe(zh.tickSent);
    expect(textsFor('ZH').tickSent).toBe(zh.tickSent);
    expect(textsFor('pt-BR')).toEqual({ ...en, locale: 'en' });
    expect(textsFor('constructor').tickSent).toBe(en.tickSent);
  });

  it('write dates as the language does, unless it is none', () => {
    expect(textsFor('en-GB').locale).toBe('en-GB');
    expect(textsFor('zh-CN').locale).toBe('zh-CN');
    expect(textsFor('en-US@posix').locale).toBe('en');
  });

  it('are the same object until some are replaced', () => {
    const before = textsFor('en-IE');
    expect(textsFor('en-IE')).toBe(before);
    addTexts('en', { tickSent: 'On its way' });
    expect(textsFor('en-IE').tickSent).toBe('On its way');
    expect(textsFor('en-IE').tickRead).toBe(en.tickRead);
    addTexts('en', { tickSent: en.tickSent });
    expect(textsFor('en-IE').tickSent).toBe(en.tickSent);
  });

  it('can be those of another language, in English where one is missing', () => {
    addTexts('fr', { tickSent: 'Envoyé' });
    expect(textsFor('fr-CA')).toEqual({ ...en, tickSent: 'Envoyé', locale: 'fr-CA' });
  });
});
