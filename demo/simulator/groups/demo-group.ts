import type { Group } from '@seenby/client';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { DemoGroupState, WelcomeRequest } from '../api.ts';
import type { DemoSession } from '../demo-session.ts';
import { Attendance } from '../people/attendance.ts';
import { DemoMembers, type Scale } from '../people/demo-members.ts';
import type { Language } from '../people/language.ts';
import { addMember } from './group-requests.ts';
import { LiveChat } from './live-chat.ts';
import { MessageSeeder } from './message-seeder.ts';
import { makeNeighbours } from './neighbour-groups.ts';

/** What somebody writes whom nobody plays, all read within this time; and all that was there at the start. */
const allReadWithinMs = 50_000;

export type Welcome = { outcome: 'welcome'; groupId: string } | { outcome: 'taken' };

export interface DemoGroupOptions {
  session: DemoSession;
  scale: Scale;
  language: Language;
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
  #phase: DemoGroupState['phase'] = 'seeding';
  #isPaused = false;
  #welcoming: Promise<unknown> = Promise.resolve();
  #filling: Promise<unknown> = Promise.resolve();

  constructor(options: DemoGroupOptions) {
    const { session, scale, language, changed } = options;
    this.#options = options;
    this.#demoMembers = new DemoMembers(session, scale, language, changed);
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

  plays(userId: string): boolean {
    return this.#demoMembers.plays(userId);
  }

  /** Makes a user a member. Resolves once there is something to see; the rest follows by itself. */
  async welcome(user: WelcomeRequest): Promise<Welcome> {
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

  /** The members have written already: a new one finds a few messages, none of them their own. */
  async #bringIn({ userId }: WelcomeRequest): Promise<void> {
    const { groupId, owner } = this.#demoMembers;
    await this.#demoMembers.found();
    const seeder = await this.#seed();
    await addMember(owner, groupId, userId, 'admin');
    this.#filling = this.#filling
      .then(() => this.#fill(seeder, userId))
      .catch(this.#options.reportFault);
  }

  async #seed(): Promise<MessageSeeder> {
    const { groupId, owner, members } = this.#demoMembers;
    const { session, scale, language } = this.#options;
    const { lastSeq } = await owner.request<Group>('GET', `/groups/${toPathSegment(groupId)}`);
    this.#wrote(lastSeq);
    const messages = Math.max(0, scale.messages - lastSeq);
    const wrote = (seq: number) => this.#wrote(seq);
    const seeder = new MessageSeeder({ session, groupId, language, members, messages, wrote });
    await seeder.write();
    return seeder;
  }

  async #fill(seeder: MessageSeeder, userId: string): Promise<void> {
    const { everyone } = this.#demoMembers;
    const isFirst = this.#phase === 'seeding';
    await Promise.all([
      isFirst && seeder.letManyRead(this.#messages),
      makeNeighbours(everyone, userId, this.#options.language),
    ]);
    if (!isFirst) return;
    await this.#demoMembers.partWithLeavers();
    this.#attendance = new Attendance(this.#demoMembers.members);
    this.#chat = new LiveChat(
      this.#demoMembers.members,
      this.#options.session,
      this.#options.language,
    );
    this.#listen();
    if (this.#isPaused) this.#enter('paused');
    else await this.#animate();
  }

  #listen(): void {
    let newest = 0;
    for (const { group } of this.#demoMembers.members) {
      group.on('message', ({ message: { seq, senderId } }) => {
        this.#wrote(seq);
        const isNew = seq > newest;
        newest = Math.max(newest, seq);
        if (isNew && !this.plays(senderId)) this.#attendance?.hurry(allReadWithinMs);
      });
    }
  }

  async #animate(): Promise<void> {
    this.#enter('connecting');
    if (!(await this.#attendance?.come())) return;
    this.#attendance?.hurry(allReadWithinMs);
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
