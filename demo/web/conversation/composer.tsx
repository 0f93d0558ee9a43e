import type { GroupHandle, Member } from '@seenby/client';
import { SendHorizontal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { useMembers } from './members.ts';
import { mentionBeingTyped, mentionedIn, mentionTextOf } from './mentions.ts';

const maxSuggestions = 6;

/** The line to write in: Enter sends, Shift+Enter breaks the line, @ mentions a member. */
export function Composer({ group, onSent }: { group: GroupHandle; onSent(): void }) {
  const texts = useTexts();
  const members = useMembers();
  const [content, setContent] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const typed = mentionBeingTyped(content);
  const suggested = typed === undefined ? [] : suggest([...members.values()], typed);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    const trimmed = content.trim();
    if (!trimmed) return;
    const mentions = mentionedIn(trimmed, [...members.values()]);
    void group.send(trimmed, mentions.length > 0 ? { mentions } : {});
    setContent('');
    onSent();
  };
  const choose = (member: Member) => {
    setContent(content.replace(/@[^@\s]*$/, `${mentionTextOf(member)} `));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method uses Enter to choose among its own suggestions.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const [first] = suggested;
    if (first) choose(first);
    else send();
  };
  return (
    <form className="composer" onSubmit={send}>
      <Suggestions members={suggested} onChoose={choose} />
      <textarea
        ref={input}
        aria-label={texts.message}
        placeholder={texts.writeMessage}
        rows={1}
        value={content}
        onKeyDown={onKeyDown}
        onChange={({ target }) => {
          setContent(target.value);
          group.typing();
        }}
      />
      <button type="submit" className="icon primary" aria-label={texts.send}>
        <SendHorizontal aria-hidden size={18} />
      </button>
    </form>
  );
}

interface SuggestionsProps {
  members: readonly Member[];
  onChoose(member: Member): void;
}

function Suggestions({ members, onChoose }: SuggestionsProps) {
  const texts = useTexts();
  if (members.length === 0) return null;
  return (
    <ul className="suggestions" aria-label={texts.mention}>
      {members.map((member) => (
        <li key={member.userId}>
          <button type="button" onClick={() => onChoose(member)}>
            {member.name ?? member.userId}
          </button>
        </li>
      ))}
    </ul>
  );
}

const suggest = (members: readonly Member[], typed: string): Member[] =>
  members
    .filter(({ userId, name = '' }) => `${name} ${userId}`.toLowerCase().includes(typed))
    .slice(0, maxSuggestions);
