import { Avatar } from '../../sidebar/avatar.tsx';
import { useTexts } from '../../text/language.tsx';
import { type SuggestionsState, suggestionId, suggestionsId } from './use-suggestions.ts';

/** The members to choose from, above the line that is written. */
export function Suggestions({ members, active, choose }: SuggestionsState) {
  const texts = useTexts();
  if (members.length === 0) return null;
  return (
    <div className="suggestions" id={suggestionsId} role="listbox" aria-label={texts.mention}>
      {members.map((member) => {
        const { userId, name = userId, picture } = member;
        return (
          <button
            key={userId}
            type="button"
            role="option"
            id={suggestionId(member)}
            aria-selected={member === active}
            tabIndex={-1}
            onClick={() => choose(member)}
          >
            <Avatar id={userId} name={name} picture={picture} size={26} />
            <span dir="auto">{name}</span>
          </button>
        );
      })}
    </div>
  );
}
