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
  tellLanguage();
}

const known = new Map<string, Texts>();

/** The texts for a `lang`: those of a language nobody has texts for are in English. */
export function textsFor(lang: string): Texts {
  const words = languages.get(lang.split('-')[0]?.toLowerCase() ?? '');
  const locale = words && isLocale(lang) ? lang : 'en';
  const texts = known.get(lang);
  // The same object for the same texts: elements draw anew what depends on them only when it changes.
  if (texts && texts.locale === locale && sameWords(texts, words ?? en)) return texts;
  const fresh = { ...(words ?? en), locale };
  known.set(lang, fresh);
  return fresh;
}

const sameWords = (a: Words, b: Words): boolean =>
  Object.entries(b).every(([key, text]) => Reflect.get(a, key) === text);

function isLocale(lang: string): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length > 0;
  } catch {
    return false;
  }
}
