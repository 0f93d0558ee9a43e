import type { Group, SeenbyClient } from '../client/index.ts';
import { Attendance } from './attendance.ts';
import { assignHabits } from './habits.ts';
import { LiveChat } from './live-chat.ts';
import { Member } from './member.ts';
import { type Person, people } from './people.ts';
import type { CrowdRequest } from './requests.ts';
import { clientOf, type Stage } from './stage.ts';
import type { CrowdState } from './state.ts';

export interface CrowdOptions extends CrowdRequest {
  stage: Stage;
  /** Sets the members of one run apart from those of all others. */
  run: string;
  changed: () => void;
}

/** Makes the group, by the owner's own token. */
export async function gatherCrowd(options: CrowdOptions): Promise<Crowd> {
  const { stage, run, ownerId, readerId, members, name = `Crowd of ${members}` } = options;
  const crowd = people(members).map((person) => ({ ...person, userId: `${person.userId}-${run}` }));
  const owner = clientOf(stage, { userId: ownerId });
  const { groupId } = await owner.request<Group>('POST', '/groups', {
    groupId: `crowd-${run}`,
    name,
    memberIds: [readerId, ...crowd.map(({ userId }) => userId)],
    tracking: 'receipts',
  });
  return new Crowd(owner, groupId, crowd, options);
}

/** A group of simulated members who read what others write. */
export class Crowd {
  readonly groupId: string;
  readonly #owner: SeenbyClient;
  readonly #options: CrowdOptions;
  readonly #attendance: Attendance;
  readonly #chat: LiveChat;
  #phase: CrowdState['phase'] = 'connecting';

  constructor(owner: SeenbyClient, groupId: string, crowd: Person[], options: CrowdOptions) {
    const { stage, members, fast, slow, offline, changed } = options;
    const habits = assignHabits(members, { fast, slow, offline }, stage.random);
    this.groupId = groupId;
    this.#owner = owner;
    this.#options = options;
    this.#attendance = new Attendance(
      crowd.map((person, i) => {
        return new Member({ stage, person, habit: habits[i] ?? 'slow', groupId, changed });
      }),
    );
    this.#chat = new LiveChat(this.#attendance.members, stage);
  }

  get state(): CrowdState {
    const { members, connected } = this.#attendance;
    const count = (habit: string) => members.filter((member) => member.habit === habit).length;
    return {
      groupId: this.groupId,
      members: members.length,
      connected,
      habits: { fast: count('fast'), slow: count('slow'), offline: count('offline') },
      reads: members.reduce((sum, { group }) => sum + group.readSeq, 0),
      lastSeq: Math.max(0, ...members.map(({ group }) => group.status?.lastSeq ?? 0)),
      phase: this.#phase,
    };
  }

  async resume(): Promise<void> {
    if (this.#phase === 'stopping') return;
    this.#enter('connecting');
    if (!(await this.#attendance.come())) return;
    this.#enter('running');
    if (this.#options.chatty) this.#chat.start();
  }

  /** What is being ended has somebody waiting for it. */
  pause(): void {
    if (this.#phase !== 'stopping') this.#leave('paused');
  }

  /** Everybody comes and reads everything. Rejects when the crowd is dispersed before. */
  async finish(): Promise<{ members: number; lastSeq: number }> {
    this.#chat.stop();
    this.#enter('stopping');
    this.#attendance.keepStill();
    const lastSeq = await this.#readEverything(0);
    this.disperse();
    return { members: this.#attendance.members.length, lastSeq };
  }

  /** Up to the last message, those included that come while the others are read. */
  async #readEverything(readSeq: number): Promise<number> {
    const { lastSeq } = await this.#owner.request<Group>('GET', `/groups/${this.groupId}`);
    if (lastSeq === readSeq) return lastSeq;
    await this.#attendance.catchUp(lastSeq);
    return this.#readEverything(lastSeq);
  }

  disperse(): void {
    this.#leave(this.#phase);
  }

  #leave(phase: CrowdState['phase']): void {
    this.#chat.stop();
    this.#attendance.leave();
    this.#enter(phase);
  }

  #enter(phase: CrowdState['phase']): void {
    this.#phase = phase;
    this.#options.changed();
  }
}
