import {
  addMembersSchema,
  changeRoleSchema,
  createGroupSchema,
  listMembersQuerySchema,
  nothingSchema,
  updateGroupSchema,
} from '../../protocol/http-requests.ts';
import { addMembers } from '../use-cases/add-members.ts';
import { changeRole } from '../use-cases/change-role.ts';
import { createGroup } from '../use-cases/create-group.ts';
import { deleteGroup } from '../use-cases/delete-group.ts';
import { getGroup } from '../use-cases/get-group.ts';
import { listMembers } from '../use-cases/list-members.ts';
import { removeMember } from '../use-cases/remove-member.ts';
import { updateGroup } from '../use-cases/update-group.ts';
import { all, bodyOf, groupIdOf, nothingOf, queryOf, userIdOf } from './input.ts';
import { answer, type Routes } from './route.ts';

/** Groups and who is in them. */
export const groupRoutes = {
  async 'POST /groups'(context) {
    const input = bodyOf(createGroupSchema, context);
    if (!input.ok) return input;
    return answer(await createGroup(context.service, context.caller, input.value), 201);
  },

  async 'GET /groups/{groupId}'(context) {
    const input = all(groupIdOf(context), queryOf(nothingSchema, context));
    if (!input.ok) return input;
    return answer(await getGroup(context.service, context.caller, input.value[0]));
  },

  async 'PATCH /groups/{groupId}'(context) {
    const input = all(groupIdOf(context), bodyOf(updateGroupSchema, context));
    if (!input.ok) return input;
    return answer(await updateGroup(context.service, context.caller, ...input.value));
  },

  async 'DELETE /groups/{groupId}'(context) {
    const input = all(groupIdOf(context), nothingOf(context));
    if (!input.ok) return input;
    return answer(await deleteGroup(context.service, context.caller, input.value[0]));
  },

  async 'GET /groups/{groupId}/members'(context) {
    const input = all(groupIdOf(context), queryOf(listMembersQuerySchema, context));
    if (!input.ok) return input;
    const [groupId, query] = input.value;
    const { service, cursors, caller } = context;
    return answer(await listMembers(service, cursors, caller, { groupId, ...query }));
  },

  async 'POST /groups/{groupId}/members'(context) {
    const input = all(groupIdOf(context), bodyOf(addMembersSchema, context));
    if (!input.ok) return input;
    const [groupId, joining] = input.value;
    return answer(await addMembers(context.service, context.caller, { groupId, ...joining }));
  },

  async 'PATCH /groups/{groupId}/members/{userId}'(context) {
    const input = all(groupIdOf(context), userIdOf(context), bodyOf(changeRoleSchema, context));
    if (!input.ok) return input;
    const [groupId, userId, { role }] = input.value;
    return answer(await changeRole(context.service, context.caller, { groupId, userId, role }));
  },

  async 'DELETE /groups/{groupId}/members/{userId}'(context) {
    const input = all(groupIdOf(context), userIdOf(context), nothingOf(context));
    if (!input.ok) return input;
    const [groupId, userId] = input.value;
    return answer(await removeMember(context.service, context.caller, groupId, userId));
  },
} satisfies Routes;
