import type { GroupHandle } from '@seenby/client';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../shell/dialog.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useTexts } from '../../text/language.tsx';
import type { Person } from '../member-search.ts';
import type { RosterMember } from '../use-roster.ts';
import { PeoplePicker } from './people-picker.tsx';

export interface AddPeopleProps {
  group: GroupHandle;
  /** Who is in the group already. */
  members: ReadonlyMap<string, RosterMember>;
  historyForNewMembers: number | undefined;
  onClose(): void;
}

/** Adds people to a group. */
export function AddPeople({ group, members, historyForNewMembers, onClose }: AddPeopleProps) {
  const { people } = useTexts();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Person>>(new Map());
  const [asAdmin, setAsAdmin] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const add = async () => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      await group.addMembers([...chosen.keys()], asAdmin ? 'admin' : 'member');
      onClose();
    } catch (cause) {
      setProblem(cause);
      setIsBusy(false);
    }
  };
  const footer = (
    <>
      <Problem cause={problem} doing="addMembers" />
      {group.status?.role === 'owner' && (
        <label className="check start">
          <input
            type="checkbox"
            checked={asAdmin}
            onChange={({ target }) => setAsAdmin(target.checked)}
          />
          {people.asAdmin}
        </label>
      )}
      <button
        type="button"
        className="primary"
        disabled={chosen.size === 0 || isBusy}
        onClick={add}
      >
        <UserPlus aria-hidden size={18} />
        {people.addCount(chosen.size)}
      </button>
    </>
  );
  return (
    <Dialog title={people.addTitle} footer={footer} onClose={onClose}>
      <PeoplePicker {...{ groupId: group.groupId, members, chosen, onChange: setChosen }} />
      <p className="dialog-hint">
        {people.addHint}
        {historyForNewMembers !== undefined && ` ${people.seesHistory(historyForNewMembers)}`}
      </p>
    </Dialog>
  );
}
