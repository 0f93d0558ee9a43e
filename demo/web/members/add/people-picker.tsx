import { X } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../text/language.tsx';
import { byName, type Person, shownName } from '../member-search.ts';
import { FoundPeople } from './found-people.tsx';
import { useKnownPeople } from './use-known-people.ts';

export interface PeoplePickerProps {
  /** Whose members are no news; undefined where there is no group yet. */
  groupId?: string;
  /** Who cannot be chosen, because they are there already. */
  members: ReadonlyMap<string, Person>;
  chosen: ReadonlyMap<string, Person>;
  onChange(chosen: ReadonlyMap<string, Person>): void;
}

/** Finds people by name in the user's chats, or takes their ids. */
export function PeoplePicker({ groupId, members, chosen, onChange }: PeoplePickerProps) {
  const { people, locale, offlineHint } = useTexts();
  const known = useKnownPeople(groupId);
  const [typed, setTyped] = useState('');
  const candidates = byName(known.people, locale);
  const toggle = (person: Person) => {
    const next = new Map(chosen);
    if (!next.delete(person.userId)) next.set(person.userId, person);
    onChange(next);
  };
  return (
    <>
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
      {known.state === 'offline' && <p className="dialog-hint">{offlineHint}</p>}
      <FoundPeople
        {...{ candidates, members, typed, chosen }}
        isLoading={known.state === 'loading'}
        onToggle={toggle}
      />
    </>
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
