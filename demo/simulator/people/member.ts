import type { GroupHandle, SeenbyClient } from '@seenby/client';
import { Timers } from '../clock.ts';
import { clientOf, type DemoSession } from '../demo-session.ts';
import {
  absenceMs,
  type BehaviourProfile,
  comesLater,
  keepsGroupOpen,
  presenceMs,
  readDelayMs,
  typingMs,
} from './behaviour-profile.ts';
import type { Person } from './people.ts';
import type { ReadingPace } from './reading-pace.ts';

export interface MemberOptions {
  session: DemoSession;
  person: Person;
  profile: BehaviourProfile;
  /** The group on the screen of those who keep one open. */
  groupId: string;
  /** Of all members of the group, where it is not up to each. */
  pace?: ReadingPace;
  changed: () => void;
}

/** A simulated person: one client of the SDK, used by profile. */
export class Member {
  readonly person: Person;
  readonly profile: BehaviourProfile;
  readonly client: SeenbyClient;
  readonly group: GroupHandle;
  readonly #session: DemoSession;
  readonly #timers: Timers;
  readonly #pace: ReadingPace | undefined;
  #takesPart = false;

  constructor({ session, person, profile, groupId, pace, changed }: MemberOptions) {
    this.person = person;
    this.profile = profile;
    this.#session = session;
    this.#pace = pace;
    this.#timers = new Timers(session.clock);
    this.client = clientOf(session, person);
    this.group = this.client.group(groupId);
    this.client.on('unread', ({ groupId: id, unreadCount }) => {
      if (unreadCount > 0) this.#noticed(this.client.group(id));
    });
    this.client.subscribeState(changed);
  }

  get isConnected(): boolean {
    return this.client.connection.state === 'connected';
  }

  /** From now on lives by profile. Resolves once there, or when that was called off. */
  async come(): Promise<void> {
    this.#takesPart = true;
    if (comesLater(this.profile)) this.#disappear();
    else await this.#appear();
  }

  /** Is gone until `come` is called again. */
  leave(): void {
    this.#takesPart = false;
    this.#goOffline();
  }

  /** Does nothing by profile until `come` is called again. */
  keepStill(): void {
    this.#takesPart = false;
    this.#stopTimers();
  }

  /** Is seen typing and then says it. */
  say(content: string): void {
    this.group.typing();
    this.#timers.set('typing', typingMs(this.#session.random), () => void this.group.send(content));
  }

  /** Comes and reads at once. Resolves when the service has confirmed it. */
  async catchUp(seq: number): Promise<void> {
    await this.#connect();
    if ((this.group.status?.lastSeq ?? 0) < seq) await this.group.subscribe();
    await this.#until(() => {
      if (this.group.readSeq < seq) this.group.markRead();
      return this.group.readSeq >= seq && !this.group.hasPendingReceipts;
    });
  }

  async #appear(): Promise<void> {
    // Whoever is told to leave meanwhile has the connection called off.
    await ifPossible(this.#connect());
    if (!this.isConnected || !this.#takesPart) return;
    this.#stayForAWhile();
    if (this.#pace?.isCommon || keepsGroupOpen(this.profile))
      await ifPossible(this.group.subscribe());
    for (const { groupId, unreadCount } of this.client.groups()) {
      if (unreadCount > 0) this.#noticed(this.client.group(groupId));
    }
  }

  /** Rejects when that is called off. A first attempt that fails is followed by others. */
  async #connect(): Promise<void> {
    void ifPossible(this.client.connect());
    await this.#until(() => this.isConnected);
  }

  /** Whoever reads at the pace of all is there until that is over. */
  #stayForAWhile(): void {
    this.#timers.set('presence', presenceMs(this.profile, this.#session.random), () => {
      if (this.#pace?.isCommon) this.#stayForAWhile();
      else this.#disappear();
    });
  }

  #disappear(): void {
    this.#goOffline();
    const awayMs = absenceMs(this.profile, this.#session.random);
    this.#timers.set('presence', awayMs, () => void this.#appear());
  }

  /** What is on no screen any more keeps its newest messages only. */
  #goOffline(): void {
    this.#stopTimers();
    if (this.group.isOpen) void ifPossible(this.group.unsubscribe());
    this.client.close();
  }

  #noticed(group: GroupHandle): void {
    const name = `read ${group.groupId}`;
    if (!this.#takesPart || this.#timers.has(name)) return;
    if (this.#pace?.isCommon) {
      const read = () => group.markRead();
      this.#pace.add(this, { read, again: () => this.#noticed(group) });
      return;
    }
    const delayMs = readDelayMs(this.profile, this.#session.random);
    this.#timers.set(name, delayMs, () => group.markRead());
  }

  #stopTimers(): void {
    this.#timers.stopAll();
    this.#pace?.remove(this);
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const isClosed = this.client.connection.state === 'closed';
        if (!isClosed && !isSo()) return;
        stop();
        if (isClosed) reject(new Error(`${this.person.userId} was called off`));
        else resolve();
      };
      const stop = this.client.subscribeState(check);
      check();
    });
  }
}

/** Whoever is cut off in the middle of something makes up for it on the next visit. */
const ifPossible = (work: Promise<unknown>): Promise<unknown> => work.catch(() => {});
