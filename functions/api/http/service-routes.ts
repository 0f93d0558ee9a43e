import { eraseUser } from '../../erasure/erase-user.ts';
import { notifyGroup } from '../../messages/notify-group.ts';
import { done } from '../../runtime/result.ts';
import { accepted, ok, type Routes } from './route.ts';

/** What backends do for themselves, on behalf of no user. */
export const serviceRoutes = {
  async 'POST /groups/{groupId}/notifications'({ service }, notification) {
    return accepted(await notifyGroup(service, notification));
  },

  async 'PUT /users/{userId}'({ service }, { userId, name, picture }) {
    return ok(done(await service.profiles.choose(userId, { name, picture })));
  },

  async 'DELETE /users/{userId}'({ service }, { userId }) {
    return accepted(await eraseUser(service, userId));
  },
} satisfies Routes;
