import { useRovingFocus } from '../../parts/roving-focus.ts';
import { Avatar } from '../../sidebar/avatar.tsx';
import { useTexts } from '../../text/language.tsx';
import { isUserId, matching, type Person, shownName } from '../member-search.ts';

/** More than these are found by typing more. */
const maxShown = 50;

export interface FoundPeopleProps {
  candidates: readonly Person[];
  members: ReadonlyMap<string, Person>;
  typed: string;
  chosen: ReadonlyMap<string, Person>;
  isLoading: boolean;
  onToggle(person: Person): void;
}

/** Who matches what was typed, and the text itself where it may be an id. */
export function FoundPeople(props: FoundPeopleProps) {
  const { candidates, members, typed, chosen, isLoading, onToggle } = props;
  const { people } = useTexts();
  const roving = useRovingFocus<HTMLUListElement>('input');
  const found = matching(candidates, typed).slice(0, maxShown);
  const id = typed.trim();
  const isKnown = members.has(id) || candidates.some(({ userId }) => userId === id);
  if (isLoading) return <p className="dialog-hint">{people.loading}</p>;
  return (
    <>
      <ul {...roving} className="found-people">
        {id !== '' && !isKnown && isUserId(id) && (
          <FoundPerson
            person={{ userId: id }}
            label={people.addId(id)}
            isChosen={chosen.has(id)}
            onToggle={onToggle}
          />
        )}
        {found.map((person) => (
          <FoundPerson
            key={person.userId}
            // The chat may know the name of somebody whom another one does not.
            person={members.get(person.userId) ?? person}
            isMember={members.has(person.userId)}
            isChosen={chosen.has(person.userId)}
            onToggle={onToggle}
          />
        ))}
      </ul>
      {found.length === 0 && id !== '' && !isUserId(id) && (
        <p className="dialog-hint">{people.noSuchId}</p>
      )}
      {members.has(id) && found.length === 0 && <p className="dialog-hint">{people.allThere}</p>}
    </>
  );
}

interface FoundPersonProps {
  person: Person;
  label?: string;
  isMember?: boolean;
  isChosen: boolean;
  onToggle(person: Person): void;
}

function FoundPerson({ person, label, isMember = false, isChosen, onToggle }: FoundPersonProps) {
  const { people } = useTexts();
  const name = shownName(person);
  return (
    <li data-person={person.userId}>
      <label className="found-person">
        <input
          type="checkbox"
          checked={isMember || isChosen}
          disabled={isMember}
          onChange={() => onToggle(person)}
        />
        <Avatar id={person.userId} name={name} picture={person.picture} size={32} />
        <span className="member-name">
          <bdi>{label ?? name}</bdi>
          {isMember && <small> {people.isMember}</small>}
          {name !== person.userId && <small className="member-id">{person.userId}</small>}
        </span>
      </label>
    </li>
  );
}
