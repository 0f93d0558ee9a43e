import { tellLanguage } from '../base/language.ts';
import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

/** The texts of the elements, with the language that dates and numbers are written in. */
export type Texts = Words & { readonly locale: string };

const languages = new Map<string, Words>([
  ['en', en],
  ['zh', zh],
]);

/**
 * Replaces texts of a language, or adds a language; what is left out stays, or is in English. The
 * language is the first part of `lang`: `zh` serves `zh-CN` and `zh-TW`.
 */
export function addTexts(language: string, words: Partial<Words>): void {
  languages.set(language, { ...(languages.get(language) ?? en), ...words });
  known.clear();
  tellLanguage();
}

/** The same object for the same `lang`: elements draw anew what depends on texts only when it changes. */
const known = new Map<string, Texts>();

/** The texts for a `lang`: those of a language nobody has texts for are in English. */
export function textsFor(lang: string): Texts {
  const texts = known.get(lang);
  if (texts) return texts;
  const words = languages.get(lang.split('-')[0]?.toLowerCase() ?? '');
  const fresh = { ...(words ?? en), locale: words && isLocale(lang) ? lang : 'en' };
  known.set(lang, fresh);
  return fresh;
}

function isLocale(lang: string): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length > 0;
  } catch {
    return false;
  }
}
