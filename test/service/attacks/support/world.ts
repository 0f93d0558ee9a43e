import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import type { Asker, AttackedService } from './attacked-service.ts';
import type { CallerKind, Setting } from './settings.ts';

/** Those with a part, by it. In a direct chat the author is the owner and the target is the member. */
export interface Cast {
  owner: string;
  admin: string;
  member: string;
  author: string;
  target: string;
  former: string;
  outsider: string;
  otherOwner: string;
}

/** A group of a setting in which each has written, and somebody has read everything. */
export interface World {
  setting: Setting;
  groupId: string;
  cast: Cast;
  /** The authors of the messages, from the first one. */
  authors: string[];
}

let worlds = 0;

export async function buildWorld(attacked: AttackedService, setting: Setting): Promise<World> {
  const cast = castOf(++worlds);
  const groupId = `group-${worlds}`;
  if (setting.kind === 'direct') Object.assign(cast, { author: cast.owner, target: cast.member });
  const { owner, admin, member, author, target, former, outsider, otherOwner } = cast;
  const isDirect = setting.kind === 'direct';
  const more = Array.from({ length: setting.moreMembers }, (_, i) => `extra-${worlds}-${i}`);
  const members = isDirect ? [member] : [admin, member, author, target, former, ...more];
  const authors = isDirect ? [owner, member] : [author, member, admin, owner];
  const world = { setting, groupId, cast, authors };
  const ask = askAs(attacked, groupId);
  const { kind, asked: tracking, visibility } = setting;
  const settings = { groupId, name: 'Team', kind, tracking, visibility };
  await ask(owner, 'POST /groups', { body: { ...settings, memberIds: members } });
  await ask(otherOwner, 'POST /groups', { body: { name: 'Other', memberIds: [] } });
  if (!isDirect) {
    const role = { userId: admin, body: { role: 'admin' } };
    await ask(owner, 'PATCH /groups/{groupId}/members/{userId}', role);
    await ask(owner, 'DELETE /groups/{groupId}/members/{userId}', { userId: former });
  }
  if (setting.optOut) {
    await ask(cast[setting.optOut], 'PUT /me/settings', { body: { readReceipts: false } });
  }
  for (const [i, sender] of authors.entries()) {
    const message = { clientMessageId: `m-${i}`, content: 'Hello', messageType: 'voice' };
    await ask(sender, 'POST /groups/{groupId}/messages', { body: message });
  }
  for (const reader of isDirect ? [owner, member] : [target]) {
    await ask(reader, 'POST /groups/{groupId}/read', { body: { upTo: authors.length } });
  }
  const inside = isDirect ? [owner, member] : [owner, admin, member, author, target];
  for (const userId of inside) await attacked.connect(userId, groupId);
  for (const userId of [former, outsider, otherOwner]) await attacked.connect(userId);
  return world;
}

const castOf = (n: number): Cast => ({
  ...{ owner: `owen-${n}`, admin: `ada-${n}`, member: `mia-${n}`, author: `ann-${n}` },
  ...{ target: `tom-${n}`, former: `fred-${n}`, outsider: `otto-${n}`, otherOwner: `olga-${n}` },
});

const askAs =
  (attacked: AttackedService, groupId: string) =>
  async (userId: string, route: HttpRoute, given: { userId?: string; body?: object }) => {
    const { status, body } = await attacked.request({ userId }, route, {
      path: { groupId, userId: given.userId },
      query: {},
      body: given.body && JSON.stringify(given.body),
    });
    if (status >= 300) throw new Error(`${route}: ${status} ${JSON.stringify(body)}`);
  };

/** Whose id a caller has; a backend by itself has none. */
export function userOf({ cast }: World, caller: CallerKind): string | undefined {
  switch (caller) {
    case 'former member':
      return cast.former;
    case 'owner of another group':
      return cast.otherOwner;
    case 'service':
      return undefined;
    case 'service for a member':
      return cast.member;
    default:
      return cast[caller];
  }
}

export function askerOf(world: World, caller: CallerKind): Asker {
  const userId = userOf(world, caller);
  return caller.startsWith('service') ? { actAs: userId } : { userId: userId ?? '' };
}

/** The first message that a user has not written. */
export const seqOfAnother = ({ authors }: World, userId: string | undefined): number =>
  authors.findIndex((author) => author !== userId) + 1;
