import { ArrowLeft } from 'lucide-react';
import { useTexts } from '../text/language.tsx';
import { IconButton } from './icon-button.tsx';
import { goBack } from './route.ts';

/** Back to the list of chats; on a wide screen the list is there anyway. */
export function BackButton() {
  const { back } = useTexts();
  return (
    <IconButton
      className="back"
      icon={ArrowLeft}
      label={back}
      onClick={() => goBack({ view: 'list' })}
    />
  );
}
