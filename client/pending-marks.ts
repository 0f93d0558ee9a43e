/** A message read above the position: what was skipped below it stays unread. */
export interface SingleMark {
  seq: number;
  messageId: string;
}

/** What a member has read and received in a group and the service has not confirmed yet. */
export interface Marks {
  readUpTo: number;
  single: readonly SingleMark[];
  deliveredUpTo: number;
}

export type MarksByGroup = Readonly<Record<string, Marks>>;

export const noMarks: Marks = { readUpTo: 0, single: [], deliveredUpTo: 0 };

/** Both together: the higher positions, and all single messages above them. */
export function mergeMarks(a: Marks, b: Marks): Marks {
  const readUpTo = Math.max(a.readUpTo, b.readUpTo);
  const single = new Map([...a.single, ...b.single].map((mark) => [mark.seq, mark]));
  const deliveredUpTo = Math.max(a.deliveredUpTo, b.deliveredUpTo);
  return normalized({ readUpTo, single: [...single.values()], deliveredUpTo });
}

/** What is left once the service has confirmed these. */
export function withoutMarks(marks: Marks, confirmed: Marks): Marks {
  const done = new Set(confirmed.single.map(({ seq }) => seq));
  const { readUpTo, deliveredUpTo } = marks;
  return normalized({
    readUpTo: readUpTo <= confirmed.readUpTo ? 0 : readUpTo,
    single: marks.single.filter(({ seq }) => seq > confirmed.readUpTo && !done.has(seq)),
    deliveredUpTo: deliveredUpTo <= confirmed.deliveredUpTo ? 0 : deliveredUpTo,
  });
}

export const hasRead = ({ readUpTo, single }: Marks): boolean => readUpTo > 0 || single.length > 0;

export const isEmpty = (marks: Marks): boolean => !hasRead(marks) && marks.deliveredUpTo === 0;

/** A position covers the single marks below it, and a read the delivery. */
function normalized({ readUpTo, single, deliveredUpTo }: Marks): Marks {
  return {
    readUpTo,
    single: single.filter(({ seq }) => seq > readUpTo),
    deliveredUpTo: deliveredUpTo > readUpTo ? deliveredUpTo : 0,
  };
}
