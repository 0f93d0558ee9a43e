import { pageStorage } from '../../demo/web/page-storage.ts';

const storageKey = 'seenby.theme';
const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const names: Record<Theme, string> = { system: 'Auto', light: 'Light', dark: 'Dark' };

const chosenTheme = (): Theme =>
  themes.find((theme) => theme === pageStorage.getItem(storageKey)) ?? 'system';

/** A button that goes through the themes; what is chosen holds for the demo page as well. */
export function offerThemes(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-choice]');
  if (!button) return;
  const show = () => {
    const theme = chosenTheme();
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    button.textContent = names[theme];
    button.setAttribute('aria-label', `Theme: ${names[theme]}`);
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const next = themes[(themes.indexOf(chosenTheme()) + 1) % themes.length] ?? 'system';
    pageStorage.setItem(storageKey, next);
    show();
  });
  show();
}
