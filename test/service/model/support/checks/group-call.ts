import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import type { ReferenceGroup } from '../../../../support/reference/reference-chat.ts';
import type { HttpCall, Reply, ServedChat } from '../served-chat.ts';
import { expectSame } from './expect-same.ts';

export const callOn = <R extends HttpRoute>(
  { groupId }: ReferenceGroup,
  route: R,
  query: Record<string, string> = {},
): HttpCall<R> => ({ route, path: { groupId }, query });

export function expectRefused(
  { compared }: ServedChat,
  reply: Reply<unknown>,
  code: string,
  what: string,
): void {
  expectSame(reply, { ok: false, code }, what);
  compared.note('refusals');
}
