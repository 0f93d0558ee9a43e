import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';

export const inGroup = (groupId: string, rest = ''): string =>
  `/groups/${toPathSegment(groupId)}${rest}`;
