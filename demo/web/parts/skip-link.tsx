import { useTexts } from '../text/language.tsx';

/** The first stop of the Tab key: past the list of chats to what is open. */
export function SkipLink() {
  const texts = useTexts();
  const skip = () => document.querySelector<HTMLElement>('main')?.focus();
  return (
    <button type="button" className="skip-link" onClick={skip}>
      {texts.skipToConversation}
    </button>
  );
}
