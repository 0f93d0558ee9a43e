import type { GroupHandle, Message, SeenbyClient } from '@seenby/client';
import { Timers } from '../clock.ts';
import { clientOf, type DemoSession } from '../demo-session.ts';
import {
  absenceMs,
  type BehaviourProfile,
  comesLater,
  hurriedReadDelayMs,
  keepsGroupOpen,
  playDelayMs,
  presenceMs,
  readDelayMs,
  typingMs,
} from './behaviour-profile.ts';
import type { Person } from './people.ts';
import type { ReadingPace } from './reading-pace.ts';

/** Part of the time to hurry in, within which who is away comes back. */
const comingShare = 0.8;

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
  #hurriesUntilMs = 0;
  /** Members of a load group open it together, once all are there. */
  #mayOpen: boolean;

  constructor({ session, person, profile, groupId, pace, changed }: MemberOptions) {
    this.person = person;
    this.profile = profile;
    this.#session = session;
    this.#pace = pace;
    this.#mayOpen = pace === undefined;
    this.#timers = new Timers(session.clock);
    this.client = clientOf(session, person);
    this.group = this.client.group(groupId);
    this.client.on('unread', ({ groupId: id, unreadCount }) => {
      if (unreadCount > 0) this.#noticed(this.client.group(id));
    });
    this.group.on('message', ({ message }) => this.#playIfVoice(message));
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
    this.#mayOpen = this.#pace === undefined;
    this.#goOffline();
  }

  /** Reads what there is within this time, coming back for it if need be. */
  hurry(withinMs: number): void {
    if (!this.#takesPart) return;
    const { clock, random } = this.#session;
    this.#hurriesUntilMs = clock.now() + withinMs;
    // Then there is time to connect and to read.
    if (!this.isConnected) this.#comeBackIn(random() * withinMs * comingShare);
    else this.#noticeAll();
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
    await this.#openGroup();
    this.#noticeAll();
  }

  #noticeAll(): void {
    for (const { groupId, unreadCount } of this.client.groups()) {
      if (unreadCount > 0) this.#noticed(this.client.group(groupId));
    }
  }

  /** Rejects when that is called off. A first attempt that fails is followed by others. */
  async #connect(): Promise<void> {
    void ifPossible(this.client.connect());
    await this.#until(() => this.isConnected);
  }

  /** Puts the group on the screen of those who keep one there. */
  async open(): Promise<void> {
    this.#mayOpen = true;
    if (this.isConnected) await this.#openGroup();
  }

  async #openGroup(): Promise<void> {
    const keepsOpen = this.#pace?.isCommon || keepsGroupOpen(this.profile);
    if (keepsOpen && this.#mayOpen && !this.group.isOpen) await ifPossible(this.group.subscribe());
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
    this.#comeBackIn(absenceMs(this.profile, this.#session.random));
  }

  #comeBackIn(awayMs: number): void {
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
    const { clock, random } = this.#session;
    const isHurried = clock.now() < this.#hurriesUntilMs;
    if (!this.#takesPart || (this.#timers.has(name) && !isHurried)) return;
    if (this.#pace?.isCommon) {
      const read = () => group.markRead();
      this.#pace.add(this, { read, again: () => this.#noticed(group) });
      return;
    }
    const delayMs = isHurried ? hurriedReadDelayMs(random) : readDelayMs(this.profile, random);
    this.#timers.set(name, delayMs, () => group.markRead());
  }

  /** A voice message is listened to, not only seen. */
  #playIfVoice({ seq, messageType, senderId }: Message): void {
    if (messageType !== 'voice' && messageType !== 'video') return;
    if (!this.#takesPart || senderId === this.person.userId) return;
    const play = () => void this.group.markPlayed(seq);
    this.#timers.set(`play ${seq}`, playDelayMs(this.#session.random), play);
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
