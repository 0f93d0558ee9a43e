import type { GroupHandle } from '../../../../../packages/client/src/groups/group-handle.ts';
import type { LiveState, LiveStore } from '../../../../../packages/client/src/live/live-store.ts';
import type { Readers, ReadersStore } from '../../../../../packages/client/src/live/readers.ts';
import type { Off } from '../../../../../packages/client/src/transport/emitter.ts';

/** Of so many messages an app shows who has read them. */
const watchedEvery = 5;

/** Lists that an app shows beside a group: members, positions, and the readers of some messages. */
export class LiveLists {
  readonly #group: GroupHandle;
  readonly #userId: string;
  readonly #readers = new Map<number, ReadersStore>();
  readonly #offs: Off[];

  constructor(group: GroupHandle, userId: string) {
    this.#group = group;
    this.#userId = userId;
    this.#offs = [
      subscribed(group.members),
      subscribed(group.positions),
      group.subscribeState(() => this.#watchNew()),
    ];
    this.#watchNew();
  }

  end(): void {
    for (const off of this.#offs) off();
    for (const readers of this.#readers.values()) readers.close();
  }

  /** What they say, as far as another client of the same user has to say the same. */
  get shown() {
    const { status: membersStatus, members } = this.#group.members.getSnapshot();
    const { status, members: positions } = this.#group.positions.getSnapshot();
    // After the last message only seqs may have been lost, of which nobody is told.
    const last = this.#group.status?.lastMessage?.seq ?? 0;
    const told = (seqs: readonly number[]) => seqs.map((seq) => Math.min(seq, last)).join(' ');
    return {
      members: [membersStatus, ...members.map(({ userId, role }) => `${userId} ${role}`)],
      positions: [
        status,
        ...positions.map(
          ({ userId, readSeq, deliveredSeq }) =>
            // What a user's own devices received is told to others only.
            `${userId} ${told(userId === this.#userId ? [readSeq] : [readSeq, deliveredSeq])}`,
        ),
      ],
      readers: Object.fromEntries(
        this.#watchable().flatMap((seq) => {
          const readers = this.#readers.get(seq);
          return readers ? [[seq, shownOf(readers.getSnapshot())]] : [];
        }),
      ),
    };
  }

  #watchNew(): void {
    for (const seq of this.#watchable().filter((each) => !this.#readers.has(each))) {
      const readers = this.#group.watchReaders(seq);
      this.#readers.set(seq, readers);
      this.#offs.push(subscribed(readers));
    }
  }

  /** Messages that are shown: a watched one may be from before the user came back. */
  #watchable(): number[] {
    const sent = this.#group.messages.flatMap((each) => (each.state === 'sent' ? [each.seq] : []));
    return sent.filter((seq) => seq % watchedEvery === 1);
  }
}

const subscribed = <S extends LiveState>(store: LiveStore<S>): Off =>
  store.subscribeState(() => {});

const shownOf = ({ status, read, delivered, notYet, others }: Readers) => ({
  status,
  read: read.map(({ userId, readAt }) => `${userId} ${readAt}`).sort(),
  delivered: delivered.map(({ userId }) => userId).sort(),
  notYet: notYet.map(({ userId }) => userId).sort(),
  others,
});
