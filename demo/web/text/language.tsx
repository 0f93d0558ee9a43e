import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { pageStorage } from '../page-storage.ts';
import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

export const languages = { en, zh } as const;
export type Language = keyof typeof languages;

const storageKey = 'seenby.language';

interface Spoken {
  readonly language: Language;
  readonly texts: Texts;
  choose(language: Language): void;
}

const LanguageContext = createContext<Spoken | undefined>(undefined);

/** The language chosen before, or else the browser's. */
function firstLanguage(): Language {
  const chosen = pageStorage.getItem(storageKey) ?? navigator.language.slice(0, 2);
  return Object.hasOwn(languages, chosen) ? (chosen as Language) : 'en';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const texts = languages[language];
  useEffect(() => {
    document.documentElement.lang = texts.locale;
  }, [texts]);
  const choose = (chosen: Language) => {
    pageStorage.setItem(storageKey, chosen);
    setLanguage(chosen);
  };
  return <LanguageContext value={{ language, texts, choose }}>{children}</LanguageContext>;
}

export function useLanguage(): Spoken {
  const spoken = useContext(LanguageContext);
  if (!spoken) throw new Error('There is no LanguageProvider above this component.');
  return spoken;
}

export const useTexts = (): Texts => useLanguage().texts;
