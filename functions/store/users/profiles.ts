import type { Profile } from '@seenby/protocol/entities.ts';
import { BoundedMap } from '../../runtime/bounded-map.ts';
import type { Clock } from '../../runtime/timing.ts';
import { profileKey } from '../dynamodb/keys.ts';
import type { Item, Table } from '../dynamodb/table.ts';

/** A profile, and whether its user or a backend chose it. Others are what tokens said. */
export interface KeptProfile extends Profile {
  isChosen: boolean;
}

/** Lists of the same people come one after the other; names and pictures change by the month. */
const freshMs = 2000;
const maxKept = 20_000;

/** How users are shown to others. */
export class Profiles {
  readonly #table: Table;
  readonly #clock: Clock;
  readonly #known = new BoundedMap<string, { profile: KeptProfile; until: number }>(maxKept);

  constructor(table: Table, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  /** Of each user, as it was two seconds ago or later. */
  async of(userIds: readonly string[]): Promise<KeptProfile[]> {
    const now = this.#clock();
    const isKnown = (userId: string) => (this.#known.get(userId)?.until ?? 0) > now;
    const known = new Map(
      userIds.filter(isKnown).map((userId) => [userId, this.#known.get(userId)?.profile]),
    );
    const missing = userIds.filter((userId) => !known.has(userId));
    const items = await this.#table.getMany(missing.map(profileKey), 'eventual');
    missing.forEach((userId, i) => {
      const profile = toProfile(items[i]);
      known.set(userId, profile);
      this.#known.set(userId, { profile, until: now + freshMs });
    });
    return userIds.map((userId) => known.get(userId) ?? toProfile(undefined));
  }

  /** Chosen instead of what tokens say; of nothing is chosen what they say. */
  async choose(
    userId: string,
    { name, picture }: { name?: string | undefined; picture?: string | undefined },
  ): Promise<Profile> {
    const isChosen = name !== undefined || picture !== undefined;
    const profile = {
      ...(name !== undefined && { name }),
      ...(picture !== undefined && { picture }),
    };
    await this.#table.put({
      Item: { ...profileKey(userId), ...profile, ...(isChosen && { chosen: true }) },
    });
    this.#known.set(userId, {
      profile: { ...profile, isChosen },
      until: this.#clock() + freshMs,
    });
    return profile;
  }

  /** It was erased. */
  forget(userId: string): void {
    this.#known.set(userId, { profile: { isChosen: false }, until: this.#clock() + freshMs });
  }

  /** Keeps what a token says, where nothing was chosen. Costs a read while it says the same. */
  async keepClaims({ userId, name, picture }: { userId: string } & Profile): Promise<void> {
    const said = Object.entries({ name, picture }).filter(([, value]) => value !== undefined);
    if (said.length === 0) return;
    const [item] = await this.#table.getMany([profileKey(userId)], 'eventual');
    const isSame = said.every(([name, value]) => item?.[name] === value);
    if (isSame || toProfile(item).isChosen) return;
    await this.#table.update({
      Key: profileKey(userId),
      // The row of who was erased would expire.
      UpdateExpression: `SET ${said.map((_, i) => `#n${i} = :v${i}`).join(', ')} REMOVE expiresAt`,
      ConditionExpression: 'attribute_not_exists(chosen)',
      ExpressionAttributeNames: Object.fromEntries(said.map(([name], i) => [`#n${i}`, name])),
      ExpressionAttributeValues: Object.fromEntries(said.map(([, value], i) => [`:v${i}`, value])),
    });
  }
}

const toProfile = (item: Item | undefined): KeptProfile => {
  const { name, picture, chosen } = item ?? {};
  return {
    ...(name !== undefined && { name: name as string }),
    ...(picture !== undefined && { picture: picture as string }),
    isChosen: chosen === true,
  };
};
