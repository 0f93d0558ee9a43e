import type { GroupHandle } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { Mic, SendHorizontal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import { IconButton } from '../../shell/icon-button.tsx';
import { useTexts } from '../../text/language.tsx';
import { canRecord } from '../../voice/record.ts';
import { VoiceRecorder } from '../../voice/voice-recorder.tsx';
import { useMembers } from '../members.ts';
import { useDraft } from './drafts.ts';
import { mentionedIn, mentionTextOf } from './mentions.ts';
import { Suggestions } from './suggestions.tsx';
import { suggestionsId, useSuggestions } from './use-suggestions.ts';

export interface ComposerProps {
  group: GroupHandle;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onSent(): void;
}

/** The line to write in: Enter sends, Shift+Enter breaks the line, @ mentions a member. */
export function Composer({ group, inputRef, onSent }: ComposerProps) {
  const texts = useTexts();
  const members = useMembers();
  const { userId } = useSeenby();
  const [content, setContent] = useDraft(`${userId} ${group.groupId}`);
  const [isRecording, setIsRecording] = useState(false);
  const suggestions = useSuggestions(content, members, (member) => {
    setContent(content.replace(/@[^@\s]*$/, `${mentionTextOf(member)} `));
    inputRef.current?.focus();
  });
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    const trimmed = content.trim();
    if (!trimmed) return;
    const mentions = mentionedIn(trimmed, [...members.values()]);
    void group.send(trimmed, mentions.length > 0 ? { mentions } : {});
    setContent('');
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method uses these keys to choose among its own suggestions.
    if (event.nativeEvent.isComposing || suggestions.takeKey(event)) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  if (isRecording) {
    return (
      <div className="composer">
        <VoiceRecorder group={group} onSent={onSent} onClose={() => setIsRecording(false)} />
      </div>
    );
  }
  return (
    <form className="composer" onSubmit={send}>
      <Suggestions {...suggestions} />
      <textarea
        ref={inputRef}
        dir="auto"
        aria-label={texts.message}
        aria-controls={suggestions.activeId && suggestionsId}
        aria-activedescendant={suggestions.activeId}
        placeholder={texts.writeMessage}
        rows={1}
        value={content}
        onKeyDown={onKeyDown}
        onChange={({ target }) => {
          setContent(target.value);
          group.typing();
        }}
      />
      {content === '' && canRecord() && (
        <IconButton icon={Mic} label={texts.voice.record} onClick={() => setIsRecording(true)} />
      )}
      <button
        type="submit"
        className="icon primary"
        aria-label={texts.send}
        disabled={content.trim() === ''}
      >
        <SendHorizontal aria-hidden size={18} />
      </button>
    </form>
  );
}
