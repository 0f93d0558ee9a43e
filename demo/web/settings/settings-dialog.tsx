import { LogOut } from 'lucide-react';
import { Dialog } from '../shell/dialog.tsx';
import { usePage } from '../shell/page-context.ts';
import { type Theme, type ThemeChoice, themes } from '../shell/use-theme.ts';
import type { Texts } from '../text/en.ts';
import { type Language, languages, useLanguage } from '../text/language.tsx';
import { Choice } from './choice.tsx';
import { ProfileForm } from './profile-form.tsx';
import { ReadReceipts } from './read-receipts.tsx';

const themeNames: Record<Theme, keyof Texts & `theme${string}`> = {
  system: 'themeSystem',
  light: 'themeLight',
  dark: 'themeDark',
};

/** The user's own settings. Each takes effect at once. */
export default function SettingsDialog({
  theme,
  onClose,
}: {
  theme: ThemeChoice;
  onClose(): void;
}) {
  const { language, texts, choose } = useLanguage();
  const { identity } = usePage();
  return (
    <Dialog
      title={texts.settings}
      onClose={onClose}
      footer={
        identity.signOut && (
          <button type="button" className="start" onClick={() => identity.signOut?.()}>
            <LogOut aria-hidden size={18} />
            {texts.signOut}
          </button>
        )
      }
    >
      <div className="settings">
        <ProfileForm />
        <label className="setting">
          <span>{texts.language}</span>
          <select value={language} onChange={(event) => choose(event.target.value as Language)}>
            {Object.entries(languages).map(([id, { languageName }]) => (
              <option key={id} value={id}>
                {languageName}
              </option>
            ))}
          </select>
        </label>
        <Choice
          isRow
          legend={texts.theme}
          value={theme.theme}
          options={themes.map((each) => ({ value: each, label: texts[themeNames[each]] }))}
          onChoose={theme.choose}
        />
        <ReadReceipts />
        {/* Beside the page, wherever that is. */}
        <a href="./docs/">{texts.documentation}</a>
      </div>
    </Dialog>
  );
}
