import { notAllowed, notFound } from '../runtime/refusals.ts';
import type { Refusal } from '../runtime/result.ts';
import type { Authority } from '../store/authority.ts';
import type { Service } from './service.ts';

/** The answer for who lost a role, or the membership itself, between asking and the write. */
export async function refusedByRole(
  { members }: Service,
  { groupId, userId }: Authority,
  what: string,
): Promise<Refusal> {
  const membership = await members.membership(groupId, userId, 'strong');
  return membership ? notAllowed(what) : notFound();
}
