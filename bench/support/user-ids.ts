/** As many ids of twelve characters. */
export const userIdsOf = (members: number): string[] =>
  Array.from({ length: members }, (_, i) => `member-${String(i).padStart(5, '0')}`);
