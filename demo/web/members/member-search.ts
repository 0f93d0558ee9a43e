import type { Member } from '@seenby/client';

export type Person = Pick<Member, 'userId' | 'name' | 'picture'>;

export const shownName = ({ userId, name }: Person): string => name || userId;

/** Letters with and without accents are the same, as are capitals and small ones. */
const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Those whose name or id contains every word that was typed. */
export function matching<P extends Person>(people: readonly P[], typed: string): readonly P[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return people;
  return people.filter((person) => {
    const text = plain(`${person.name ?? ''} ${person.userId}`);
    return words.every((word) => text.includes(word));
  });
}

const rank = { owner: 0, admin: 1, member: 2 } as const;

/** Who leads the group first, then by name. */
export const inOrder = <M extends Member>(members: readonly M[], locale: string): M[] =>
  byName(members, locale).sort((one, other) => rank[one.role] - rank[other.role]);

export function byName<P extends Person>(people: Iterable<P>, locale: string): P[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return [...people].sort((one, other) => compare(shownName(one), shownName(other)));
}

/** As the protocol has them. */
export const isUserId = (text: string): boolean => /^[A-Za-z0-9_.@|:+=~!$-]{1,128}$/.test(text);
