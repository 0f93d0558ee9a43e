import type { Group, GroupHandle } from '@seenby/client';
import { useGroupState, useSeenby } from '@seenby/client/react';
import { Trash2, UserPlus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';
import { AddPeople } from './add/add-people.tsx';
import { MemberList } from './member-list.tsx';
import { MemberMenu } from './member-menu.tsx';
import { inOrder, matching } from './member-search.ts';
import { isAdmin, type MemberAction, memberActions } from './permissions.ts';
import { useMemberActions } from './use-member-actions.tsx';
import type { Roster, RosterMember } from './use-roster.ts';

export interface MembersDialogProps {
  group: GroupHandle;
  roster: Roster;
  /** Undefined until the service has told. */
  settings: Group | undefined;
  onClose(): void;
}

interface OpenMenu {
  member: RosterMember;
  anchor: HTMLElement;
}

/** Who is in a group, and what its leaders do about that. */
export default function MembersDialog({ group, roster, settings, onClose }: MembersDialogProps) {
  const texts = useTexts();
  const { people } = texts;
  const { userId = '' } = useSeenby();
  const role = useGroupState(group).status?.role ?? 'member';
  const [typed, setTyped] = useState('');
  const [menu, setMenu] = useState<OpenMenu>();
  const [isAdding, setIsAdding] = useState(false);
  const actions = useMemberActions(group, roster.members.length);
  const isDirect = settings?.kind === 'direct';
  const ordered = useMemo(
    () => inOrder(roster.members, texts.locale),
    [roster.members, texts.locale],
  );
  const shown = matching(ordered, useDeferredValue(typed));
  const actionsOf = (member: RosterMember): MemberAction[] =>
    settings === undefined
      ? []
      : memberActions({ role, target: member.role, isOwn: member.userId === userId, isDirect });
  const mayAdd = settings !== undefined && !isDirect && isAdmin(role);
  return (
    <Dialog
      title={`${people.title} · ${roster.members.length.toLocaleString(texts.locale)}`}
      onClose={onClose}
      tools={
        mayAdd && (
          <button type="button" onClick={() => setIsAdding(true)}>
            <UserPlus aria-hidden size={18} />
            {people.add}
          </button>
        )
      }
      footer={
        role === 'owner' && (
          <button type="button" className="danger start" onClick={actions.askToDelete}>
            <Trash2 aria-hidden size={18} />
            {people.deleteGroup}
          </button>
        )
      }
    >
      <input
        type="search"
        data-autofocus
        dir="auto"
        aria-label={people.search}
        placeholder={people.search}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {actions.problem && <Problem {...actions.problem} />}
      <MemberList
        members={shown}
        userId={userId}
        hasActions={(member) => actionsOf(member).length > 0}
        onMenu={(member, anchor) => setMenu({ member, anchor })}
      />
      <RosterNotice status={roster.status} typed={typed} shown={shown.length} />
      {menu && (
        <MemberMenu
          {...menu}
          actions={actionsOf(menu.member)}
          onChoose={(action) => actions.choose(action, menu.member)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {isAdding && (
        <AddPeople
          group={group}
          members={roster.byId}
          historyForNewMembers={settings?.historyForNewMembers}
          onClose={() => setIsAdding(false)}
        />
      )}
      {actions.question}
    </Dialog>
  );
}

interface RosterNoticeProps {
  status: 'loading' | 'ready' | 'offline' | 'refused';
  typed: string;
  shown: number;
}

/** Why there is nobody in the list. */
function RosterNotice({ status, typed, shown }: RosterNoticeProps) {
  const { people } = useTexts();
  if (shown > 0) return null;
  if (status === 'loading') return <p className="dialog-hint">{people.loading}</p>;
  if (status !== 'ready') return <p className="dialog-hint">{people.notLoaded}</p>;
  return <p className="dialog-hint">{people.noneMatches(typed)}</p>;
}
