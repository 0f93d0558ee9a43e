import fc from 'fast-check';
import * as reference from '../../../support/reference/reference-actions.ts';
import type { ReferenceChat, ReferenceGroup } from '../../../support/reference/reference-chat.ts';
import { groupNamed, type Person, type Room, rooms, userNamed } from './cast.ts';
import { back, person, room, seqAt } from './message-steps.ts';
import { type Action, compare } from './step.ts';

type Kind = 'read' | 'delivered';
const kind: fc.Arbitrary<Kind> = fc.constantFrom('read', 'read', 'delivered');
const over = fc.constantFrom('http' as const, 'socket' as const);

const toReadResult = ({ state, changed }: reference.Marked) => ({ ...state, changed });

const toDeliveredResult = ({ state, deliveredSeq, changed }: reference.Marked) => ({
  groupId: state.groupId,
  deliveredSeq,
  changed,
});

const results = { read: toReadResult, delivered: toDeliveredResult };
const confirmations = {
  read: 'mark_read_confirmed',
  delivered: 'mark_delivered_confirmed',
} as const;

const upTo = (seq: number): number[] => Array.from({ length: seq }, (_, i) => i + 1);

type Outcomes = { groupId: string; result: reference.Expected<reference.Marked> }[];

const isBad = ({ seqs }: reference.Marking) => seqs.length === 0 || seqs.some((seq) => seq < 1);

const markAll = (
  chat: ReferenceChat,
  userId: string,
  as: Kind,
  markings: readonly reference.Marking[],
): reference.Expected<Outcomes> =>
  markings.some(isBad)
    ? reference.refuses('BAD_REQUEST')
    : reference.mark(chat, userId, as, markings);

interface OnePlace {
  by: Person;
  in: Room;
  as: Kind;
  over: 'http' | 'socket';
  back: number;
}

export const markUpTo: Action<OnePlace> = {
  name: 'markUpTo',
  args: fc.record({ by: person, in: room, as: kind, over, back }),
  act(chat, world, { by, in: where, as, over: by_, back: stepsBack }) {
    const group = groupNamed(chat, where);
    const [userId, seq] = [userNamed(chat, by), seqAt(group, stepsBack)];
    const { groupId } = group;
    const what = `${userId} marks ${groupId} ${as} up to ${seq}`;
    const marking = { group, seqs: upTo(seq) };
    if (by_ === 'socket') {
      const expected = markAll(chat, userId, as, [marking]);
      const act = () => world.served.frame(userId, { type: `mark_${as}`, groupId, upTo: seq });
      return compare(world, what, expected, act, (marked) => toFrames(as, marked));
    }
    const route = `POST /groups/{groupId}/${as}` as const;
    const act = () => world.served.act(userId, { route, path: { groupId }, body: { upTo: seq } });
    const expected = isBad(marking)
      ? reference.refuses('BAD_REQUEST')
      : reference.markOneGroup(chat, userId, as, marking);
    return compare(world, what, expected, act, results[as]);
  },
};

const toFrames = (as: Kind, outcomes: Outcomes) =>
  outcomes.map(({ groupId, result }) =>
    result.ok
      ? { type: confirmations[as], ...results[as](result.value) }
      : { type: 'error', groupId, code: result.code },
  );

const toOutcomes = (outcomes: Outcomes) => ({
  groups: outcomes.map(({ groupId, result }) =>
    result.ok ? toReadResult(result.value) : { groupId, error: { code: result.code } },
  ),
});

interface ManyMessages {
  by: Person;
  as: Kind;
  over: 'http' | 'socket';
  messages: { in: Room; back: number }[];
}

const addressed = fc.record({ in: room, back });

/** Any messages in any order, repeated or not, of one group or of both. */
export const markSet: Action<ManyMessages> = {
  name: 'markSet',
  args: fc.record({
    by: person,
    as: kind,
    over,
    messages: fc.oneof(
      fc
        .tuple(room, fc.array(back, { minLength: 1, maxLength: 6 }))
        .map(([where, backs]) => backs.map((b) => ({ in: where, back: b }))),
      fc.array(addressed, { minLength: 1, maxLength: 6 }),
    ),
  }),
  act(chat, world, { by, as, over: by_, messages }) {
    const userId = userNamed(chat, by);
    const places = messages.map(({ in: where, back: stepsBack }) => {
      const group = groupNamed(chat, where);
      return { group, seq: seqAt(group, stepsBack) };
    });
    const messageIds = places.map(({ group, seq }) => `${group.groupId}.${seq}`);
    const what = `${userId} marks ${messageIds.join(', ')} ${as}`;
    const expected = markAll(chat, userId, as, byGroup(places));
    // Over HTTP only reading has a route for several groups.
    if (by_ === 'socket' || as === 'delivered') {
      const act = () => world.served.frame(userId, { type: `mark_${as}`, messageIds });
      return compare(world, what, expected, act, (marked) => toFrames(as, marked));
    }
    const act = () => world.served.act(userId, { route: 'POST /me/read', body: { messageIds } });
    return compare(world, what, expected, act, toOutcomes);
  },
};

function byGroup(places: readonly { group: ReferenceGroup; seq: number }[]): reference.Marking[] {
  const groups = [...new Set(places.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    seqs: places.filter((place) => place.group === group).map(({ seq }) => seq),
  }));
}

/** Up to a position in both groups at once. */
export const markBoth: Action<{ by: Person; backs: [number, number] }> = {
  name: 'markBoth',
  args: fc.record({ by: person, backs: fc.tuple(back, back) }),
  act(chat, world, { by, backs }) {
    const userId = userNamed(chat, by);
    const places = rooms.map((name, i) => {
      const group = groupNamed(chat, name);
      return { group, seq: seqAt(group, backs[i] ?? 0) };
    });
    const positions = places.map(({ group, seq }) => ({ groupId: group.groupId, upTo: seq }));
    const markings = places.map(({ group, seq }) => ({ group, seqs: upTo(seq) }));
    return compare(
      world,
      `${userId} marks both read up to ${places.map(({ seq }) => seq).join(' and ')}`,
      markAll(chat, userId, 'read', markings),
      () => world.served.act(userId, { route: 'POST /me/read', body: { positions } }),
      toOutcomes,
    );
  },
};
