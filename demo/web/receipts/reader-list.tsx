import type { ReceiptLine } from '@seenby/client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { Avatar } from '../sidebar/avatar.tsx';
import { useTexts } from '../text/language.tsx';
import { exactTime } from '../text/times.ts';
import { nameOf, type ReaderTab } from './reader-lines.ts';

const rowHeightPx = 56;

/** The people of a tab. Only the rows in view are in the page, however many there are. */
export function ReaderList({ lines, tab }: { lines: readonly ReceiptLine[]; tab: ReaderTab }) {
  const texts = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (i) => lines[i]?.userId ?? i,
    overscan: 8,
  });
  return (
    <div
      ref={scroll}
      className="readers"
      id="readers"
      role="tabpanel"
      aria-labelledby={`tab-${tab}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {lines.length === 0 && <p>{texts.nobody}</p>}
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return line && <ReaderRow key={key} line={line} tab={tab} top={start} />;
        })}
      </ul>
    </div>
  );
}

interface ReaderRowProps {
  line: ReceiptLine;
  tab: ReaderTab;
  /** Distance from the top of the list, in pixels. */
  top: number;
}

const ReaderRow = memo(function ReaderRow({ line, tab, top }: ReaderRowProps) {
  const texts = useTexts();
  const { userId, left, deliveredAt, readAt } = line;
  const isLate = tab !== 'read' && deliveredAt !== null;
  return (
    <li
      className={`reader ${left ? 'left' : ''}`}
      data-reader={userId}
      style={{ transform: `translateY(${top}px)`, height: rowHeightPx }}
    >
      <Avatar id={userId} name={nameOf(line)} size={36} />
      <span className="reader-name">
        {nameOf(line)} {left && <small>{texts.left}</small>}
      </span>
      {tab === 'read' && readAt !== null && <Time label={texts.readAt} at={readAt} />}
      {isLate && <Time label={texts.deliveredAt} at={deliveredAt} />}
      {tab === 'unread' && deliveredAt === null && <small>{texts.notDelivered}</small>}
    </li>
  );
});

function Time({ label, at }: { label: string; at: number }) {
  const { locale } = useTexts();
  return (
    <small>
      <span className="sr-only">{label} </span>
      <time dateTime={new Date(at).toISOString()}>{exactTime(at, locale)}</time>
    </small>
  );
}
