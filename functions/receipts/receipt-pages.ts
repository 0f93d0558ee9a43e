import type { MemberState } from '@seenby/core/members/member.ts';
import {
  comparePlaces,
  type PlaceInList,
  placeByTime,
} from '@seenby/core/receipts/receipt-order.ts';
import type { ReceiptLine, ReceiptPage, ReceiptState } from '@seenby/protocol/entities.ts';
import type { ReceiptOrder } from '@seenby/protocol/enums.ts';
import type { Cursors } from '../store/cursors.ts';

export interface ReceiptListQuery {
  groupId: string;
  seq: number;
  state?: ReceiptState | undefined;
  sort?: ReceiptOrder | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

type Page = Pick<ReceiptPage, 'members' | 'next'>;

/** The pages of a message's list, as one user asks for them. */
export class ReceiptPages {
  readonly #cursors: Cursors;
  readonly #query: ReceiptListQuery;
  readonly #boundTo: readonly unknown[];

  constructor(cursors: Cursors, callerId: string, query: ReceiptListQuery) {
    const { groupId, seq, state, sort } = query;
    this.#cursors = cursors;
    this.#query = query;
    const list = ['receipts', callerId, groupId, seq, state ?? 'all'];
    this.#boundTo = sort === 'time' ? [...list, sort] : list;
  }

  /** Where the page before ended, or undefined if its cursor is of another list. */
  async open(): Promise<string | undefined> {
    const { cursor } = this.#query;
    return cursor === undefined ? '' : this.#cursors.open(cursor, this.#boundTo);
  }

  async of(
    listed: readonly MemberState[],
    toLines: (some: readonly MemberState[]) => ReceiptLine[],
    after: string,
  ): Promise<Page> {
    const { sort, limit = 100 } = this.#query;
    if (sort === 'time') return this.#byTime(toLines(listed), after, limit);
    const left = listed.filter(({ userId }) => userId > after);
    const page = left.slice(0, limit);
    const last = page.at(-1)?.userId ?? '';
    return { members: toLines(page), next: await this.#nextOf(last, left.length > limit) };
  }

  /** Who reads while somebody pages comes before the first page, and moves nobody to another one. */
  async #byTime(lines: readonly ReceiptLine[], after: string, limit: number): Promise<Page> {
    const { state } = this.#query;
    const left = lines
      .map((line) => ({ line, place: placeByTime(line, state) }))
      .filter(({ place }) => after === '' || comparePlaces(place, placeIn(after)) > 0)
      .sort((a, b) => comparePlaces(a.place, b.place));
    const page = left.slice(0, limit);
    const last = JSON.stringify(page.at(-1)?.place ?? {});
    const members = page.map(({ line }) => line);
    return { members, next: await this.#nextOf(last, left.length > limit) };
  }

  async #nextOf(last: string, isMore: boolean): Promise<string | null> {
    return isMore ? this.#cursors.seal(last, this.#boundTo) : null;
  }
}

const placeIn = (text: string): PlaceInList => JSON.parse(text);
