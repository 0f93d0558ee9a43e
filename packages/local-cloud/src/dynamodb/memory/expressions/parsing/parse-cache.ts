/** Forgotten all at once: whoever has more expressions than this builds them from data. */
const maxEntries = 2000;

/** A program has few expressions and uses them again and again. What cannot be parsed is not kept. */
export function cached<T>(parse: (source: string) => T): (source: string) => T {
  const known = new Map<string, T>();
  return (source) => {
    const found = known.get(source);
    if (found !== undefined) return found;
    const parsed = parse(source);
    if (known.size >= maxEntries) known.clear();
    known.set(source, parsed);
    return parsed;
  };
}
