import { describe, expect, it } from 'vitest';
import { aMessage, groupId } from '../support/scripted-client.ts';
import { LiveService, liveGroup, memberOf, reconnect, watch } from './support.ts';

async function watched(ids = ['ann', 'bo', 'me']) {
  const service = new LiveService();
  service.members = ids.map((id) => memberOf(id));
  const scripted = await liveGroup(service);
  const { members } = scripted.group;
  const watching = watch(members);
  await scripted.host.settle();
  return { ...scripted, members, watching, shown: () => members.getSnapshot() };
}

const changed = (userId: string, change: 'joined' | 'left' | 'role', role?: 'admin' | 'owner') => ({
  ...{ type: 'member_changed' as const, groupId, userId, change },
  ...(role && { role }),
});

const presence = (userId: string, status: 'online' | 'offline') => ({
  ...{ type: 'user_status_change' as const, userId, status },
});

describe('members', () => {
  it('are known with name and picture before they do anything', async () => {
    const { shown, service } = await watched();
    expect(shown().status).toBe('ready');
    expect(shown().members.map(({ name }) => name)).toEqual(['ANN', 'BO', 'ME']);
    expect(shown().byId.get('bo')).toBe(shown().members[1]);
    expect(service.asked).toEqual([`/groups/${groupId}/members?limit=500`]);
  });

  it('are the same objects until something of them changes', async () => {
    const { host, shown, service } = await watched();
    const before = shown();
    service.members = service.members.map((each) => ({ ...each }));
    await reconnect(host);
    expect(service.asked.length).toBe(2);
    expect(shown().members[0]).toBe(before.members[0]);
    expect(shown().byId.get('bo')).toBe(before.byId.get('bo'));
  });

  it('[PU1] come and go and change their roles as it is told, and the service has the last word', async () => {
    const { host, shown, service } = await watched();
    host.socket.push(changed('ann', 'role', 'admin'));
    host.socket.push(changed('bo', 'left'));
    await host.settle();
    expect(shown().members.map(({ userId, role }) => [userId, role])).toEqual([
      ['ann', 'admin'],
      ['me', 'member'],
    ]);
    service.members = [memberOf('ann', { role: 'admin' }), memberOf('cy'), memberOf('me')];
    host.socket.push(changed('cy', 'joined'));
    await host.advance(4000);
    expect(shown().byId.get('cy')).toMatchObject({ name: 'CY' });
    expect(service.asked.length).toBe(2);
  });

  it('who left while the list was on its way are not in it', async () => {
    const service = new LiveService();
    service.members = [memberOf('ann'), memberOf('bo')];
    service.isHeld = true;
    const { host, group } = await liveGroup(service);
    watch(group.members);
    await host.settle();
    host.socket.push(changed('bo', 'left'));
    await service.release(host);
    expect(group.members.getSnapshot().members.map(({ userId }) => userId)).toEqual(['ann']);
  });

  it('are asked for once where thousands come one by one', async () => {
    const { host, service } = await watched();
    for (let i = 0; i < 100; i++) host.socket.push(changed(`new-${i}`, 'joined'));
    await host.advance(4000);
    expect(service.asked.length).toBe(2);
  });

  it('are asked for once more when somebody writes whose name is not known', async () => {
    const { host, group, service, shown } = await watched();
    const { name: _name, ...unnamed } = memberOf('bo');
    service.members = [memberOf('ann'), unnamed];
    await reconnect(host);
    const asked = service.asked.filter((path) => path.includes('/members')).length;
    const write = async (seq: number, senderId: string) => {
      const message = aMessage(seq, { senderId });
      host.socket.push({ type: 'new_message', groupId: group.groupId, message });
      await host.advance(4000);
    };
    await write(1, 'ann');
    expect(service.asked.filter((path) => path.includes('/members')).length).toBe(asked);
    service.members = [memberOf('ann'), memberOf('bo')];
    await write(2, 'bo');
    expect(shown().byId.get('bo')?.name).toBe('BO');
    service.members = [memberOf('ann'), unnamed];
    await write(3, 'bo');
    expect(service.asked.filter((path) => path.includes('/members')).length).toBe(asked + 1);
  });

  it('[SE10] may be called anything', async () => {
    const ids = ['__proto__', 'constructor', 'toString'];
    const { host, shown } = await watched(ids);
    host.socket.push(presence('constructor', 'online'));
    await host.settle();
    expect(ids.map((id) => shown().byId.get(id)?.online)).toEqual([undefined, true, undefined]);
    expect(shown().byId.get('valueOf')).toBeUndefined();
  });

  it('are forgotten with the group', async () => {
    const { host, shown, service } = await watched();
    service.refusal = 'NOT_FOUND';
    host.socket.push({ type: 'group_removed', groupId, reason: 'deleted' });
    await host.settle();
    expect(shown()).toMatchObject({ status: 'refused', error: { code: 'NOT_FOUND' }, members: [] });
    expect(shown().byId.size).toBe(0);
  });

  it('stay known, and are asked for again, when somebody else begins to watch', async () => {
    const { members, service, host, watching, shown } = await watched();
    watching.end();
    await host.settle();
    service.members = [memberOf('ann')];
    watch(members);
    expect(shown().members.length).toBe(3);
    await host.settle();
    expect(shown().members.length).toBe(1);
  });
});

describe('presence', () => {
  it('is not known until it is told, and told as it changes', async () => {
    const { host, shown, watching } = await watched();
    expect(shown().members.map(({ online }) => online)).toEqual([undefined, undefined, undefined]);
    host.socket.push(presence('bo', 'online'));
    await host.settle();
    expect(shown().byId.get('bo')?.online).toBe(true);
    host.socket.push(presence('bo', 'offline'));
    await host.settle();
    expect(shown().byId.get('bo')?.online).toBe(false);
    const { calls } = watching;
    host.socket.push(presence('bo', 'offline'));
    host.socket.push(presence('nobody', 'online'));
    await host.settle();
    expect(watching.calls).toBe(calls);
  });

  it('is kept for who begins to watch later, and in other groups', async () => {
    const { host, client, service, watching, members, shown } = await watched();
    host.socket.push(presence('bo', 'online'));
    watching.end();
    await host.settle();
    host.socket.push(presence('ann', 'online'));
    watch(members);
    const others = client.group('other').members;
    watch(others);
    await host.settle();
    expect(service.asked.length).toBe(3);
    for (const { byId } of [shown(), others.getSnapshot()]) {
      expect([byId.get('ann')?.online, byId.get('bo')?.online]).toEqual([true, true]);
    }
  });

  it('is not known any more once the connection is lost', async () => {
    const { host, shown } = await watched();
    host.socket.push(presence('bo', 'online'));
    await host.settle();
    host.socket.drop();
    await host.settle();
    expect(shown()).toMatchObject({ status: 'offline' });
    expect(shown().byId.get('bo')?.online).toBeUndefined();
  });
});
