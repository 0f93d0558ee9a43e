import { type Act, type Actions, inGroup } from './act.ts';

const pickBy = <T>(at: number, all: readonly T[]): T =>
  all[Math.floor(at * all.length * 0.999)] as T;

/** Whoever may do it does it, where somebody may. */
function ask(act: Act, method: string, rest: string, body?: object) {
  const { simulation, device, groupId } = act;
  const asker = simulation.administratorOf(groupId) ?? device;
  return asker.requests.http(method, inGroup(groupId, rest), body);
}

/** What roles decide about. */
export const administer: Actions = {
  remove: (act) => ask(act, 'DELETE', `/members/${act.step.who}`),
  add: (act) => ask(act, 'POST', '/members', { memberIds: [act.step.who], role: 'member' }),
  leave: ({ device, groupId }) =>
    device.requests.http('DELETE', inGroup(groupId, `/members/${device.userId}`)),
  'change role': (act) => {
    const role = pickBy(act.step.at ?? 0, ['admin', 'member', 'member', 'owner']);
    return ask(act, 'PATCH', `/members/${act.step.who}`, { role });
  },
  'change settings': (act) => {
    const at = act.step.at ?? 0;
    const changes = [
      { name: `Name ${at}` },
      { visibility: pickBy((at * 7) % 1, ['members', 'sender', 'admins']) },
      { tracking: pickBy((at * 7) % 1, ['receipts', 'receipts', 'positions']) },
    ];
    return ask(act, 'PATCH', '', pickBy(at, changes));
  },
  'change opt-out': ({ device, step }) =>
    device.requests.http('PUT', '/me/settings', { readReceipts: (step.at ?? 0) < 0.6 }),
  rename: ({ device, step }) =>
    device.requests.http('PUT', '/me/profile', { name: `${device.userId} ${step.at}` }),
  remind: (act) => {
    const { device, groupId } = act;
    const seq = device.groups.get(groupId)?.status.lastSeq ?? 0;
    return device.requests.http('POST', inGroup(groupId, `/messages/${seq}/remind`), {});
  },
  'make group': ({ simulation, device }) =>
    device.requests.http('POST', '/groups', {
      ...{ groupId: `made-${simulation.nextNumber()}`, name: 'Made', memberIds: ['ann', 'eve'] },
    }),
  'delete group': async (act) => {
    const group = { ...act, groupId: 'club' };
    act.simulation.acknowledged.groupDeleted('club');
    await ask(group, 'DELETE', '');
  },
};
