import { foldFloorOf } from '@seenby/core/members/fold-member.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { difference, setOfRange, union } from '@seenby/core/ranges/range-set.ts';
import { itemSize } from '@seenby/local-cloud/dynamodb/memory/values/size.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { type MemberChange, toMemberChange } from '../../../functions/stream/member-change.ts';
import type { SimulatedTime } from '../world/simulated-time.ts';
import type { Findings } from './findings.ts';

const maxRowBytes = 8 * 1024;

type Value = { S?: string; N?: string; BOOL?: boolean; M?: Record<string, Value> };
type Row = Record<string, Value>;

/** Looks at every write of the table as it is made, and remembers who is a member of what. */
export class RowWatch {
  /** Seqs that never became a message. */
  lostSeqs = 0;
  readonly #findings: Findings;
  readonly #time: SimulatedTime;
  readonly #lastSeqs = new Map<string, number>();
  /** The last seq, by group, whose receipts are folded away: nobody can ask for it any more. */
  readonly #floors = new Map<string, number>();
  /** How often a group, or a member as `group user`, has been through something. */
  readonly #turns = new Map<string, number>();
  /** When each user came or went, by `group user`. */
  readonly #memberships = new Map<string, { isMember: boolean; at: number }>();
  #restores = 0;

  constructor(findings: Findings, time: SimulatedTime) {
    this.#findings = findings;
    this.#time = time;
  }

  /** A restored table is older than what was seen. */
  beginWith(items: readonly object[]): void {
    this.#restores++;
    this.#lastSeqs.clear();
    this.#floors.clear();
    this.#memberships.clear();
    for (const row of items as Row[]) {
      const [pk, sk] = [row.pk?.S ?? '', row.sk?.S ?? ''];
      if (sk === 'GROUP') {
        this.#lastSeqs.set(pk.slice(2), Number(row.lastSeq?.N ?? 0));
        this.#floors.set(pk.slice(2), floorOf(row));
      }
      if (!pk.endsWith('#M')) continue;
      this.#noteMembership(`${pk.slice(2, -2)} ${sk.slice(2)}`, row.left?.BOOL !== true);
    }
  }

  see(record: DynamoDBRecord): void {
    const { Keys, NewImage, OldImage } = record.dynamodb ?? {};
    const pk = Keys?.pk?.S ?? '';
    const sk = Keys?.sk?.S ?? '';
    const row = NewImage as Row | undefined;
    if (pk.endsWith('#M') && row) this.#seeMember(toMemberChange(record), row);
    else if (sk === 'GROUP') this.#seeGroup(pk.slice(2), OldImage as Row | undefined, row);
    else if (pk.startsWith('K#') && row) this.#checkSize(row, `${pk} ${sk}`);
    else if (row?.messageType) this.#seeMessage(OldImage as Row | undefined, row);
  }

  /** What moves when somebody may see other receipts, or the table is restored: their versions begin anew. */
  viewOf(groupId: string, userId: string): string {
    return `${this.#restores} ${this.#turns.get(groupId)} ${this.#turns.get(`${groupId} ${userId}`)}`;
  }

  /** When the user was last a member: undefined for never. */
  lastMemberAt(groupId: string, userId: string): number | undefined {
    const known = this.#memberships.get(`${groupId} ${userId}`);
    return known?.isMember ? Number.POSITIVE_INFINITY : known?.at;
  }

  #seeMember({ groupId, before, after }: MemberChange, row: Row): void {
    const name = `${groupId} ${after.userId}`;
    this.#noteMembership(name, !after.left);
    this.#turns.set(name, after.turns);
    this.#checkSize(row, name);
    const lastSeq = this.#lastSeqs.get(groupId) ?? Number.POSITIVE_INFINITY;
    const read = after.read.at(-1)?.to ?? 0;
    const delivered = deliveredOf(after).at(-1)?.to ?? 0;
    const what = () => `${name}: read ${read}, delivered ${delivered}, last ${lastSeq}`;
    this.#findings.check(
      'RD4 read ≤ delivered ≤ last',
      read <= delivered && delivered <= lastSeq,
      what,
    );
    if (!before) return;
    this.#check('RD2 a read set only grows', before.read, after.read, name);
    this.#check('RD2 what is delivered only grows', deliveredOf(before), deliveredOf(after), name);
    const folded = setOfRange(1, this.#floors.get(groupId) ?? 0);
    const played = difference(before.played, folded);
    this.#check('RD2 what is played only grows', played, after.played, name);
    const moves = after.revision > before.revision && after.version >= before.version;
    this.#findings.check('PU4 versions never go back', moves, () => name);
  }

  #check(
    rule: string,
    before: MemberState['read'],
    after: MemberState['read'],
    name: string,
  ): void {
    const lost = difference(before, after);
    this.#findings.check(rule, lost.length === 0, () => `${name} lost ${JSON.stringify(lost)}`);
  }

  #seeGroup(groupId: string, before: Row | undefined, after: Row | undefined): void {
    if (!after) {
      this.#lastSeqs.delete(groupId);
      return;
    }
    const lastSeq = Number(after.lastSeq?.N ?? 0);
    const was = Number(before?.lastSeq?.N ?? 0);
    this.#findings.check('MS1 a seq is used once', lastSeq >= was && lastSeq <= was + 1, () => {
      return `${groupId}: from ${was} to ${lastSeq}`;
    });
    this.#lastSeqs.set(groupId, lastSeq);
    this.#floors.set(groupId, floorOf(after));
    this.#turns.set(groupId, Number(after.turns?.N ?? 0));
    this.#checkSize(after, groupId);
  }

  #seeMessage(before: Row | undefined, after: Row): void {
    if (!before && (after.lost || after.tombstone)) this.lostSeqs++;
    if (!before || after.recalled) return;
    const same = before.content?.S === after.content?.S && before.senderId?.S === after.senderId?.S;
    this.#findings.check('MS3 a message stays what it is', same, () => JSON.stringify(after));
  }

  #noteMembership(name: string, isMember: boolean): void {
    const known = this.#memberships.get(name);
    if (known?.isMember === isMember) return;
    this.#memberships.set(name, { isMember, at: this.#time.clock() });
  }

  #checkSize(row: Row, name: string): void {
    const bytes = itemSize(row as never);
    this.#findings.check('CT9 a row is below 8 KB', bytes < maxRowBytes, () => `${name}: ${bytes}`);
  }
}

function floorOf({ steps }: Row): number {
  const ends = Object.entries(steps?.M ?? {}).map(([period, { N }]) => [period, Number(N)]);
  return foldFloorOf({ periods: Object.fromEntries(ends) });
}

const deliveredOf = ({ read, delivered }: MemberState) => union(read, delivered);
