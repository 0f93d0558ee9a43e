import type { MemberPosition, PositionPage } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import { queryOf } from '../../transport/http.ts';
import type { ReceivedFrame } from '../../transport/websocket-transport.ts';
import { askOf } from '../ask.ts';
import type { LiveGroup } from '../live-group.ts';
import type { LiveState } from '../live-store.ts';
import type { PageQuery } from '../page-query.ts';
import type { Positions } from '../positions.ts';
import { type Asking, fetchPages, type LiveContent, sameLine } from './live-content.ts';
import { Progress } from './progress.ts';

/** Up to where everybody has read. Receipts with names move it; where only counts come it is asked for. */
export class PositionsContent implements LiveContent<Positions> {
  readonly #group: LiveGroup;
  readonly #asking: Asking;
  #lines = new Map<string, Progress>();
  #version = 0;

  constructor(group: LiveGroup, asking: Asking) {
    this.#group = group;
    this.#asking = asking;
  }

  get viewed(): unknown {
    // Each time that the service says so the group is lost once more.
    return this.#group.isRemoved || this.#group.parts.receipts.round;
  }

  get size(): number {
    return this.#lines.size;
  }

  async fetch(isWanted: () => boolean): Promise<void> {
    const before = this.#lines;
    const lines = new Map<string, Progress>();
    let version = Infinity;
    if (!this.#asking.isLoaded) this.#lines = lines;
    const take = (page: PositionPage) => {
      for (const each of page.members) {
        const position = sameLine(before.get(each.userId)?.position, each);
        lines.set(each.userId, new Progress(position));
      }
      version = Math.min(version, page.version);
      if (this.#lines === lines) this.#asking.changed();
    };
    const ask = (page: PageQuery) =>
      askOf<PositionPage>(this.#group, 'GET', `/positions${queryOf(page)}`);
    await fetchPages(ask, take, isWanted);
    if (!isWanted()) return;
    this.#lines = lines;
    this.#version = version;
  }

  hear(frame: ReceivedFrame): void {
    if (frame.type === 'read_status_update') this.#update(frame);
    else if (frame.type === 'new_message') {
      const { senderId, seq } = frame.message;
      // Nobody is told of it: whoever sends a message has read it.
      if (this.#lines.get(senderId)?.send(seq)) this.#asking.changed();
    } else if (frame.type === 'subscription_confirmed') {
      // What came before the group was open nobody told.
      const isCurrent = frame.version > 0 && frame.version === this.#version;
      if (this.#asking.isLoaded && !isCurrent) this.#asking.againSoon();
    } else if (changing.has(frame.type)) {
      this.#asking.againSoon();
    }
  }

  look(): void {
    const { readSeq } = this.#group;
    const own = this.#lines.get(this.#group.parts.session.userId);
    // Own reading comes by no receipt. A badge that was put back moves no position.
    if (own?.readUpTo(readSeq)) this.#asking.changed();
  }

  forget(): void {
    this.#lines = new Map();
  }

  show(state: LiveState): Positions {
    const members = [...this.#lines.values()].map(({ position }) => position);
    const { userId } = this.#group.parts.session;
    const others = members.filter((each) => each.userId !== userId).sort(newestFirst);
    const bySeq = new Map<number, MemberPosition[]>();
    for (const each of others) {
      const there = bySeq.get(each.readSeq);
      if (there) there.push(each);
      else bySeq.set(each.readSeq, [each]);
    }
    return { ...state, members, bySeq };
  }

  /** What they sent themselves, before this list was asked for, needs no receipt. */
  #passOwn(line: Progress): void {
    const { loaded } = this.#group.parts.timeline;
    const isOwn = (seq: number) => loaded.get(seq)?.senderId === line.position.userId;
    for (;;) {
      const { readSeq, deliveredSeq } = line.position;
      const own = [readSeq + 1, deliveredSeq + 1].find(isOwn);
      if (own === undefined) return;
      line.send(own);
    }
  }

  #update({ receipts = [], counts = [] }: FieldsOf<'read_status_update'>): void {
    for (const receipt of receipts) {
      const line = this.#lines.get(receipt.userId);
      const outcome = line?.take(receipt) ?? 'gap';
      if (line) this.#passOwn(line);
      if (outcome === 'gap') this.#asking.againSoon();
      else if (outcome === 'moved') this.#asking.changed();
    }
    if (!this.#asking.isLoaded) return;
    const lines = [...this.#lines.values()];
    const isMissing = counts.some(
      ({ fromSeq, readCount }) => readCount > lines.filter((line) => line.hasRead(fromSeq)).length,
    );
    if (isMissing) this.#asking.againSoon();
  }
}

/** After these the same reading is another position: a position passes what is recalled. */
const changing = new Set<ReceivedFrame['type']>([
  ...(['member_changed', 'group_changed', 'message_recalled'] as const),
]);

const newestFirst = (a: MemberPosition, b: MemberPosition): number =>
  (b.lastReadAt ?? 0) - (a.lastReadAt ?? 0);
