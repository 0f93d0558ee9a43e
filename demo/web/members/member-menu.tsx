import { Crown, LogOut, type LucideIcon, ShieldCheck, ShieldMinus, UserMinus } from 'lucide-react';
import { Menu, MenuItem } from '../parts/menu.tsx';
import { useTexts } from '../text/language.tsx';
import { shownName } from './member-search.ts';
import type { MemberAction } from './permissions.ts';
import type { RosterMember } from './use-roster.ts';

const icons: Readonly<Record<MemberAction, LucideIcon>> = {
  makeAdmin: ShieldCheck,
  makeMember: ShieldMinus,
  handOver: Crown,
  remove: UserMinus,
  leave: LogOut,
};

export interface MemberMenuProps {
  member: RosterMember;
  actions: readonly MemberAction[];
  anchor: HTMLElement;
  onChoose(action: MemberAction): void;
  onClose(): void;
}

/** What can be done with a member. */
export function MemberMenu({ member, actions, anchor, onChoose, onClose }: MemberMenuProps) {
  const { people } = useTexts();
  return (
    <Menu label={people.actionsFor(shownName(member))} anchor={anchor} onClose={onClose}>
      {actions.map((action) => (
        <MenuItem
          key={action}
          icon={icons[action]}
          onClick={() => {
            onClose();
            onChoose(action);
          }}
        >
          {people.actions[action]}
        </MenuItem>
      ))}
    </Menu>
  );
}
