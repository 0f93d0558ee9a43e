import type { Profile } from '@seenby/protocol/entities.ts';
import { done, type Result } from '../runtime/result.ts';
import type { Service } from '../service/service.ts';
import type { KeptProfile } from '../store/users/profiles.ts';

/** Somebody in a list, by the name that their row in the group has. */
interface Listed {
  userId: string;
  name?: string;
}

/** A page with the name and the picture of everybody on it. */
export async function withProfiles<M extends Listed, P extends { members: M[] }>(
  service: Service,
  result: Result<P>,
): Promise<Result<Omit<P, 'members'> & { members: (M & Profile)[] }>> {
  if (!result.ok) return result;
  const { members, ...page } = result.value;
  const profiles = await service.profiles.of(members.map(({ userId }) => userId));
  const shown = members.map((member, i) => shownAs(member, profiles[i]));
  return done({ ...page, members: shown });
}

/** Whoever chose a profile without a name has none. */
function shownAs<M extends Listed>(member: M, profile: KeptProfile | undefined): M & Profile {
  const { name: nameInRow, ...line } = member;
  const name = profile?.isChosen ? profile.name : (profile?.name ?? nameInRow);
  const picture = profile?.picture;
  return {
    ...(line as M),
    ...(name !== undefined && { name }),
    ...(picture !== undefined && { picture }),
  };
}
