import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../shell/icon-button.tsx';
import { useTexts } from '../text/language.tsx';

export interface SidePanelProps {
  title: string;
  onClose(): void;
  children: ReactNode;
}

/**
 * Beside a conversation, and over it where there is no room. It takes the focus when it opens and gives
 * it back; Escape, or a click beside it, closes it.
 */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const texts = useTexts();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    ref.current?.focus();
    return () => before?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <button
        type="button"
        className="panel-scrim"
        tabIndex={-1}
        aria-label={texts.close}
        onClick={onClose}
      />
      <aside
        ref={ref}
        className="panel"
        aria-label={title}
        tabIndex={-1}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      >
        <header>
          <h2>{title}</h2>
          <IconButton icon={X} label={texts.close} onClick={onClose} />
        </header>
        {children}
      </aside>
    </>
  );
}
