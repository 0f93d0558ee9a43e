const levels = ['error', 'warn', 'info'] as const;

/** The service logs each of its troubles, as it should. A mock would keep them all. */
export function silence(): () => void {
  const before = levels.map((level) => console[level]);
  for (const level of levels) console[level] = () => {};
  return () => {
    for (const [i, level] of levels.entries()) console[level] = before[i] ?? console.log;
  };
}
