import type { History, Operation } from '../history/operations.ts';
import type { Finding } from './finding.ts';
import type { StoredGroup } from './stored-group.ts';

/** RD2, RD4, RD6, RD10: positions in answers, on screens and in the store never go back, nor beyond the end. */
export function checkPositions(group: StoredGroup, { operations, showed }: History): Finding[] {
  const { groupId, lastSeq } = group;
  const findings: Finding[] = [];
  const find = (what: Finding['what'], detail: string) => findings.push({ groupId, what, detail });
  const answers = Map.groupBy(
    operations.filter(({ outcome, answer }) => outcome === 'ok' && answer.readSeq !== undefined),
    ({ userId }) => userId,
  );
  for (const [userId, own] of answers) {
    for (const detail of backwardAnswers(own)) find('position went back', `${userId}: ${detail}`);
    const acknowledged = Math.max(...own.map(({ answer }) => answer.readSeq ?? 0));
    const stored = group.positions.get(userId)?.readSeq ?? 0;
    if (stored < acknowledged) {
      const detail = `${userId}: ${stored}, acknowledged ${acknowledged}`;
      find('position is behind what was acknowledged', detail);
    }
  }
  for (const [client, seen] of Map.groupBy(showed, ({ client }) => client)) {
    let highest = 0;
    for (const { readSeq, at } of seen) {
      if (readSeq < highest) {
        find('position went back', `${client} showed ${readSeq} after ${highest}, at ${at}`);
      }
      highest = Math.max(highest, readSeq);
    }
  }
  for (const [userId, { readSeq, deliveredSeq }] of group.positions) {
    const detail = `${userId}: read ${readSeq}, delivered ${deliveredSeq}, last ${lastSeq}`;
    if (readSeq > deliveredSeq) find('read and not delivered', detail);
    if (deliveredSeq > lastSeq) find('position beyond the last message', detail);
  }
  return findings;
}

/** A request that began after another had been answered is answered with no lower position. */
function backwardAnswers(answers: readonly Operation[]): string[] {
  const byEnd = [...answers].sort((one, other) => one.endedAt - other.endedAt);
  const byBeginning = [...answers].sort((one, other) => one.invokedAt - other.invokedAt);
  const found: string[] = [];
  let highest = 0;
  let ended = 0;
  for (const { invokedAt, answer } of byBeginning) {
    for (; (byEnd[ended]?.endedAt ?? Infinity) < invokedAt; ended++) {
      highest = Math.max(highest, byEnd[ended]?.answer.readSeq ?? 0);
    }
    const { readSeq = 0 } = answer;
    if (readSeq < highest) found.push(`asked at ${invokedAt}: ${readSeq} after ${highest}`);
  }
  return found;
}
