/** One or two letters; a Chinese name is known by its last character. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = '', second = ''] = words.filter((word) => !/^[\p{P}\p{Z}]*$/u.test(word));
  if (/^\p{Script=Han}/u.test(first)) return charactersOf(first).at(-1) ?? '';
  return [first, second].map((word) => charactersOf(word)[0]?.toUpperCase() ?? '').join('');
}

/** As people count them: an emoji of several parts is one. */
const charactersOf = (text: string): string[] =>
  [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
