import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../text/language.tsx';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  title: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog: the browser's own keeps the focus inside and closes on Escape. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const texts = useTexts();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <IconButton icon={X} label={texts.close} onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}
