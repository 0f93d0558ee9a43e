import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../shell/icon-button.tsx';
import { useTexts } from '../text/language.tsx';

export interface PagingProps {
  /** The first row shown, from 0. */
  first: number;
  rowsPerPage: number;
  total: number;
  onGo(first: number): void;
}

/** From one page of a table to the next; nothing where all rows fit. */
export function Paging({ first, rowsPerPage, total, onGo }: PagingProps) {
  const { statistics } = useTexts();
  if (total <= rowsPerPage) return null;
  const last = Math.min(total, first + rowsPerPage);
  return (
    <nav className="paging" aria-label={statistics.perMember}>
      <IconButton
        icon={ChevronLeft}
        label={statistics.previous}
        onClick={() => onGo(Math.max(0, first - rowsPerPage))}
      />
      <span role="status">{statistics.page(first + 1, last, total)}</span>
      <IconButton
        icon={ChevronRight}
        label={statistics.next}
        onClick={() => last < total && onGo(first + rowsPerPage)}
      />
    </nav>
  );
}
