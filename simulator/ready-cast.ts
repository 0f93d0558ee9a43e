import type { MemberPage, SeenbyClient } from '../client/index.ts';
import { makeGroup } from './group-requests.ts';
import { assignHabits, type Shares } from './habits.ts';
import { Member } from './member.ts';
import { people } from './people.ts';
import { seededRandom } from './random.ts';
import type { Stage } from './stage.ts';

const population = 160;
const shares: Shares = { fast: 12, slow: 30, offline: 38, lurker: 20 };
/** The last ones leave again, for a list that shows those who left. */
const leavers = 4;

/** The people of the ready group: the same ones, with the same habits, in every run. */
export class ReadyCast {
  readonly groupId = 'lounge';
  readonly everyone: readonly Member[];
  readonly owner: SeenbyClient;
  /** Those who are in the group. */
  members: readonly Member[];
  #isFounded = false;

  constructor(stage: Stage, changed: () => void) {
    const habits = assignHabits(population, shares, seededRandom(7));
    this.everyone = people(population).map((person, i) => {
      const habit = habits[i] ?? 'slow';
      return new Member({ stage, person, habit, groupId: this.groupId, changed });
    });
    this.members = this.everyone;
    this.owner = (this.everyone[0] as Member).client;
  }

  plays(userId: string): boolean {
    return this.everyone.some(({ person }) => person.userId === userId);
  }

  /** Makes the group, or takes up the one of an earlier run. */
  async found(): Promise<void> {
    if (this.#isFounded) return;
    const isNew = await makeGroup(this.owner, {
      groupId: this.groupId,
      name: 'Seenby Lounge · 茶水间',
      memberIds: this.everyone.map(({ person }) => person.userId),
      tracking: 'receipts',
      historyForNewMembers: 1000,
    });
    if (!isNew) await this.#lookWhoIsIn();
    this.#isFounded = true;
  }

  async partWithLeavers(): Promise<void> {
    const leaving = this.members.filter(
      (member) => this.everyone.indexOf(member) >= population - leavers,
    );
    for (const { client, person } of leaving) {
      await client.request('DELETE', `/groups/${this.groupId}/members/${person.userId}`);
    }
    this.members = this.members.filter((member) => !leaving.includes(member));
  }

  async #lookWhoIsIn(): Promise<void> {
    const path = `/groups/${this.groupId}/members?limit=500`;
    const { members } = await this.owner.request<MemberPage>('GET', path);
    const present = new Set(members.map(({ userId }) => userId));
    this.members = this.everyone.filter(({ person }) => present.has(person.userId));
  }
}
