import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface NoticeProps {
  icon: LucideIcon;
  title: string;
  /** What it means, and what can be done about it. */
  hint?: string;
  children?: ReactNode;
}

/** Stands where something would be shown, and says why there is nothing. */
export function Notice({ icon: Icon, title, hint, children }: NoticeProps) {
  return (
    <div className="notice">
      <span className="notice-icon">
        <Icon aria-hidden size={28} strokeWidth={1.6} />
      </span>
      <p className="notice-title">{title}</p>
      {hint && <p className="notice-hint">{hint}</p>}
      {children}
    </div>
  );
}
