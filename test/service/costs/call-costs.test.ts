import { beforeAll, expect, it } from 'vitest';
import { parseFrame } from '../../../functions/api/socket/parse-frame.ts';
import { runFrame } from '../../../functions/api/socket/run-frame.ts';
import type { SocketContext } from '../../../functions/api/socket/socket-context.ts';
import { Conversation } from '../../support/service/conversation.ts';

/** A group of twenty, in which ann and bob write and cat reads. */
const members = ['ann', 'bob', 'cat', ...Array.from({ length: 17 }, (_, i) => `other-${i}`)];
let talk: Conversation;
let cat: SocketContext;

beforeAll(async () => {
  talk = await Conversation.open(members);
  const { service } = talk;
  const caller = { userId: 'cat', connectionId: 'screen' };
  const endsAt = talk.opened.time.now + 3_600_000;
  await service.connections.add(caller, endsAt);
  cat = { service, caller, tokenExpiresAt: endsAt, endsAt };
  for (let i = 0; i < 12; i++) await talk.say(i % 2 === 0 ? 'ann' : 'bob');
  talk.wait(60_000);
});

const ids = (...seqs: number[]) => seqs.map((seq) => `team.${seq}`);

interface Cost {
  write: number;
  read: number;
  /** How many requests to DynamoDB. */
  requests: number;
  /** How many of them wait for each other before the reply. */
  roundTrips: number;
}

const cost = (write: number, read: number, requests: number, roundTrips: number): Cost => ({
  ...{ write, read, requests, roundTrips },
});
const group = { groupId: 'team' };

/** What each frame costs before its reply, in the order in which a client sends them; docs/data-model.md has these figures. */
const calls: [name: string, frame: object, cost: Cost][] = [
  ['hello', { type: 'hello' }, cost(2, 2, 5, 5)],
  ['get_status', { type: 'get_status', groupIds: ['team'] }, cost(1, 2, 2, 2)],
  ['subscribe_group', { type: 'subscribe_group', ...group }, cost(3, 4, 6, 6)],
  ['mark_delivered', { type: 'mark_delivered', ...group, upTo: 12 }, cost(1, 1.5, 3, 2)],
  ['mark_read by position', { type: 'mark_read', ...group, upTo: 8 }, cost(1, 1.5, 3, 2)],
  ['mark_read by ids', { type: 'mark_read', messageIds: ids(10, 12) }, cost(1, 1.5, 3, 2)],
  ['mark_read of nothing new', { type: 'mark_read', ...group, upTo: 8 }, cost(0, 2.5, 3, 2)],
  ['mark_unread', { type: 'mark_unread', ...group, fromSeq: 8 }, cost(1, 3, 3, 3)],
  [
    'send_message',
    { type: 'send_message', ...group, clientMessageId: 'c-1', content: 'Hm' },
    cost(4, 1.5, 5, 4),
  ],
  ['unsubscribe_group', { type: 'unsubscribe_group', ...group }, cost(2, 0, 2, 2)],
  ['ping', { type: 'ping' }, cost(0, 0, 0, 0)],
];

it.each(calls)('%s costs what the data model says', async (_, frame, expected) => {
  const { units } = talk.opened;
  units.reset();
  const outcome = await runFrame(cat, parseFrame(JSON.stringify(frame)).frame);
  expect(outcome.ok).toBe(true);
  const { read, write, requests, roundTrips } = units;
  expect({ write, read, requests: requests.length, roundTrips }).toEqual(expected);
});
