import type { Finding } from './finding.ts';
import type { StoredGroup, StoredList } from './stored-group.ts';

const names = ['readCount', 'deliveredCount', 'unreadCount', 'totalCount'] as const;
type Counts = Pick<StoredList, (typeof names)[number]>;

/** CT1: counts of a message in the range, in its list, and the lines of the list say the same. */
export function checkCounts({ groupId, counts, lists }: StoredGroup): Finding[] {
  const findings: Finding[] = [];
  const find = (what: Finding['what'], detail: string) => findings.push({ groupId, what, detail });
  for (const [seq, list] of lists) {
    const range = counts.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq);
    const lines = countLines(list);
    for (const [where, told] of [['range', range] as const, ['list', list] as const]) {
      const differs = names.filter((name) => told?.[name] !== lines[name]);
      if (differs.length === 0) continue;
      const detail = differs.map((name) => `${name} ${told?.[name]}, counted ${lines[name]}`);
      find('counts differ from the list', `message ${seq}, ${where}: ${detail.join('; ')}`);
    }
    const { readCount, deliveredCount, unreadCount, totalCount } = list;
    const addsUp = readCount + unreadCount === totalCount;
    if (!addsUp || readCount > deliveredCount || deliveredCount > totalCount) {
      find('counts do not add up', `message ${seq}: ${names.map((name) => list[name]).join(', ')}`);
    }
  }
  return findings;
}

function countLines({ members }: StoredList): Counts {
  const readCount = members.filter(({ readAt }) => readAt !== null).length;
  return {
    readCount,
    deliveredCount: members.filter(({ deliveredAt }) => deliveredAt !== null).length,
    unreadCount: members.length - readCount,
    totalCount: members.length,
  };
}
