import { sendMessage } from '../../../functions/messages/send-message.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { PushHarness } from '../push/push-harness.ts';

const groupId = 'team-of-500x';
const content = 'Lunch at noon? The new place at the corner has opened.';

/**
 * A group whose rows have grown as they do: each member is connected, has read five messages one by
 * one, and so has four receipt events. The first members have the group open.
 */
export async function openGroup(members: number, watching: number) {
  const harness = await PushHarness.open();
  const { service, time } = harness.opened;
  const memberIds = Array.from({ length: members }, (_, i) => `member-${digits(i)}`);
  const [authorId = '', ...readerIds] = memberIds;
  await harness.begin(groupId, memberIds);
  const endsAt = time.now + 36_000_000;
  for (const [i, userId] of memberIds.entries()) {
    const connection = { userId, connectionId: `Fm1L-jqVUz${digits(i)}=` };
    await service.connections.add(connection, endsAt);
    if (i < watching) await service.connections.subscribe(connection, [groupId], endsAt);
  }
  let sent = 0;
  const send = async () => {
    const input = { groupId, clientMessageId: `client-${++sent}`, content };
    return must(
      await sendMessage(service, { userId: authorId }, { ...input, messageType: 'text' }),
    );
  };
  const mark = async (userId: string, upTo = sent) =>
    must(await markOneGroup(service, { userId }, 'read', { groupId, upTo }));
  for (let upTo = 1; upTo <= 5; upTo++) await send();
  for (const userId of readerIds) {
    for (let upTo = 1; upTo <= 5; upTo++) {
      time.now += 137;
      await mark(userId, upTo);
    }
  }
  time.now += 60_000;
  const changesOf = (act: () => Promise<unknown>) => harness.changesOf(groupId, act);
  return { harness, groupId, readerIds, send, mark, changesOf };
}

const digits = (i: number): string => String(i).padStart(5, '0');

function must<T extends { ok: boolean }>(outcome: T): Extract<T, { ok: true }> {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome as Extract<T, { ok: true }>;
}
