import type { ReceiptLine } from '@seenby/protocol/entities.ts';
import type { Operation } from '../history/operations.ts';
import type { Finding } from './finding.ts';
import type { StoredGroup } from './stored-group.ts';

/** Clocks of two processes of one machine are the same; times are cut to the millisecond. */
const toleranceMs = 2;

export interface Receivers {
  /** Their clients acknowledge what arrives, and the history does not say when. */
  withOwnDeliveries: ReadonlySet<string>;
}

type Mark = Operation & { act: { kind: 'read' | 'delivered' } };

/**
 * RD2, RD3, RD4, RD5, CT4: every acknowledged mark is stored, at a time of its request; nothing is stored that
 * nobody asked for, refused marks included.
 */
export function checkReceipts(
  group: StoredGroup,
  operations: readonly Operation[],
  { withOwnDeliveries }: Receivers,
): Finding[] {
  const { groupId } = group;
  const findings: Finding[] = [];
  const marks = Map.groupBy(operations.filter(isMark), ({ userId }) => userId);
  const members = new Set(group.memberIds);
  for (const [seq, { members: lines }] of group.lists) {
    for (const line of lines.filter(({ userId }) => members.has(userId))) {
      const own = marks.get(line.userId) ?? [];
      const trust = { deliversByItself: withOwnDeliveries.has(line.userId) };
      for (const [what, detail] of checkLine(line, evidenceOf(own, seq), trust)) {
        findings.push({ groupId, what, detail: `${line.userId}, message ${seq}: ${detail}` });
      }
    }
  }
  return findings;
}

/** When something must have happened, and from when on it may have. */
interface Evidence {
  /** Infinite if nobody ever asked for it. */
  earliestAt: number;
  /** Infinite if it was never acknowledged. */
  acknowledgedAt: number;
}

interface Evidences {
  read: Evidence;
  delivered: Evidence;
}

function evidenceOf(marks: readonly Mark[], seq: number): Evidences {
  const covering = marks.filter(
    ({ act, outcome }) =>
      outcome !== 'fail' && act.spans.some(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq),
  );
  // Read implies delivered.
  return {
    read: evidence(covering.filter(({ act }) => act.kind === 'read')),
    delivered: evidence(covering),
  };
}

const evidence = (marks: readonly Mark[]): Evidence => ({
  earliestAt: Math.min(...marks.map(({ invokedAt }) => invokedAt)),
  acknowledgedAt: Math.min(
    ...marks.filter(({ outcome }) => outcome === 'ok').map(({ endedAt }) => endedAt),
  ),
});

function* checkLine(
  line: ReceiptLine,
  { read, delivered }: Evidences,
  { deliversByItself }: { deliversByItself: boolean },
): Generator<[Finding['what'], string]> {
  const { isSender, readAt, deliveredAt } = line;
  if (isSender) {
    if (readAt === null) yield ['acknowledged read is missing', 'its sender has not read it'];
    return;
  }
  if (readAt === null && read.acknowledgedAt < Infinity) {
    yield ['acknowledged read is missing', `acknowledged at ${read.acknowledgedAt}`];
  }
  if (readAt !== null && read.earliestAt === Infinity) yield ['read that nobody made', `${readAt}`];
  else if (readAt !== null) yield* checkTime('read', readAt, read);
  if (readAt !== null && (deliveredAt === null || deliveredAt > readAt)) {
    yield ['read and not delivered', `read ${readAt}, delivered ${deliveredAt}`];
  }
  if (deliveredAt === null && delivered.acknowledgedAt < Infinity) {
    yield ['acknowledged delivery is missing', `acknowledged at ${delivered.acknowledgedAt}`];
  }
  if (deliveredAt === null || deliversByItself) return;
  if (delivered.earliestAt === Infinity) yield ['delivery that nobody made', `${deliveredAt}`];
  else yield* checkTime('delivered', deliveredAt, delivered);
}

function* checkTime(
  what: string,
  at: number,
  { earliestAt, acknowledgedAt }: Evidence,
): Generator<[Finding['what'], string]> {
  if (at >= earliestAt - toleranceMs && at <= acknowledgedAt + toleranceMs) return;
  const request = `asked for at ${earliestAt}, acknowledged at ${acknowledgedAt}`;
  yield ['time outside of the request', `${what} at ${at}; ${request}`];
}

const isMark = (operation: Operation): operation is Mark =>
  operation.act.kind === 'read' || operation.act.kind === 'delivered';
