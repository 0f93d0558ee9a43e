import { useEffect, useState } from 'react';
import { pageStorage } from '../page-storage.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'seenby.theme';

export interface ThemeChoice {
  readonly theme: Theme;
  choose(theme: Theme): void;
}

/** Light or dark: what was chosen, or what the system says (then the style sheet decides). */
export function useTheme(): ThemeChoice {
  const [theme, setTheme] = useState(
    () => themes.find((each) => each === pageStorage.getItem(storageKey)) ?? 'system',
  );
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    pageStorage.setItem(storageKey, theme);
  }, [theme]);
  return { theme, choose: setTheme };
}
