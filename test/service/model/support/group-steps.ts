import type { Role } from '@seenby/protocol/entities.ts';
import fc from 'fast-check';
import * as reference from '../../../support/reference/reference-actions.ts';
import { groupNamed, type Person, type Room, userNamed } from './cast.ts';
import { person, room } from './message-steps.ts';
import { type Action, compare } from './step.ts';

interface Adding {
  by: Person;
  in: Room;
  who: Person[];
  role: 'admin' | 'member';
}

/** Joins and returns alike. */
export const add: Action<Adding> = {
  name: 'add',
  args: fc.record({
    // Mostly the one who may.
    by: fc.oneof(fc.constant('ann' as const), person),
    in: room,
    who: fc.array(person, { minLength: 1, maxLength: 3 }),
    role: fc.constantFrom('member' as const, 'member' as const, 'admin' as const),
  }),
  act(chat, world, { by, in: where, who, role }) {
    const group = groupNamed(chat, where);
    const userId = userNamed(chat, by);
    const memberIds = who.map((name) => userNamed(chat, name));
    return compare(
      world,
      `${userId} adds ${memberIds.join(', ')} to ${group.groupId}`,
      reference.add(group, userId, memberIds, role),
      () =>
        world.served.act(userId, {
          route: 'POST /groups/{groupId}/members',
          path: { groupId: group.groupId },
          body: { memberIds, role },
        }),
      (added) => ({ added }),
    );
  },
};

interface Removing {
  by: Person;
  in: Room;
  /** Oneself, to leave. */
  whom: Person;
}

export const remove: Action<Removing> = {
  name: 'remove',
  args: fc
    .record({
      by: person,
      in: fc.constantFrom('team' as const, 'team' as const, 'team' as const, 'pair' as const),
      whom: fc.option(person),
    })
    .map(({ whom, ...rest }) => ({ ...rest, whom: whom ?? rest.by })),
  act(chat, world, { by, in: where, whom }) {
    const { groupId } = groupNamed(chat, where);
    const [callerId, userId] = [userNamed(chat, by), userNamed(chat, whom)];
    return compare(
      world,
      `${callerId} removes ${userId} from ${groupId}`,
      reference.remove(groupNamed(chat, where), callerId, userId),
      () =>
        world.served.act(callerId, {
          route: 'DELETE /groups/{groupId}/members/{userId}',
          path: { groupId, userId },
        }),
      () => ({ groupId, userId }),
    );
  },
};

interface Promoting {
  by: Person;
  in: Room;
  whom: Person;
  role: Role;
}

export const giveRole: Action<Promoting> = {
  name: 'giveRole',
  args: fc.record({
    by: fc.oneof(fc.constant('ann' as const), person),
    in: room,
    whom: person,
    role: fc.constantFrom('member' as const, 'admin' as const, 'admin' as const, 'owner' as const),
  }),
  act(chat, world, { by, in: where, whom, role }) {
    const group = groupNamed(chat, where);
    const [callerId, userId] = [userNamed(chat, by), userNamed(chat, whom)];
    const { groupId } = group;
    return compare(
      world,
      `${callerId} makes ${userId} ${role} of ${groupId}`,
      reference.giveRole(group, callerId, userId, role),
      () =>
        world.served.act(callerId, {
          route: 'PATCH /groups/{groupId}/members/{userId}',
          path: { groupId, userId },
          body: { role },
        }),
      () => ({ groupId, userId, role }),
    );
  },
};

interface Switching {
  by: Person;
  in: Room;
  tracking?: 'receipts' | 'positions' | 'auto';
  visibility?: 'members' | 'sender' | 'admins';
}

export const changeSettings: Action<Switching> = {
  name: 'changeSettings',
  args: fc.record(
    {
      by: fc.oneof(fc.constant('ann' as const), person),
      in: room,
      tracking: fc.constantFrom(
        'receipts' as const,
        'receipts' as const,
        'positions' as const,
        'auto' as const,
      ),
      visibility: fc.constantFrom('members' as const, 'sender' as const, 'admins' as const),
    },
    { requiredKeys: ['by', 'in', 'visibility'] },
  ),
  act(chat, world, { by, in: where, ...settings }) {
    const group = groupNamed(chat, where);
    const userId = userNamed(chat, by);
    const { groupId } = group;
    return compare(
      world,
      `${userId} changes the settings of ${groupId}`,
      reference.changeSettings(chat, group, userId, settings),
      async () => {
        const call = {
          route: 'PATCH /groups/{groupId}' as const,
          path: { groupId },
          body: settings,
        };
        const reply = await world.served.act(userId, call);
        if (!reply.ok) return reply;
        const { tracking, visibility } = reply.value;
        return { ok: true, value: { tracking, visibility } };
      },
      ({ tracking, visibility }) => ({ tracking, visibility }),
    );
  },
};
