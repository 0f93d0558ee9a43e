import type { MemberPage, SeenbyClient } from '@seenby/client';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { DemoSession } from '../demo-session.ts';
import { makeGroup } from '../groups/group-requests.ts';
import { seededRandom } from '../random.ts';
import { assignProfiles, type Shares } from './behaviour-profile.ts';
import type { Language } from './language.ts';
import { Member } from './member.ts';
import { people } from './people.ts';

export interface Scale {
  /** Of the demo group in English; those in other languages end in the language. */
  groupId: string;
  people: number;
  /** Of these so many leave again, for a list that shows those who left. */
  leavers: number;
  messages: number;
}

/** So many messages are all that a new member finds, and has to read. */
export const fullScale: Scale = { groupId: 'lounge', people: 160, leavers: 4, messages: 24 };

const names = { en: 'Seenby Lounge', zh: 'Seenby 茶水间' };

const shares: Shares = { fast: 6, slow: 14, offline: 15, lurker: 5, rare: 60 };

/** The people of the demo group: the same ones, with the same profiles, in every run. */
export class DemoMembers {
  readonly groupId: string;
  readonly everyone: readonly Member[];
  readonly owner: SeenbyClient;
  /** Those who are in the group. */
  members: readonly Member[];
  readonly #scale: Scale;
  readonly #language: Language;
  #isFounded = false;

  constructor(session: DemoSession, scale: Scale, language: Language, changed: () => void) {
    this.groupId = language === 'en' ? scale.groupId : `${scale.groupId}-${language}`;
    this.#language = language;
    const profiles = assignProfiles(scale.people, shares, seededRandom(7));
    this.#scale = scale;
    this.everyone = people(scale.people, language).map((person, i) => {
      const profile = profiles[i] ?? 'slow';
      return new Member({ session, person, profile, groupId: this.groupId, changed });
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
      name: names[this.#language],
      memberIds: this.everyone.map(({ person }) => person.userId),
      tracking: 'receipts',
      historyForNewMembers: this.#scale.messages,
    });
    if (!isNew) await this.#lookWhoIsIn();
    this.#isFounded = true;
  }

  async partWithLeavers(): Promise<void> {
    const staying = this.everyone.slice(0, this.#scale.people - this.#scale.leavers);
    const leaving = this.members.filter((member) => !staying.includes(member));
    for (const { client, person } of leaving) {
      await client.request(
        'DELETE',
        `/groups/${toPathSegment(this.groupId)}/members/${toPathSegment(person.userId)}`,
      );
    }
    this.members = this.members.filter((member) => staying.includes(member));
  }

  async #lookWhoIsIn(): Promise<void> {
    const path = `/groups/${toPathSegment(this.groupId)}/members?limit=500`;
    const { members } = await this.owner.request<MemberPage>('GET', path);
    const present = new Set(members.map(({ userId }) => userId));
    this.members = this.everyone.filter(({ person }) => present.has(person.userId));
  }
}
