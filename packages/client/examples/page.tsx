import type { GroupHandle, SeenbyClient, ShownMessage } from '@seenby/client';
import { trackReads } from '@seenby/client/dom';
import { addTexts, csvOf, provideClient, toCsv } from '@seenby/client/elements';
import {
  Badge,
  Facepile,
  ReadBy,
  Readers,
  SeenbyProvider,
  Ticks,
  useConnection,
  useGroup,
  useGroupState,
  useGroupStats,
  useGroups,
  useLive,
  useMember,
  useMembers,
  usePositions,
  useReaders,
  useReceipt,
  useSeenby,
  useSeenbyState,
  useTotalUnread,
  useTrackReads,
} from '@seenby/client/react';

declare const client: SeenbyClient;
declare const group: GroupHandle;

export function tryPage(list: HTMLElement): void {
  // @trackReads
  const stop = trackReads(group, list); // each message in `list` has its seq in `data-seq`
  window.addEventListener('pagehide', stop);
  // @provideClient
  provideClient(client); // all elements of the page: <seenby-ticks group-id="team" seq="7">
  // @toCsv
  const line = { userId: 'bob', deliveredAt: null, readAt: Date.now() };
  navigator.clipboard.writeText(toCsv([line])); // a header and a line
  // @csvOf
  navigator.clipboard.writeText(csvOf([['name'], ['=1+1']])); // the second cell is text: '=1+1
  // @addTexts
  addTexts('de', { tickSent: 'Gesendet', tickRead: 'Von allen gelesen' });
  // @end
}

// @SeenbyProvider
const App = () => (
  <SeenbyProvider client={client}>
    <Conversation />
  </SeenbyProvider>
);

// @useSeenby
function NewGroup() {
  const client = useSeenby();
  return (
    <button type="button" onClick={() => client.createGroup({ name: 'Lunch', memberIds: ['bob'] })}>
      New group
    </button>
  );
}

// @useSeenbyState
function Head() {
  const { userId, totalUnread } = useSeenbyState();
  return (
    <h1>
      {userId} ({totalUnread})
    </h1>
  );
}

// @useConnection
function Offline() {
  const { state } = useConnection();
  return state === 'connected' ? null : <p>Offline</p>;
}

// @useGroups
function Groups() {
  const items = useGroups().map(({ groupId, name, unreadCount }) => (
    <li key={groupId}>
      {name} ({unreadCount})
    </li>
  ));
  return <ul>{items}</ul>;
}

// @useTotalUnread
const UnreadTotal = () => <b>{useTotalUnread()}</b>;

// @useGroup
function Conversation() {
  const group = useGroup('team'); // open as long as the component is there
  return <Messages group={group} />;
}

// @useGroupState
function Typists({ group }: { group: GroupHandle }) {
  const { typing } = useGroupState(group);
  return <p>{typing.join(', ')}</p>;
}

// @useReceipt
function ReadCount({ group, seq }: { group: GroupHandle; seq: number }) {
  const receipt = useReceipt(group, seq);
  return <small>{receipt ? `${receipt.others.read} of ${receipt.others.total}` : '✓'}</small>;
}

// @useReaders
function ReaderPanel({ group, seq }: { group: GroupHandle; seq: number }) {
  const { status, read, notYet } = useReaders(group, seq);
  if (status === 'refused') return null;
  const names = read.map(({ name, userId }) => name ?? userId);
  return <p>{`${names.join(', ')} · ${notYet.length} not yet`}</p>;
}

// @useMembers
const Size = ({ group }: { group: GroupHandle }) => <p>{useMembers(group).members.length}</p>;

// @useMember
const Author = ({ group, userId }: { group: GroupHandle; userId: string }) => (
  <b>{useMember(group, userId)?.name ?? userId}</b>
);

// @usePositions
function LastRead({ group, seq }: { group: GroupHandle; seq: number }) {
  const members = usePositions(group).bySeq.get(seq) ?? [];
  return <small>{members.map(({ name, userId }) => name ?? userId).join(', ')}</small>;
}

// @useGroupStats
function ReadRate({ group }: { group: GroupHandle }) {
  const { stats } = useGroupStats(group);
  return <p>{stats ? `${Math.round(100 * stats.readRate)} % read` : '…'}</p>;
}

// @useLive
function Online({ group }: { group: GroupHandle }) {
  const { members } = useLive(group.members);
  return <p>{members.filter(({ online }) => online).length} online</p>;
}

// @useTrackReads
function Messages({ group }: { group: GroupHandle }) {
  const lines = useGroupState(group).messages.map((message) => (
    <li key={message.clientMessageId} data-seq={message.state === 'sent' ? message.seq : undefined}>
      {message.content}
    </li>
  ));
  return <ol ref={useTrackReads(group)}>{lines}</ol>;
}

// @Ticks
const OwnTicks = ({ group, message }: { group: GroupHandle; message: ShownMessage }) => (
  <Ticks group={group} message={message} />
);

// @ReadBy
const Count = ({ seq, open }: { seq: number; open: (seq: number) => void }) => (
  <ReadBy groupId="team" seq={seq} onOpen={() => open(seq)} />
);

// @Facepile
const Faces = ({ seq }: { seq: number }) => <Facepile groupId="team" seq={seq} max={3} />;

// @Readers
const Panel = ({ seq }: { seq: number }) => (
  <Readers groupId="team" seq={seq} style={{ height: '30rem' }} />
);

// @Badge
const Title = () => (
  <h1>
    Chats <Badge /> {/* all groups; <Badge groupId="team" /> is of one */}
  </h1>
);
// @end

export const shown = [
  ...[App, NewGroup, Head, Offline, Groups, UnreadTotal, Typists, ReadCount],
  ...[ReaderPanel, Size, Author, LastRead, ReadRate, Online],
  ...[OwnTicks, Count, Faces, Panel, Title],
];
