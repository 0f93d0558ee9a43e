import type { GroupHandle } from '../../../../../packages/client/src/groups/group-handle.ts';
import type { LiveState, LiveStore } from '../../../../../packages/client/src/live/live-store.ts';
import type { Readers, ReadersStore } from '../../../../../packages/client/src/live/readers.ts';
import type { Off } from '../../../../../packages/client/src/transport/emitter.ts';

/** Of so many messages an app shows who has read them. */
const watchedEvery = 5;

/** Lists that an app shows beside a group: members, positions, and the readers of some messages. */
export class LiveLists {
  readonly #group: GroupHandle;
  readonly #readers = new Map<number, ReadersStore>();
  readonly #offs: Off[];

  constructor(group: GroupHandle) {
    this.#group = group;
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
    return {
      members: [membersStatus, ...members.map(({ userId, role }) => `${userId} ${role}`)],
      positions: [
        status,
        ...positions.map((each) => `${each.userId} ${each.readSeq} ${each.deliveredSeq}`),
      ],
      readers: Object.fromEntries(
        [...this.#readers].map(([seq, store]) => [seq, shownOf(store.getSnapshot())]),
      ),
    };
  }

  #watchNew(): void {
    for (const message of this.#group.messages) {
      if (message.state !== 'sent' || message.seq % watchedEvery !== 1) continue;
      if (this.#readers.has(message.seq)) continue;
      const readers = this.#group.watchReaders(message.seq);
      this.#readers.set(message.seq, readers);
      this.#offs.push(subscribed(readers));
    }
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
