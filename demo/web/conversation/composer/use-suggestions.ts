import type { Member } from '@seenby/client';
import { type KeyboardEvent, useState } from 'react';
import type { Members } from '../members.ts';
import { mentionBeingTyped } from './mentions.ts';

const maxSuggestions = 6;
export const suggestionsId = 'suggestions';
export const suggestionId = ({ userId }: Member): string => `${suggestionsId}-${userId}`;

export interface SuggestionsState {
  readonly members: readonly Member[];
  readonly active: Member | undefined;
  readonly activeId: string | undefined;
  choose(member: Member): void;
  /** Whether the key was one to choose with. */
  takeKey(event: KeyboardEvent): boolean;
}

/** Members whose name begins to be typed after an @. The focus stays in the text meanwhile. */
export function useSuggestions(
  content: string,
  members: Members,
  choose: (member: Member) => void,
): SuggestionsState {
  const typed = mentionBeingTyped(content);
  const [at, setAt] = useState(0);
  const [closedFor, setClosedFor] = useState<string>();
  const isOpen = typed !== undefined && closedFor !== content;
  const suggested = isOpen ? suggest(members, typed) : [];
  const active = suggested[Math.min(at, suggested.length - 1)];
  const takeKey = (event: KeyboardEvent): boolean => {
    if (!active || event.shiftKey) return false;
    const { length } = suggested;
    if (event.key === 'ArrowDown') setAt((at + 1) % length);
    else if (event.key === 'ArrowUp') setAt((at + length - 1) % length);
    else if (event.key === 'Escape') setClosedFor(content);
    else if (event.key === 'Enter' || event.key === 'Tab') {
      choose(active);
      setAt(0);
    } else return false;
    event.preventDefault();
    return true;
  };
  const activeId = active && suggestionId(active);
  return { members: suggested, active, activeId, choose, takeKey };
}

const suggest = (members: Members, typed: string): Member[] =>
  [...members.values()]
    .filter(({ userId, name = '' }) => `${name} ${userId}`.toLowerCase().includes(typed))
    .slice(0, maxSuggestions);
