import { SeenbyClient, SeenbyError } from '@seenby/client';

export interface Addresses {
  url: string;
  httpUrl: string;
  getToken: () => Promise<string>;
  /** A name that nobody has used. */
  groupId: string;
}

/** How a client is used, from its making to its end. */
export async function tryClient({ url, httpUrl, getToken, groupId }: Addresses): Promise<string[]> {
  const printed: string[] = [];
  const print = (text: unknown) => printed.push(String(text));

  // @SeenbyClient
  const client = new SeenbyClient({
    url, // the output `WebSocketUrl`
    httpUrl, // the output `HttpUrl`
    getToken, // asks your server for the token of the user who is signed in
  });
  // @SeenbyClient.on
  const stopListening = client.on('connection', ({ state, retryIn }) => {
    print(state === 'waiting' ? `next attempt in ${retryIn} ms` : state);
  });
  // @SeenbyClient.subscribeState
  const stop = client.subscribeState(() => print(`${client.totalUnread} unread`));
  // @SeenbyClient.connect
  try {
    await client.connect();
  } catch (error) {
    // The client goes on trying. Only a token that is refused needs the user.
    if (error instanceof SeenbyError && error.code === 'UNAUTHORIZED') print('Sign in again');
  }
  // @SeenbyClient.connection
  if (client.connection.state !== 'connected') print('You are offline');
  // @SeenbyClient.userId
  print(`signed in as ${client.userId}`);
  // @SeenbyClient.createGroup
  const { memberCount } = await client.createGroup({
    groupId, // your own id; without it the service makes one
    name: 'Lunch',
    memberIds: ['bob', 'cat'],
    visibility: 'members',
  });
  print(memberCount); // 3: you are one of them, and its owner
  // @SeenbyClient.groups
  for (const { name, unreadCount, lastMessage } of client.groups()) {
    print(`${name} (${unreadCount}): ${lastMessage?.content ?? 'nothing yet'}`);
  }
  // @SeenbyClient.group
  const group = client.group(groupId);
  print(group === client.group(groupId)); // true: one handle for each id
  // @SeenbyClient.totalUnread
  print(client.totalUnread > 0 ? `(${client.totalUnread}) Chat` : 'Chat');
  // @SeenbyClient.getSnapshot
  const { connection, groups } = client.getSnapshot();
  print(`${connection.state}, ${groups.length} groups`);
  // @SeenbyClient.getReadReceipts
  const isGiving = await client.getReadReceipts();
  print(isGiving); // true, unless the user has chosen otherwise
  // @SeenbyClient.setReadReceipts
  await client.setReadReceipts(false); // in direct chats the user now neither gives nor sees them
  // @SeenbyClient.request
  const stats = await client.request<{ readRate: number | null }>('GET', '/me/stats');
  print(stats.readRate);
  // @SeenbyError
  const outcome = await client.group('not-mine').send('Hello');
  if (outcome.outcome === 'failed') print(outcome.error.code); // NOT_FOUND
  // @SeenbyClient.close
  await client.close();
  // @end
  stop();
  stopListening();
  return printed;
}
