import type { LucideIcon } from 'lucide-react';
import type { MouseEvent } from 'react';

export interface IconButtonProps {
  icon: LucideIcon;
  /** What it does: the icon itself says nothing to a screen reader. */
  label: string;
  size?: number;
  className?: string;
  onClick(event: MouseEvent<HTMLButtonElement>): void;
}

/** A button that shows an icon alone. */
export function IconButton({
  icon: Icon,
  label,
  size = 20,
  className = '',
  onClick,
}: IconButtonProps) {
  return (
    <button type="button" className={`icon ${className}`} aria-label={label} onClick={onClick}>
      <Icon aria-hidden size={size} />
    </button>
  );
}
