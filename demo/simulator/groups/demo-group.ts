import type { Group, SeenbyClient } from '@seenby/client';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { DemoGroupState, WelcomeRequest } from '../api.ts';
import { clientOf, type DemoSession } from '../demo-session.ts';
import { Attendance } from '../people/attendance.ts';
import { DemoMembers, type Scale } from '../people/demo-members.ts';
import { addMember } from './group-requests.ts';
import { LiveChat } from './live-chat.ts';
import { MessageSeeder } from './message-seeder.ts';
import { makeNeighbours } from './neighbour-groups.ts';

/** For a new member who has not written lately. */
const newMemberMessages = 16;
const lookedThrough = 60;

export type Welcome = { outcome: 'welcome'; groupId: string } | { outcome: 'taken' };

export interface DemoGroupOptions {
  session: DemoSession;
  scale: Scale;
  changed: () => void;
  reportFault: (cause: unknown) => void;
}

/** The group that new users are made members of, with simulated members who read and write. */
export class DemoGroup {
  readonly #options: DemoGroupOptions;
  readonly #demoMembers: DemoMembers;
  #attendance: Attendance | undefined;
  #chat: LiveChat | undefined;
  #messages = 0;
  /** Those that are to be written included. */
  #planned = 0;
  #phase: DemoGroupState['phase'] = 'seeding';
  #isPaused = false;
  #welcoming: Promise<unknown> = Promise.resolve();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: DemoGroupOptions) {
    this.#options = options;
    this.#demoMembers = new DemoMembers(options.session, options.scale, options.changed);
  }

  get state(): DemoGroupState {
    return {
      groupId: this.#demoMembers.groupId,
      members: this.#demoMembers.members.length,
      connected: this.#attendance?.connected ?? 0,
      messages: this.#messages,
      phase: this.#phase,
    };
  }

  /** Makes a user a member. Resolves once there is something to see; the rest follows by itself. */
  async welcome(user: WelcomeRequest): Promise<Welcome> {
    if (this.#demoMembers.plays(user.userId)) return { outcome: 'taken' };
    const before = this.#welcoming;
    const welcomed = before.catch(() => {}).then(() => this.#bringIn(user));
    this.#welcoming = welcomed;
    await welcomed;
    return { outcome: 'welcome', groupId: this.#demoMembers.groupId };
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
    const { groupId, owner } = this.#demoMembers;
    await this.#demoMembers.found();
    await addMember(owner, groupId, user.userId, 'admin');
    const newMember = clientOf(this.#options.session, user);
    const seeder = await this.#plan(newMember, user.userId);
    await seeder.begin();
    this.#writing = this.#writing
      .then(() => this.#fill(seeder, newMember, user.userId))
      .catch(this.#options.reportFault);
  }

  async #plan(newMember: SeenbyClient, userId: string): Promise<MessageSeeder> {
    const { groupId, owner, members } = this.#demoMembers;
    const { session } = this.#options;
    const { lastSeq } = await owner.request<Group>('GET', `/groups/${toPathSegment(groupId)}`);
    this.#wrote(lastSeq);
    this.#planned = Math.max(this.#planned, lastSeq);
    const messages = await this.#countToWrite(newMember, userId);
    this.#planned += messages;
    const wrote = (seq: number) => this.#wrote(seq);
    return new MessageSeeder({ session, groupId, members, newMember, messages, wrote });
  }

  async #countToWrite(newMember: SeenbyClient, userId: string): Promise<number> {
    const missing = this.#options.scale.messages - this.#planned;
    if (missing > 0) return Math.max(missing, newMemberMessages);
    const { messages } = await newMember
      .group(this.#demoMembers.groupId)
      .history({ limit: lookedThrough });
    return messages.some(({ senderId }) => senderId === userId) ? 0 : newMemberMessages;
  }

  async #fill(seeder: MessageSeeder, newMember: SeenbyClient, userId: string): Promise<void> {
    await Promise.all([
      seeder.letManyRead(),
      makeNeighbours(this.#demoMembers.everyone, newMember, userId),
    ]);
    await seeder.finish();
    if (this.#phase !== 'seeding') return;
    await this.#demoMembers.partWithLeavers();
    this.#attendance = new Attendance(this.#demoMembers.members);
    this.#chat = new LiveChat(this.#demoMembers.members, this.#options.session);
    for (const { group } of this.#demoMembers.members) {
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

  #enter(phase: DemoGroupState['phase']): void {
    this.#phase = phase;
    this.#options.changed();
  }
}
