import type { Service } from '../service.ts';

/** Fills seqs whose messages were lost with tombstones, and takes them out of every unread count. */
export async function buryLost(
  service: Service,
  groupId: string,
  seqs: readonly number[],
  senderId: string,
  at: number,
): Promise<void> {
  const buried = await Promise.all(
    seqs.map((seq) => service.messages.bury(groupId, seq, senderId, at)),
  );
  const lost = seqs.filter((_, i) => buried[i]);
  const group = await service.groups.get(groupId);
  if (group && lost.length > 0) await service.groups.addRecalled(group, lost);
}
