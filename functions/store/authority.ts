import { isAtLeast } from '@seenby/core/members/permissions.ts';
import { type Role, roles } from '@seenby/protocol/enums.ts';
import { memberKey } from './dynamodb/keys.ts';
import type { WritePart } from './dynamodb/transact.ts';

/** Who does something in a group, and the lowest role that allows it. */
export interface Authority {
  groupId: string;
  userId: string;
  minRole: Role;
}

/**
 * The condition that somebody still has a role, as a part of the write that needs it: a role that was
 * read before may be gone when the write is made. A row names its user for as long as they are in.
 */
export function authorityCheck({ groupId, userId, minRole }: Authority): WritePart {
  const allowed = roles.filter((role) => isAtLeast(role, minRole));
  return {
    ConditionCheck: {
      Key: memberKey(groupId, userId),
      ConditionExpression: `attribute_exists(userId) AND #role IN (${allowed.map((_, i) => `:role${i}`).join(', ')})`,
      ExpressionAttributeNames: { '#role': 'role' },
      ExpressionAttributeValues: Object.fromEntries(allowed.map((role, i) => [`:role${i}`, role])),
    },
  };
}
