import type { Member } from '@seenby/client';

const maxMentions = 50;

/** What stands behind the @ at the end of the text, in lower case; undefined without one. */
export function mentionBeingTyped(content: string): string | undefined {
  return /(?:^|\s)@([^@\s]*)$/.exec(content)?.[1]?.toLowerCase();
}

/** A mention is one word, so that it can be found again: `@MeiLin`. */
export const mentionTextOf = ({ userId, name = userId }: Pick<Member, 'userId' | 'name'>): string =>
  `@${name.replace(/[^\p{L}\p{N}_-]/gu, '')}`;

/** The user ids of the members whose mentions are in the text. */
export function mentionedIn(
  content: string,
  members: readonly Pick<Member, 'userId' | 'name'>[],
): string[] {
  const words = new Set(content.match(/@[\p{L}\p{N}_-]+/gu));
  if (words.size === 0) return [];
  return members
    .filter((member) => words.has(mentionTextOf(member)) || words.has(`@${member.userId}`))
    .map(({ userId }) => userId)
    .slice(0, maxMentions);
}
