import { useState } from 'react';

/** What was typed and not sent, by user and group: going to another chat and back keeps it. */
const drafts = new Map<string, string>();

export function useDraft(key: string): [text: string, set: (text: string) => void] {
  const [text, setText] = useState(() => drafts.get(key) ?? '');
  const set = (typed: string) => {
    drafts.set(key, typed);
    setText(typed);
  };
  return [text, set];
}
