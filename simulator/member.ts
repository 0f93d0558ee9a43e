import type { GroupHandle, SeenbyClient } from '../client/index.ts';
import { Timers } from './clock.ts';
import {
  absenceMs,
  comesLater,
  type Habit,
  keepsGroupOpen,
  presenceMs,
  readDelayMs,
  typingMs,
} from './habits.ts';
import type { Person } from './people.ts';
import { clientOf, type Stage } from './stage.ts';

export interface MemberOptions {
  stage: Stage;
  person: Person;
  habit: Habit;
  /** The group on the screen of those who keep one open. */
  groupId: string;
  changed: () => void;
}

/** A simulated person: one client of the SDK, used by habit. */
export class Member {
  readonly person: Person;
  readonly habit: Habit;
  readonly client: SeenbyClient;
  readonly group: GroupHandle;
  readonly #stage: Stage;
  readonly #timers: Timers;
  #takesPart = false;

  constructor({ stage, person, habit, groupId, changed }: MemberOptions) {
    this.person = person;
    this.habit = habit;
    this.#stage = stage;
    this.#timers = new Timers(stage.clock);
    this.client = clientOf(stage, person);
    this.group = this.client.group(groupId);
    this.client.on('unread', ({ groupId: id, unreadCount }) => {
      if (unreadCount > 0) this.#noticed(this.client.group(id));
    });
    this.client.subscribeState(changed);
  }

  get isConnected(): boolean {
    return this.client.connection.state === 'connected';
  }

  /** From now on lives by habit. Resolves once there, or when that was called off. */
  async come(): Promise<void> {
    this.#takesPart = true;
    if (comesLater(this.habit)) this.#disappear();
    else await this.#appear();
  }

  /** Is gone until `come` is called again. */
  leave(): void {
    this.#takesPart = false;
    this.#goOffline();
  }

  /** Does nothing by habit until `come` is called again. */
  keepStill(): void {
    this.#takesPart = false;
    this.#timers.stopAll();
  }

  /** Is seen typing and then says it. */
  say(content: string): void {
    this.group.typing();
    this.#timers.set('typing', typingMs(this.#stage.random), () => void this.group.send(content));
  }

  /** Comes and reads at once. Resolves when the service has confirmed it. */
  async catchUp(seq: number): Promise<void> {
    await this.client.connect();
    if ((this.group.status?.lastSeq ?? 0) < seq) await this.group.subscribe();
    await this.#until(() => {
      if (this.group.readSeq < seq) this.group.markRead();
      return this.group.readSeq >= seq && !this.group.hasUnsentMarks;
    });
  }

  async #appear(): Promise<void> {
    // Whoever is told to leave meanwhile has the connection called off.
    await ifPossible(this.client.connect());
    if (!this.isConnected || !this.#takesPart) return;
    const { random } = this.#stage;
    this.#timers.set('presence', presenceMs(this.habit, random), () => this.#disappear());
    if (keepsGroupOpen(this.habit)) await ifPossible(this.group.subscribe());
    for (const { groupId, unreadCount } of this.client.groups()) {
      if (unreadCount > 0) this.#noticed(this.client.group(groupId));
    }
  }

  #disappear(): void {
    this.#goOffline();
    const awayMs = absenceMs(this.habit, this.#stage.random);
    this.#timers.set('presence', awayMs, () => void this.#appear());
  }

  /** What is on no screen any more keeps its newest messages only. */
  #goOffline(): void {
    this.#timers.stopAll();
    if (this.group.isOpen) void ifPossible(this.group.unsubscribe());
    this.client.close();
  }

  #noticed(group: GroupHandle): void {
    const name = `read ${group.groupId}`;
    if (!this.#takesPart || this.#timers.has(name)) return;
    const delayMs = readDelayMs(this.habit, this.#stage.random);
    this.#timers.set(name, delayMs, () => group.markRead());
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
