import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useRovingFocus } from './roving-focus.ts';

export interface MenuProps {
  label: string;
  /** What it opens beside. */
  anchor: HTMLElement;
  onClose(): void;
  children: ReactNode;
  /** Stands below what can be chosen. */
  problem?: ReactNode;
}

/** What can be done with something, beside it. Arrow keys choose, Escape or a click elsewhere closes it. */
export function Menu({ label, anchor, onClose, children, problem }: MenuProps) {
  const roving = useRovingFocus<HTMLDivElement>('[role="menuitem"]');
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const menu = ref.current;
    if (!menu) return;
    menu.showPopover();
    placeBeside(menu, anchor.getBoundingClientRect());
    menu.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    return () => anchor.focus({ preventScroll: true });
  }, [anchor]);
  return (
    <div
      ref={ref}
      popover="auto"
      className="menu"
      onToggle={({ newState }) => newState === 'closed' && onClose()}
    >
      <div {...roving} role="menu" aria-label={label} tabIndex={-1}>
        {children}
      </div>
      {problem}
    </div>
  );
}

export interface MenuItemProps {
  icon: LucideIcon;
  onClick(): void;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, onClick, children }: MenuItemProps) {
  return (
    <button type="button" role="menuitem" onClick={onClick}>
      <Icon aria-hidden size={18} />
      {children}
    </button>
  );
}

const marginPx = 8;

/** Below the anchor, or above it where there is more room; inside the window always. */
function placeBeside(menu: HTMLElement, { left, top, bottom }: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const wanted = bottom + height + marginPx <= window.innerHeight ? bottom : top - height;
  menu.style.setProperty('--top', `${within(wanted, window.innerHeight - height)}px`);
  menu.style.setProperty('--left', `${within(left, window.innerWidth - width)}px`);
}

const within = (wanted: number, max: number): number =>
  Math.max(marginPx, Math.min(wanted, max - marginPx));
