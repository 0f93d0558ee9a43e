import { X } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '../text/language.tsx';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  title: string;
  /** `small` asks one thing, `wide` has tables and charts. */
  size?: 'small' | 'usual' | 'wide';
  /** Beside the title. */
  tools?: ReactNode;
  /** Stays in view below what scrolls. */
  footer?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/**
 * A modal dialog: the browser's own keeps the focus inside, closes on Escape and gives the focus back. It begins
 * at what has `data-autofocus`, and a click beside it closes it. On a phone it fills the screen.
 */
export function Dialog({ title, size = 'usual', tools, footer, onClose, children }: DialogProps) {
  const texts = useTexts();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      dialog?.close();
      keepFocus();
    };
  }, []);
  // React may take the effect back and make it again: the event of that comes when it is open.
  const closed = () => ref.current?.open || onClose();
  const closeBeside = ({ target }: MouseEvent) => target === ref.current && onClose();
  // Out of what it is opened from, whose styles are not for it.
  return createPortal(
    <dialog
      ref={ref}
      className={`dialog ${size}`}
      aria-labelledby={titleId}
      onClose={closed}
      onMouseDown={closeBeside}
    >
      <div className="dialog-box">
        <header>
          <h2 id={titleId}>{title}</h2>
          {tools}
          <IconButton icon={X} label={texts.close} onClick={onClose} />
        </header>
        <div className="dialog-body">{children}</div>
        {footer && <footer>{footer}</footer>}
      </div>
    </dialog>,
    document.body,
  );
}

/** What a dialog was opened from may be gone when it closes: then the dialog below it has the focus. */
function keepFocus(): void {
  if (document.activeElement !== document.body) return;
  const below = [...document.querySelectorAll('dialog[open]')].at(-1);
  below?.querySelector<HTMLElement>('[data-autofocus], button, input')?.focus();
}
