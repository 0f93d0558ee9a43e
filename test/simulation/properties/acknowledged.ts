import type { MemberState } from '@seenby/core/members/member.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { Service } from '../../../functions/service/service.ts';
import { directId } from '../script/script.ts';
import type { Findings } from './findings.ts';

export type Acknowledged =
  | { kind: 'read' | 'delivered' | 'played'; groupId: string; userId: string; seq: number }
  | { kind: 'sent'; groupId: string; userId: string; seq: number; content: string }
  | { kind: 'recalled'; groupId: string; userId: string; seq: number };

/** What the service said it has done, and what has to be found for ever. */
export class Acknowledgements {
  #all: (Acknowledged & { at: number })[] = [];
  readonly #deleted = new Set<string>();

  get count(): number {
    return this.#all.length;
  }

  note(acknowledged: Acknowledged, at: number): void {
    this.#all.push({ ...acknowledged, at });
  }

  /** Somebody asks for it, once or several times. */
  groupDeleted(groupId: string): void {
    this.#deleted.add(groupId);
  }

  /** A restore loses what came after its point; of what was under way then nobody knows. */
  loseAfter(at: number): void {
    this.#all = this.#all.filter((each) => each.at <= at);
  }

  /** Messages that have expired are gone. */
  async check(service: Service, findings: Findings, shownFrom: number): Promise<void> {
    for (const [groupId, all] of Map.groupBy(this.#all, (each) => each.groupId)) {
      const isGone = this.#deleted.has(groupId) && !(await service.groups.get(groupId));
      if (isGone) continue;
      const members = await service.members.ofGroup(groupId, 'strong');
      const rows = new Map(members.map((row) => [row.userId, row]));
      const stored = await messagesOf(service, groupId);
      const messages = new Map([...stored].map(([seq, { content }]) => [seq, content]));
      for (const each of all) {
        if (each.kind === 'sent' && each.at < shownFrom) continue;
        if (each.kind === 'recalled' && each.at < shownFrom) continue;
        // What has expired is read by all: to mark it changes nothing.
        if (each.kind !== 'sent' && (stored.get(each.seq)?.createdAt ?? 0) < shownFrom) continue;
        // What is recalled is nobody's to read.
        if (each.kind !== 'sent' && messages.get(each.seq) === '') continue;
        // Nor is what came before they did, though they may have shown it from an earlier membership.
        const row = rows.get(each.userId);
        if (each.kind !== 'sent' && each.kind !== 'recalled' && each.seq < (row?.from ?? 0))
          continue;
        const isThere = isStored(each, row, messages);
        findings.check('FA1 what is acknowledged is stored', isThere, () => JSON.stringify(each));
      }
      for (const { kind, seq } of all) {
        if (kind !== 'recalled' || messages.get(seq) === undefined) continue;
        findings.check(
          'MS4 a recalled message has no content',
          messages.get(seq) === '',
          () => `${groupId} ${seq}`,
        );
      }
    }
  }
}

function isStored(
  acknowledged: Acknowledged,
  row: MemberState | undefined,
  messages: ReadonlyMap<number, string>,
): boolean {
  const { kind, seq } = acknowledged;
  if (kind === 'sent') {
    const content = messages.get(seq);
    return content === acknowledged.content || content === '';
  }
  if (kind === 'recalled') return messages.get(seq) === '' || messages.get(seq) === undefined;
  if (!row) return false;
  if (kind === 'delivered') return has(row.read, seq) || has(row.delivered, seq);
  // What is played in private is kept as read alone.
  const isPrivate = acknowledged.groupId === directId;
  return has(kind === 'read' || isPrivate ? row.read : row.played, seq);
}

async function messagesOf(service: Service, groupId: string): Promise<Map<number, Message>> {
  const group = await service.groups.get(groupId);
  const found = new Map<number, Message>();
  for (let from = 1; from <= (group?.lastSeq ?? 0); from += 1000) {
    const messages = await service.messages.range(groupId, from, from + 999);
    for (const { message } of messages) found.set(message.seq, message);
  }
  return found;
}
