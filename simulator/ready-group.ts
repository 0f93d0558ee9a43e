import type { Group, SeenbyClient } from '../client/index.ts';
import { Attendance } from './attendance.ts';
import { Chronicle } from './chronicle.ts';
import { addMember } from './group-requests.ts';
import { LiveChat } from './live-chat.ts';
import { makeNeighbours } from './neighbour-groups.ts';
import { ReadyCast, type Scale } from './ready-cast.ts';
import type { WelcomeRequest } from './requests.ts';
import { clientOf, type Stage } from './stage.ts';
import type { ReadyState } from './state.ts';

/** For a guest who has not written lately. */
const guestMessages = 16;
const lookedThrough = 60;

export type Welcome = { outcome: 'welcome'; groupId: string } | { outcome: 'taken' };

export interface ReadyGroupOptions {
  stage: Stage;
  scale: Scale;
  changed: () => void;
  reportFault: (cause: unknown) => void;
}

/** The group that is ready for newcomers, and full of life. */
export class ReadyGroup {
  readonly #options: ReadyGroupOptions;
  readonly #cast: ReadyCast;
  #attendance: Attendance | undefined;
  #chat: LiveChat | undefined;
  #messages = 0;
  /** Those that are to be written included. */
  #planned = 0;
  #phase: ReadyState['phase'] = 'seeding';
  #isPaused = false;
  #welcoming: Promise<unknown> = Promise.resolve();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: ReadyGroupOptions) {
    this.#options = options;
    this.#cast = new ReadyCast(options.stage, options.scale, options.changed);
  }

  get state(): ReadyState {
    return {
      groupId: this.#cast.groupId,
      members: this.#cast.members.length,
      connected: this.#attendance?.connected ?? 0,
      messages: this.#messages,
      phase: this.#phase,
    };
  }

  /** Makes a user a member. Resolves once there is something to see; the rest follows by itself. */
  async welcome(user: WelcomeRequest): Promise<Welcome> {
    if (this.#cast.plays(user.userId)) return { outcome: 'taken' };
    const before = this.#welcoming;
    const welcomed = before.catch(() => {}).then(() => this.#bringIn(user));
    this.#welcoming = welcomed;
    await welcomed;
    return { outcome: 'welcome', groupId: this.#cast.groupId };
  }

  resume(): void {
    this.#isPaused = false;
    if (this.#phase === 'paused') void this.#animate();
  }

  pause(): void {
    this.#isPaused = true;
    if (this.#phase === 'seeding') return;
    this.#chat?.stop();
    this.#attendance?.leave();
    this.#enter('paused');
  }

  async #bringIn(user: WelcomeRequest): Promise<void> {
    const { groupId, owner } = this.#cast;
    await this.#cast.found();
    await addMember(owner, groupId, user.userId, 'admin');
    const guest = clientOf(this.#options.stage, user);
    const chronicle = await this.#plan(guest, user.userId);
    await chronicle.begin();
    this.#writing = this.#writing
      .then(() => this.#fill(chronicle, guest, user.userId))
      .catch(this.#options.reportFault);
  }

  async #plan(guest: SeenbyClient, userId: string): Promise<Chronicle> {
    const { groupId, owner, members } = this.#cast;
    const { stage } = this.#options;
    const { lastSeq } = await owner.request<Group>('GET', `/groups/${groupId}`);
    this.#wrote(lastSeq);
    this.#planned = Math.max(this.#planned, lastSeq);
    const messages = await this.#countToWrite(guest, userId);
    this.#planned += messages;
    const wrote = (seq: number) => this.#wrote(seq);
    return new Chronicle({ stage, groupId, members, guest, messages, wrote });
  }

  async #countToWrite(guest: SeenbyClient, userId: string): Promise<number> {
    const missing = this.#options.scale.messages - this.#planned;
    if (missing > 0) return Math.max(missing, guestMessages);
    const { messages } = await guest.group(this.#cast.groupId).history({ limit: lookedThrough });
    return messages.some(({ senderId }) => senderId === userId) ? 0 : guestMessages;
  }

  async #fill(chronicle: Chronicle, guest: SeenbyClient, userId: string): Promise<void> {
    await Promise.all([
      chronicle.letManyRead(),
      makeNeighbours(this.#cast.everyone, guest, userId),
    ]);
    await chronicle.finish();
    if (this.#phase !== 'seeding') return;
    await this.#cast.partWithLeavers();
    this.#attendance = new Attendance(this.#cast.members);
    this.#chat = new LiveChat(this.#cast.members, this.#options.stage);
    for (const { group } of this.#cast.members) {
      group.on('message', ({ message }) => this.#wrote(message.seq));
    }
    if (this.#isPaused) this.#enter('paused');
    else await this.#animate();
  }

  async #animate(): Promise<void> {
    this.#enter('connecting');
    if (!(await this.#attendance?.come())) return;
    this.#chat?.start();
    this.#enter('running');
  }

  #wrote(seq: number): void {
    this.#messages = Math.max(this.#messages, seq);
    this.#options.changed();
  }

  #enter(phase: ReadyState['phase']): void {
    this.#phase = phase;
    this.#options.changed();
  }
}
