import type { Message } from '@seenby/protocol/entities.ts';
import type { Operation } from '../history/operations.ts';
import type { Finding } from './finding.ts';
import type { StoredGroup } from './stored-group.ts';

/** All attempts to send one message: the client repeats it under the same id. */
interface Sending {
  userId: string;
  content: string;
  acknowledgedSeqs: Set<number>;
  mayBeStored: boolean;
}

/** MS1, MS2, MS3: acknowledged is stored as it was sent, refused is not, unknown may be, nothing is there twice. */
export function checkMessages(group: StoredGroup, operations: readonly Operation[]): Finding[] {
  const { groupId } = group;
  const findings: Finding[] = [];
  const find = (what: Finding['what'], detail: string) => findings.push({ groupId, what, detail });
  const sendings = sendingsOf(operations);
  const stored = new Map<string, Message[]>();
  for (const message of group.messages.filter(({ lost }) => !lost)) {
    const key = keyOf(message.senderId, message.clientMessageId);
    stored.set(key, [...(stored.get(key) ?? []), message]);
    const sending = sendings.get(key);
    if (!sending) find('message that nobody sent', `${key} as ${message.seq}`);
    else if (!sending.mayBeStored) find('message was refused and is stored', key);
    else if (message.content !== sending.content) find('message is not as it was sent', key);
  }
  for (const [key, { length }] of stored) if (length > 1) find('message is stored twice', key);
  for (const [key, { acknowledgedSeqs }] of sendings) {
    for (const seq of acknowledgedSeqs) {
      const isThere = stored.get(key)?.some((message) => message.seq === seq);
      if (!isThere) find('acknowledged message is missing', `${key} as ${seq}`);
    }
  }
  const seqs = new Set(group.messages.map(({ seq }) => seq));
  for (let seq = 1; seq <= group.lastSeq; seq++) {
    if (!seqs.has(seq)) find('seq is missing', String(seq));
  }
  return findings;
}

function sendingsOf(operations: readonly Operation[]): Map<string, Sending> {
  const sendings = new Map<string, Sending>();
  for (const { userId, act, outcome, answer } of operations) {
    if (act.kind !== 'send') continue;
    const key = keyOf(userId, act.clientMessageId);
    const known = sendings.get(key);
    const { content } = act;
    const sending = known ?? { userId, content, acknowledgedSeqs: new Set(), mayBeStored: false };
    if (outcome !== 'fail') sending.mayBeStored = true;
    if (outcome === 'ok' && answer.seq !== undefined) sending.acknowledgedSeqs.add(answer.seq);
    sendings.set(key, sending);
  }
  return sendings;
}

const keyOf = (userId: string, clientMessageId: string): string => `${userId}/${clientMessageId}`;
