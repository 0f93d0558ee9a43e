import type { Group, SeenbyClient } from '@seenby/client';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { LoadGroupRequest, LoadGroupState, MembersAnswer, Pace } from '../api.ts';
import { clientOf, type DemoSession } from '../demo-session.ts';
import { FrameCounter } from '../frame-counter.ts';
import { Attendance } from '../people/attendance.ts';
import { assignProfiles } from '../people/behaviour-profile.ts';
import { Member } from '../people/member.ts';
import { type Person, people } from '../people/people.ts';
import { ReadingPace } from '../people/reading-pace.ts';
import { LiveChat } from './live-chat.ts';

export interface LoadGroupOptions extends LoadGroupRequest {
  session: DemoSession;
  /** Sets the members of one run apart from those of all others. */
  run: string;
  changed: () => void;
}

/** Makes the group, by the owner's own token. */
export async function createLoadGroup(options: LoadGroupOptions): Promise<LoadGroup> {
  const { session, run, ownerId, readerId, members, visibility } = options;
  const { name = `Load group of ${members}` } = options;
  const persons = people(members).map((person) => ({
    ...person,
    userId: `${person.userId}-${run}`,
  }));
  const owner = clientOf(session, { userId: ownerId });
  const { groupId } = await owner.request<Group>('POST', '/groups', {
    groupId: `load-${run}`,
    name,
    memberIds: [readerId, ...persons.map(({ userId }) => userId)],
    tracking: 'receipts',
    visibility,
  });
  return new LoadGroup(owner, groupId, persons, options);
}

/** A group of simulated members who read what others write. */
export class LoadGroup {
  readonly groupId: string;
  readonly #owner: SeenbyClient;
  readonly #options: LoadGroupOptions;
  readonly #attendance: Attendance;
  readonly #chat: LiveChat;
  readonly #pace: ReadingPace;
  readonly #frames = new FrameCounter();
  #phase: LoadGroupState['phase'] = 'connecting';

  constructor(owner: SeenbyClient, groupId: string, persons: Person[], options: LoadGroupOptions) {
    const { members, fast, slow, offline, pace, changed } = options;
    const session = { ...options.session, frames: this.#frames };
    const profiles = assignProfiles(members, { fast, slow, offline }, session.random);
    this.groupId = groupId;
    this.#owner = owner;
    this.#options = options;
    this.#pace = new ReadingPace(session, pace);
    this.#attendance = new Attendance(
      persons.map((person, i) => {
        const profile = profiles[i] ?? 'slow';
        return new Member({ session, person, profile, groupId, pace: this.#pace, changed });
      }),
    );
    this.#chat = new LiveChat(this.#attendance.members, session, 'en');
  }

  get state(): LoadGroupState {
    const { members, connected, watching } = this.#attendance;
    const lastSeq = Math.max(0, ...members.map(({ group }) => group.status?.lastSeq ?? 0));
    const count = (profile: string) =>
      members.filter((member) => member.profile === profile).length;
    return {
      groupId: this.groupId,
      members: members.length,
      ...{ connected, watching, pace: this.#pace.pace },
      profiles: { fast: count('fast'), slow: count('slow'), offline: count('offline') },
      reads: members.reduce((sum, { group }) => sum + group.readSeq, 0),
      lastSeq,
      states: members.map((member) => stateOf(member, lastSeq)).join(''),
      frames: this.#frames.byType,
      phase: this.#phase,
    };
  }

  get members(): MembersAnswer['members'] {
    return this.#attendance.members.map(({ person: { userId, name } }) => ({ userId, name }));
  }

  changePace(pace: Pace): void {
    this.#pace.change(pace);
    this.#options.changed();
  }

  async resume(): Promise<void> {
    if (this.#phase === 'stopping') return;
    this.#enter('connecting');
    if (!(await this.#attendance.come())) return;
    await this.#attendance.open();
    if (this.#phase !== 'connecting') return;
    this.#enter('running');
    if (this.#options.chatty) this.#chat.start();
  }

  /** What is being ended has somebody waiting for it. */
  pause(): void {
    if (this.#phase !== 'stopping') this.#leave('paused');
  }

  /** Everybody comes and reads everything. Rejects when the group is stopped before. */
  async finish(): Promise<{ members: number; lastSeq: number }> {
    this.#chat.stop();
    this.#enter('stopping');
    this.#attendance.keepStill();
    const lastSeq = await this.#readEverything(0);
    this.stop();
    return { members: this.#attendance.members.length, lastSeq };
  }

  /** Up to the last message, those included that come while the others are read. */
  async #readEverything(readSeq: number): Promise<number> {
    const { lastSeq } = await this.#owner.request<Group>(
      'GET',
      `/groups/${toPathSegment(this.groupId)}`,
    );
    if (lastSeq === readSeq) return lastSeq;
    await this.#attendance.catchUp(lastSeq);
    return this.#readEverything(lastSeq);
  }

  stop(): void {
    this.#leave(this.#phase);
  }

  #leave(phase: LoadGroupState['phase']): void {
    this.#chat.stop();
    this.#attendance.leave();
    this.#enter(phase);
  }

  #enter(phase: LoadGroupState['phase']): void {
    this.#phase = phase;
    this.#options.changed();
  }
}

function stateOf({ isConnected, group }: Member, lastSeq: number): string {
  if (!isConnected) return '-';
  if (lastSeq === 0) return 'c';
  if (group.readSeq >= lastSeq) return 'r';
  return (group.status?.lastSeq ?? 0) >= lastSeq ? 'd' : 'c';
}
