import type { GroupHandle } from '@seenby/client';
import { UserPlus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Dialog } from '../../shell/dialog.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useTexts } from '../../text/language.tsx';
import { type Person, shownName } from '../member-search.ts';
import type { RosterMember } from '../use-roster.ts';
import { FoundPeople } from './found-people.tsx';
import { useKnownPeople } from './use-known-people.ts';

export interface AddPeopleProps {
  group: GroupHandle;
  /** Who is in the group already. */
  members: ReadonlyMap<string, RosterMember>;
  historyForNewMembers: number | undefined;
  onClose(): void;
}

/** Finds people by name in the user's other groups, or takes their ids, and adds them. */
export function AddPeople({ group, members, historyForNewMembers, onClose }: AddPeopleProps) {
  const { people } = useTexts();
  const known = useKnownPeople(group.groupId);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<string, Person>>(new Map());
  const [asAdmin, setAsAdmin] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const candidates = useMemo(() => [...(known?.values() ?? [])], [known]);
  const toggle = (person: Person) => {
    const next = new Map(chosen);
    if (!next.delete(person.userId)) next.set(person.userId, person);
    setChosen(next);
  };
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
      <input
        type="search"
        data-autofocus
        dir="auto"
        aria-label={people.addSearch}
        placeholder={people.addSearch}
        value={typed}
        maxLength={128}
        onChange={({ target }) => setTyped(target.value)}
      />
      <ChosenPeople chosen={[...chosen.values()]} onTakeAway={toggle} />
      <FoundPeople
        {...{ candidates, members, typed, chosen }}
        isLoading={known === undefined}
        onToggle={toggle}
      />
      <p className="dialog-hint">
        {people.addHint}
        {historyForNewMembers !== undefined && ` ${people.seesHistory(historyForNewMembers)}`}
      </p>
    </Dialog>
  );
}

interface ChosenPeopleProps {
  chosen: readonly Person[];
  onTakeAway(person: Person): void;
}

function ChosenPeople({ chosen, onTakeAway }: ChosenPeopleProps) {
  const { people } = useTexts();
  if (chosen.length === 0) return null;
  return (
    <ul className="chosen" aria-label={people.chosen(chosen.length)}>
      {chosen.map((person) => (
        <li key={person.userId}>
          <button
            type="button"
            aria-label={people.takeAway(shownName(person))}
            onClick={() => onTakeAway(person)}
          >
            <bdi>{shownName(person)}</bdi>
            <X aria-hidden size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
