import type { GroupHandle } from '@seenby/client';
import { type ReactNode, useState } from 'react';
import { go } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';
import type { Doing } from '../text/problems/problem-texts.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { shownName } from './member-search.ts';
import type { MemberAction } from './permissions.ts';
import type { RosterMember } from './use-roster.ts';

type Asked = 'remove' | 'leave' | 'handOver' | 'deleteGroup';

interface Question {
  action: Asked;
  member?: RosterMember;
}

export interface MemberActions {
  /** Does it, or asks first. */
  choose(action: MemberAction, member: RosterMember): void;
  askToDelete(): void;
  readonly problem: { cause: unknown; doing: Doing } | undefined;
  /** The question that is open. */
  readonly question: ReactNode;
}

const doingOf: Readonly<Record<Asked, Doing>> = {
  remove: 'removeMember',
  leave: 'leave',
  handOver: 'handOver',
  deleteGroup: 'deleteGroup',
};

/** What somebody does with the members of a group, with a question before what is hard to take back. */
export function useMemberActions(group: GroupHandle, members: number): MemberActions {
  const { people } = useTexts();
  const [asked, setAsked] = useState<Question>();
  const [problem, setProblem] = useState<MemberActions['problem']>();
  const changeRole = (member: RosterMember, role: 'admin' | 'member') => {
    setProblem(undefined);
    group
      .changeRole(member.userId, role)
      .catch((cause: unknown) => setProblem({ cause, doing: 'changeRole' }));
  };
  const choose = (action: MemberAction, member: RosterMember) => {
    if (action === 'makeAdmin') changeRole(member, 'admin');
    else if (action === 'makeMember') changeRole(member, 'member');
    else setAsked({ action, member });
  };
  const perform = async ({ action, member }: Question) => {
    if (action === 'deleteGroup') await group.delete();
    else if (member && action === 'handOver') await group.changeRole(member.userId, 'owner');
    else if (member) await group.removeMember(member.userId);
    if (action === 'leave' || action === 'deleteGroup') go({ view: 'list' });
  };
  const name = asked?.member ? shownName(asked.member) : (group.status?.name ?? '');
  const question = asked && (
    <ConfirmDialog
      title={people.confirm[asked.action].title(name)}
      says={people.confirm[asked.action].says(name, members)}
      action={people.confirm[asked.action].action}
      doing={doingOf[asked.action]}
      isDanger={asked.action !== 'handOver'}
      onConfirm={() => perform(asked)}
      onClose={() => setAsked(undefined)}
    />
  );
  return { choose, askToDelete: () => setAsked({ action: 'deleteGroup' }), problem, question };
}
