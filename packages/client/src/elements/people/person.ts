/** What is shown of a user. */
export interface Person {
  readonly userId: string;
  readonly name?: string;
  readonly picture?: string;
}

/** How a user is called: the id where no name is known. */
export const nameOf = ({ userId, name }: Person): string => name?.trim() || userId;

/** One or two letters that stand for a name. */
export function initialsOf(name: string): string {
  // Whatever is neither letter nor digit stands for nobody, unless there is nothing else.
  const words = name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [name.trim()];
  const [first = '', second = ''] = words.map((word) => [...word]);
  // A Chinese name is known by its last character.
  if (/^\p{Script=Han}/u.test(first[0] ?? '')) return first.at(-1) ?? '';
  return `${first[0] ?? ''}${second[0] ?? ''}`.toUpperCase();
}

/** From 0 to 359, always the same for an id; ids that differ little are far apart. */
export function hueOf(userId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < userId.length; i++) hash = Math.imul(hash ^ userId.charCodeAt(i), 0x01000193);
  return (hash >>> 8) % 360;
}

/** The address of a picture that may be shown: nothing but https. */
export const pictureOf = ({ picture }: Person): string | undefined =>
  picture !== undefined && /^https:\/\//i.test(picture) ? picture : undefined;
