import { describe, expect, it } from 'vitest';
import { check, countReceipts } from '../../campaign/checker/check.ts';
import { checkScreen, type Screen } from '../../campaign/checker/check-screens.ts';
import { type FindingKind, findingKinds } from '../../campaign/checker/finding.ts';
import type { StoredGroup } from '../../campaign/checker/stored-group.ts';
import type { History } from '../../campaign/history/operations.ts';
import { aHistory, aStoredGroup, operation, span } from './a-history.ts';

type Plant = (group: StoredGroup, history: History) => void;

const nobody = { withOwnDeliveries: new Set<string>() };

function kindsIn(plant: Plant): FindingKind[] {
  const [group, history] = [aStoredGroup(), aHistory()];
  plant(group, history);
  return [...new Set(check([group], history, nobody).map(({ what }) => what))];
}

const lineOf = ({ lists }: StoredGroup, seq: number, userId: string) => {
  const line = lists.get(seq)?.members.find((each) => each.userId === userId);
  if (!line) throw new Error(`nobody is called ${userId}`);
  return line;
};

const messageOf = ({ messages }: StoredGroup, seq: number) => {
  const message = messages[seq - 1];
  if (!message) throw new Error(`there is no message ${seq}`);
  return message;
};

/** Counts that go with a list after something was planted in it. */
function recount({ lists, counts }: StoredGroup, seq: number): void {
  const list = lists.get(seq);
  const range = counts[seq - 1];
  if (!list || !range) throw new Error(`there is no message ${seq}`);
  const readCount = list.members.filter(({ readAt }) => readAt !== null).length;
  const deliveredCount = list.members.filter(({ deliveredAt }) => deliveredAt !== null).length;
  const unreadCount = list.members.length - readCount;
  for (const each of [list, range]) {
    Object.assign(each, { readCount, deliveredCount, unreadCount });
  }
}

/** One violation each, and what the checker calls it. */
const plants: Record<Exclude<FindingKind, 'client shows something else'>, Plant> = {
  'acknowledged message is missing': (group) => {
    Object.assign(messageOf(group, 2), { lost: true });
  },
  'acknowledged read is missing': (group) => {
    lineOf(group, 2, 'bob').readAt = null;
    recount(group, 2);
  },
  'acknowledged delivery is missing': (group) => {
    lineOf(group, 1, 'cem').deliveredAt = null;
    recount(group, 1);
  },
  'position is behind what was acknowledged': ({ positions }) => {
    positions.set('bob', { readSeq: 1, deliveredSeq: 2 });
  },
  'message is not as it was sent': (group) => {
    messageOf(group, 2).content = 'another text';
  },
  'message was refused and is stored': (_group, { operations }) => {
    Object.assign(operations[1] ?? {}, { outcome: 'fail', code: 'RATE_LIMITED', answer: {} });
  },
  'message is stored twice': (group) => {
    group.messages.push({ ...messageOf(group, 2), seq: 3 });
    group.lastSeq = 3;
  },
  'message that nobody sent': (_group, { operations }) => {
    operations.splice(1, 1);
  },
  'seq is missing': (group) => {
    group.lastSeq = 3;
  },
  'read that nobody made': (group) => {
    Object.assign(lineOf(group, 2, 'cem'), { deliveredAt: 365, readAt: 365 });
    recount(group, 2);
  },
  'delivery that nobody made': (group) => {
    lineOf(group, 2, 'cem').deliveredAt = 345;
    recount(group, 2);
  },
  'time outside of the request': (group) => {
    Object.assign(lineOf(group, 1, 'bob'), { readAt: 325, deliveredAt: 325 });
  },
  'read and not delivered': (group) => {
    lineOf(group, 2, 'bob').deliveredAt = 328;
  },
  'position beyond the last message': ({ positions }) => {
    positions.set('cem', { readSeq: 0, deliveredSeq: 3 });
  },
  'position went back': (_group, { operations }) => {
    Object.assign(operations[3] ?? {}, { answer: { readSeq: 0 } });
  },
  'counts differ from the list': ({ counts }) => {
    Object.assign(counts[0] ?? {}, { readCount: 3, unreadCount: 0 });
  },
  'counts do not add up': ({ lists }) => {
    Object.assign(lists.get(1) ?? {}, { totalCount: 4 });
  },
  'frame to somebody who is no member': (_group, { received }) => {
    const frame = {
      event: 'received',
      userId: 'dan',
      groupId: 'team',
      type: 'new_message',
    } as const;
    received.push({ ...frame, at: 6000, sentAt: 6000 });
  },
};

describe('the checker of a history', () => {
  it('finds nothing in a history without a fault', () => {
    expect(check([aStoredGroup()], aHistory(), nobody)).toEqual([]);
  });

  it.each(Object.entries(plants))('finds: %s', (what, plant) => {
    expect(kindsIn(plant)).toContain(what);
  });

  it('knows a test for each thing that it can find', () => {
    const tested = [...Object.keys(plants), 'client shows something else'];
    expect(tested.sort()).toEqual(Object.keys(findingKinds).sort());
  });

  it('sees a position go back on a screen', () => {
    const kinds = kindsIn((_group, { showed }) => showed.reverse());
    expect(kinds).toEqual(['position went back']);
  });

  it('sees a frame to somebody who never was a member', () => {
    const frame = { event: 'received', userId: 'eve', groupId: 'team', type: 'typing' } as const;
    const kinds = kindsIn((_group, { received }) => {
      received.push({ ...frame, at: 450, sentAt: 450 });
    });
    expect(kinds).toEqual(['frame to somebody who is no member']);
  });

  it('takes what is unknown for either', () => {
    const isStored: Plant = (_group, { operations }) => {
      const end = { outcome: 'unknown', endedAt: Infinity, answer: {} };
      for (const each of operations.slice(0, 5)) Object.assign(each, end);
    };
    const isNotStored: Plant = (_group, { operations }) => {
      const outcome = { outcome: 'unknown', endedAt: Infinity } as const;
      const more = { kind: 'send', clientMessageId: 'c3', content: 'text 3' } as const;
      operations.push(operation('ann', more, [600, Infinity], outcome));
      const read = { kind: 'read', spans: span(1, 2) } as const;
      operations.push(operation('cem', read, [600, Infinity], outcome));
    };
    expect(kindsIn(isStored)).toEqual([]);
    expect(kindsIn(isNotStored)).toEqual([]);
  });

  it('counts each message that a member read or received once', () => {
    // Bob read two messages, one of them twice, and cem received one.
    expect(countReceipts(aHistory())).toBe(3);
  });
});

describe('the checker of a screen', () => {
  const counts = { read: 2, unread: 1, total: 3 };
  const aScreen = (): Screen => ({
    ...{ client: 'bob-1', userId: 'bob', groupId: 'team', readSeq: 2, unreadCount: 0 },
    messages: [1, 2].map((seq) => ({ seq, senderId: 'ann', content: `text ${seq}` })),
    counts: { 1: { ...counts, delivered: 3 }, 2: { ...counts, delivered: 2 } },
  });

  it('finds nothing wrong with one that shows what is stored', () => {
    expect(checkScreen(aStoredGroup(), aScreen())).toEqual([]);
  });

  it.each<[string, Partial<Screen>]>([
    ['a message that is missing', { messages: aScreen().messages.slice(0, 1) }],
    ['an older position', { readSeq: 1 }],
    ['a badge that is wrong', { unreadCount: 1 }],
    ['counts that are old', { counts: { ...aScreen().counts, 2: { ...counts, delivered: 1 } } }],
    ['counts that are missing', { counts: {} }],
  ])('finds %s', (_what, change) => {
    const findings = checkScreen(aStoredGroup(), { ...aScreen(), ...change });
    expect(findings[0]?.what).toBe('client shows something else');
  });

  it('does not miss what is older than the first message that is loaded', () => {
    const screen = { ...aScreen(), messages: aScreen().messages.slice(1) };
    expect(checkScreen(aStoredGroup(), screen)).toEqual([]);
  });
});
