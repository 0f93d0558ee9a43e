let last: { text: string; frame: unknown } | undefined;

/** What a frame says. One that goes to many is parsed once: what is answered MUST NOT be changed. */
export function frameOf<T>(text: string): T {
  if (last?.text !== text) last = { text, frame: JSON.parse(text) };
  return last.frame as T;
}
