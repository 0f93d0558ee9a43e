import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useRovingFocus } from '../parts/roving-focus.ts';
import { useTexts } from '../text/language.tsx';
import { MemberRow } from './member-row.tsx';
import type { RosterMember } from './use-roster.ts';

const rowHeightPx = 52;

export interface MemberListProps {
  members: readonly RosterMember[];
  userId: string;
  hasActions(member: RosterMember): boolean;
  onMenu(member: RosterMember, anchor: HTMLElement): void;
}

/** The members of a group. Only the rows in view are in the page, however many there are. */
export function MemberList({ members, userId, hasActions, onMenu }: MemberListProps) {
  const { people } = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  const roving = useRovingFocus<HTMLUListElement>('button');
  const rows = useVirtualizer({
    count: members.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (i) => members[i]?.userId ?? i,
    overscan: 6,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={scroll} className="member-list" tabIndex={0} aria-label={people.title}>
      <ul {...roving} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const member = members[index];
          if (!member) return null;
          return (
            <MemberRow
              key={key}
              member={member}
              isOwn={member.userId === userId}
              top={start}
              height={rowHeightPx}
              onMenu={hasActions(member) ? onMenu : undefined}
            />
          );
        })}
      </ul>
    </section>
  );
}
