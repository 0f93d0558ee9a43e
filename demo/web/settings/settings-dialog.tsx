import { useSeenby } from '@seenby/client/react';
import { useEffect, useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { usePage } from '../shell/page-context.ts';
import { Problem } from '../shell/problem.tsx';
import { type Theme, type ThemeChoice, themes } from '../shell/use-theme.ts';
import type { Texts } from '../text/en.ts';
import { type Language, languages, useLanguage } from '../text/language.tsx';

const themeNames: Record<Theme, keyof Texts & `theme${string}`> = {
  system: 'themeSystem',
  light: 'themeLight',
  dark: 'themeDark',
};

/** The user's own settings. */
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
    <Dialog title={texts.settings} onClose={onClose}>
      <label>
        {texts.language}
        <select value={language} onChange={(event) => choose(event.target.value as Language)}>
          {Object.entries(languages).map(([id, { languageName }]) => (
            <option key={id} value={id}>
              {languageName}
            </option>
          ))}
        </select>
      </label>
      <label>
        {texts.theme}
        <select value={theme.theme} onChange={(event) => theme.choose(event.target.value as Theme)}>
          {themes.map((each) => (
            <option key={each} value={each}>
              {texts[themeNames[each]]}
            </option>
          ))}
        </select>
      </label>
      <ReadReceipts texts={texts} />
      {identity.signOut && (
        <button type="button" onClick={() => identity.signOut?.()}>
          {texts.signOut}
        </button>
      )}
    </Dialog>
  );
}

function ReadReceipts({ texts }: { texts: Texts }) {
  const client = useSeenby();
  const [isOn, setIsOn] = useState<boolean>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    client.getReadReceipts().then(setIsOn, setProblem);
  }, [client]);
  const change = async (wanted: boolean) => {
    try {
      await client.setReadReceipts(wanted);
      setIsOn(wanted);
    } catch (cause) {
      setProblem(cause);
    }
  };
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={isOn ?? false}
          disabled={isOn === undefined}
          onChange={(event) => change(event.target.checked)}
        />
        {texts.readReceipts}
      </label>
      <small>{texts.readReceiptsHint}</small>
      <Problem cause={problem} />
    </>
  );
}
