import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { isHidden, type SeenbyError } from '../transport/seenby-error.ts';
import type { LiveGroup } from './live-group.ts';

type Asked = Pick<LiveGroup, 'groupId'> & { parts: Pick<LiveGroup['parts'], 'session'> };

/** Asks the service for something below a group's address. */
export async function askOf<T>(
  { groupId, parts: { session } }: Asked,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  try {
    const address = `/groups/${toPathSegment(groupId)}${path}`;
    return await session.http.request<T>(method, address, body);
  } catch (error) {
    // The user may be somebody else in the group than is known here, or nobody.
    if (isHidden(error as SeenbyError)) session.doubt(groupId, 0, true);
    throw error;
  }
}
