import { createGroup } from '../../groups/create-group.ts';
import { deleteGroup } from '../../groups/delete-group.ts';
import { getGroup } from '../../groups/get-group.ts';
import { updateGroup } from '../../groups/update-group.ts';
import { addMembers } from '../../members/add-members.ts';
import { changeRole } from '../../members/change-role.ts';
import { listMembers } from '../../members/list-members.ts';
import { removeMember } from '../../members/remove-member.ts';
import { withProfiles } from '../../members/with-profiles.ts';
import { done, type Result, refuse } from '../../runtime/result.ts';
import { type Caller, serviceItself } from '../../service/service.ts';
import { created, ok, type Routes } from './route.ts';

/** Groups and who is in them. */
export const groupRoutes = {
  async 'POST /groups'({ service, caller }, { ownerId, ...group }) {
    const owner = ownerOf(caller, ownerId);
    return owner.ok ? created(await createGroup(service, owner.value, group)) : owner;
  },

  async 'GET /groups/{groupId}'({ service, caller }, { groupId }) {
    return ok(await getGroup(service, caller, groupId));
  },

  async 'PATCH /groups/{groupId}'({ service, caller }, { groupId, ...settings }) {
    return ok(await updateGroup(service, caller, groupId, settings));
  },

  async 'DELETE /groups/{groupId}'({ service, caller }, { groupId }) {
    return ok(await deleteGroup(service, caller, groupId));
  },

  async 'GET /groups/{groupId}/members'({ service, cursors, caller }, query) {
    return ok(await withProfiles(service, await listMembers(service, cursors, caller, query)));
  },

  async 'POST /groups/{groupId}/members'({ service, caller }, joining) {
    return ok(await addMembers(service, caller, joining));
  },

  async 'PATCH /groups/{groupId}/members/{userId}'({ service, caller }, change) {
    return ok(await changeRole(service, caller, change));
  },

  async 'DELETE /groups/{groupId}/members/{userId}'({ service, caller }, { groupId, userId }) {
    return ok(await removeMember(service, caller, groupId, userId));
  },
} satisfies Routes;

/** A backend that acts for nobody says who owns the group; everybody else owns what they make. */
function ownerOf(caller: Caller, ownerId: string | undefined): Result<Caller> {
  if (caller === serviceItself) {
    return ownerId === undefined
      ? refuse('BAD_REQUEST', 'ownerId: is required of a service token that acts for nobody.')
      : done({ userId: ownerId, isService: true });
  }
  return ownerId === undefined
    ? done(caller)
    : refuse('BAD_REQUEST', 'ownerId: is for service tokens that act for nobody.');
}
