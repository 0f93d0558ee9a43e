import type { GroupHandle, LiveState, LiveStore } from '@seenby/client';

/** How a group is used by its owner, beside a member `bob`. */
export async function tryGroup(group: GroupHandle, bobReads: (seq: number) => Promise<unknown>) {
  const printed: string[] = [];
  const print = (text: unknown) => printed.push(String(text));

  // @GroupHandle.subscribe
  await group.subscribe(); // once the chat is on the screen
  // @GroupHandle.isOpen
  print(group.isOpen); // true
  // @GroupHandle.on
  const stop = group.on('receipt', ({ receipts }) => {
    for (const { userId, kind, toSeq } of receipts) print(`${userId} ${kind} up to ${toSeq}`);
  });
  // @GroupHandle.subscribeState
  const stopDrawing = group.subscribeState(() => print(`${group.messages.length} messages`));
  // @GroupHandle.send
  const sent = await group.send('Lunch at noon?', {
    mentions: ['bob'],
    metadata: { place: 'corner' },
  });
  if (sent.outcome === 'failed') print(`not sent: ${sent.error.code}`);
  // @end
  if (sent.outcome !== 'sent') throw new Error('The first message was not sent.');
  const { seq } = sent.message;
  const second = await group.send('Or later?');
  const voice = await group.send('', { messageType: 'voice' });
  if (second.outcome !== 'sent' || voice.outcome !== 'sent') throw new Error('Not sent.');
  await bobReads(seq);
  // @GroupHandle.getReceipt
  const receipt = group.getReceipt(seq);
  if (receipt) print(`${receipt.others.read} of ${receipt.others.total}, ${receipt.status}`);
  // @GroupHandle.listReaders
  const { members, next } = await group.listReaders(seq, { state: 'read', limit: 100 });
  for (const { userId, readAt } of members)
    print(`${userId} at ${new Date(readAt ?? 0).toISOString()}`);
  print(next); // null: there is no further page
  // @GroupHandle.watchReaders
  const readers = group.watchReaders(seq);
  readers.subscribeState(() => {
    const { status, read, notYet } = readers.getSnapshot();
    print(`${status}: ${read.length} have read it, ${notYet.length} have not`);
  });
  // @end
  await isReady(readers);
  readers.close();
  // @GroupHandle.members
  const stopMembers = group.members.subscribeState(() => {
    const { byId } = group.members.getSnapshot();
    print(byId.get('bob')?.name ?? 'bob');
  });
  // @end
  await isReady(group.members);
  stopMembers();
  // @GroupHandle.positions
  const stopPositions = group.positions.subscribeState(() => {
    for (const [at, others] of group.positions.getSnapshot().bySeq) {
      print(`up to ${at}: ${others.map(({ userId }) => userId)}`);
    }
  });
  // @end
  await isReady(group.positions);
  stopPositions();
  // @GroupHandle.stats
  const stats = await group.stats();
  const byMember = await stats.members({ limit: 20 });
  print(`${Math.round(100 * stats.readRate)} % read by ${byMember.members.length} members`);
  // @GroupHandle.remindUnread
  const { reminded, reached } = await group.remindUnread(second.message.seq);
  print(`${reminded} have not read it, ${reached} connections were told`);
  // @GroupHandle.history
  const { messages, hasMore } = await group.history({ limit: 50 });
  print(`${messages.length} loaded, ${hasMore ? 'and there are older ones' : 'and no older ones'}`);
  // @GroupHandle.messages
  for (const message of group.messages) {
    print(message.state === 'sent' ? message.seq : `${message.content} is ${message.state}`);
  }
  // @GroupHandle.retry
  const failed = group.messages.find((message) => message.state === 'failed');
  if (failed) print(group.retry(failed.clientMessageId)); // true: it is on its way again
  // @GroupHandle.discard
  if (failed) print(group.discard(failed.clientMessageId)); // true: it is gone
  // @GroupHandle.markRead
  group.markRead(); // all of them; group.markRead(7) stops at seq 7
  // @GroupHandle.markSeen
  group.markSeen([2, 3]); // these two, whatever is before them
  // @GroupHandle.hasPendingReceipts
  if (group.hasPendingReceipts) print('Some reads are still to be sent');
  // @GroupHandle.readSeq
  print(`read up to ${group.readSeq}`);
  // @GroupHandle.countUnread
  print(`${group.countUnread()} unread`);
  // @GroupHandle.markUnread
  await group.markUnread(seq); // the badge alone: what others see of your reading stays
  // @GroupHandle.isReadingSuspended
  print(group.isReadingSuspended); // true, until markRead() is called
  // @GroupHandle.firstUnread
  print(group.firstUnread ?? 'all read'); // where the chat opens
  // @GroupHandle.markPlayed
  await group.markPlayed(voice.message.seq); // when a voice message has been listened to
  // @GroupHandle.typing
  group.typing(); // at each key
  // @GroupHandle.getSnapshot
  const { typing, unreadCount } = group.getSnapshot();
  print(`${typing.join(', ') || 'nobody'} is writing, ${unreadCount} unread`);
  // @GroupHandle.status
  print(group.status?.tracking); // receipts
  // @GroupHandle.get
  const { memberCount, historyForNewMembers } = await group.get();
  print(`${memberCount} members, newcomers see ${historyForNewMembers} messages`);
  // @GroupHandle.update
  await group.update({ name: 'Lunch on Friday', visibility: 'sender' });
  // @GroupHandle.addMembers
  await group.addMembers(['dan', 'eve'], 'admin');
  // @GroupHandle.listMembers
  const page = await group.listMembers({ limit: 500 });
  print(page.members.map(({ userId, role }) => `${userId} (${role})`).join(', '));
  // @GroupHandle.changeRole
  await group.changeRole('eve', 'member');
  // @GroupHandle.removeMember
  await group.removeMember('dan'); // your own id leaves the group
  // @GroupHandle.recall
  await group.recall(second.message.seq); // the text is gone everywhere, the seq stays
  // @GroupHandle.unsubscribe
  await group.unsubscribe(); // when the chat leaves the screen
  // @GroupHandle.delete
  await group.delete(); // for all members; only the owner may
  // @GroupHandle.isRemoved
  if (group.isRemoved) print('You are not in this group any more');
  // @GroupHandle.groupId
  print(group.groupId);
  // @end
  stop();
  stopDrawing();
  return printed;
}

/** Resolves once what it shows is here. */
function isReady<S extends LiveState>({
  subscribeState,
  getSnapshot,
}: LiveStore<S>): Promise<void> {
  return new Promise((resolve) => {
    const stop = subscribeState(() => {
      if (getSnapshot().status !== 'ready') return;
      stop();
      resolve();
    });
  });
}
