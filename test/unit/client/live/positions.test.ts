import type { MemberPosition } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import type { Positions } from '../../../../packages/client/src/live/positions.ts';
import { aMessage, groupId, standing } from '../support/scripted-client.ts';
import { counts, LiveService, liveGroup, receipt, watch } from './support.ts';

const at = (userId: string, readSeq: number, lastReadAt?: number): MemberPosition => ({
  ...{ userId, readSeq, deliveredSeq: readSeq },
  ...(lastReadAt !== undefined && { lastReadAt }),
});

async function watched() {
  const service = new LiveService();
  service.positions = [at('ann', 4, 400), at('bo', 4, 500), at('cy', 0), at('me', 8)];
  const scripted = await liveGroup(service, { readSeq: 8 });
  const { positions } = scripted.group;
  const watching = watch(positions);
  await scripted.host.settle();
  return { ...scripted, positions, watching, shown: () => positions.getSnapshot() };
}

const readSeqs = ({ members }: Positions) => members.map(({ readSeq }) => readSeq);
const facesOf = ({ bySeq }: Positions) =>
  [...bySeq].map(([seq, members]) => [seq, members.map(({ userId }) => userId)]);

describe('positions', () => {
  it('are those of all, and by seq those of the others, the newest reader first', async () => {
    const { shown, service } = await watched();
    expect(shown().status).toBe('ready');
    expect(readSeqs(shown())).toEqual([4, 4, 0, 8]);
    expect(facesOf(shown())).toEqual([
      [4, ['bo', 'ann']],
      [0, ['cy']],
    ]);
    expect(service.asked).toEqual([`/groups/${groupId}/positions?limit=500`]);
  });

  it('[PU9] move with receipts that come with names', async () => {
    const { host, shown, service } = await watched();
    host.socket.push(receipt('ann', 'read', 900, [5, 7]));
    host.socket.push(receipt('bo', 'delivered', 900, [5, 6]));
    await host.settle();
    expect(facesOf(shown())).toEqual([
      [7, ['ann']],
      [4, ['bo']],
      [0, ['cy']],
    ]);
    expect(shown().members.slice(0, 2)).toEqual([
      { userId: 'ann', readSeq: 7, deliveredSeq: 7, lastReadAt: 900 },
      { userId: 'bo', readSeq: 4, deliveredSeq: 6, lastReadAt: 500 },
    ]);
    // A late frame, and one twice.
    host.socket.push(receipt('ann', 'read', 900, [5, 7]));
    host.socket.push(receipt('ann', 'read', 800, [2, 3]));
    await host.advance(2000);
    expect([shown().members[0]?.readSeq, service.asked.length]).toEqual([7, 1]);
  });

  it('are asked for where a gap may have been closed by what is recalled or lost', async () => {
    const { host, shown, service } = await watched();
    service.positions = [at('ann', 9, 900), at('bo', 4, 500), at('cy', 0), at('me', 8)];
    host.socket.push(receipt('ann', 'read', 900, [6, 9]));
    await host.settle();
    expect(shown().members[0]?.readSeq).toBe(4);
    await host.advance(4000);
    expect([shown().members[0]?.readSeq, service.asked.length]).toEqual([9, 2]);
  });

  it('[MS4] pass a message that is recalled', async () => {
    const { host, shown, service } = await watched();
    service.positions = [at('ann', 5), at('bo', 5), at('cy', 0), at('me', 8)];
    host.socket.push({ type: 'message_recalled', groupId, messageId: 'team.5', seq: 5 });
    await host.advance(4000);
    expect(readSeqs(shown())).toEqual([5, 5, 0, 8]);
  });

  it('join once the gap is closed', async () => {
    const { host, shown } = await watched();
    host.socket.push(receipt('ann', 'read', 900, [7, 9]));
    host.socket.push(receipt('ann', 'read', 950, [5, 6]));
    await host.settle();
    expect(shown().members[0]?.readSeq).toBe(9);
  });

  it('[RD5] of who sends a message include it, where they have read all before it', async () => {
    const { host, shown, service } = await watched();
    host.socket.push(receipt('ann', 'read', 900, [5, 10]));
    for (const senderId of ['ann', 'bo']) {
      const seq = senderId === 'ann' ? 11 : 12;
      host.socket.push({ type: 'new_message', groupId, message: aMessage(seq, { senderId }) });
    }
    await host.settle();
    expect(readSeqs(shown()).slice(0, 2)).toEqual([11, 4]);
    await host.advance(4000);
    expect(service.asked.filter((path) => path.includes('positions')).length).toBe(1);
  });

  it('[RD7] of the user move with what they read here, and do not go back with a badge', async () => {
    const { host, shown } = await watched();
    host.socket.push({ type: 'read_position', ...standing(10, 0, 10, 30) });
    await host.settle();
    expect(shown().members[3]?.readSeq).toBe(10);
    host.socket.push({ type: 'read_position', ...standing(3, 7, 10, 31) });
    await host.settle();
    expect(shown().members[3]?.readSeq).toBe(10);
  });

  it('are asked for when counts tell of more readers than are known, and not otherwise', async () => {
    const { host, shown, service } = await watched();
    // Of message 5 the user is the only reader that is known.
    host.socket.push(counts(1, 4, 4, 10));
    await host.advance(4000);
    expect(service.asked.length).toBe(1);
    service.positions = [at('ann', 6, 900), at('bo', 4, 500), at('cy', 0), at('me', 8)];
    host.socket.push(counts(2, 4, 4, 11));
    await host.advance(4000);
    expect([shown().members[0]?.readSeq, service.asked.length]).toEqual([6, 2]);
  });

  it('are asked for once the group is open, unless that is at the same version', async () => {
    const { host, service } = await watched();
    const confirm = (version: number) =>
      host.socket.push({
        ...{ type: 'subscription_confirmed', ...standing(8, 2, 10, 30), version },
      });
    confirm(service.version);
    await host.advance(4000);
    const asked = () => service.asked.filter((path) => path.includes('positions')).length;
    expect(asked()).toBe(1);
    service.version = 2;
    confirm(2);
    await host.advance(4000);
    expect(asked()).toBe(2);
    confirm(0);
    await host.advance(4000);
    expect(asked()).toBe(3);
  });

  it('keep what came while the answer was on its way', async () => {
    const service = new LiveService();
    service.positions = [at('ann', 4)];
    service.isHeld = true;
    const { host, group } = await liveGroup(service);
    watch(group.positions);
    await host.settle();
    host.socket.push(receipt('ann', 'read', 900, [5, 7]));
    await service.release(host);
    expect(readSeqs(group.positions.getSnapshot())).toEqual([7]);
  });

  it('[RD7] of the user keep what they read while the answer was on its way', async () => {
    const service = new LiveService();
    service.positions = [at('ann', 4), at('me', 8)];
    service.isHeld = true;
    const { host, group } = await liveGroup(service, { readSeq: 8 });
    watch(group.positions);
    await host.settle();
    host.socket.push({ type: 'read_position', ...standing(10, 0, 10, 30) });
    await host.settle();
    await service.release(host);
    expect(readSeqs(group.positions.getSnapshot())).toEqual([4, 10]);
  });

  it('[SE10] are of members with any names', async () => {
    const service = new LiveService();
    service.positions = [at('__proto__', 4), at('constructor', 4)];
    const { host, group } = await liveGroup(service);
    watch(group.positions);
    await host.settle();
    host.socket.push(receipt('constructor', 'read', 900, [5, 7]));
    await host.settle();
    expect(facesOf(group.positions.getSnapshot())).toEqual([
      [7, ['constructor']],
      [4, ['__proto__']],
    ]);
  });
});
