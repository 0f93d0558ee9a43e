import { type ActingUser, localToken, SeenbyError, SeenbyServer } from '@seenby/server';

export interface Started {
  /** Where a service runs on this machine. */
  url: string;
  /** A name that nobody has used, before each id. */
  prefix: string;
}

/** How a backend keeps its groups and users in step. */
export async function tryServer({ url, prefix }: Started): Promise<string[]> {
  const printed: string[] = [];
  const print = (text: unknown) => printed.push(String(text));
  const [groupId, ann, bob, cat] = ['room-7', 'ann', 'bob', 'cat'].map(
    (name) => `${prefix}-${name}`,
  ) as [string, string, string, string];

  // @localToken
  const getToken = () => localToken(url); // of a service that `npm start` runs
  // @SeenbyServer
  const seenby = new SeenbyServer({
    url, // the output `HttpUrl`
    getToken, // of a deployed service: `clientCredentials`
  });
  // @SeenbyServer.createGroup
  const room = { groupId, name: 'Room 7', ownerId: ann, memberIds: [bob] };
  const { memberCount } = await seenby.createGroup(room);
  print(memberCount); // 2: the owner is one of them
  // @SeenbyServer.setGroup
  const { added, removed } = await seenby.setGroup({
    ...room,
    name: 'Room 7, first floor',
    memberIds: [bob, cat],
  });
  print(`${added.length} added, ${removed.length} removed`);
  // @SeenbyServer.setMembers
  await seenby.setMembers(groupId, ann, [bob, cat]); // changes nothing more
  // @SeenbyServer.setProfile
  const { name } = await seenby.setProfile(ann, {
    name: 'Ann',
    picture: 'https://example.com/ann.png',
  });
  print(name);
  // @SeenbyServer.notify
  await seenby.notify(groupId, 'The server restarts at noon.', [bob]);
  // @SeenbyServer.as
  const acting = seenby.as(ann);
  // @ActingUser.userId
  print(acting.userId === ann); // true
  // @SeenbyError
  try {
    await seenby.as('nobody').group(groupId);
  } catch (error) {
    if (error instanceof SeenbyError) print(error.code); // NOT_FOUND: nobody is no member
  }
  // @end
  await tryActing(seenby, groupId, { acting, bob, cat, print });
  // @SeenbyServer.eraseUser
  await seenby.eraseUser(cat); // messages and receipts stay under a pseudonym
  // @end
  await tryOwner(acting, groupId, bob, print);
  return printed;
}

interface People {
  acting: ActingUser;
  bob: string;
  cat: string;
  print: (text: unknown) => void;
}

async function tryActing(
  seenby: SeenbyServer,
  groupId: string,
  { acting, bob, cat, print }: People,
): Promise<void> {
  // @ActingUser.send
  const message = await acting.send(groupId, {
    clientMessageId: 'post-4711', // your own id: send it again if you are not sure
    content: 'Lunch?',
  });
  // @end
  const { seq } = message;
  // @ActingUser.markRead
  const { unreadCount } = await seenby.as(bob).markRead(groupId, { upTo: seq });
  print(`bob has ${unreadCount} unread`);
  // @ActingUser.markDelivered
  await seenby.as(cat).markDelivered(groupId, { upTo: seq });
  // @ActingUser.unread
  const { totalUnreadCount } = await seenby.as(cat).unread();
  print(`cat has ${totalUnreadCount} unread`);
  // @ActingUser.readers
  const { members, readCount } = await acting.readers(groupId, seq, {
    state: 'read',
    sort: 'time',
  });
  print(`${readCount} read it, ${members.length} on this page`);
  // @ActingUser.messages
  const { messages } = await acting.messages(groupId, { limit: 20 });
  print(messages.map(({ content, totalCount }) => `${content} to ${totalCount}`).join());
  // @ActingUser.counts
  const { counts } = await acting.counts(groupId, { from: 1, to: seq });
  for (const range of counts) print(`${range.fromSeq}: ${range.readCount} of ${range.totalCount}`);
  // @ActingUser.positions
  const positions = await acting.positions(groupId);
  print(positions.members.map(({ readSeq }) => readSeq).join()); // in the order of their ids
  // @ActingUser.remind
  const { reminded } = await acting.remind(groupId, seq);
  print(`${reminded} reminded`);
  // @ActingUser.markUnread
  await seenby.as(bob).markUnread(groupId, seq); // bob's own badge shows it again
  // @ActingUser.recall
  await acting.recall(groupId, seq);
}

async function tryOwner(
  acting: ActingUser,
  groupId: string,
  bob: string,
  print: (text: unknown) => void,
): Promise<void> {
  // @ActingUser.group
  const { name, role } = await acting.group(groupId);
  print(`${name}: ${role}`);
  // @ActingUser.members
  const page = await acting.members(groupId, { limit: 500 });
  print(`${page.members.length} members${page.next === null ? '' : ', and more'}`);
  // @ActingUser.updateGroup
  const { visibility } = await acting.updateGroup(groupId, { visibility: 'sender' });
  print(visibility);
  // @ActingUser.addMembers
  const added = await acting.addMembers(groupId, ['dan', 'eve'], 'admin');
  print(added.join());
  // @ActingUser.changeRole
  await acting.changeRole(groupId, 'dan', 'member');
  // @ActingUser.removeMember
  await acting.removeMember(groupId, 'dan');
  // @ActingUser.setProfile
  await acting.setProfile({}); // as the user's tokens say
  // @end
  await acting.changeRole(groupId, bob, 'admin');
  // @ActingUser.deleteGroup
  await acting.deleteGroup(groupId);
}
