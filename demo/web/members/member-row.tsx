import { Ellipsis } from 'lucide-react';
import { memo } from 'react';
import { Avatar } from '../sidebar/avatar.tsx';
import { useTexts } from '../text/language.tsx';
import { shownName } from './member-search.ts';
import type { RosterMember } from './use-roster.ts';

export interface MemberRowProps {
  member: RosterMember;
  isOwn: boolean;
  /** Distance from the top of the list, in pixels. */
  top: number;
  height: number;
  /** Undefined where nothing can be done. */
  onMenu: ((member: RosterMember, anchor: HTMLElement) => void) | undefined;
}

export const MemberRow = memo(function MemberRow(props: MemberRowProps) {
  const { member, isOwn, top, height, onMenu } = props;
  const { people } = useTexts();
  const { userId, role } = member;
  const name = shownName(member);
  return (
    <li
      className="member-row"
      data-member={userId}
      data-role={role}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span className="member-face">
        <Avatar id={userId} name={name} picture={member.picture} size={36} />
        {member.online && <span className="online-dot" role="img" aria-label={people.isOnline} />}
      </span>
      <span className="member-name">
        <bdi>{name}</bdi>
        {isOwn && <small> {people.you}</small>}
        {name !== userId && <small className="member-id">{userId}</small>}
      </span>
      {role !== 'member' && <span className={`role ${role}`}>{people.roles[role]}</span>}
      {onMenu && (
        <button
          type="button"
          className="icon"
          aria-label={people.actionsFor(name)}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => onMenu(member, currentTarget)}
        >
          <Ellipsis aria-hidden size={18} />
        </button>
      )}
    </li>
  );
});
